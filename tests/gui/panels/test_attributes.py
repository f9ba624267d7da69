from __future__ import annotations

import numpy as np
import pytest
import torch
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot
from toy_sessions import toy_session

from latentedit.directions import Direction, DirectionLibrary, default_directions
from latentedit.edits import DirectionEdit, EditMask, FaceEdits, MixEdit, PutEdit, SetAmount
from latentedit.engine import Engine
from latentedit.generators.registry import generator_entries
from latentedit.generators.toy import toy_spec
from latentedit.session import Session
from latentedit_gui.canvas import Canvas
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.attributes import AttributesPanel
from latentedit_gui.panels.attributes_limits import Limits
from latentedit_gui.panels.attributes_row import AttributeRow
from latentedit_gui.panels.direction_words import Group, effect_of, group_of, group_title, label_of
from latentedit_gui.settings import Settings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, context: Context, opened: Document) -> AttributesPanel:
    """With its sliders there."""
    return shown(qtbot, context)


def shown(qtbot: QtBot, context: Context) -> AttributesPanel:
    panel = AttributesPanel(context)
    qtbot.addWidget(panel)
    panel.resize(360, 700)
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.rows))
    return panel


def names(panel: AttributesPanel) -> list[str]:
    return [row.attribute.name for row in panel.rows if row.isVisible()]


def drag(row: AttributeRow, by: int) -> None:
    track = row.slider.track
    start = QPoint(round(track.handle_x()), track.height() // 2)
    QTest.mousePress(track, LEFT, pos=start)
    for part in range(1, 5):
        QTest.mouseMove(track, start + QPoint(by * part // 4, 0))
    QTest.mouseRelease(track, LEFT, pos=start + QPoint(by, 0))


def edits_of(document: Document) -> FaceEdits:
    edits = document.edits
    assert edits is not None
    return edits


def limits_of(row: AttributeRow) -> Limits:
    if row.limits is None:
        QTest.mouseClick(row.more, LEFT)
    limits = row.limits
    assert limits is not None and limits.isVisible()
    return limits


def test_a_drag_moves_the_face_as_one_undo_and_undo_moves_the_slider_back(panel: AttributesPanel, opened: Document) -> None:
    session = opened.session
    assert session is not None
    before = session.render_uint8()
    row = panel.row("smile")
    drag(row, 30)
    (edit,) = edits_of(opened).edits
    assert isinstance(edit, DirectionEdit) and edit.name == "smile" and edit.amount == row.slider.value() > 0.3
    assert (session.render_uint8() != before).any()
    assert len(session.history.past) == 1
    drag(row, 10)
    assert len(session.history.past) == 2, "another drag is another undo"
    opened.undo()
    assert row.slider.value() == edit.amount
    opened.undo()
    assert row.slider.value() == 0.0 and (session.render_uint8() == before).all()


def test_sliders_follow_the_face_that_is_meant_and_what_others_do(panel: AttributesPanel, opened: Document) -> None:
    opened.do(SetAmount(1, "smile", 2.0))
    assert panel.row("smile").slider.value() == 0.0
    opened.select(1)
    assert panel.row("smile").slider.value() == 2.0
    panel.row("smile").slider.back.click()
    assert edits_of(opened).edits == (DirectionEdit("smile", 0.0),)
    opened.select(0)
    assert not panel.row("smile").changed


def test_a_direction_about_a_part_of_the_face_is_confined_to_it(panel: AttributesPanel, opened: Document) -> None:
    session = opened.session
    assert session is not None
    drag(panel.row("age"), 20)
    (edit,) = edits_of(opened).edits
    assert edit.mask == EditMask("mouth") and len(session.history.past) == 1


def test_the_span_of_a_slider_is_the_directions(panel: AttributesPanel) -> None:
    for name, end in (("smile", 300), ("age", 200)):
        track = panel.row(name).slider.track
        assert (track.minimum(), track.maximum()) == (-end, end)
    assert "-2 to 2" in panel.row("age").slider.track.toolTip() and "Older." in panel.row("age").slider.track.toolTip()


@pytest.mark.parametrize(
    ("words", "left"),
    [("smi", ["smile"]), ("OLDER", ["age"]), ("", ["smile", "age"]), ("no such thing", []), ("own age", ["age"])],
)
def test_search(panel: AttributesPanel, words: str, left: list[str]) -> None:
    QTest.keyClicks(panel.search, words)
    assert sorted(names(panel)) == sorted(left)


def test_favourites_are_remembered(qtbot: QtBot, panel: AttributesPanel, context: Context, settings: Settings) -> None:
    QTest.mouseClick(panel.row("age").star, LEFT)
    assert settings.favourites == ("age",)
    other = shown(qtbot, context)
    assert other.row("age").star.isChecked() and not other.row("smile").star.isChecked()
    QTest.mouseClick(other.favourites_button, LEFT)
    assert names(other) == ["age"]
    QTest.mouseClick(other.row("age").star, LEFT)
    assert settings.favourites == () and names(other) == []
    QTest.mouseClick(other.all_button, LEFT)
    assert len(names(other)) == 2


def test_only_what_changes_the_face(panel: AttributesPanel, opened: Document) -> None:
    QTest.mouseClick(panel.changed_button, LEFT)
    assert names(panel) == []
    opened.do(SetAmount(0, "smile", 1.0))
    assert names(panel) == ["smile"]
    opened.undo()
    assert names(panel) == []


def test_all_are_reset_as_one_undo_and_other_edits_stay(panel: AttributesPanel, opened: Document) -> None:
    assert not panel.reset_button.isEnabled()
    mix = MixEdit("seed:1", 0.5)
    for edit in (DirectionEdit("smile", 1.0), mix, DirectionEdit("age", 1.0, (0, 1))):
        opened.do(PutEdit(0, edit))
    before = edits_of(opened)
    QTest.mouseClick(panel.reset_button, LEFT)
    assert edits_of(opened).edits == (mix,) and not panel.reset_button.isEnabled()
    opened.undo()
    assert edits_of(opened) == before


def test_layers_where_and_whether(panel: AttributesPanel, opened: Document) -> None:
    row = panel.row("smile")
    limits = limits_of(row)
    assert not limits.remove.isEnabled() and not limits.feather.isEnabled()
    opened.do(SetAmount(0, "smile", 1.0))
    opened.do(PutEdit(0, MixEdit("seed:1")))
    for layer in range(8):
        if layer != 3:
            QTest.mouseClick(limits.layers.cell(layer), LEFT)
    limits.region.setCurrentIndex(limits.region.findData("hair"))
    limits.region.activated.emit(limits.region.currentIndex())
    QTest.mouseClick(limits.inverted, LEFT)
    QTest.mouseClick(limits.enabled, LEFT)
    feather = limits.feather.number
    feather.selectAll()
    QTest.keyClicks(feather, "0.1")
    QTest.keyClick(feather, Qt.Key.Key_Return)
    wanted = DirectionEdit("smile", 1.0, (3,), enabled=False, mask=EditMask("hair", 0.1, inverted=True))
    assert edits_of(opened).edits == (wanted, MixEdit("seed:1")), "it keeps its place"
    assert row.slider.value() == 1.0
    drag(row, 10)
    changed = edits_of(opened).edits[0]
    assert isinstance(changed, DirectionEdit) and changed.amount > 1 and (changed.layers, changed.mask) == ((3,), wanted.mask)
    QTest.mouseClick(limits.remove, LEFT)
    assert edits_of(opened).edits == (MixEdit("seed:1"),) and row.slider.value() == 0.0
    while opened.session is not None and opened.session.history.can_undo:
        opened.undo()
    assert limits.layers.layers() is None and limits.region.currentData() == "square" and limits.enabled.isChecked()


def test_what_can_be_asked_before_there_is_an_amount(panel: AttributesPanel, opened: Document) -> None:
    limits = limits_of(panel.row("age"))
    assert limits.region.currentData() == "mouth"
    QTest.mouseClick(limits.layers.cell(0), LEFT)
    (edit,) = edits_of(opened).edits
    assert edit == DirectionEdit("age", 0.0, tuple(range(1, 8)), mask=EditMask("mouth"))


def test_a_painted_mask(panel: AttributesPanel, opened: Document, canvas: Canvas, errors: list[Exception]) -> None:
    session = opened.session
    assert session is not None
    limits = limits_of(panel.row("smile"))
    painted = limits.region.count() - 1

    def choose() -> None:
        limits.region.setCurrentIndex(painted)
        limits.region.activated.emit(painted)

    choose()
    assert len(errors) == 1 and limits.region.currentData() == "square" and not edits_of(opened).edits
    mask = np.zeros((64, 64), np.uint8)
    mask[:32] = 255
    canvas.set_mask(mask)
    canvas_mask = canvas.painted_mask
    assert canvas_mask is not None
    choose()
    (edit,) = edits_of(opened).edits
    assert edit.mask is not None and (session.brush(edit.mask.region).pixels == canvas_mask).all()


def test_a_direction_of_the_library_is_made_known_when_it_is_moved(qtbot: QtBot, context: Context, opened: Document) -> None:
    session = opened.session
    assert session is not None
    DirectionLibrary.default().add(Direction("frown", torch.ones(16), default_range=(-1.0, 1.0)), toy_spec())
    panel = shown(qtbot, context)
    assert "frown" not in session.own_directions
    drag(panel.row("frown"), 20)
    assert "frown" in session.own_directions and edits_of(opened).edits[0].label == "frown"
    session.render_uint8()


def test_a_library_is_known_to_each_session_for_itself(qtbot: QtBot, context: Context, opened: Document) -> None:
    first = opened.session
    assert first is not None and first.photo.path is not None
    DirectionLibrary.default().add(Direction("frown", torch.ones(16), default_range=(-1.0, 1.0)), toy_spec())
    panel = shown(qtbot, context)
    drag(panel.row("frown"), 20)
    second = toy_session(first.photo.path, Engine())
    for name in ("smile", "age"):
        second.add_direction(first.own_directions[name])
    opened.open(second)
    drag(panel.row("frown"), 20)
    assert "frown" in second.own_directions
    second.render_uint8()


def test_a_direction_that_another_panel_made_appears(qtbot: QtBot, panel: AttributesPanel, opened: Document) -> None:
    session = opened.session
    assert session is not None
    name = session.add_direction(Direction("wink", torch.ones(16)))
    opened.do(SetAmount(0, name, 1.0))
    qtbot.waitUntil(lambda: "wink" in names(panel))
    assert panel.row("wink").slider.value() == 1.0


def test_what_is_missing_is_said(qtbot: QtBot, context: Context, session: Session) -> None:
    panel = AttributesPanel(context)
    qtbot.addWidget(panel)
    assert panel.missing()
    context.document.open(session)
    assert not panel.missing()


def test_a_generator_without_directions_says_so(qtbot: QtBot, context: Context, session: Session) -> None:
    assert session.photo.path is not None
    context.document.open(toy_session(session.photo.path, Engine()))
    panel = AttributesPanel(context)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel._nothing.isVisible())
    assert not panel.rows and "Discover" in panel._nothing.text()


def test_everything_that_ships_has_a_group_a_name_and_a_sentence() -> None:
    shipped = default_directions(generator_entries()["mobilestylegan-ffhq"].spec())
    assert len(shipped) > 20
    for name, direction in shipped.items():
        assert group_of(name) not in (Group.OWN, Group.OTHER)
        assert label_of(name) != name.replace("_", " ")
        assert effect_of(name, direction.effect).endswith(".") and effect_of(name, "x") != "X."
        for score in () if direction.measured is None else direction.measured.changes:
            assert label_of(score) != score.replace("_", " "), f"{name} also changes {score}"
    assert len({label_of(name) for name in shipped}) == len(shipped)
    assert len({group_title(group) for group in Group}) == len(Group)
