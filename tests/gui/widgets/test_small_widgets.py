"""Thumbnails, groups, the search field, and the layout that flows."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from latentedit_gui.widgets.collapsible_group import CollapsibleGroup
from latentedit_gui.widgets.flow_layout import FlowLayout
from latentedit_gui.widgets.search_field import SearchField, found
from latentedit_gui.widgets.thumbnail import Thumbnail, ThumbnailGrid

LEFT = Qt.MouseButton.LeftButton


def test_a_thumbnail_shows_its_picture_and_whether_it_is_chosen(qtbot: QtBot) -> None:
    thumbnail = Thumbnail("a face", 80)
    qtbot.addWidget(thumbnail)
    thumbnail.resize(thumbnail.sizeHint())
    thumbnail.show()
    image = QImage(16, 16, QImage.Format.Format_RGB888)
    image.fill(QColor(200, 30, 30))
    empty = thumbnail.grab().toImage()
    thumbnail.set_image(image)
    filled = thumbnail.grab().toImage()
    middle = filled.pixelColor(filled.rect().center())
    assert (middle.red(), middle.green()) == (200, 30) and filled != empty
    QTest.mouseClick(thumbnail, LEFT)
    assert thumbnail.isChecked() and thumbnail.grab().toImage() != filled
    QTest.keyClick(thumbnail, Qt.Key.Key_Space)
    assert not thumbnail.isChecked()
    assert thumbnail.accessibleName() == "a face"


def test_a_corner_button_lies_on_the_thumbnail_and_is_clicked_for_itself(qtbot: QtBot) -> None:
    thumbnail, corner = Thumbnail(side=90), QToolButton()
    qtbot.addWidget(thumbnail)
    corner.setCheckable(True)
    thumbnail.set_corner(corner)
    thumbnail.resize(90, 90)
    thumbnail.show()
    assert thumbnail.rect().contains(corner.geometry())
    QTest.mouseClick(corner, LEFT)
    assert corner.isChecked() and not thumbnail.isChecked()


def test_a_grid_has_equal_squares(qtbot: QtBot) -> None:
    grid = ThumbnailGrid(3)
    qtbot.addWidget(grid)
    thumbnails = [Thumbnail() for _ in range(7)]
    for thumbnail in thumbnails:
        grid.add(thumbnail)
    grid.resize(300, grid.heightForWidth(300))
    grid.show()
    assert max(each.width() for each in thumbnails) - min(each.width() for each in thumbnails) <= 1
    assert [each.y() for each in thumbnails[:3]] == [thumbnails[0].y()] * 3 and thumbnails[3].y() > thumbnails[0].y()
    assert all(abs(each.width() - each.height()) <= 1 for each in thumbnails)


@pytest.mark.parametrize(("width", "lines"), [(1000, 1), (130, 2), (70, 4), (10, 4)])
def test_what_flows_takes_as_many_lines_as_it_needs(qtbot: QtBot, width: int, lines: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=4)
    boxes = []
    for _ in range(4):
        box = QLabel()
        box.setFixedSize(60, 20)
        boxes.append(box)
        flow.addWidget(box)
    assert flow.heightForWidth(width) == lines * 20 + (lines - 1) * 4
    holder.resize(max(width, 60), 200)
    holder.show()
    assert len({box.y() for box in boxes}) == lines
    flow.removeWidget(boxes[0])
    boxes[0].hide()
    boxes[0].deleteLater()
    assert flow.count() == 3


def test_a_group_folds(qtbot: QtBot) -> None:
    group, inside = CollapsibleGroup("Hair", expanded=False), QLabel("inside")
    qtbot.addWidget(group)
    group.body.addWidget(inside)
    group.show()
    assert not inside.isVisible()
    with qtbot.waitSignal(group.expanded_changed) as told:
        QTest.mouseClick(group.header, LEFT)
    assert told.args == [True] and inside.isVisible()
    QTest.keyClick(group.header, Qt.Key.Key_Space)
    assert not inside.isVisible() and not group.expanded


def test_escape_empties_the_search_first(qtbot: QtBot) -> None:
    field = SearchField("Find")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "hair")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "" and field.accessibleName() == "Find"


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("", True), ("hair", True), ("LIGHT ha", True), ("hair darker", False), ("  ", True), ("lighter", True)],
)
def test_all_words_are_looked_for(words: str, is_found: bool) -> None:
    assert found(words, "Lighter hair", "hair_lightness") is is_found
