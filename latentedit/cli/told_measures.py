"""What discovery measured, in words and units that people know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from latentedit.cli.console import print_table

if TYPE_CHECKING:
    from latentedit.cli.trying import Tried
    from latentedit.directions import Direction
    from latentedit.directions.direction import Measured

RAW_UNITS = {"age": "years", "roll": "degrees"}
"""The attributes whose scores are of a unit that people know."""
_WORDS: Mapping[str, Callable[[float], str]] = {
    "scored": lambda value: f"{value:.0f} faces scored",
    "held_out_accuracy": lambda value: f"{value:.0%} of held-out faces told apart",
    "leave_one_out_accuracy": lambda value: f"{value:.0%} of the examples told from the others",
    "cosine_to_plain_boundary": lambda value: f"cosine {value:.2f} to the boundary before anything was taken out",
    "eigenvalue": lambda value: f"eigenvalue {value:.2f}",
    "deviation": lambda value: f"deviation {value:.2f} in W",
    "share_of_variance": lambda value: f"{value:.1%} of the variance",
    "response": lambda value: f"response {value:+.1f} standard deviations",
    "agreement": lambda value: f"the same way on {value:.0%} of faces",
    "relevance": lambda value: f"relevance {value:.2f}",
}


def in_words(measures: Mapping[str, float]) -> str:
    """``{"held_out_accuracy": 0.9}`` -> ``90% of held-out faces told apart``."""
    return ", ".join(
        _WORDS[name](value) if name in _WORDS else f"{name.replace('_', ' ')} {value:.2f}" for name, value in measures.items()
    )


def effect_in_words(measured: Measured | None) -> str:
    """What a direction was measured to do, in a line; empty when nobody looked."""
    if measured is None:
        return ""
    parts = []
    if measured.attribute in measured.changes:
        parts.append(f"{measured.attribute} {measured.changes[measured.attribute]:+.1f} standard deviations")
    if measured.rises is not None:
        parts.append(f"rises on {measured.rises:.0%} of {measured.faces} faces")
    if measured.identity is not None:
        parts.append(f"identity distance {measured.identity:.2f}")
    return ", ".join(parts)


def side_effects_in_words(measured: Measured | None, smallest: float) -> str:
    """The changes of other scores, the largest first, without those below ``smallest`` standard deviations."""
    if measured is None:
        return ""
    others = [(name, change) for name, change in measured.changes.items() if name != measured.attribute]
    others.sort(key=lambda one: -abs(one[1]))
    return ", ".join(f"{name} {change:+.1f}" for name, change in others if abs(change) >= smallest)


def print_effects(direction: Direction, tried: Tried, attribute: str) -> None:
    """A table of all that a direction changes: what was asked for first, then the largest."""
    from latentedit.directions.strength import by_size

    rows = []
    for name, effect in by_size(attribute, tried.effects, tried.spread):
        unit = RAW_UNITS.get(name)
        rows.append(
            (
                f"{name} (asked for)" if name == attribute else name,
                f"{effect.change / tried.spread[name]:+.2f}",
                "" if unit is None else f"{effect.change:+.1f} {unit}",
                f"{round(effect.rises * effect.faces)} of {effect.faces}",
            )
        )
    low, high = direction.default_range
    title = f"What {direction.name} changes from {low:g} to {high:g}"
    print_table(title, ("score", "in standard deviations", "in its unit", "rises on"), rows)
