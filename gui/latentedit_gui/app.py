"""The program: one application, one window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from latentedit import __version__
from latentedit.assets import AssetStore
from latentedit.engine import Engine
from latentedit.side_process import SideProcess
from latentedit_gui.garbage import GarbageCollector
from latentedit_gui.handover import take_over
from latentedit_gui.icon_set import app_icon
from latentedit_gui.main_window import MainWindow
from latentedit_gui.settings import Settings
from latentedit_gui.theme import apply_theme
from latentedit_gui.translation import install_translation

CACHE_BYTES = 64 * 2**20
"""Of drawings that are remembered: a few at full size, beside photographs that are large themselves."""


def run(path: Path | None = None, *, device: str | None = None, generator: str | None = None) -> int:
    """Open the window and return when it is closed.

    Args:
        path: a photograph or project to open.
        device, generator: instead of what the preferences say.

    Returns: the exit status.

    Raises:
        DeviceError: there is no such device.
        StorageError: the place for unsaved work cannot be made.
    """
    from latentedit.generators import resolve_device

    settings = Settings()
    app = make_application(["latentedit"], settings)
    # Nothing is fetched but what the first page asks for: the engine's own store stays offline.
    store = AssetStore.default(offline=True)
    side = SideProcess()
    engine = Engine(str(resolve_device(device or settings.device)), store=store, cache_bytes=CACHE_BYTES, call=side.call)
    theme, garbage = apply_theme(app, settings.theme), GarbageCollector(app)
    window = MainWindow(settings, engine, theme, generator=generator, side=side)
    first = partial(begin, window, path)
    try:
        while True:
            show_faults(window)
            window.show()
            QTimer.singleShot(0, first)
            status, left = app.exec(), window.handover
            if left is None:
                return status
            window.deleteLater()
            install_translation(app, settings.language)
            window = MainWindow(settings, engine, theme, generator=left.generator, side=side)
            first = partial(take_over, window, left)
    finally:
        garbage.stop()


def make_application(arguments: Sequence[str], settings: Settings) -> QApplication:
    """The application, in the user's language."""
    app = QApplication(list(arguments))
    app.setApplicationName("latentedit")
    app.setApplicationDisplayName("latentedit")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("latentedit")
    app.setWindowIcon(app_icon())
    install_translation(app, settings.language)
    return app


def begin(window: MainWindow, path: Path | None) -> None:
    """What a window does first: offer what a crash left, ask for the weights, open what was named."""
    window.recovering.offer()
    if path is not None:
        window.files.open_path(path)
    elif not window.settings.first_run_done and window.weights.missing:
        window.weights.with_them(lambda: None)


def show_faults(window: MainWindow) -> None:
    """A fault in a slot is told in the window; the program goes on, and what was not saved can be saved."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            window.show_error(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = told
