"""``latentedit plugins``: the plug-ins for Krita and GIMP."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from latentedit import __version__
from latentedit.atomic_file import replacing
from latentedit.cli.console import print_json
from latentedit.cli.options import JsonFlag
from latentedit.errors import ResourceError, StorageError, UsageError
from latentedit.plugin_install.files import KRITA_NAME, plugin_files, zipped
from latentedit.plugin_install.hosts import HOSTS, HostName, Place, places
from latentedit.plugin_install.install import command_for, hints, install, installed_version, is_known, remove, started_program
from latentedit.plugin_install.kritarc import is_enabled

app = typer.Typer(no_args_is_help=True, help="The plug-ins for Krita and GIMP.")


def _given_path(text: str) -> Path:
    """A path that was given. An empty one, of an unset variable in a script, would be the folder that one happens to be in.

    Raises:
        UsageError: it is empty.
    """
    if not text:
        raise UsageError("An empty path was given.", hint="Give one.")
    return Path(text)


HostArgument = Annotated[str, typer.Argument(metavar="krita|gimp", help="The painting program.")]
ToOption = Annotated[
    Path | None,
    typer.Option("--to", metavar="PATH", parser=_given_path, help="Its plug-in folder, where it is not found by itself."),
]
ZipOption = Annotated[Path, typer.Option("-o", "--output", metavar="FILE.zip", parser=_given_path, help="Where to write.")]


@app.command("install")
def install_command(host: HostArgument, to: ToOption = None) -> None:
    """Put the plug-in into every installation of a program that is found, and switch it on."""
    wanted = _host(host)
    for place in _places(wanted, to):
        install(place, plugin_files(wanted, command_for(place, _program())))
        typer.echo(f"installed {place.folder}")
        for hint in hints(place):
            typer.echo(hint, err=True)


@app.command("remove")
def remove_command(host: HostArgument, to: ToOption = None) -> None:
    """Take the plug-in away."""
    for place in _places(_host(host), to):
        there = remove(place)
        typer.echo(f"{'removed from' if there else 'not installed in'} {place.folder}")


@app.command("export")
def export_command(host: HostArgument, output: ZipOption) -> None:
    """Write the plug-in as a zip: for Krita's importer (Tools > Scripts > Import Python Plugin from File), or to be unpacked into GIMP's folder."""
    if output.suffix.lower() != ".zip":
        raise UsageError(f"{output} is no zip's name.", hint="Let it end in .zip.")
    data = zipped(plugin_files(_host(host), None))
    with replacing(output) as file:
        file.write(data)
    typer.echo(f"wrote {output}")


@app.command("status")
def status_command(as_json: JsonFlag = False) -> None:
    """Which programs are found, and what is installed in them."""
    facts = [_facts(place) for host in HOSTS for place in places(host, os.environ, Path.home())]
    if as_json:
        print_json({"version": __version__, "places": facts})
        return
    if not facts:
        typer.echo("Neither Krita nor GIMP 3 was found.")
        return
    # No table: paths are longer than its columns, and are copied from here.
    for each in facts:
        typer.echo(each.pop("host"))
        for name, value in each.items():
            if value is not None:
                told = ("no", "yes")[value] if isinstance(value, bool) else value
                typer.echo(f"  {name}: {told}")


def _facts(place: Place) -> dict[str, object]:
    return {
        "host": f"{place.host} ({place.packed})",
        "folder": str(place.folder),
        "installed": installed_version(place),
        "enabled": _enabled(place),
        "program": started_program(place),
    }


def _enabled(place: Place) -> bool | None:
    """Whether it is switched on; None where that is not known."""
    try:
        return None if place.settings is None else is_enabled(place.settings, KRITA_NAME)
    except StorageError:
        return None


def _host(name: str) -> HostName:
    host = is_known(name.lower())
    if host is None:
        raise UsageError(f"There is no plug-in for {name}.", hint=f"Choose {' or '.join(HOSTS)}.")
    return host


def _places(host: HostName, to: Path | None) -> tuple[Place, ...]:
    """Where to install: the folder that was named, or every one that is found.

    Raises:
        ResourceError: none is found.
    """
    if to is not None:
        return (Place(host, "", to.absolute()),)
    found = places(host, os.environ, Path.home())
    if not found:
        title = "Krita" if host == "krita" else "GIMP 3"
        looked = "; ".join(str(place.folder.parent) for place in places(host, os.environ, Path.home(), all_known=True))
        raise ResourceError(
            f"{title} was not found: there is none of {looked}.", hint=f"Start {title} once, or name its folder with --to."
        )
    return found


def _program() -> tuple[str, ...]:
    """What starts this very latentedit."""
    beside = Path(sys.executable).with_name("latentedit.exe" if os.name == "nt" else "latentedit")
    return (str(beside),) if beside.is_file() else (sys.executable, "-c", "from latentedit.cli import main; main()")
