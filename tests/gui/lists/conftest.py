"""A window's parts without the window: what panels are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine, toy_session

from latentedit.engine import DirectionLike, Engine
from latentedit.errors import DirectionError
from latentedit.generators import GeneratorSpec
from latentedit.session import Session
from latentedit_gui.canvas import Tool
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.renderer import Renderer
from latentedit_gui.settings import Settings
from latentedit_gui.worker import Worker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform cannot hand on the least size of a window, and says so each time that one is shown."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True))


class Told:
    """What panels have asked the window for."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.opened: list[Path] = []
        self.projected: list[int] = []
        self.tools: list[Tool] = []


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Libraries that a test may write to."""
    home = tmp_path / "home"
    monkeypatch.setenv("LATENTEDIT_HOME", str(home))
    return home


@pytest.fixture
def engine() -> Engine:
    """As of :func:`toy_engine`, but it says of unknown names what the real one says."""
    known = toy_engine()

    def resolve(name: str, spec: GeneratorSpec) -> DirectionLike:
        if name not in ("smile", "age"):
            raise DirectionError(f"There is no direction {name}.")
        return known.direction(name, spec)

    return Engine(resolve_direction=resolve)


@pytest.fixture
def session(photo_path: Path, engine: Engine) -> Session:
    """Two projected faces."""
    return toy_session(photo_path, engine)


@pytest.fixture
def context(qtbot: QtBot, document: Document, worker: Worker, told: Told, engine: Engine, tmp_path: Path) -> Iterator[Context]:
    view = QGraphicsView()
    qtbot.addWidget(view)
    canvas: Any = view  # panels of this folder draw nothing on it
    yield Context(
        document=document,
        worker=worker,
        renderer=Renderer(document, worker),
        canvas=canvas,
        engine=engine,
        settings=Settings(tmp_path / "settings.ini"),
        show_error=told.errors.append,
        open_path=told.opened.append,
        project_face=told.projected.append,
        set_tool=told.tools.append,
    )
    document.open(None)
