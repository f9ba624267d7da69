"""The program ``latentedit``: its commands, and what becomes of errors."""

from __future__ import annotations

import functools
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, cast

import typer

from latentedit import __version__
from latentedit.cli import (
    assets,
    batch,
    data,
    directions,
    doctor,
    edit,
    export,
    generate,
    gui,
    info,
    metrics,
    models,
    morph,
    plugins,
    project,
    serve,
    study,
    train,
)
from latentedit.cli.console import tell
from latentedit.cli.streams import READER_GONE, drop_output, flush_output, prepare_streams
from latentedit.cli.usage_words import usage_words
from latentedit.errors import Cancelled, LatentEditError, StorageError

DEBUG_FLAG = "--debug"
OFFLINE_VARIABLE = "LATENTEDIT_OFFLINE"
OfflineFlag = Annotated[bool, typer.Option("--offline", help="Never reach for the network.")]
DebugFlag = Annotated[bool, typer.Option(DEBUG_FLAG, help="Show a traceback when something fails.")]
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


def _take_common(*, offline: OfflineFlag = False, debug: DebugFlag = False) -> None:
    """Heed the options that every command has; ``run`` looks for ``--debug`` itself, as usage errors come before any command."""
    if offline:
        # The one setting that every store made in this process, or in one that it starts, must see.
        os.environ[OFFLINE_VARIABLE] = "1"


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    offline: OfflineFlag = False,
    debug: DebugFlag = False,
) -> None:
    """Options before the command's name."""
    _take_common(offline=offline, debug=debug)


app.command("project")(project.project_command)
app.command("edit")(edit.edit_command)
app.command("info")(info.info_command)
app.command("batch")(batch.batch_command)
app.command("train")(train.train_command)
app.command("metrics")(metrics.metrics_command)
app.command("export")(export.export_command)
app.command("morph")(morph.morph_command)
app.command("generate")(generate.generate_command)
app.add_typer(directions.app, name="directions")
app.add_typer(models.app, name="models")
app.add_typer(study.app, name="study")
app.add_typer(assets.app, name="assets")
app.add_typer(data.app, name="data")
app.add_typer(plugins.app, name="plugins")
app.command("serve")(serve.serve_command)
app.command("gui")(gui.gui_command)
app.command("doctor")(doctor.doctor_command)


def _with_common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``command`` with the common options after its own, so that its help names them and they may stand behind its name."""

    @functools.wraps(command)
    def with_options(*args: Any, offline: bool, debug: bool, **kwargs: Any) -> Any:
        _take_common(offline=offline, debug=debug)
        return command(*args, **kwargs)

    own, common = (inspect.signature(function, eval_str=True).parameters.values() for function in (command, _take_common))
    with_options.__signature__ = inspect.Signature([*own, *common])  # type: ignore[attr-defined]  # which typer reads
    return with_options


def _give_common_options(group: typer.Typer) -> None:
    for command in group.registered_commands:
        assert command.callback is not None
        command.callback = _with_common_options(command.callback)
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        inner.typer_instance.callback()(_take_common)
        _give_common_options(inner.typer_instance)


_give_common_options(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    prepare_streams()
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        flush_output()
    except BrokenPipeError:
        code = code or READER_GONE
        drop_output()
    except OSError as error:
        code = _fail(f"Standard output cannot be written ({error.strerror}).", "", StorageError.exit_code)
        drop_output()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code of the contract and never lets an exception out."""
    debug = DEBUG_FLAG in arguments
    try:
        with _variable_kept(OFFLINE_VARIABLE):
            result = app(args=list(arguments), prog_name="latentedit", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        drop_output()  # typer and rich end so when whoever read standard output has gone
        return READER_GONE
    except (KeyboardInterrupt, typer.Abort):
        return _fail("Cancelled.", "", Cancelled.exit_code)
    except UsageErrors as error:
        if _asks_for_help(error):
            typer.echo(str(error))
            return 0
        return _fail(usage_words(error), _usage_hint(error), 2)
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
        hint = f"This is a bug. Run it again with {DEBUG_FLAG}, and report what it prints."
        return _fail(f"{type(error).__name__}: {error}", hint, 1)
    if result == Cancelled.exit_code:  # what typer makes of an interrupt
        return _fail("Cancelled.", "", result)
    return result if isinstance(result, int) else 0


def _asks_for_help(error: Exception) -> bool:
    """Whether it is what stands for the help of a group that was called without a command."""
    return type(error).__name__ == "NoArgsIsHelpError"


@contextmanager
def _variable_kept(name: str) -> Iterator[None]:
    """Undo what the block does to a variable of the environment: ``run`` may be called again."""
    before = os.environ.get(name)
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before


def _usage_hint(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "latentedit"
    return f"See: {path} --help"


def _fail(message: str, hint: str, code: int) -> int:
    tell(f"error: {message}", style="bold red")
    if hint:
        tell(f"hint: {hint}")
    return code
