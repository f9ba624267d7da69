"""A window's context without the window."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import torch
from pytestqt.qtbot import QtBot
from toy_sessions import toy_session

from latentedit.directions import Direction
from latentedit.engine import Engine
from latentedit.session import Session
from latentedit_gui.canvas import Canvas
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.renderer import Renderer
from latentedit_gui.settings import Settings
from latentedit_gui.worker import Worker


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder of his own, without directions."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def session(photo_path: Path) -> Session:
    """Two projected faces; smile and age are the session's own directions, age is about the mouth."""
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
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    return canvas


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A user's settings of his own."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def context(document: Document, worker: Worker, canvas: Canvas, settings: Settings, errors: list[Exception]) -> Context:
    parts: dict[str, Any] = {
        "document": document,
        "worker": worker,
        "renderer": Renderer(document, worker),
        "canvas": canvas,
        "engine": Engine(),
        "settings": settings,
        "show_error": errors.append,
    }
    what_only_a_window_does = {field.name: lambda *_: None for field in fields(Context)}
    return Context(**{**what_only_a_window_does, **parts})
