"""How much memory reading a file may take: a few bytes of it can ask for any amount, by compression, by repetition, or by a promise."""

from __future__ import annotations

from dataclasses import dataclass

from latentedit.errors import CheckpointError


@dataclass
class Budget:
    """How many bytes may still be unpacked or copied."""

    left: int

    def spend(self, count: int) -> None:
        """Take ``count`` bytes.

        Raises:
            CheckpointError: there are not as many left.
        """
        if not 0 <= count <= self.left:
            raise CheckpointError("The file unpacks to more than such a file needs.")
        self.left -= count
