"""What is closed is gone: windows with their threads and timers, and photographs with their memory."""

from __future__ import annotations

import gc
import os
import sys
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from toy_sessions import face_at, toy_engine
from window_driving import open_file

from latentedit.edits import SetAmount
from latentedit.images import Photo
from latentedit.session import Session
from latentedit_gui.document import Document
from latentedit_gui.main_window import MainWindow
from latentedit_gui.panels import PANELS
from latentedit_gui.panels.thumbnails import REST_MS as THUMBNAILS_REST_MS
from latentedit_gui.renderer import Renderer
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme
from latentedit_gui.worker import Job, Worker

WINDOWS = 5
OPENS, EDITS = 20, 50
WIDTH, HEIGHT = 2310, 1732
"""4 megapixels."""
MOST_MB = 30
OURS = (MainWindow, Worker, Job, Document, Renderer, Session, Photo, QWidget, QThread, QTimer)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp)
    yield theme
    theme.deleteLater()


@pytest.fixture
def large_project(tmp_path: Path) -> Path:
    """A project of a photograph of 4 megapixels, its face learnt."""
    random = np.random.default_rng(0)
    small = Image.fromarray(random.integers(0, 256, (HEIGHT // 20, WIDTH // 20, 3), dtype=np.uint8))
    small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(tmp_path / "photo.jpg", quality=92)
    session = Session.open(tmp_path / "photo.jpg", engine=toy_engine(), generator="toy")
    session.set_faces([face_at(session, 0, 400, 400, 900)])
    for _ in session.project(0, steps=4):
        pass
    return session.save(tmp_path / "large.ledit")


def swept(qapp: QApplication) -> None:
    """Let all that is to be deleted be deleted."""
    for _ in range(3):
        qapp.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()


def working(worker: Worker) -> bool:
    return any(job.running for job in worker.findChildren(Job))


def alive() -> Counter[str]:
    """How many there are of each class of ours; of timers, those that run."""
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        kind = next((kind for kind in OURS if issubclass(type(each), kind)), None)
        if kind is None or (issubclass(kind, QObject) and sip.isdeleted(each)):
            continue
        if kind is not QTimer or each.isActive():
            found[type(each).__name__ if kind is QWidget else kind.__name__] += 1
    return found


def threads() -> int:
    """All threads of this process, also those that Python does not know."""
    return len(list(Path("/proc/self/task").iterdir())) if sys.platform == "linux" else 0


def resident_mb() -> float:
    """What this process holds, after what can be freed was."""
    gc.collect()
    held = int(Path("/proc/self/statm").read_text().split()[1])
    return held * os.sysconf("SC_PAGE_SIZE") / 1e6


def use_a_window(
    qtbot: QtBot, qapp: QApplication, theme: Theme, settings: Settings, project: Path, recovery: Path
) -> list[weakref.ref[object]]:
    """Open, edit, look at each panel, close; what should be gone now."""
    window = MainWindow(settings, toy_engine(), theme, generator="toy", weights=(), recovery=recovery)
    window.show()
    session = open_file(qtbot, window, project)
    for kind in PANELS:
        window.show_panel(kind.name)
        qtbot.wait(20)
    window.document.do(SetAmount(0, "smile", 1.0))
    with qtbot.waitSignal(window.renderer.composited):
        window.renderer.composite()
    watched = [weakref.ref(each) for each in (window, window.worker, window.document, window.canvas, session, session.photo)]
    window.document.open(None)
    assert window.close()
    window.deleteLater()
    return watched


def test_a_closed_window_leaves_nothing(
    qtbot: QtBot, qapp: QApplication, theme: Theme, settings: Settings, projected_path: Path, tmp_path: Path
) -> None:
    def once() -> list[weakref.ref[object]]:
        watched = use_a_window(qtbot, qapp, theme, settings, projected_path, tmp_path / "recovery")
        swept(qapp)
        return watched

    once()  # what is made once and kept
    before, threads_before = alive(), threads()
    watched = [each for _ in range(WINDOWS) for each in once()]
    left = alive() - before
    assert not left, left
    assert not [each() for each in watched if each() is not None]
    assert threads() <= threads_before
    assert not list((tmp_path / "recovery").iterdir())


@pytest.mark.slow
def test_photographs_that_were_closed_take_no_memory(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, large_project: Path
) -> None:
    def open_and_edit(opens: int, edits: int) -> None:
        for _ in range(opens):
            window.document.open(None)  # nothing to ask about
            open_file(qtbot, window, large_project)
        for amount in np.linspace(-2, 2, edits):
            window.document.do(SetAmount(0, "smile", float(amount)))
            window.document.seal()
            qapp.processEvents()
        qtbot.wait(THUMBNAILS_REST_MS + 50)
        qtbot.waitUntil(lambda: not window.renderer.drawing and not working(window.worker), timeout=20000)
        swept(qapp)

    for _ in range(2):  # freed blocks stay in the heap on purpose (latentedit.memory), which has its size then
        open_and_edit(OPENS, EDITS)
    before, held = alive(), resident_mb() if sys.platform == "linux" else 0.0
    assert before["Session"] == before["Photo"] == 1
    open_and_edit(OPENS, EDITS)
    after = alive()
    assert after["Session"] == after["Photo"] == 1
    left = {name: count for name, count in (after - before).items() if name in ("Job", "QTimer", "QThread", "Worker")}
    assert not left, left
    assert sys.platform != "linux" or resident_mb() - held < MOST_MB
