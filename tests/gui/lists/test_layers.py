from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QListWidget, QPushButton, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from latentedit.edits import EditMask, FaceEdits, SetAmount, SetMask, SetMix, SetVariation
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.layers import LayersPanel
from latentedit_gui.panels.layers_faces import FaceList
from latentedit_gui.panels.layers_region import AreaEditor
from latentedit_gui.panels.layers_stack import EditRow, EditStack, _Grip

from .conftest import Told
from .driving import LEFT, answer, child, choose, shown

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(qtbot: QtBot, opened: Document, context: Context) -> LayersPanel:
    for command in (SetAmount(0, "smile", 1.0), SetMix(0, "seed:5"), SetVariation(0, 3, 0.5, 0.5, 0.5)):
        opened.do(command)
    opened.seal()
    panel = LayersPanel(context)
    shown(qtbot, panel, 1000)
    return panel


def face(document: Document) -> FaceEdits:
    edits = document.edits
    assert edits is not None
    return edits


def kinds(document: Document) -> list[str]:
    """Lowest first."""
    return [edit.key.kind for edit in face(document).edits]


def rows(panel: LayersPanel) -> list[EditRow]:
    """Top first."""
    QApplication.processEvents()  # layouts place their widgets when the event loop comes to it
    return sorted((row for row in panel.findChildren(EditRow) if row.isVisible()), key=lambda row: row.y())


def test_the_stack_is_shown_with_the_newest_on_top(opened: Document, panel: LayersPanel) -> None:
    assert [row.key.kind for row in rows(panel)] == ["variation", "mix", "direction"]
    assert [row.accessibleName() for row in rows(panel)] == [
        "Variation 3, 50% / 50% / 50%",
        "Mix with random face 5, 100%",
        "Smile, +1",
    ]


def test_the_eye_hides_an_edit_and_shows_it_again(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    session = opened.session
    assert session is not None
    with_it = session.render_uint8()
    eye = child(rows(panel)[1], QToolButton, accessibleName="Show Mix with random face 5")
    qtbot.mouseClick(eye, LEFT)
    assert [edit.enabled for edit in face(opened).edits] == [True, False, True]
    assert not np.array_equal(session.render_uint8(), with_it) and not eye.isChecked()
    qtbot.mouseClick(eye, LEFT)
    assert np.array_equal(session.render_uint8(), with_it)


@pytest.mark.parametrize(
    ("row", "to", "after"),
    [
        (0, 2, ["variation", "direction", "mix"]),
        (2, 0, ["mix", "variation", "direction"]),
        (1, 2, ["mix", "direction", "variation"]),
        (1, 1, ["direction", "mix", "variation"]),
    ],
)
def test_a_row_is_dragged_by_its_grip(
    qtbot: QtBot, opened: Document, panel: LayersPanel, row: int, to: int, after: list[str]
) -> None:
    grip = rows(panel)[row].findChild(_Grip)
    assert grip is not None
    target = rows(panel)[to]
    # Just over the target's middle, from the side that it comes from.
    beyond = 3 if to > row else -3
    drop = grip.mapFromGlobal(target.mapToGlobal(QPoint(8, target.height() // 2 + beyond)))
    qtbot.mousePress(grip, LEFT, pos=QPoint(8, 10))
    if to != row:
        qtbot.mouseMove(grip, drop)
    qtbot.mouseRelease(grip, LEFT, pos=drop)
    assert kinds(opened) == after
    assert [shown_row.key.kind for shown_row in rows(panel)] == after[::-1]
    if to != row:
        opened.undo()
        assert kinds(opened) == ["direction", "mix", "variation"]


def test_the_keyboard_walks_moves_switches_and_removes(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    top = rows(panel)[0]
    top.setFocus()
    qtbot.keyClick(top, Qt.Key.Key_Down, ALT)
    assert kinds(opened) == ["direction", "variation", "mix"] and top.hasFocus()
    qtbot.keyClick(top, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(top, Qt.Key.Key_Down, ALT)
    assert kinds(opened) == ["variation", "direction", "mix"]
    qtbot.keyClick(top, Qt.Key.Key_Space)
    assert not face(opened).edits[0].enabled
    qtbot.keyClick(top, Qt.Key.Key_Up)
    middle = rows(panel)[1]
    assert middle.hasFocus() and child(panel, EditStack).chosen_key == middle.key
    qtbot.keyClick(middle, Qt.Key.Key_Delete)
    assert kinds(opened) == ["variation", "mix"]
    assert any(row.hasFocus() for row in rows(panel)), "the next one has the focus"


def test_the_bin_removes(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    qtbot.mouseClick(child(rows(panel)[2], QToolButton, accessibleName="Remove Smile"), LEFT)
    assert kinds(opened) == ["mix", "variation"]


def mask_editor(panel: LayersPanel) -> AreaEditor:
    return panel._mask_area


def test_a_mask_is_chosen_turned_round_and_softened(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    session = opened.session
    assert session is not None
    rows(panel)[1].setFocus()
    editor = mask_editor(panel)
    plain = session.render_uint8()
    choose(qtbot, child(editor, QComboBox), "Whole square")
    assert face(opened).edits[1].mask == EditMask("square")
    inverted = child(editor, QCheckBox)
    qtbot.mouseClick(inverted, LEFT, pos=QPoint(8, inverted.height() // 2))
    assert face(opened).edits[1].mask == EditMask("square", inverted=True)
    assert not np.array_equal(session.render_uint8(), plain)
    assert "all but Whole square" in rows(panel)[1].accessibleName()
    before = len(session.history.past)
    feather = child(editor, QSlider)
    feather.setFocus()
    for _ in range(3):
        qtbot.keyClick(feather, Qt.Key.Key_Right)
    mask = face(opened).edits[1].mask
    assert mask is not None and mask.feather == pytest.approx(0.08)
    assert len(session.history.past) == before + 1, "a slider is one undo"
    choose(qtbot, child(editor, QComboBox), "Everywhere")
    assert face(opened).edits[1].mask is None and not inverted.isVisible()


def test_a_dragged_slider_is_one_undo_and_the_next_another(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    session = opened.session
    assert session is not None
    slider = child(panel, QSlider, accessibleName="Back into the photograph: soft edge")
    before = len(session.history.past)
    for places in ((20, 60, 90), (90, 30)):
        handle = QPoint(round(slider.value() / slider.maximum() * (slider.width() - 14)) + 7, slider.height() // 2)
        qtbot.mousePress(slider, LEFT, pos=handle)
        for x in places:
            qtbot.mouseMove(slider, QPoint(x, handle.y()))
        qtbot.mouseRelease(slider, LEFT, pos=QPoint(places[-1], handle.y()))
    assert len(session.history.past) == before + 2
    assert face(opened).compositing.feather == slider.value() / 100


def test_a_mask_that_was_set_elsewhere_is_shown(opened: Document, panel: LayersPanel) -> None:
    rows(panel)[2].setFocus()
    opened.do(SetMask(0, face(opened).edits[0].key, EditMask("mouth", 0.2)))
    editor = mask_editor(panel)
    assert child(editor, QComboBox).currentText() == "Mouth" and child(editor, QSlider).value() == 20
    assert rows(panel)[2].accessibleName() == "Smile, +1  ·  Mouth"


def test_compositing_truncation_and_noise_are_set_and_undone(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    mode = child(panel, QComboBox, accessibleName="How the face goes back into the photograph")
    choose(qtbot, mode, "Replace with the drawing")
    assert face(opened).compositing.mode == "replace"
    fold = child(panel, QToolButton, text="Advanced")
    qtbot.mouseClick(fold, LEFT)
    own = child(panel, QSlider, accessibleName="Own features")
    assert own.isVisible() and own.value() == 100
    own.setFocus()
    qtbot.keyClick(own, Qt.Key.Key_PageDown)
    assert face(opened).truncation_psi == pytest.approx(0.9)
    assert any(label.text() == "90 %" for label in panel.findChildren(QLabel))
    noise = next(box for box in panel.findChildren(QComboBox) if box.itemText(2) == "None, smooth")
    choose(qtbot, noise, "None, smooth")
    assert face(opened).noise_mode == "none"
    while opened.session is not None and opened.session.history.can_undo:
        opened.undo()
    assert (mode.currentIndex(), own.value(), noise.currentIndex()) == (0, 100, 0)


def test_reset_takes_everything_back_at_once(qtbot: QtBot, opened: Document, panel: LayersPanel) -> None:
    reset = child(panel, QPushButton, text="Reset face")
    qtbot.mouseClick(reset, LEFT)
    assert face(opened) == FaceEdits() and not rows(panel) and not reset.isEnabled()
    opened.undo()
    assert len(rows(panel)) == 3


def test_faces_are_seen_and_chosen(qtbot: QtBot, opened: Document, panel: LayersPanel, told: Told) -> None:
    faces = child(child(panel, FaceList), QListWidget)
    assert faces.count() == 2 and faces.currentRow() == 0

    def drawn() -> bool:
        return len({bytes(str(faces.item(row).icon().pixmap(56).toImage().pixel(20, 20)), "ascii") for row in (0, 1)}) == 2  # type: ignore[union-attr]

    qtbot.waitUntil(drawn)
    item = faces.item(1)
    assert item is not None
    qtbot.mouseClick(faces.viewport(), LEFT, pos=faces.visualItemRect(item).center())
    assert opened.face == 1 and not rows(panel)
    qtbot.mouseClick(child(panel, QPushButton, text="Learn again"), LEFT)
    assert told.projected == [1]
    qtbot.keyClick(faces, Qt.Key.Key_Left)
    assert opened.face == 0 and len(rows(panel)) == 3


@pytest.mark.parametrize("yes", [True, False])
def test_looking_for_faces_again_asks_first(qtbot: QtBot, opened: Document, panel: LayersPanel, told: Told, yes: bool) -> None:
    session = opened.session
    assert session is not None
    qtbot.mouseClick(child(panel, QPushButton, text="Find faces again"), LEFT)
    assert len(session.faces) == 2, "nothing before the answer"
    answer(qtbot, panel, yes=yes)
    if not yes:
        assert len(session.faces) == 2 and kinds(opened)
        return
    qtbot.waitUntil(lambda: bool(told.errors) or not session.faces, timeout=20_000)
    assert not rows(panel) or told.errors


def wheel(widget: QWidget) -> None:
    where = QPointF(widget.rect().center())
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        where,
        QPointF(widget.mapToGlobal(where.toPoint())),
        QPoint(),
        QPoint(0, 240),
        buttons,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turned)


def test_scrolling_the_panel_changes_nothing_on_the_way(opened: Document, panel: LayersPanel) -> None:
    before = face(opened)
    for control in (*panel.findChildren(QSlider), *panel.findChildren(QComboBox)):
        wheel(control)
    assert face(opened) == before
    slider = child(panel, QSlider, accessibleName="Back into the photograph: soft edge")
    slider.setFocus()
    wheel(slider)
    assert face(opened) != before, "what was clicked may be turned"


def test_a_hidden_panel_is_right_when_it_is_shown(opened: Document, panel: LayersPanel) -> None:
    panel.hide()
    opened.do(SetVariation(0, 4, 1.0, 0.0, 0.0))
    panel.show()
    assert len(rows(panel)) == 4


def test_what_was_just_done_is_what_is_meant(opened: Document, panel: LayersPanel) -> None:
    opened.do(SetAmount(0, "smile", 1.0))
    opened.do(SetMix(0, "seed:7"))
    newest = opened.edits.edits[-1].key  # type: ignore[union-attr]
    assert panel._stack_of_edits.chosen_key == newest
    opened.do(SetAmount(0, "smile", 2.0))
    assert panel._stack_of_edits.chosen_key == newest, "one that was there stays as it was"
