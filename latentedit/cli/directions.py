"""``latentedit directions``: what can be edited, by directions that ship and by the user's own."""

from __future__ import annotations

from typing import Annotated

import typer

from latentedit.cli import discover
from latentedit.cli.console import print_json, print_table, tell
from latentedit.cli.direction_facts import OWN, SHIPPED, facts, spec_of
from latentedit.cli.importing import import_command
from latentedit.cli.options import JsonFlag
from latentedit.cli.scoring import attributes_command
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.errors import UsageError

app = typer.Typer(help="Directions: what can be edited.", no_args_is_help=True)
GeneratorOption = Annotated[str, typer.Option("--generator", help="Whose directions.")]

app.command("import")(import_command)
app.command("attributes")(attributes_command)
app.add_typer(discover.app, name="discover")


@app.command("list")
def list_command(generator: GeneratorOption = DEFAULT_GENERATOR, as_json: JsonFlag = False) -> None:
    """All directions of a generator: those that ship, then your own."""
    from latentedit.directions import DirectionLibrary, default_directions

    spec, library = spec_of(generator), DirectionLibrary.default()
    shipped, own = default_directions(spec), library.all(spec)
    found = [facts(direction, SHIPPED) for direction in shipped.values()]
    # A name that ships since it was given to an own direction means the shipped one.
    found += [facts(direction, OWN) for direction in own.values() if direction.name not in shipped]
    hidden = {name: f"{name} ships with {generator} by now" for name in own if name in shipped}
    for name, why in {**library.skipped(spec), **hidden}.items():
        tell(f"left out: {why} (latentedit directions remove {name})")
    if as_json:
        print_json(found)
        return
    rows = [(f["name"], f["origin"], f["effect"], "{:g} to {:g}".format(*f["range"])) for f in found]  # type: ignore[misc]
    print_table(f"Directions of {generator}", ("name", "", "positive amounts", "range"), rows)


@app.command("show")
def show_command(name: str, generator: GeneratorOption = DEFAULT_GENERATOR, as_json: JsonFlag = False) -> None:
    """One direction: how it was found, which layers it moves, what an amount of 1 is, its licence."""
    from latentedit.directions import DirectionLibrary, default_directions

    spec = spec_of(generator)
    shipped = default_directions(spec).get(name)
    found = shipped or DirectionLibrary.default().get(name, spec)
    if found is None:
        raise UsageError(f"There is no direction {name}.", hint="See: latentedit directions list")
    about = facts(found, OWN if shipped is None else SHIPPED)
    if as_json:
        print_json(about)
    else:
        print_table(found.name, ("", ""), about.items())


@app.command("remove")
def remove_command(name: str, generator: GeneratorOption = DEFAULT_GENERATOR, as_json: JsonFlag = False) -> None:
    """Forget one of your own directions; projects that use it have it still."""
    from latentedit.directions import DirectionLibrary

    DirectionLibrary.default().remove(name, spec_of(generator))
    if as_json:
        print_json({"generator": generator, "removed": name})
    else:
        tell(f"removed {name}")
