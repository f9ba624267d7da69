"""What holds for every panel, whatever is open: it explains itself, the keyboard reaches all of it, it is narrow, and rests when hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from controls import controls, named, not_reached_by_tab
from PyQt6.QtCore import QLocale, QTranslator
from PyQt6.QtWidgets import QAbstractButton, QApplication, QScrollArea
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine, toy_session

from latentedit.directions import Direction
from latentedit.edits import SetMix
from latentedit.session import Session
from latentedit_gui.canvas import Canvas
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels import LEFT, PANELS, Panel
from latentedit_gui.renderer import Renderer
from latentedit_gui.settings import Settings
from latentedit_gui.theme import ThemeChoice, apply_theme
from latentedit_gui.translation import LANGUAGES, install_translation
from latentedit_gui.worker import Job, Worker

WIDTH, HEIGHT = 320, 800
REST_MS = 400
"""Longer than any panel waits before it draws."""


def photograph(path: Path, *, projected: bool) -> Session:
    session = toy_session(path, projected=projected)
    vector = torch.randn(16, generator=torch.Generator().manual_seed(0))
    session.add_direction(Direction("smile", vector, effect="smiles more", default_range=(-3.0, 3.0)))
    session.add_direction(Direction("age", -vector, effect="older", default_range=(-2.0, 2.0), region="mouth"))
    return session


STATES: dict[str, Callable[[Path], Session | None]] = {
    "nothing": lambda path: None,
    "found": lambda path: photograph(path, projected=False),
    "projected": lambda path: photograph(path, projected=True),
}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries of directions and models of his own."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))


@pytest.fixture
def errors() -> list[Exception]:
    return []


@pytest.fixture
def context(qtbot: QtBot, document: Document, worker: Worker, settings: Settings, errors: list[Exception]) -> Iterator[Context]:
    """The photograph is drawn by another thread, so that the worker is busy with the panel alone."""
    canvas, elsewhere = Canvas(), Worker()
    qtbot.addWidget(canvas)
    yield Context(
        document=document,
        worker=worker,
        renderer=Renderer(document, elsewhere),
        canvas=canvas,
        engine=toy_engine(),
        settings=settings,
        show_error=errors.append,
        open_path=lambda path: None,
        project_face=lambda face: None,
        set_tool=lambda tool: None,
    )
    document.open(None)
    elsewhere.stop()
    assert not errors


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    yield install_translation(qapp, request.param)
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


@pytest.fixture(params=["light", "dark"])
def choice(request: pytest.FixtureRequest) -> ThemeChoice:
    choice: ThemeChoice = request.param
    return choice


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=PANELS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> type[Panel]:
    kind: type[Panel] = request.param
    return kind


def built(qtbot: QtBot, context: Context, kind: type[Panel], session: Session | None) -> Panel:
    """The panel, made before anything was open as the window does, and shown."""
    panel = kind(context)
    qtbot.addWidget(panel)
    panel.resize(WIDTH, HEIGHT)
    panel.show()
    if session is not None:
        context.document.open(session)
        context.document.select(0)
    settle(qtbot, context)
    return panel


def settle(qtbot: QtBot, context: Context) -> None:
    """Let the panel do all that it does by itself."""
    qtbot.wait(REST_MS // 2)
    qtbot.waitUntil(lambda: not any(job.running for job in context.worker.findChildren(Job)), timeout=20000)
    qtbot.wait(10)


@pytest.fixture
def panel(qtbot: QtBot, context: Context, kind: type[Panel], state: str, photo_path: Path) -> Panel:
    return built(qtbot, context, kind, STATES[state](photo_path))


def test_names_are_different_and_the_left_ones_are_there() -> None:
    names = [kind.name for kind in PANELS]
    assert len(set(names)) == len(names) and set(LEFT) <= set(names)


def test_every_control_explains_itself_and_the_keyboard_reaches_it(panel: Panel, state: str) -> None:
    assert panel.title()
    assert state != "projected" or controls(panel)
    for control in controls(panel):
        assert control.toolTip(), f"no tooltip: {control} {control.accessibleName()}"
        assert named(control, panel), f"no name: {control} {control.toolTip()}"
    unreached = not_reached_by_tab(panel)
    assert not unreached, [(each, each.toolTip()) for each in unreached]
    assert controls(panel) or panel.missing(), "neither of use, nor telling what is missing"


def test_it_is_narrow_in_every_language(
    qtbot: QtBot, context: Context, language: str, kind: type[Panel], photo_path: Path
) -> None:
    panel = built(qtbot, context, kind, STATES["projected"](photo_path))
    assert panel.title() and panel.minimumSizeHint().width() <= WIDTH
    for area in panel.findChildren(QScrollArea):
        page, port = area.widget(), area.viewport()
        assert page is not None and port is not None
        assert not page.isVisible() or page.width() <= port.width(), "it would have to be scrolled sideways"
    cut = [
        (control.text(), control.width(), control.minimumSizeHint().width())
        for control in controls(panel)
        if isinstance(control, QAbstractButton) and control.width() < control.minimumSizeHint().width()
    ]
    assert not cut


def test_it_is_light_or_dark_as_the_window_is(
    qapp: QApplication, qtbot: QtBot, context: Context, choice: ThemeChoice, kind: type[Panel], photo_path: Path
) -> None:
    theme = apply_theme(qapp, choice)
    panel = built(qtbot, context, kind, STATES["projected"](photo_path))
    # Also when it is there already.
    for now in ("dark" if choice == "light" else "light", choice):
        theme.choose(now)
        picture = panel.grab().toImage().scaled(16, 16)
        lights = sorted(picture.pixelColor(x, y).lightness() for x in range(16) for y in range(16))
        assert (lights[len(lights) // 2] > 128) == (now == "light")
    theme.deleteLater()


def test_hidden_it_rests(qtbot: QtBot, context: Context, kind: type[Panel], photo_path: Path) -> None:
    panel = built(qtbot, context, kind, STATES["projected"](photo_path))
    context.document.do(SetMix(0, "seed:3"))
    panel.hide()
    settle(qtbot, context)
    began: list[bool] = []
    context.worker.busy_changed.connect(began.append)
    for seed in (4, 5):
        context.document.do(SetMix(0, f"seed:{seed}"))
        qtbot.wait(REST_MS)
    assert not began
    panel.show()
    settle(qtbot, context)
