"""What tests of the window share: no screen, the toy generator, and nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine, toy_session, write_photo

from latentedit.session import Session
from latentedit_gui.document import Document
from latentedit_gui.main_window import MainWindow
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme
from latentedit_gui.worker import Worker


@pytest.fixture(autouse=True)
def no_leaked_widgets(qapp: QApplication) -> Iterator[None]:
    """A test must close the windows that it opens."""
    yield
    qapp.processEvents()
    # What a test has closed waits for an event loop to be deleted, and would be given every later style.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not left, f"windows left behind: {left}"


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.fixture
def document(qapp: QApplication) -> Document:
    return Document()


@pytest.fixture
def photo_path(tmp_path: Path) -> Path:
    return write_photo(tmp_path / "photo.png")


@pytest.fixture
def session(photo_path: Path) -> Session:
    """Two projected faces."""
    return toy_session(photo_path, toy_engine())


@pytest.fixture
def opened(qtbot: QtBot, document: Document, session: Session) -> Document:
    """A document with the session open and its first face meant."""
    document.open(session)
    return document


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A user's settings of his own."""
    settings = Settings(tmp_path / "settings.ini")
    settings.preset = "fast"
    return settings


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, settings: Settings) -> Iterator[MainWindow]:
    """A window that draws with the toy generator and needs no weights."""
    window = MainWindow(settings, toy_engine(), Theme(qapp), generator="toy", weights=(), recovery=tmp_path / "recovery")
    window.renderer.set_rest_ms(5)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.document.open(None)  # nothing to ask about
    window.close()
    window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def found_path(photo_path: Path, tmp_path: Path) -> Path:
    """A project of a photograph whose two faces were found, and no more."""
    return toy_session(photo_path, projected=False).save(tmp_path / "found.ledit")


@pytest.fixture
def projected_path(session: Session, tmp_path: Path) -> Path:
    """A project of two projected faces."""
    return session.save(tmp_path / "projected.ledit")
