"""``latentedit directions``: what can be edited, by directions that ship and by the user's own."""

from __future__ import annotations

from typing import Annotated

import typer

from latentedit.cli import discover
from latentedit.cli.console import print_json, print_table, tell
from latentedit.cli.direction_facts import FILE, OWN, SHIPPED, fact_rows, facts, spec_of
from latentedit.cli.importing import import_command
from latentedit.cli.options import JsonFlag, ResolutionOption
from latentedit.cli.scoring import attributes_command
from latentedit.cli.trials import try_command
from latentedit.defaults import DEFAULT_GENERATOR

app = typer.Typer(help="Directions: what can be edited.", no_args_is_help=True)
GeneratorOption = Annotated[str, typer.Option("--generator", help="Whose directions.")]

app.command("import")(import_command)
app.command("try")(try_command)
app.command("attributes")(attributes_command)
app.add_typer(discover.app, name="discover")


@app.command("list")
def list_command(
    generator: GeneratorOption = DEFAULT_GENERATOR, resolution: ResolutionOption = None, as_json: JsonFlag = False
) -> None:
    """All directions of a generator: those that ship, then your own."""
    from latentedit.directions import DirectionLibrary, default_directions

    spec, library = spec_of(generator, resolution), DirectionLibrary.default()
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
    rows = [(f["name"], f["origin"], f["effect"], "{:g} to {:g}".format(*f["range"]), f["region"] or "") for f in found]  # type: ignore[misc]
    print_table(f"Directions of {generator}", ("name", "", "positive amounts", "range", "changes only"), rows)


@app.command("info")
@app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE")],
    generator: GeneratorOption = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    as_json: JsonFlag = False,
) -> None:
    """One direction, also of a file: what it does, how far it may go, what it moves, how it was found, its licence."""
    from latentedit.directions import DirectionLibrary, default_directions
    from latentedit.directions.loading import find_direction

    spec = spec_of(generator, resolution)
    found = find_direction(name, spec)
    origin = FILE
    if name in default_directions(spec):
        origin = SHIPPED
    elif DirectionLibrary.default().get(name, spec) is not None:
        origin = OWN
    if as_json:
        print_json(facts(found, origin))
    else:
        print_table(found.name, ("", ""), fact_rows(found, origin))


@app.command("remove")
def remove_command(
    name: str, generator: GeneratorOption = DEFAULT_GENERATOR, resolution: ResolutionOption = None, as_json: JsonFlag = False
) -> None:
    """Forget one of your own directions; projects that use it have it still."""
    from latentedit.directions import DirectionLibrary

    DirectionLibrary.default().remove(name, spec_of(generator, resolution))
    if as_json:
        print_json({"generator": generator, "removed": name})
    else:
        tell(f"removed {name}")
