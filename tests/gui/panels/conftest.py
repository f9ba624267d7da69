"""A window's context without the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.renderer import Renderer
from latentedit_gui.worker import Worker
from PyQt6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot
from toy_sessions import toy_session

from latentedit.directions import Direction
from latentedit.engine import Engine
from latentedit.session import Session

if TYPE_CHECKING:
    import numpy as np
    from latentedit_gui.canvas import Canvas
    from latentedit_gui.settings import Settings
    from numpy.typing import NDArray


class Easel(QGraphicsView):
    """What panels need of the canvas."""

    painted_mask: NDArray[np.uint8] | None = None


class Memory:
    """What panels need of the settings."""

    favourites: tuple[str, ...] = ()

    def last_folder(self, use: str) -> Path:
        return Path.home()


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library of directions, not the user's."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def session(photo_path: Path) -> Session:
    """Two projected faces; smile and age are the session's own directions."""
    import torch

    session = toy_session(photo_path, Engine())
    vector = torch.randn(16, generator=torch.Generator().manual_seed(0))
    session.add_direction(Direction("smile", vector, effect="smiles more", default_range=(-3.0, 3.0)))
    session.add_direction(Direction("age", -vector, effect="older", default_range=(-2.0, 2.0), region="mouth"))
    return session


@pytest.fixture
def errors() -> list[Exception]:
    """What was told to the user."""
    return []


@pytest.fixture
def easel(qtbot: QtBot) -> Easel:
    view = Easel()
    qtbot.addWidget(view)
    return view


@pytest.fixture
def settings() -> Memory:
    return Memory()


@pytest.fixture
def context(document: Document, worker: Worker, easel: Easel, settings: Memory, errors: list[Exception]) -> Context:
    return Context(
        document=document,
        worker=worker,
        renderer=Renderer(document, worker),
        canvas=cast("Canvas", easel),
        engine=Engine(),
        settings=cast("Settings", settings),
        show_error=errors.append,
        open_path=lambda path: None,
        project_face=lambda face: None,
    )
