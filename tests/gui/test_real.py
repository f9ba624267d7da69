"""The real window with the real generator: a photograph from opening to reopening, as a person does it, pixels checked."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_driving import click, middle, open_file, shown, stroke

from latentedit.assets import AssetStore
from latentedit.edits import DirectionEdit
from latentedit.engine import Engine
from latentedit.session import Session
from latentedit_gui.main_window import MainWindow
from latentedit_gui.panels.attributes import AttributesPanel
from latentedit_gui.panels.drag import DragPanel
from latentedit_gui.panels.mix import MixPanel
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme
from latentedit_gui.widgets.amount_track import AmountTrack

pytestmark = [pytest.mark.slow, pytest.mark.assets, pytest.mark.timeout(900)]
WAIT_MS = 180_000
"""A shared machine without an accelerator may take a while."""
STEPS = 12
"""Enough for a face that can be edited, and no more."""


@pytest.fixture(scope="module")
def engine(fetched: AssetStore) -> Engine:
    """One for all of them, so that the generator is loaded once."""
    return Engine(store=fetched)


@pytest.fixture
def real_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, settings: Settings, engine: Engine) -> Iterator[MainWindow]:
    """The window as it is started."""
    window = MainWindow(settings, engine, Theme(qapp), recovery=tmp_path / "recovery")
    if window.weights.missing:
        window.close()
        pytest.skip("the weights are not all here")
    window.resize(2000, 1500)  # the whole photograph at its own size, between the panels
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.document.open(None)  # nothing to ask about
    window.close()
    window.deleteLater()


@pytest.fixture(scope="module")
def photo(shared_data: Path) -> Path:
    return shared_data / "photos" / "obama.jpg"


@pytest.fixture(scope="module")
def learnt(photo: Path, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the photograph with its face learnt."""
    session = Session.open(photo, engine=engine)
    session.find_faces(store=engine.store)
    for _ in session.project(0, preset="fast", steps=STEPS):
        pass
    return session.save(tmp_path_factory.mktemp("learnt") / "obama.ledit")


@pytest.fixture
def editing(qtbot: QtBot, real_window: MainWindow, learnt: Path, tmp_path: Path) -> Session:
    """A copy of it, open in the window and shown whole."""
    session = open_file(qtbot, real_window, Path(shutil.copy(learnt, tmp_path / "editing.ledit")))
    settled(qtbot, real_window)
    return session


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was asked for is on the canvas."""
    with qtbot.waitSignal(window.renderer.composited, timeout=WAIT_MS):
        window.renderer.composite()


def composited(qtbot: QtBot, window: MainWindow, act: Callable[[], object]) -> None:
    """Do something, and wait until the window shows what came of it by itself."""
    with qtbot.waitSignal(window.renderer.composited, timeout=WAIT_MS):
        act()


def pull(track: AmountTrack, to: float, *, moves: int = 6) -> None:
    """Take a slider's handle, move it over in so many moves, and let it go. ``to`` is a share of the slider's length to the right."""
    left, none, y = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, track.height() // 2
    start = round(track.handle_x())
    QTest.mousePress(track, left, none, QPoint(start, y))
    for move in range(1, moves + 1):
        QTest.mouseMove(track, QPoint(start + round(to * track.width() * move / moves), y))
    QTest.mouseRelease(track, left, none, QPoint(start + round(to * track.width()), y))


def test_a_photograph_is_opened_its_face_found_clicked_and_learnt(qtbot: QtBot, real_window: MainWindow, photo: Path) -> None:
    window = real_window
    with qtbot.waitSignal(window.opener.faces_found, timeout=WAIT_MS) as found:
        window.files.open_path(photo)
    assert found.args == [1]
    session = window.document.session
    assert session is not None and session.face(0).latents is None
    assert (shown(window) == session.photo.rgb_uint8).all()
    window.actions_by_name["fit"].trigger()

    looks: list[np.ndarray] = []
    window.projector.advanced.connect(lambda progress: looks.append(progress.look) if progress.look is not None else None)
    click(window, *middle(session, 0))
    assert window.document.face == 0 and window.cards.isVisible()
    qtbot.waitUntil(lambda: len(looks) >= 2, timeout=WAIT_MS)
    assert looks[0].shape == looks[1].shape and (looks[0] != looks[1]).any()
    card = window.cards.card(("face", 0))
    assert card is not None
    began = time.perf_counter()
    with qtbot.waitSignal(window.projector.stopped):
        card.cancel_button.click()
    assert time.perf_counter() - began < 0.2 and session.face(0).latents is None and not window.isWindowModified()

    with qtbot.waitSignal(window.projector.finished, timeout=WAIT_MS):
        window.projector.project(0, "fast", steps=STEPS)
    settled(qtbot, window)
    assert window.document.editable and window.isWindowModified()
    assert (shown(window) == session.photo.rgb_uint8).all(), "a face that is not edited yet stays the photograph's"


def test_a_slider_pulled_by_the_mouse_shows_a_preview_then_the_composite_and_undo_the_photograph(
    qtbot: QtBot, real_window: MainWindow, editing: Session
) -> None:
    window = real_window
    panel = window.panel("attributes")
    assert isinstance(panel, AttributesPanel)
    window.show_panel("attributes")
    qtbot.waitUntil(lambda: any(row.attribute.name == "smile" for row in panel.rows), timeout=WAIT_MS)
    track = panel.row("smile").slider.track
    assert track.isVisible()
    previews: list[np.ndarray] = []
    window.renderer.previewed.connect(lambda face, rgba, quad: previews.append(rgba))

    composited(qtbot, window, lambda: pull(track, 0.25))
    assert previews
    (edit,) = editing.state.face(0).edits
    assert isinstance(edit, DirectionEdit) and edit.name == "smile" and edit.amount > 0.5
    edited = editing.render_uint8()
    assert (shown(window) == edited).all()
    changed = (edited != editing.photo.rgb_uint8).any(axis=2)
    left, top, right, bottom = editing.face(0).face.box
    assert changed[top:bottom, left:right].mean() > 0.2 and not changed[:20].any()

    composited(qtbot, window, window.actions_by_name["undo"].trigger)
    assert not editing.state.face(0).edits, "one pull is one undo"
    assert (shown(window) == editing.photo.rgb_uint8).all()
    assert panel.row("smile").slider.value() == 0
    composited(qtbot, window, window.actions_by_name["redo"].trigger)
    assert (shown(window) == edited).all()


def test_a_face_is_mixed_brushed_saved_and_opened_again(
    qtbot: QtBot, real_window: MainWindow, editing: Session, tmp_path: Path
) -> None:
    window = real_window
    panel = window.panel("mix")
    assert isinstance(panel, MixPanel)
    window.show_panel("mix")
    qtbot.waitUntil(lambda: panel.bands is not None, timeout=WAIT_MS)
    qtbot.mouseClick(panel.sources.dice_button, Qt.MouseButton.LeftButton)
    assert panel.source is not None and panel.source.startswith("seed:")
    qtbot.waitUntil(lambda: panel.bands is not None and panel.bands.isVisible())
    assert panel.bands is not None
    coarse = panel.bands.thumbnails["coarse"]
    qtbot.waitUntil(lambda: not coarse.image.isNull(), timeout=WAIT_MS)
    composited(qtbot, window, lambda: qtbot.mouseClick(coarse, Qt.MouseButton.LeftButton))
    mixed = editing.render_uint8()
    assert (mixed != editing.photo.rgb_uint8).any() and (shown(window) == mixed).all()

    window.actions_by_name["fit"].trigger()
    window.actions_by_name["brush"].setChecked(True)
    x, y = middle(editing, 0)
    composited(qtbot, window, lambda: stroke(window, (x - 60, y), (x, y), (x + 60, y)))
    window.actions_by_name["select"].setChecked(True)
    brushed = editing.render_uint8()
    changes, before = ((pixels != editing.photo.rgb_uint8).any(axis=2) for pixels in (brushed, mixed))
    assert 0 < changes.sum() < before.sum() and (shown(window) == brushed).all()

    with qtbot.waitSignal(window.saver.saved, timeout=WAIT_MS):
        window.actions_by_name["save"].trigger()
    assert not window.isWindowModified()
    again = open_file(qtbot, window, tmp_path / "editing.ledit")
    assert again is not editing
    settled(qtbot, window)
    assert (shown(window) == brushed).all()


def test_points_are_dragged(qtbot: QtBot, real_window: MainWindow, editing: Session) -> None:
    window = real_window
    panel = window.panel("drag")
    assert isinstance(panel, DragPanel)
    window.show_panel("drag")
    qtbot.mouseClick(panel.pick_button, Qt.MouseButton.LeftButton)
    x, y = middle(editing, 0)
    click(window, x, y + 40)
    click(window, x, y + 55)
    steps: list[int] = []
    panel.dragger.advanced.connect(lambda progress: steps.append(progress.step.step))
    qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(steps) >= 3 or not panel.dragger.working, timeout=WAIT_MS)
    if panel.dragger.working:
        composited(qtbot, window, lambda: qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton))
    else:
        settled(qtbot, window)
    (edit,) = editing.state.face(0).edits
    assert edit.label == "drag:1"
    dragged = editing.render_uint8()
    assert (dragged != editing.photo.rgb_uint8).any() and (shown(window) == dragged).all()
