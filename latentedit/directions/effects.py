"""What a direction does: how every score changes when random faces are moved along it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import torch

from latentedit.directions.direction import Direction
from latentedit.directions.drawing import draw_preview
from latentedit.directions.sampling import score_all
from latentedit.directions.scorers.base import Scorer
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_face

TRIED_PSI = 0.7


@dataclass(frozen=True)
class Effect:
    """How one score changes from the lower to the upper end of a direction's range.

    Attributes:
        change: the mean over faces.
        rises: the share of faces on which it becomes larger.
        faces: on how many it could be measured.
    """

    change: float
    rises: float
    faces: int


@dataclass(frozen=True)
class EffectStep:
    """One face that was moved and scored; ``effects`` of all faces so far, by attribute."""

    number: int
    total: int
    effects: Mapping[str, Effect] = field(default_factory=dict)


@torch.no_grad()
def measure_effects(
    generator: Generator,
    scorers: Sequence[Scorer],
    direction: Direction,
    *,
    seeds: Sequence[int],
    truncation_psi: float = TRIED_PSI,
) -> Iterator[EffectStep]:
    """Move the faces of some seeds to both ends of the direction's range. To cancel, stop iterating."""
    changes: dict[str, list[float]] = {}
    for number, seed in enumerate(seeds, start=1):
        w_plus = random_face(generator, seed, truncation_psi=truncation_psi)
        low, high = (
            score_all(scorers, draw_preview(generator, direction.apply(w_plus, amount), direction.layers))
            for amount in direction.default_range
        )
        for name in low.keys() & high.keys():
            changes.setdefault(name, []).append(high[name] - low[name])
        yield EffectStep(number, len(seeds), {name: _effect(values) for name, values in sorted(changes.items())})


def _effect(changes: Sequence[float]) -> Effect:
    return Effect(sum(changes) / len(changes), sum(change > 0 for change in changes) / len(changes), len(changes))
