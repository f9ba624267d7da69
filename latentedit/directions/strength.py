"""Whether a direction does what it was found for, and what else: its effects told against how far random faces differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch

from latentedit.directions.direction import Direction, Measured
from latentedit.directions.effects import Effect
from latentedit.directions.sampling import ScoredSample

LEAST_RISES = 0.8
"""Of a direction that works, the share of faces whose score rises from the lower end of its range to the upper."""
LEAST_CHANGE = 0.5
"""In standard deviations over random faces: what is less is hardly seen."""
MIN_SPREAD = 1e-9


def deviations(samples: Sequence[ScoredSample]) -> dict[str, float]:
    """The standard deviation of every score that two samples have and that is not the same for all."""
    values: dict[str, list[float]] = {}
    for sample in samples:
        for name, value in sample.scores.items():
            values.setdefault(name, []).append(value)
    spread = {name: float(torch.tensor(known).double().std()) for name, known in values.items() if len(known) > 1}
    return {name: deviation for name, deviation in spread.items() if deviation > MIN_SPREAD}


def with_effects(direction: Direction, attribute: str, effects: Mapping[str, Effect], spread: Mapping[str, float]) -> Direction:
    """The direction with what it was seen to do; what was measured about the likeness stays.

    Args:
        attribute: what it was found for, or empty.
        effects: on other faces than it was found on.
        spread: standard deviations over random faces; scores without one are left out.
    """
    own = effects.get(attribute)
    measured = Measured(
        faces=max((effect.faces for effect in effects.values()), default=0),
        attribute=attribute,
        rises=None if own is None else own.rises,
        changes={name: effect.change / spread[name] for name, effect in by_size(attribute, effects, spread)},
        identity=None if direction.measured is None else direction.measured.identity,
    )
    return replace(direction, measured=measured)


def by_size(attribute: str, effects: Mapping[str, Effect], spread: Mapping[str, float]) -> list[tuple[str, Effect]]:
    """The effects that have a spread: that on ``attribute`` first, then the largest in standard deviations."""
    known = [(name, effect) for name, effect in effects.items() if name in spread]
    return sorted(known, key=lambda one: (one[0] != attribute, -abs(one[1].change) / spread[one[0]], one[0]))


def weakness(measured: Measured) -> str | None:
    """What is wrong with a direction that does not do what it was found for; None when it does, or was found for no score."""
    if not measured.attribute:
        return None
    change = measured.changes.get(measured.attribute)
    if change is None or measured.rises is None:
        return f"{measured.attribute} could not be scored at the ends of its range"
    if measured.rises < LEAST_RISES or change < LEAST_CHANGE:
        risen = round(measured.rises * measured.faces)
        return (
            f"{measured.attribute} rises on {risen} of {measured.faces} other faces, by {change:+.1f} standard deviations "
            "over the whole range"
        )
    return None
