"""How long a projection will go on, told by how quick its steps were so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from latentedit.projection.config import ProjectionConfig
from latentedit.projection.step import ProjectionStep

RELATIVE_COST: Mapping[str, float] = {"coarse": 1.0, "fine": 5.0, "tuning": 4.0}
"""What a step of a phase takes against a coarse one, on a CPU with the default generator; only until one of its own was seen."""


class Pace:
    """Remembers how long the steps of each phase took."""

    def __init__(self, config: ProjectionConfig) -> None:
        """
        Args:
            config: says how many steps each phase has.
        """
        self._counts = {"coarse": config.coarse_steps, "fine": config.fine_steps, "tuning": config.tuning_steps}
        self._taken: dict[str, list[float]] = defaultdict(list)
        self._before = 0.0
        self._share = 0.0

    def seconds_left(self, step: ProjectionStep) -> float:
        """To be asked after every step: how long the rest will take."""
        self._taken[step.phase].append(step.seconds - self._before)
        self._before = step.seconds
        left, done = 0.0, 0
        for phase, count in self._counts.items():
            # Resumed projections begin within: what was done earlier is not to come.
            end = done + count
            left += max(end - max(step.step, done), 0) * self._step_seconds(phase)
            done = end
        return left

    def share(self, step: ProjectionStep) -> float:
        """To be asked after every step, instead of :meth:`seconds_left`: what of the projection's time is over, in [0, 1]; never less than before."""
        left = self.seconds_left(step)
        self._share = max(self._share, step.seconds / (step.seconds + left) if left else 1.0)
        return self._share

    def _step_seconds(self, phase: str) -> float:
        if times := self._taken.get(phase):
            return _usual(times[-15:])
        # As much as the steps that were seen, scaled.
        known, seconds = max(((name, _usual(times)) for name, times in self._taken.items()), key=lambda pair: pair[1])
        return seconds * RELATIVE_COST.get(phase, 1.0) / RELATIVE_COST.get(known, 1.0)


def _usual(times: list[float]) -> float:
    """The median; of two the lesser, since the first step of all also loads what it needs."""
    return sorted(times)[(len(times) - 1) // 2]
