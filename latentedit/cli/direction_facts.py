"""What the command line tells about directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latentedit.directions import Direction
    from latentedit.generators import GeneratorSpec

SHIPPED, OWN = "shipped", "own"


def spec_of(generator: str) -> GeneratorSpec:
    """The facts about a generator by its name, or by the path of its checkpoint.

    Raises:
        UsageError: there is none of that name.
        CheckpointError: the checkpoint cannot be read.
    """
    from latentedit.generators.registry import generator_spec

    return generator_spec(generator)


def facts(direction: Direction, origin: str) -> dict[str, object]:
    """What is known about a direction, as JSON values."""
    return {
        "name": direction.name,
        "origin": origin,
        "effect": direction.effect,
        "range": list(direction.default_range),
        "unit": direction.unit,
        "layers": list(direction.layers) if direction.layers is not None else "all",
        "provenance": direction.provenance,
        "licence": direction.licence,
    }
