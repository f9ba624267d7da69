"""What tests of the window share: no screen, the toy generator, and nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from latentedit_gui.document import Document
from latentedit_gui.worker import Worker
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine, toy_session, write_photo

from latentedit.session import Session


@pytest.fixture(autouse=True)
def no_leaked_widgets(qapp: QApplication) -> Iterator[None]:
    """A test must close the windows that it opens."""
    yield
    qapp.processEvents()
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
