"""Points to drag, and where to."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shapes import square

from latentedit_gui.canvas import Canvas, FaceMark, Tool

from .hands import click, drag, on_view, photo_pixels

QUAD = square(320, 240, 100, 0.5)
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def dragging(canvas: Canvas) -> Canvas:
    canvas.set_faces([FaceMark(0, QUAD, (0, 0, 1, 1), state="projected", selected=True)])
    canvas.set_tool(Tool.DRAG)
    canvas.set_zoom(1.0)
    return canvas


def test_two_clicks_set_a_point_and_its_target(dragging: Canvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dragging.drag_points_changed):
        click(dragging, on_view(dragging, (300, 230)))
    with qtbot.waitSignal(dragging.drag_points_changed) as told:
        click(dragging, on_view(dragging, (330, 260)))
    ((handle, target),) = told.args[0]
    assert handle == pytest.approx((300, 230), abs=1) and target == pytest.approx((330, 260), abs=1)
    assert dragging.drag_points == told.args[0]


def test_one_pull_does_both(dragging: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dragging.drag_points_changed) as told:
        drag(dragging, *(on_view(dragging, point) for point in ((300, 230), (310, 240), (345, 250))))
    ((handle, target),) = told.args[0]
    assert handle == pytest.approx((300, 230), abs=1) and target == pytest.approx((345, 250), abs=1)


@pytest.mark.parametrize(("grabbed", "index"), [((300, 230), 0), ((330, 260), 1)])
def test_either_end_can_be_moved(dragging: Canvas, qtbot: QtBot, grabbed: tuple[int, int], index: int) -> None:
    dragging.set_drag_points([((300, 230), (330, 260))])
    with qtbot.waitSignal(dragging.drag_points_changed) as told:
        drag(dragging, *(on_view(dragging, point) for point in (grabbed, (315, 215), (340, 205))))
    (pair,) = told.args[0]
    assert pair[index] == pytest.approx((340, 205), abs=1)
    assert pair[1 - index] == ((330, 260), (300, 230))[index]


@pytest.mark.parametrize("by_key", [True, False])
def test_points_are_removed(dragging: Canvas, qtbot: QtBot, by_key: bool) -> None:
    dragging.set_drag_points([((300, 230), (330, 260)), ((340, 200), (350, 220))])
    with qtbot.waitSignal(dragging.drag_points_changed) as told:
        if by_key:
            click(dragging, on_view(dragging, (330, 260)))
            QTest.keyClick(dragging, Qt.Key.Key_Delete)
        else:
            click(dragging, on_view(dragging, (300, 230)), RIGHT)
    assert told.args[0] == (((340, 200), (350, 220)),)


def test_points_stay_in_the_faces_square(dragging: Canvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dragging.drag_points_changed):
        drag(dragging, on_view(dragging, (450, 300)), on_view(dragging, (320, 240)))
    assert dragging.drag_points == ()
    with qtbot.waitSignal(dragging.drag_points_changed) as told:
        drag(dragging, *(on_view(dragging, point) for point in ((320, 240), (400, 240), (500, 240))))
    ((_, target),) = told.args[0]
    mark = FaceMark(0, QUAD, (0, 0, 1, 1))
    x, y = mark.place(target)
    assert max(x, y, 1 - x, 1 - y) == pytest.approx(1, abs=1e-6)


def test_a_click_on_a_point_changes_nothing(dragging: Canvas, qtbot: QtBot) -> None:
    dragging.set_drag_points([((300, 230), (330, 260))])
    with qtbot.assertNotEmitted(dragging.drag_points_changed):
        click(dragging, on_view(dragging, (302, 231)))
    assert dragging.drag_points == (((300, 230), (330, 260)),)


def test_escape_puts_a_moved_point_back(dragging: Canvas, qtbot: QtBot) -> None:
    dragging.set_drag_points([((300, 230), (330, 260))])
    with qtbot.assertNotEmitted(dragging.drag_points_changed):
        x, y = on_view(dragging, (330, 260))
        QTest.mousePress(dragging.port, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
        QTest.mouseMove(dragging.port, QPoint(round(x) + 30, round(y)))
        QTest.keyClick(dragging, Qt.Key.Key_Escape)
        QTest.mouseRelease(dragging.port, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 30, round(y)))
    assert dragging.drag_points == (((300, 230), (330, 260)),)


def test_points_are_red_targets_blue_and_progress_between(dragging: Canvas) -> None:
    dragging.show_photo(np.full((480, 640, 3), 128, dtype=np.uint8))
    dragging.set_faces([FaceMark(0, QUAD, (0, 0, 1, 1), selected=True)])
    dragging.set_zoom(1.0)
    dragging.set_drag_points([((280, 240), (360, 240))])

    def colour(point: tuple[float, float]) -> list[int]:
        x, y = on_view(dragging, point)
        return [int(n) for n in photo_pixels(dragging)[round(y), round(x)]]

    red, blue = colour((280, 240)), colour((360, 240))
    assert red[0] > 2 * red[2] and blue[2] > 2 * blue[0]
    line = colour((320, 240))
    assert min(line) > 200, "there is no arrow"
    dragging.set_drag_progress([(320, 240)])
    reached = colour((320, 240))
    assert reached[0] > 200 and reached[2] < 120
    dragging.set_drag_progress([])
    assert colour((320, 240)) == line


def test_delete_is_the_windows_unless_a_point_is_chosen(dragging: Canvas, qtbot: QtBot) -> None:
    action = QAction(dragging)
    action.setShortcut(Qt.Key.Key_Delete)
    dragging.addAction(action)
    dragging.activateWindow()
    dragging.setFocus()
    dragging.set_drag_points([((300, 230), (330, 260))])
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(dragging, Qt.Key.Key_Delete)
    assert dragging.drag_points
    click(dragging, on_view(dragging, (330, 260)))
    with qtbot.assertNotEmitted(action.triggered), qtbot.waitSignal(dragging.drag_points_changed):
        QTest.keyClick(dragging, Qt.Key.Key_Delete)
    assert not dragging.drag_points
