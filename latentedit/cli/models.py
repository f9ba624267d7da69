"""``latentedit models``: generators."""

from __future__ import annotations

from dataclasses import asdict

import typer

from latentedit.cli.console import print_json, print_table
from latentedit.cli.options import JsonFlag
from latentedit.errors import UsageError

app = typer.Typer(help="Generators: what can draw.", no_args_is_help=True)


@app.command("list")
def list_command(as_json: JsonFlag = False) -> None:
    """All generators."""
    from latentedit.generators import generator_entries

    entries = generator_entries().values()
    if as_json:
        print_json([{"name": e.name, "summary": e.summary, "asset": e.asset} for e in entries])
        return
    print_table("Generators", ("name", "what it draws"), [(entry.name, entry.summary) for entry in entries])


@app.command("info")
def info_command(name: str, as_json: JsonFlag = False) -> None:
    """What a generator is, where it comes from, and what it may be used for."""
    from latentedit.generators import generator_entries

    entry = generator_entries().get(name)
    if entry is None:
        raise UsageError(f"There is no generator named {name}.", hint="See: latentedit models list")
    facts = asdict(entry.spec())
    if as_json:
        print_json(facts)
    else:
        print_table(name, ("", ""), facts.items())
