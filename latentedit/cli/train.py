"""``latentedit train``: a recipe, pictures, and a folder for what comes of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from latentedit.cli.console import print_json, print_table, step_bar, tell
from latentedit.cli.interrupts import ended_by_interrupt
from latentedit.cli.laboratory import laboratory
from latentedit.cli.options import DeviceOption, JsonFlag
from latentedit.errors import Cancelled, UsageError


def train_command(
    recipe: Annotated[str | None, typer.Argument(metavar="RECIPE", help="By name (see --list), or a TOML file.")] = None,
    overrides: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="Settings that differ from the recipe's.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="PATH", help="A folder or zip of pictures, MNIST's folder, or Olivetti's file."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="A folder for log, pictures and checkpoints.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the newest checkpoint of --out.")] = False,
    device: DeviceOption = "auto",
    listed: Annotated[bool, typer.Option("--list", help="List the recipes.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print all settings, with defaults, and do nothing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Train a network by a recipe."""
    if listed:
        _list_recipes(as_json)
        return
    if recipe is None:
        raise UsageError("Which recipe?", hint="latentedit train --list shows them.")
    commands = laboratory("commands")
    if show:
        print_json(commands.shown_settings(recipe, overrides or []))
        return
    if data is None or out is None:
        raise UsageError("--data and --out are needed.", hint="latentedit train RECIPE --data PATH --out DIR")
    run = commands.start(recipe, overrides or [], data=data, out=out, resume=resume, device=device)
    for note in run.notes if run.shown else ():
        tell(note)
    last: dict[str, Any] = {}
    with step_bar() as bar, ended_by_interrupt() as ended, closing(run.steps()) as steps:
        task = bar.add_task(run.title, total=run.total)
        for step in steps:
            last = step
            if run.shown:
                bar.update(task, completed=step["step"], description=_described(run.title, step))
            if ended():
                break
    if not run.shown:
        return
    if ended():
        raise Cancelled(f"Stopped after step {last.get('step', 0)} of {run.total}; a checkpoint is in {out}. --resume goes on.")
    if as_json:
        print_json({"recipe": recipe, "out": str(out), **last})
    else:
        tell(f"{run.total} steps are done; {out} has the log, pictures and checkpoints.")


def _described(title: str, step: dict[str, Any]) -> str:
    told = "  ".join(f"{name} {value:.3g}" for name, value in step["losses"].items())
    return f"{title}: {step['kimg']:.1f} kimg  {told}"


def _list_recipes(as_json: bool) -> None:
    recipes = laboratory("commands").recipe_facts()
    if as_json:
        print_json(recipes)
        return
    print_table("Recipes", ("name", "what it makes", "source"), [(r["name"], r["title"], r["source"]) for r in recipes])
