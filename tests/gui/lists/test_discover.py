from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QTabWidget
from pytestqt.qtbot import QtBot

from latentedit.directions import DirectionLibrary
from latentedit.directions.discovery import discovery_methods
from latentedit.edits import DirectionEdit
from latentedit.generators.toy import toy_spec
from latentedit.session import Session
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.discover import DiscoverPanel
from latentedit_gui.panels.discover_axis import AxisRow, Picture
from latentedit_gui.panels.discover_form import MethodForm
from latentedit_gui.panels.discover_run import Results
from latentedit_gui.panels.discover_samples import SampleButton, SampleGrid

from .conftest import Told
from .driving import LEFT, child, choose, press, shown


@pytest.fixture
def panel(qtbot: QtBot, opened: Document, context: Context) -> DiscoverPanel:
    """On a photograph whose generator is the toy, since the usual one would be downloaded."""
    panel = DiscoverPanel(context)
    shown(qtbot, panel, 1100)
    return panel


def grid(panel: DiscoverPanel) -> SampleGrid:
    return child(panel, SampleGrid)


def drawn(panel: DiscoverPanel) -> int:
    return sum(button._pixmap is not None for button in grid(panel).buttons)


def axes(panel: DiscoverPanel) -> list[AxisRow]:
    return [row for row in panel.findChildren(AxisRow) if row.isVisible()]


def results(panel: DiscoverPanel) -> Results:
    return next(found for found in panel.findChildren(Results) if found.isVisible())


def has_pictures(row: AxisRow) -> bool:
    return all(not picture.pixmap().isNull() for picture in row.findChildren(Picture))


def pictures(row: AxisRow) -> list[bytes]:
    images = [picture.pixmap().toImage() for picture in row.findChildren(Picture)]
    return [image.constBits().asstring(image.sizeInBytes()) for image in images]  # type: ignore[union-attr]


def test_each_click_goes_from_a_to_b_to_neither(qtbot: QtBot, panel: DiscoverPanel) -> None:
    button = grid(panel).buttons[3]
    letters = []
    for _ in range(4):
        qtbot.mouseClick(button, LEFT)
        letters.append(button.letter)
    assert letters == ["A", "B", "", "A"]
    assert button.accessibleName() == "Face 4, in group A"


def test_the_keyboard_walks_the_grid_and_sorts(qtbot: QtBot, panel: DiscoverPanel) -> None:
    first = grid(panel).buttons[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_B)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = grid(panel).buttons[1]
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert [button.seed for button in grid(panel).buttons if button.hasFocus()] == [1 + grid(panel)._columns]
    assert (grid(panel).seeds("A"), grid(panel).seeds("B")) == ([1], [0])
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert not grid(panel).seeds("A")


def test_keys_that_sort_are_not_taken_by_the_windows_shortcuts(qtbot: QtBot, panel: DiscoverPanel) -> None:
    pressed = []
    for key in ("B", "E"):
        action = QAction(panel)
        action.setShortcut(key)
        action.triggered.connect(lambda _, key=key: pressed.append(key))
        panel.addAction(action)
    first = grid(panel).buttons[0]
    panel.activateWindow()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_B)
    qtbot.keyClick(first, Qt.Key.Key_E)
    assert (first.letter, pressed) == ("B", ["E"])


def test_faces_are_drawn_only_while_they_are_seen(qtbot: QtBot, panel: DiscoverPanel) -> None:
    qtbot.waitUntil(lambda: drawn(panel) == len(grid(panel).buttons) == 24)
    press(qtbot, panel, "More faces")
    panel.hide()
    before = drawn(panel)
    qtbot.wait(150)
    assert len(grid(panel).buttons) == 48 and drawn(panel) == before < 48
    panel.show()
    qtbot.waitUntil(lambda: drawn(panel) == 48)
    assert len({(button.x(), button.y()) for button in grid(panel).buttons}) == 48


def sort(panel: DiscoverPanel, count: int) -> None:
    for number, button in enumerate(grid(panel).buttons[: 2 * count]):
        button.put("AB"[number % 2])


def test_sorted_faces_give_a_direction_that_is_kept_and_used(
    qtbot: QtBot, panel: DiscoverPanel, opened: Document, told: Told
) -> None:
    make = child(panel, QPushButton, text="Make the direction")
    sort(panel, 2)
    assert not make.isEnabled()
    assert any("At least 3 of each" in label.text() for label in panel.findChildren(QLabel))
    sort(panel, 8)
    qtbot.mouseClick(make, LEFT)
    qtbot.waitUntil(lambda: len(axes(panel)) == 1 and has_pictures(axes(panel)[0]))
    (row,) = axes(panel)
    low, still, high = pictures(row)
    assert len({low, still, high}) == 3
    assert not child(row, QPushButton, text="Keep").isEnabled(), "it has no name yet"
    name = child(row, QLineEdit)
    name.setFocus()
    qtbot.keyClicks(name, "my own")
    with qtbot.waitSignal(panel.kept) as heard:
        press(qtbot, row, "Keep and use")
    assert heard.args == ["my own"]
    kept = DirectionLibrary.default().get("my own", toy_spec())
    assert kept is not None
    edits = opened.edits
    assert edits is not None
    (edit,) = edits.edits
    assert isinstance(edit, DirectionEdit) and edit.name == "my own" and edit.amount == pytest.approx(kept.default_range[1] / 3)
    assert opened.session is not None
    vector = opened.session.own_directions["my own"].vector
    assert np.allclose(vector.numpy(), kept.vector.numpy())
    assert not told.errors and not child(row, QPushButton, text="Kept").isEnabled()


def test_a_name_that_is_taken_is_told_and_another_will_do(qtbot: QtBot, panel: DiscoverPanel) -> None:
    sort(panel, 8)
    for name in ("twice", "twice"):
        press(qtbot, panel, "Make the direction")
        qtbot.waitUntil(lambda: len(axes(panel)) == 1)
        (row,) = axes(panel)
        child(row, QLineEdit).setText(name)
        press(qtbot, row, "Keep")
        qtbot.waitUntil(lambda row=row: not row._keep_button.isEnabled() or "already" in row._told.text())  # type: ignore[misc]
        qtbot.waitUntil(lambda row=row: row._kept or "already" in row._told.text())  # type: ignore[misc]
    assert "already" in row._told.text()
    child(row, QLineEdit).setText("once")
    press(qtbot, row, "Keep")
    qtbot.waitUntil(lambda: row._kept)
    assert set(DirectionLibrary.default().names(toy_spec())) == {"once", "twice"}


def to_search(qtbot: QtBot, panel: DiscoverPanel, method: str) -> None:
    tabs = child(panel, QTabWidget)
    tabs.setCurrentIndex(1)
    choose(qtbot, child(panel, QComboBox, accessibleName="How to search"), method)


def form(panel: DiscoverPanel) -> MethodForm:
    return next(found for found in panel.findChildren(MethodForm) if found.isVisible())


@pytest.mark.parametrize("measure", [True, False])
@pytest.mark.parametrize("method", ["Strongest changes", "How faces differ most"])
def test_a_search_lists_axes_with_pictures(qtbot: QtBot, panel: DiscoverPanel, method: str, measure: bool) -> None:
    to_search(qtbot, panel, method)
    components = next(spin for spin in form(panel).findChildren(QSpinBox) if spin.value() in (5, 10))
    components.setValue(3)
    for spin in form(panel).findChildren(QSpinBox):
        if spin.value() > 1000:
            spin.setValue(2000)
    child(panel, QCheckBox).setChecked(measure)
    press(qtbot, panel, "Search")
    qtbot.waitUntil(lambda: len(axes(panel)) == 3 and all(map(has_pictures, axes(panel))))
    assert all(len(set(pictures(row))) == 3 for row in axes(panel))
    row = axes(panel)[1]
    child(row, QLineEdit).setText("second")
    press(qtbot, row, "Keep")
    qtbot.waitUntil(lambda: "second" in DirectionLibrary.default().names(toy_spec()))
    kept = DirectionLibrary.default().get("second", toy_spec())
    assert kept is not None and (kept.default_range == (-3.0, 3.0)) is measure


def test_a_search_can_be_cancelled(qtbot: QtBot, panel: DiscoverPanel) -> None:
    to_search(qtbot, panel, "How faces differ most")
    next(spin for spin in form(panel).findChildren(QSpinBox) if spin.value() > 1000).setValue(100_000)
    press(qtbot, panel, "Search")
    assert not child(panel, QPushButton, text="Search").isEnabled()
    press(qtbot, results(panel), "Cancel")
    assert child(panel, QPushButton, text="Search").isEnabled()
    qtbot.wait(100)
    assert not axes(panel)


def test_what_cannot_be_searched_says_why(qtbot: QtBot, panel: DiscoverPanel) -> None:
    to_search(qtbot, panel, "Strongest changes")
    next(spin for spin in form(panel).findChildren(QSpinBox) if spin.value() == 5).setValue(1000)
    press(qtbot, panel, "Search")
    qtbot.waitUntil(lambda: any("1 to 16" in label.text() for label in results(panel).findChildren(QLabel)))
    assert child(panel, QPushButton, text="Search").isEnabled()


def test_every_method_has_a_form_that_makes_its_settings(qtbot: QtBot, panel: DiscoverPanel) -> None:
    found = {form.method.name: form for form in panel.findChildren(MethodForm)}
    assert set(found) == set(discovery_methods()) - {"examples"}
    for each in found.values():
        config = each.method.config(**{**each.values(), "layers": None})
        usual = each.method.config(**({"attribute": config.attribute} if each.method.scored else {}))
        assert vars(config) == vars(usual)


def test_another_generator_has_other_faces(qtbot: QtBot, panel: DiscoverPanel, opened: Document, session: Session) -> None:
    from latentedit.generators.toy import ToyGenerator

    sort(panel, 8)
    qtbot.waitUntil(lambda: drawn(panel) == 24)
    before = grid(panel).buttons[0]
    session.use_generator(ToyGenerator(1))
    assert grid(panel).buttons[0] is not before and not grid(panel).seeds("A")
    qtbot.waitUntil(lambda: drawn(panel) == 24)


def test_without_a_face_a_random_one_is_tried(qtbot: QtBot, panel: DiscoverPanel, opened: Document, photo_path: Path) -> None:
    opened.select(-1)
    sort(panel, 4)
    press(qtbot, panel, "Make the direction")
    qtbot.waitUntil(lambda: len(axes(panel)) == 1 and has_pictures(axes(panel)[0]))
    child(axes(panel)[0], QLineEdit).setText("a name")
    assert not child(axes(panel)[0], QPushButton, text="Keep and use").isEnabled()
    assert child(axes(panel)[0], QPushButton, text="Keep").isEnabled()


def test_buttons_are_square_and_fill_the_width(panel: DiscoverPanel) -> None:
    buttons: list[SampleButton] = grid(panel).buttons
    assert all(button.width() == button.height() for button in buttons)
    assert max(button.geometry().right() for button in buttons) <= grid(panel).width()
    assert buttons[0].y() != buttons[-1].y() and buttons[0].y() == buttons[1].y()


def test_nothing_is_downloaded_because_the_panel_is_seen(
    qtbot: QtBot, document: Document, context: Context, own_home: Path
) -> None:
    panel = DiscoverPanel(context)
    shown(qtbot, panel)
    qtbot.wait(50)
    assert "mobilestylegan-ffhq" in panel.missing() and not grid(panel).buttons and not own_home.exists()
    panel.use_generator("toy")
    assert not panel.missing()
    qtbot.waitUntil(lambda: drawn(panel) == 24)
