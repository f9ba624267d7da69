"""What the command line tells about directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latentedit.errors import UsageError

if TYPE_CHECKING:
    from latentedit.directions import Direction
    from latentedit.generators import GeneratorSpec

SHIPPED, OWN = "shipped", "own"


def spec_of(generator: str) -> GeneratorSpec:
    """The facts about a generator by its name.

    Raises:
        UsageError: there is none of that name.
    """
    from latentedit.generators import generator_entries

    entries = generator_entries()
    if generator not in entries:
        raise UsageError(f"There is no generator named {generator}.", hint=f"Known generators: {', '.join(entries)}.")
    return entries[generator].spec()


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
