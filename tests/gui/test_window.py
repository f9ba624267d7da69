"""The real window, driven offscreen with the toy generator: from opening to saving, pixels checked."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from window_driving import click, middle, open_file, shown, stroke

from latentedit.edits import SetAmount, SetMix
from latentedit.project_file import load_project
from latentedit.projection import preset_config
from latentedit.session import Session
from latentedit_gui.dialogs.error import ErrorDialog
from latentedit_gui.dragging import DragProgress
from latentedit_gui.export_request import ExportKind, ExportRequest
from latentedit_gui.main_window import MainWindow
from latentedit_gui.projecting import Progress
from latentedit_gui.recovery import PROJECT


@pytest.fixture
def editing(qtbot: QtBot, window: MainWindow, projected_path: Path) -> Session:
    """A project of two projected faces, open."""
    session = open_file(qtbot, window, projected_path)
    qtbot.waitUntil(lambda: not window.renderer.drawing)
    return session


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was asked for is on the canvas."""
    with qtbot.waitSignal(window.renderer.composited):
        window.renderer.composite()


def test_a_clicked_face_is_learnt_and_can_be_edited(qtbot: QtBot, window: MainWindow, found_path: Path) -> None:
    session = open_file(qtbot, window, found_path)
    assert window.document.face == -1 and "face" not in window.windowTitle()
    looks: list[int] = []
    window.projector.advanced.connect(lambda progress: looks.append(progress.step))
    with qtbot.waitSignal(window.projector.finished, timeout=30000) as told:
        click(window, *middle(session, 1))
        assert window.cards.isVisible()
    assert told.args == [1] and window.document.face == 1 and window.document.editable
    assert looks[0] == 1 and session.face(1).report["steps"] == looks[-1] and session.face(1).report["preset"] == "fast"
    assert session.face(0).latents is None and window.isWindowModified() and window.cards.isHidden()


def test_no_stranger_is_shown_while_a_face_is_learnt(
    qtbot: QtBot, window: MainWindow, found_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("latentedit_gui.projecting.LOOK_EVERY_S", 0.0)
    session = open_file(qtbot, window, found_path)
    told: list[tuple[Progress, bool, str]] = []

    def look(progress: Progress) -> None:
        card = window.cards.card(("face", 0))
        assert card is not None
        untouched = progress.likeness > 0 or bool((shown(window) == session.photo.rgb_uint8).all())
        told.append((progress, untouched, card.words.text()))

    window.projector.advanced.connect(look)
    with qtbot.waitSignal(window.projector.finished, timeout=60_000):
        click(window, *middle(session, 0))
    strangers = [each for each in told if each[0].likeness == 0]
    coarse = preset_config("fast").coarse_steps
    assert len(strangers) == coarse // 2 and all(progress.look is None and same for progress, same, _ in strangers)
    assert {words for _, _, words in strangers} == {"Face 1: finding the likeness…"}
    seen = [progress for progress, _, _ in told if progress.look is not None]
    opaque = [int(progress.look[..., 3].max()) for progress in seen if progress.look is not None]
    assert opaque == sorted(opaque) and opaque[0] < 30 and opaque[-1] == 255 and len(set(opaque)) > 5
    assert told[-1][2] == "Getting to know face 1"


def test_cancelling_acts_at_once_and_changes_nothing(qtbot: QtBot, window: MainWindow, found_path: Path) -> None:
    session = open_file(qtbot, window, found_path)
    with qtbot.waitSignal(window.projector.advanced):
        click(window, *middle(session, 0))
    card = window.cards.card(("face", 0))
    assert card is not None
    began = time.perf_counter()
    with qtbot.waitSignal(window.projector.stopped):
        card.cancel_button.click()
    assert time.perf_counter() - began < 0.2 and window.cards.isHidden()
    qtbot.wait(50)
    assert session.face(0).latents is None and not window.isWindowModified()
    settled(qtbot, window)
    assert (shown(window) == session.photo.rgb_uint8).all()


def test_a_new_photograph_stops_what_was_being_learnt_if_a_person_agrees(
    qtbot: QtBot, window: MainWindow, found_path: Path, projected_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_file(qtbot, window, found_path)
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Ok]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    with qtbot.waitSignal(window.projector.advanced):
        click(window, *middle(first, 0))
    window.files.open_path(projected_path)
    assert window.document.session is first and window.projector.working
    second = open_file(qtbot, window, projected_path)
    assert window.document.session is second and not window.projector.working and not answers


def test_the_canvas_shows_what_the_session_renders_and_undo_the_photograph(
    qtbot: QtBot, window: MainWindow, editing: Session
) -> None:
    assert (shown(window) == editing.photo.rgb_uint8).all()
    with qtbot.waitSignal(window.renderer.composited):
        window.document.do(SetMix(0, "seed:3"))
    edited = editing.render_uint8()
    assert (edited != editing.photo.rgb_uint8).any() and (shown(window) == edited).all()
    window.actions_by_name["before"].setChecked(True)
    assert (shown(window) == editing.photo.rgb_uint8).all()
    window.actions_by_name["before"].setChecked(False)
    with qtbot.waitSignal(window.renderer.composited):
        window.actions_by_name["undo"].trigger()
    assert (shown(window) == editing.photo.rgb_uint8).all()
    with qtbot.waitSignal(window.renderer.composited):
        window.actions_by_name["redo"].trigger()
    assert (shown(window) == edited).all()


def test_a_brush_confines_the_change_and_undo_takes_it_back(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    window.document.do(SetMix(0, "seed:3"))
    window.actions_by_name["brush"].setChecked(True)
    window.canvas.set_brush_diameter(30)
    x, y = middle(editing, 0)
    with qtbot.waitSignal(window.renderer.composited):
        stroke(window, (x - 20, y), (x, y), (x + 20, y))
    region = editing.state.face(0).compositing.region
    assert region is not None and region.startswith("brush:") and window.canvas.painted_mask is not None
    changed = (editing.render_uint8() != editing.photo.rgb_uint8).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert changed.any() and abs(rows.mean() - y) < 6 and abs(columns.mean() - x) < 6
    assert (shown(window) == editing.render_uint8()).all() or window.canvas.painted_mask is not None
    with qtbot.waitSignal(window.renderer.composited):
        window.actions_by_name["undo"].trigger()
    assert window.canvas.painted_mask is None
    with qtbot.waitSignal(window.renderer.composited):
        window.actions_by_name["redo"].trigger()
        window.actions_by_name["clear-mask"].trigger()
    assert editing.state.face(0).compositing.region is None


def test_saving_and_opening_again_gives_the_same_pixels(
    qtbot: QtBot, window: MainWindow, editing: Session, tmp_path: Path
) -> None:
    window.document.do(SetAmount(1, "smile", 2.0))
    edited = editing.render_uint8()
    with qtbot.waitSignal(window.saver.saved):
        window.actions_by_name["save"].trigger()
    assert not window.isWindowModified()
    again = open_file(qtbot, window, tmp_path / "projected.ledit")
    assert again is not editing
    settled(qtbot, window)
    assert (shown(window) == edited).all()
    assert [path.name for path in window.settings.recent] == ["projected.ledit"]


@pytest.mark.parametrize("kind", ExportKind)
def test_exports_hold_the_edited_photograph(
    qtbot: QtBot, window: MainWindow, editing: Session, tmp_path: Path, kind: ExportKind
) -> None:
    window.document.do(SetMix(0, "seed:3"))
    target = tmp_path / f"out{kind.suffix}"
    with qtbot.waitSignal(window.saver.exported):
        window.saver.export(ExportRequest(target, kind))
    if kind is ExportKind.PNG:
        with Image.open(target) as written:
            assert (np.asarray(written.convert("RGB")) == editing.render_uint8()).all()
    assert target.stat().st_size > 1000


def test_the_clipboard_takes_and_gives_pictures(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    window.document.do(SetMix(0, "seed:3"))
    edited = editing.render_uint8()
    with qtbot.waitSignal(window.saver.copied):
        window.actions_by_name["copy"].trigger()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None and not clipboard.image().isNull()
    window.document.open(None)
    with qtbot.waitSignal(window.opener.read):
        window.actions_by_name["paste"].trigger()
    pasted = window.document.session
    assert pasted is not None and (pasted.photo.rgb_uint8 == edited).all()
    window.opener.cancel()
    for dialog in window.findChildren(ErrorDialog):
        dialog.close()


def test_what_cannot_be_read_is_told_and_what_was_open_stays(
    qtbot: QtBot, window: MainWindow, editing: Session, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff nothing")
    with qtbot.waitSignal(window.opener.failed):
        window.files.open_path(broken)
    dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ErrorDialog))
    assert window.document.session is editing
    dialog.close()


def test_points_are_dragged_and_become_an_edit(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    from latentedit_gui.panels.drag import DragPanel

    panel = window.panel("drag")
    assert isinstance(panel, DragPanel)
    panel.pick_button.click()
    assert window.actions_by_name["drag"].isChecked() and not panel.start_button.isEnabled()
    x, y = middle(editing, 0)
    click(window, x - 5, y)
    click(window, x + 8, y)
    assert panel.start_button.isEnabled()
    steps: list[DragProgress] = []
    panel.dragger.advanced.connect(steps.append)
    with qtbot.waitSignal(panel.dragger.finished, timeout=60000):
        panel.start_button.click()
        assert panel.cancel_button.isVisibleTo(panel)
    (edit,) = editing.state.face(0).edits
    for step in steps:  # in the photograph's pixels: 13 of them were asked for, not the toy's 32 to the side
        assert step.to_go_px == pytest.approx(np.hypot(step.points[0][0] - x - 8, step.points[0][1] - y), abs=1.5)
    assert edit.label == "drag:1" and window.canvas.drag_points == ()
    settled(qtbot, window)
    assert (shown(window) == editing.render_uint8()).all()


def test_a_cancelled_drag_leaves_the_face(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    from latentedit_gui.panels.drag import DragPanel

    panel = window.panel("drag")
    assert isinstance(panel, DragPanel)
    x, y = middle(editing, 0)
    window.canvas.set_drag_points([((x, y), (x + 30, y + 30))])
    with qtbot.waitSignal(panel.dragger.advanced, timeout=60000):
        panel.start()
    panel.cancel_button.click()
    panel.clear_button.click()
    assert not editing.state.face(0).edits
    settled(qtbot, window)
    assert (shown(window) == editing.photo.rgb_uint8).all()


def test_actions_can_be_used_when_they_are_of_use(qtbot: QtBot, window: MainWindow, projected_path: Path) -> None:
    actions = window.actions_by_name
    off = [name for name in ("save", "export", "undo", "redo", "brush", "reset-face", "fit") if actions[name].isEnabled()]
    assert not off
    open_file(qtbot, window, projected_path)
    assert all(actions[name].isEnabled() for name in ("save", "export", "brush", "reset-face", "fit"))
    window.document.do(SetMix(0, "seed:3"))
    assert actions["undo"].isEnabled() and not actions["redo"].isEnabled()
    actions["reset-face"].trigger()
    session = window.document.session
    assert session is not None and not session.state.face(0).edits


def test_all_shortcuts_are_different_and_all_actions_are_explained(window: MainWindow) -> None:
    seen: dict[str, str] = {}
    for name in window.actions_by_name.names:
        action = window.actions_by_name[name]
        assert action.toolTip() and action.text()
        for keys in action.shortcuts():
            text = keys.toString()
            assert seen.setdefault(text, action.objectName()) == action.objectName(), text


def test_the_face_fills_the_canvas_and_the_close_up_shows_it(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    window.actions_by_name["zoom-face"].trigger()
    quad = editing.face(0).face.quad
    side = np.linalg.norm(quad[1] - quad[0])
    size = window.canvas.viewport().size()  # type: ignore[union-attr]
    assert window.canvas.zoom * side == pytest.approx(min(size.width(), size.height()) - 32, abs=2)
    (x, y), at = middle(editing, 0), window.canvas.placement
    shown_at = at.to_view(np.array([x, y]))
    assert abs(shown_at[0] - size.width() / 2) < 2 and abs(shown_at[1] - size.height() / 2) < 2
    window.show_panel("close-up")
    view = window.panel("close-up").view  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view._before is not None)
    with qtbot.waitSignal(window.renderer.previewed):
        window.document.do(SetMix(0, "seed:3"))
    qtbot.waitUntil(lambda: view._after is not None)


def test_the_search_for_faces_is_told_until_it_has_ended(window: MainWindow) -> None:
    opener, cards = window.opener, window.cards
    opener.began.emit("photo.png")
    assert cards.card("open") is not None
    opener.looking.emit()
    opener.ended.emit()  # the reading
    assert cards.card("open") is None and cards.card("look") is not None
    opener.ended.emit()  # the search
    assert cards.isHidden()


def test_the_zoom_is_told_of_each_photograph(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    told = window.status.zoom.text()
    assert told.endswith("%")
    path = editing.path
    assert path is not None
    window.document.open(None)
    assert not window.status.zoom.text()
    open_file(qtbot, window, path)
    assert window.status.zoom.text() == told


def test_a_cancelled_learning_is_gone_on_with(
    qtbot: QtBot, window: MainWindow, found_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("latentedit_gui.projecting.KEEP_EVERY_S", 0.0)
    session = open_file(qtbot, window, found_path)
    steps: list[int] = []
    window.projector.advanced.connect(lambda progress: steps.append(progress.step))
    click(window, *middle(session, 0))
    qtbot.waitUntil(lambda: len(steps) > 3)
    window.projector.cancel(0)
    reached = steps[-1]
    with qtbot.waitSignal(window.projector.finished, timeout=30000):
        click(window, *middle(session, 0))
    assert steps[steps.index(reached) + 1] == reached + 1 or reached + 1 in steps[:-1]
    assert steps.count(1) == 1, "it did not begin again"


def test_the_photograph_of_a_project_is_never_written_over(
    qtbot: QtBot, window: MainWindow, editing: Session, photo_path: Path
) -> None:
    window.document.do(SetMix(0, "seed:3"))
    before = photo_path.read_bytes()
    assert editing.photo.path is None, "a project does not tell where its photograph lies"
    with qtbot.waitSignal(window.saver.failed):
        window.saver.export(ExportRequest(photo_path, ExportKind.PNG))
    assert photo_path.read_bytes() == before
    next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ErrorDialog)).close()


def test_the_first_stroke_says_that_it_confines_the_face(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    window.document.do(SetMix(0, "seed:3"))
    window.actions_by_name["brush"].setChecked(True)
    x, y = middle(editing, 0)
    stroke(window, (x - 20, y), (x + 20, y))
    assert "only where" in window.notice.text
    window.notice._act()
    assert editing.state.face(0).compositing.region is None and not window.notice.text
    qtbot.waitUntil(lambda: not window.renderer.drawing)


def test_a_running_batch_is_not_ended_unasked(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [QMessageBox.StandardButton.Cancel]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    monkeypatch.setattr(type(window.panel("batch")), "running", True)
    assert not window.close() and window.isVisible() and not answers
    monkeypatch.undo()


def test_what_is_kept_for_the_next_start_is_what_is_not_saved(qtbot: QtBot, window: MainWindow, editing: Session) -> None:
    kept = window.slot.folder / PROJECT
    for _ in range(2):
        window.document.do(SetMix(0, "seed:1"))
        window.autosave.keep()
        qtbot.waitUntil(kept.exists)
        window.document.undo()
        assert not window.document.modified and not window.isWindowModified()
        qtbot.waitUntil(lambda: not kept.exists())
        window.document.redo()
        assert window.document.modified and window.isWindowModified()
        window.autosave.keep()
        qtbot.waitUntil(kept.exists)
        assert load_project(kept).history == editing.history
        window.document.undo()
        qtbot.waitUntil(lambda: not kept.exists())
