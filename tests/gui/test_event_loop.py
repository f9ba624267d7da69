"""The event loop is never held up for long, whatever the window does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from toy_sessions import face_at, toy_engine
from watchdog import Watchdog, watching
from window_driving import click, middle, stroke

from latentedit.assets import AssetStore
from latentedit.edits import SetAmount
from latentedit.engine import Engine
from latentedit.session import Session
from latentedit.side_process import SideProcess
from latentedit_gui.export_request import ExportKind, ExportRequest
from latentedit_gui.garbage import GarbageCollector
from latentedit_gui.main_window import MainWindow
from latentedit_gui.panels import PANELS
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme

BAR_MS = 100
ROUGH_BAR_MS = 500
"""For machines that others use too: what holds up the loop for longer is a mistake on any of them."""
WAIT_MS = 60_000


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[None]:
    """As in the program: it holds up the loop as well."""
    collector = GarbageCollector()
    yield
    collector.stop()


@pytest.fixture
def side() -> Iterator[SideProcess]:
    """As in the program."""
    side = SideProcess()
    yield side
    side.close()


def photograph(path: Path, width: int, height: int) -> Path:
    """Soft blobs, as a JPEG."""
    random = np.random.default_rng(0)
    small = Image.fromarray(random.integers(0, 256, (height // 50, width // 50, 3), dtype=np.uint8))
    small.resize((width, height), Image.Resampling.BICUBIC).save(path, quality=92)
    return path


def found(path: Path) -> Path:
    """A project of a photograph with one face that is to be learnt."""
    session = Session.open(path, engine=toy_engine(), generator="toy")
    side = min(session.photo.width, session.photo.height) * 0.6
    session.set_faces([face_at(session, 0, side / 4, side / 4, side)])
    return session.save(path.with_suffix(".ledit"))


def work(qtbot: QtBot, window: MainWindow, watchdog: Watchdog, project: Path) -> None:
    """All that a person does, each under its name; the face is found and not yet learnt."""
    with watchdog.part("open a project"), qtbot.waitSignal(window.opener.read, timeout=WAIT_MS):
        window.files.open_path(project)
    session = window.document.session
    assert session is not None
    with watchdog.part("show it"):
        qtbot.wait(300)
    with watchdog.part("learn a face"), qtbot.waitSignal(window.projector.finished, timeout=WAIT_MS):
        click(window, *middle(session, 0))
    with watchdog.part("its first composite"):
        qtbot.waitUntil(lambda: not window.renderer.drawing, timeout=WAIT_MS)
    move_a_slider(qtbot, window, watchdog, 40)
    with watchdog.part("paint"), qtbot.waitSignal(window.renderer.composited, timeout=WAIT_MS):
        window.actions_by_name["brush"].setChecked(True)
        x, y = middle(session, 0)
        stroke(window, *[(x + step * session.photo.width / 200, y) for step in range(-20, 20)])
    with watchdog.part("undo and redo"):
        for name in ("undo", "undo", "redo", "redo"):
            window.actions_by_name[name].trigger()
            qtbot.wait(30)
        qtbot.waitUntil(lambda: not window.renderer.drawing, timeout=WAIT_MS)
    for kind in PANELS:
        with watchdog.part(f"show {kind.name}"):
            window.show_panel(kind.name)
            qtbot.wait(100)
    write(qtbot, window, watchdog, project.parent)


def move_a_slider(qtbot: QtBot, window: MainWindow, watchdog: Watchdog, ticks: int) -> None:
    """Tick by tick as they are shown, and left to rest."""
    with watchdog.part("slider ticks"):
        for amount in np.linspace(0.05, 2, ticks):
            with qtbot.waitSignal(window.renderer.previewed, timeout=WAIT_MS):
                window.document.do(SetAmount(0, "smile", float(amount)))
    with watchdog.part("the composite at rest"):
        qtbot.waitUntil(lambda: not window.renderer.drawing, timeout=WAIT_MS)
        qtbot.wait(200)


def write(qtbot: QtBot, window: MainWindow, watchdog: Watchdog, folder: Path) -> None:
    """Everything that is written."""
    for kind in (ExportKind.JPEG, ExportKind.ORA):
        with watchdog.part(f"export {kind.name}"), qtbot.waitSignal(window.saver.exported, timeout=WAIT_MS):
            window.saver.export(ExportRequest(folder / f"out{kind.suffix}", kind))
    with watchdog.part("copy"), qtbot.waitSignal(window.saver.copied, timeout=WAIT_MS):
        window.actions_by_name["copy"].trigger()
    with watchdog.part("keep unsaved work"):
        window.autosave.keep()
        qtbot.wait(500)
    with watchdog.part("save"), qtbot.waitSignal(window.saver.saved, timeout=WAIT_MS):
        window.saver.save(folder / "saved.ledit")
    with watchdog.part("open it again"), qtbot.waitSignal(window.opener.read, timeout=WAIT_MS):
        window.files.open_path(folder / "saved.ledit")
    with watchdog.part("show it again"):
        qtbot.wait(300)
        qtbot.waitUntil(lambda: not window.renderer.drawing, timeout=WAIT_MS)


def test_nothing_holds_up_the_loop_by_far(qtbot: QtBot, window: MainWindow, collector: None, tmp_path: Path) -> None:
    project = found(photograph(tmp_path / "photo.jpg", 1600, 1200))
    with watching(ROUGH_BAR_MS) as watchdog:
        work(qtbot, window, watchdog, project)


@pytest.mark.slow
def test_nothing_holds_up_the_loop_with_a_large_photograph(
    qtbot: QtBot, window: MainWindow, side: SideProcess, collector: None, tmp_path: Path
) -> None:
    window.context.engine.call = side.call
    project = found(photograph(tmp_path / "photo.jpg", 6000, 4000))
    with watching(BAR_MS) as watchdog:
        work(qtbot, window, watchdog, project)


@pytest.mark.slow
@pytest.mark.assets
def test_the_real_generator_does_not_hold_up_the_loop(
    qtbot: QtBot,
    qapp: QApplication,
    settings: Settings,
    collector: None,
    fetched: AssetStore,
    shared_data: Path,
    side: SideProcess,
    tmp_path: Path,
) -> None:
    engine = Engine(store=fetched, call=side.call)
    session = Session.open(shared_data / "photos" / "obama.jpg", engine=engine)
    session.find_faces(store=fetched)
    for _ in session.project(0, preset="fast", steps=8):
        pass
    project = session.save(tmp_path / "real.ledit")
    window = MainWindow(settings, engine, Theme(qapp), weights=(), recovery=tmp_path / "recovery", side=side)
    window.show()
    qtbot.waitExposed(window)
    try:
        with watching(BAR_MS) as watchdog:
            with watchdog.part("open"), qtbot.waitSignal(window.renderer.composited, timeout=WAIT_MS):
                window.files.open_path(project)
            move_a_slider(qtbot, window, watchdog, 40)
            write(qtbot, window, watchdog, tmp_path)
    finally:
        window.document.open(None)  # nothing to ask about
        window.close()
        window.deleteLater()
