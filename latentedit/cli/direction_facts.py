"""What the command line tells about directions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from latentedit.cli.options import require_file
from latentedit.edits.names import layers_words

if TYPE_CHECKING:
    from latentedit.directions import Direction
    from latentedit.generators import GeneratorSpec

SHIPPED, OWN, FILE = "shipped", "own", "file"
SMALLEST_SIDE_EFFECT = 0.4
"""In standard deviations; what is less is not told."""


def spec_of(generator: str, resolution: int | None = None) -> GeneratorSpec:
    """The facts about a generator by its name, or by the path of its checkpoint.

    Args:
        resolution: of its images, where the checkpoint does not tell.

    Raises:
        UsageError: there is none of that name, or it tells its resolution itself.
        CheckpointError: the checkpoint cannot be read.
    """
    from latentedit.generators.registry import generator_spec

    if resolution is not None:
        require_file(generator)
    return generator_spec(generator, resolution)


def facts(direction: Direction, origin: str) -> dict[str, object]:
    """What is known about a direction, as JSON values."""
    return {
        "name": direction.name,
        "origin": origin,
        "effect": direction.effect,
        "range": list(direction.default_range),
        "unit": direction.unit,
        "shape": list(direction.vector.shape),
        "layers": list(direction.layers) if direction.layers is not None else "all",
        "region": direction.region or None,
        "provenance": direction.provenance,
        "licence": direction.licence,
        "measured": None if direction.measured is None else asdict(direction.measured),
    }


def fact_rows(direction: Direction, origin: str) -> list[tuple[str, str]]:
    """The same for people; what is not known is left out."""
    from latentedit.cli.told_measures import effect_in_words, side_effects_in_words

    low, high = direction.default_range
    layers = direction.layers
    rows = [
        ("origin", origin),
        ("a positive amount", direction.effect),
        ("range", f"{low:g} to {high:g}"),
        ("an amount of 1", direction.unit),
        ("vector", " x ".join(str(size) for size in direction.vector.shape) + " numbers"),
        ("layers", "all" if layers is None else layers_words(layers).replace(",", ", ")),
        ("changes only", direction.region),
        ("over its range", effect_in_words(direction.measured)),
        ("side effects", side_effects_in_words(direction.measured, SMALLEST_SIDE_EFFECT)),
        ("found", direction.provenance),
        ("licence", direction.licence),
    ]
    return [(name, text) for name, text in rows if text]
