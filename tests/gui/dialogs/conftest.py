"""What all tests of dialogs share."""

from __future__ import annotations

from pathlib import Path

import pytest

OFFSCREEN_SAYS = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform that draws nowhere has no windows whose sizes it could limit, and says so of every dialog."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS))
