"""How much reading a file may take: a few bytes of it can ask for any amount of memory or time, by compression, by repetition, or by a promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from latentedit.errors import CheckpointError

MAX_STEPS = 500_000
"""NVIDIA's networks of 32 and 64 px take 20 to 40 thousand, and some thousands more for each doubling."""


@dataclass
class Budget:
    """What may still be spent on one file.

    Attributes:
        left: bytes that may be unpacked or copied.
        steps: instructions of pickles that may be done, of all pickles in the file together, and entries that they may copy.
    """

    left: int
    steps: int = MAX_STEPS

    def spend(self, count: int) -> None:
        """Take ``count`` bytes.

        Raises:
            CheckpointError: there are not as many left.
        """
        if not 0 <= count <= self.left:
            raise CheckpointError("The file unpacks to more than such a file needs.")
        self.left -= count

    def step(self, count: int = 1) -> None:
        """Take ``count`` steps.

        Raises:
            CheckpointError: there are not as many left.
        """
        if count > self.steps:
            raise CheckpointError("The pickle is too long, or repeats itself too often.")
        self.steps -= count

    def copy(self, values: Any) -> list[Any]:
        """A copy of a list or tuple, for a step for each entry: a pickle can ask for copies of one list without end.

        Raises:
            CheckpointError: there are not as many left, or it is neither.
        """
        if not isinstance(values, list | tuple):
            raise CheckpointError("The pickle is damaged: it makes a list of what is none.")
        self.step(len(values))
        return list(values)
