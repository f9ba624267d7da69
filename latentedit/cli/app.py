"""The program ``latentedit``: its commands, and what becomes of errors."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, cast

import typer

from latentedit import __version__
from latentedit.cli import assets, directions, doctor, edit, generate, models, project
from latentedit.cli.console import errors
from latentedit.errors import Cancelled, LatentEditError, StorageError

DEBUG_FLAG = "--debug"
# typer has brought its own copy of click since 0.20; both raise a UsageError of the same shape, reached through a public subclass.
UsageErrors: tuple[type[Exception], ...] = (cast("type[Exception]", typer.BadParameter.__mro__[1]),)

app = typer.Typer(
    name="latentedit",
    help="Open your own photograph, and its faces become sliders.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"latentedit {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Never reach for the network.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG_FLAG, help="Show a traceback when something fails.")] = False,
) -> None:
    """Options of all commands; they come before the command's name."""
    if offline:
        # The one setting that every store made in this process must see.
        os.environ["LATENTEDIT_OFFLINE"] = "1"


app.command("project")(project.project_command)
app.command("edit")(edit.edit_command)
app.command("generate")(generate.generate_command)
app.add_typer(directions.app, name="directions")
app.add_typer(models.app, name="models")
app.add_typer(assets.app, name="assets")
app.command("doctor")(doctor.doctor_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code of the contract and never lets an exception out."""
    debug = DEBUG_FLAG in arguments
    try:
        result = app(args=list(arguments), prog_name="latentedit", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _fail("Cancelled.", "", Cancelled.exit_code)
    except UsageErrors as error:
        return _fail(str(getattr(error, "format_message", error.__str__)()), _usage_hint(error), 2)
    except LatentEditError as error:
        if debug:
            traceback.print_exc()
        return _fail(str(error), error.hint, error.exit_code)
    except OSError as error:
        if debug:
            traceback.print_exc()
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}.", "", StorageError.exit_code)
    except Exception as error:
        if debug:
            traceback.print_exc()
        hint = f"This is a bug. Run it again with {DEBUG_FLAG} before the command, and report what it prints."
        return _fail(f"{type(error).__name__}: {error}", hint, 1)
    return result if isinstance(result, int) else 0


def _usage_hint(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "latentedit"
    return f"See: {path} --help"


def _fail(message: str, hint: str, code: int) -> int:
    errors.print(f"error: {message}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    if hint:
        errors.print(f"hint: {hint}", markup=False, highlight=False, soft_wrap=True)
    return code
