"""What all tests of dialogs share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QApplication

OFFSCREEN_SAYS = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform that draws nowhere has no windows whose sizes it could limit, and says so of every dialog."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS))


@pytest.fixture(autouse=True)
def nothing_kept(qapp: QApplication) -> Iterator[None]:
    """Delete what a test has closed; it would wait for an event loop, and be given every later style."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
