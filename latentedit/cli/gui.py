"""``latentedit gui``: the desktop editor."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from latentedit.cli.options import DeviceOption
from latentedit.errors import InputError, ResourceError

WINDOW = "latentedit_gui.app"
"""Imported by its name: the engine and its commands know no window."""


def gui_command(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PHOTO|PROJECT.ledit]", help="A photograph or project to open.", readable=False)
    ] = None,
    generator: Annotated[
        str | None, typer.Option("--generator", help="What new photographs are drawn with, by name or file.")
    ] = None,
    device: DeviceOption = "auto",
) -> int:
    """Open the window."""
    if path is not None and not path.is_file():
        raise InputError(f"{path} is not there.", hint="Give a photograph or a project, or nothing.")
    require_screen()
    try:
        window = importlib.import_module(WINDOW)
    except ImportError as error:
        if "PyQt6" not in str(error) and ".so" not in str(error):
            raise
        if importlib.util.find_spec("PyQt6") is None:
            raise ResourceError("The window needs PyQt6.", hint="Install it: pip install 'latentedit[gui]'.") from error
        hint = "Install what it names (Debian: apt-get install libegl1 libxkbcommon0 libxcb-cursor0)."
        raise ResourceError(f"PyQt6 cannot be loaded: {error}.", hint=hint) from error
    status: int = window.run(path, device=device, generator=generator)
    return status


def require_screen() -> None:
    """Fail where no window can be shown: Qt would end the process without a word that helps.

    Raises:
        ResourceError: there is no screen.
    """
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in known):
        hint = "Run it in a desktop session; on this machine the other commands work: latentedit --help."
        raise ResourceError("There is no screen to show a window on.", hint=hint)
