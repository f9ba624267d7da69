"""``latentedit directions``: what can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from latentedit.cli.console import print_json, print_table
from latentedit.cli.options import JsonFlag
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.errors import UsageError

if TYPE_CHECKING:
    from latentedit.directions import Direction

app = typer.Typer(help="Directions: what can be edited.", no_args_is_help=True)
GeneratorOption = Annotated[str, typer.Option("--generator", help="Whose directions.")]


def _directions(generator: str) -> dict[str, Direction]:
    from latentedit.directions import default_directions
    from latentedit.generators import generator_entries

    entries = generator_entries()
    if generator not in entries:
        raise UsageError(f"There is no generator named {generator}.", hint=f"Known generators: {', '.join(entries)}.")
    return dict(default_directions(entries[generator].spec()))


def _facts(direction: Direction) -> dict[str, object]:
    return {
        "name": direction.name,
        "effect": direction.effect,
        "range": list(direction.default_range),
        "layers": list(direction.layers) if direction.layers is not None else "all",
        "provenance": direction.provenance,
        "licence": direction.licence,
    }


@app.command("list")
def list_command(generator: GeneratorOption = DEFAULT_GENERATOR, as_json: JsonFlag = False) -> None:
    """All directions of a generator."""
    facts = [_facts(direction) for direction in _directions(generator).values()]
    if as_json:
        print_json(facts)
        return
    rows = [(f["name"], f["effect"], "{:g} to {:g}".format(*f["range"])) for f in facts]  # type: ignore[misc]
    print_table(f"Directions of {generator}", ("name", "positive amounts", "range"), rows)


@app.command("show")
def show_command(name: str, generator: GeneratorOption = DEFAULT_GENERATOR, as_json: JsonFlag = False) -> None:
    """One direction: how it was found, which layers it moves, its licence."""
    found = _directions(generator).get(name)
    if found is None:
        raise UsageError(f"There is no direction {name}.", hint="See: latentedit directions list")
    facts = _facts(found)
    if as_json:
        print_json(facts)
    else:
        print_table(name, ("", ""), facts.items())
