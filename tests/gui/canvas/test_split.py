"""Before and after."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latentedit_gui.canvas import Canvas
from latentedit_gui.canvas.split import SplitHandle

from .conftest import HEIGHT, WIDTH
from .hands import exposed, photo_pixels

Pixels = NDArray[np.uint8]


HALF_PX = 15
"""Of what the handle may cover."""


def handle_of(canvas: Canvas) -> SplitHandle:
    handle = canvas.findChild(SplitHandle)
    assert handle is not None
    return handle


def test_split_shows_before_at_the_left_and_after_at_the_right(canvas: Canvas, photo: Pixels, qtbot: QtBot) -> None:
    canvas.actual_size()
    after = 255 - photo
    canvas.set_parts([((0, 0, WIDTH, HEIGHT), after)])
    canvas.set_split(True)
    with qtbot.waitSignal(canvas.split_moved) as told:
        drag_handle(canvas, to=120)
    assert told.args == [pytest.approx(120 / 400)]
    view = photo_pixels(canvas)[:240]  # above the labels
    rows, columns = exposed(canvas)
    inside = np.s_[rows.start : rows.start + 240, columns]
    left, right = np.s_[:, : 120 - HALF_PX], np.s_[:, 120 + HALF_PX :]
    np.testing.assert_array_equal(view[left], photo[inside][left])
    np.testing.assert_array_equal(view[right], after[inside][right])
    canvas.pan_by(QPointF(30, 0))
    rows, columns = exposed(canvas)
    inside = np.s_[rows.start : rows.start + 240, columns]
    np.testing.assert_array_equal(photo_pixels(canvas)[:240][left], photo[inside][left])
    canvas.set_split(False)
    np.testing.assert_array_equal(photo_pixels(canvas), after[exposed(canvas)])


def drag_handle(canvas: Canvas, to: int) -> None:
    handle = handle_of(canvas)
    grip = QPoint(handle.width() // 2, 30)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(handle, handle.mapFromParent(QPoint(to, 30)))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.mapFromParent(QPoint(to, 30)))


def test_holding_before_shows_the_untouched_photograph(canvas: Canvas, photo: Pixels) -> None:
    canvas.actual_size()
    canvas.set_parts([((0, 0, WIDTH, HEIGHT), 255 - photo)])
    canvas.hold_before(True)
    np.testing.assert_array_equal(photo_pixels(canvas)[60:], photo[exposed(canvas)][60:])  # below the label
    canvas.hold_before(False)
    np.testing.assert_array_equal(photo_pixels(canvas), 255 - photo[exposed(canvas)])


def test_the_handle_moves_by_keys_and_back_to_the_middle(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_split(True)
    handle = handle_of(canvas)
    for key, modifier, expected in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 0.49),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 0.59),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0.0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 1.0),
    ):
        with qtbot.waitSignal(canvas.split_moved) as told:
            QTest.keyClick(handle, key, modifier)
        assert told.args == [pytest.approx(expected)]
        assert handle.geometry().center().x() == pytest.approx(expected * canvas.port.width(), abs=1)
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
    assert handle.position == 0.5
    assert handle.accessibleName() and handle.toolTip()


def test_the_line_is_seen_and_keeps_its_place_in_a_resized_view(canvas: Canvas) -> None:
    canvas.set_split(True)
    canvas.resize(700, 420)
    handle = handle_of(canvas)
    assert handle.isVisible() and handle.height() == 420
    assert handle.geometry().center().x() == pytest.approx(350, abs=1)


@pytest.mark.parametrize(("key", "is_after"), [(Qt.Key.Key_Home, True), (Qt.Key.Key_End, False)])
@pytest.mark.parametrize("zoom", [1.0, 0.4])
def test_at_the_edges_there_is_only_one_side(canvas: Canvas, photo: Pixels, key: Qt.Key, is_after: bool, zoom: float) -> None:
    canvas.set_zoom(zoom)
    canvas.hold_before(not is_after)
    canvas.set_parts([((0, 0, WIDTH, HEIGHT), 255 - photo)])
    expected = photo_pixels(canvas)
    canvas.hold_before(False)
    canvas.set_split(True)
    QTest.keyClick(handle_of(canvas), key)
    inner = np.s_[60:240, HALF_PX:-HALF_PX]  # between the labels
    np.testing.assert_array_equal(photo_pixels(canvas)[inner], expected[inner])
