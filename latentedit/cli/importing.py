"""``latentedit directions import``: directions of a file become the user's own."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from latentedit.cli.console import print_json, tell
from latentedit.cli.direction_facts import OWN, facts, spec_of
from latentedit.cli.options import JsonFlag, ResolutionOption
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.errors import DirectionError, UsageError
from latentedit.requested_layers import layers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latentedit.directions.formats.found import FoundDirection

PICK_HELP = "Which, of a file that holds several: a number from 1, a name, 1-10,13, or all."
NAME_HELP = "What to call it; several become NAME_1 and so on by their numbers in the file. The file's own names when left out."
_NUMBERS = re.compile(r"\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*", re.ASCII)


def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A direction file of any kind.", readable=False)],
    name: Annotated[str | None, typer.Option("--name", help=NAME_HELP)] = None,
    generator: Annotated[str, typer.Option("--generator", help="Whose directions they become.")] = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    pick: Annotated[str | None, typer.Option("--pick", help=PICK_HELP)] = None,
    layers: Annotated[
        str | None, typer.Option("--layers", help="What it moves: all, coarse, middle, fine, or numbers as 0-3,7.")
    ] = None,
    amounts: Annotated[str | None, typer.Option("--range", metavar="FROM:TO", help="Amounts between which it is of use.")] = None,
    effect: Annotated[str | None, typer.Option("--effect", help="What a positive amount does, in a few words.")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="What may be done with it.")] = None,
    overwrite: Annotated[bool, typer.Option("--replace", help="In the place of an own direction of the same name.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a file's directions your own: found by name from then on, in every project."""
    from latentedit.directions import DirectionLibrary
    from latentedit.directions.loading import fit, is_file
    from latentedit.directions.readers import read_directions

    spec, library = spec_of(generator, resolution), DirectionLibrary.default()
    changes: dict[str, Any] = {"effect": effect, "licence": licence}
    changes["default_range"] = None if amounts is None else parse_range(amounts)
    changes = {key: value for key, value in changes.items() if value is not None}
    if layers is not None:
        changes["layers"] = layers_of(layers, spec.layer_resolutions)
    if not is_file(file):
        raise DirectionError(f"There is no file {file}.", hint="Check the spelling and the folder.")
    if changes.keys() & {"default_range", "layers"}:
        changes["measured"] = None  # of another range, or other layers
    chosen = chosen_directions(read_directions(file), pick, file.name)
    directions = [
        replace(fit(found, spec, file.name), name=own_name(name, number, found, several=len(chosen) > 1), **changes)
        for number, found in chosen
    ]
    paths = library.add_all(directions, spec, replace=overwrite)
    if as_json:
        imported = [{**facts(direction, OWN), "path": str(path)} for direction, path in zip(directions, paths, strict=True)]
        print_json({"generator": generator, "imported": imported})
    else:
        names = [direction.name for direction in directions]
        told = ", ".join(names) if len(names) <= 3 else f"{names[0]}, {names[1]}, ..., {names[-1]} ({len(names)} directions)"
        tell(f"imported {told}")


def chosen_directions(found: Sequence[FoundDirection], pick: str | None, file: str) -> list[tuple[int, FoundDirection]]:
    """The directions that ``--pick`` names, each with its number in the file, from 1.

    Raises:
        UsageError: it names none, or nothing is named of several.
    """
    from latentedit.directions.readers import pick as pick_one

    numbered = list(enumerate(found, start=1))
    names = [known.direction.name for known in found]
    if pick == "all":
        return numbered
    if pick is None and len(found) > 1:
        raise UsageError(
            f"{file} holds {len(found)} directions, {names[0]} to {names[-1]}.",
            hint="Choose: --pick 1, --pick 1-10 or --pick all.",
        )
    if pick is not None and pick not in names and _NUMBERS.fullmatch(pick):
        numbers: list[int] = []
        for part in pick.split(","):
            first, _, last = part.partition("-")
            low, high = int(first), int(last or first)
            if not 1 <= low <= high <= len(found):
                raise UsageError(
                    f"{file} holds no directions of the numbers {part}.", hint=f"They are numbered from 1 to {len(found)}."
                )
            numbers += range(low, high + 1)
        return [numbered[number - 1] for number in dict.fromkeys(numbers)]
    one = pick_one(found, pick, file)
    return [pair for pair in numbered if pair[1] is one]


def own_name(name: str | None, number: int, found: FoundDirection, *, several: bool) -> str:
    """What an imported direction is called."""
    if name is None:
        return found.direction.name
    return f"{name}_{number}" if several else name


def parse_range(text: str) -> tuple[float, float]:
    """``"-3:3"`` -> ``(-3.0, 3.0)``.

    Raises:
        UsageError: it is no range.
    """
    try:
        low, high = (float(amount) for amount in text.split(":"))
    except ValueError:
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise UsageError(f"{text} is no range.", hint="Write two numbers, the lower first: --range -3:3.")
    return low, high
