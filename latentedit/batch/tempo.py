"""How far a batch is as a whole, and how long it will go on."""

from __future__ import annotations

import time
from collections.abc import Callable

from latentedit.batch.run import BatchStep

LEAST_SHARE = 0.02
"""Of one photograph: before so much is seen of it, nobody can tell how long the batch takes."""
_AFTER_LEARNING = ("drawing", "writing")
LEARNING_SHARE = 0.98
"""What learning faces takes of a photograph's time."""


class Tempo:
    """Sums up steps. Photographs that an earlier run has done, and those that failed, tell nothing of how long the others take."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """
        Args:
            clock: tells seconds, from any beginning.
        """
        self._clock = clock
        self._began: float | None = None
        self._num_items = 0
        self._shares: dict[int, float] = {}
        self._ended: set[int] = set()
        self._telling: set[int] = set()

    def count(self, step: BatchStep) -> None:
        """Take note of a step."""
        self._num_items = step.num_items
        if step.record is None:
            if self._began is None:
                self._began = self._clock()
            self._telling.add(step.number)
            self._shares[step.number] = max(share_of(step), self._shares.get(step.number, 0.0))
            return
        self._ended.add(step.number)
        self._shares[step.number] = 1.0
        if step.phase == "unchanged" or step.record.status != "done":
            self._telling.discard(step.number)

    @property
    def num_ended(self) -> int:
        """How many photographs are done or failed."""
        return len(self._ended)

    @property
    def fraction(self) -> float:
        """Of all photographs, in [0, 1]; those under way count by what is done of them."""
        return sum(self._shares.values()) / max(self._num_items, 1)

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None as long as too little was seen."""
        told = sum(self._shares[number] for number in self._telling)
        if self._began is None or told < LEAST_SHARE:
            return None
        to_come = self._num_items - sum(self._shares.values())
        return (self._clock() - self._began) * to_come / told


def share_of(step: BatchStep) -> float:
    """How much of a photograph is done at one of its steps, in [0, 1]: its faces are learnt one after the other, which takes nearly all of the
    time."""
    if step.phase in _AFTER_LEARNING:
        return LEARNING_SHARE
    if not step.num_faces:
        return 0.0
    within = 1.0 if step.phase == "measuring" else step.share
    return LEARNING_SHARE * (step.face + within) / step.num_faces
