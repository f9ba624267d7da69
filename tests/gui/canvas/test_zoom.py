"""Zooming and pushing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtGui import QNativeGestureEvent, QPointingDevice
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from latentedit_gui.canvas import Canvas, Tool
from latentedit_gui.canvas.zoom import LARGEST, stepped, wheel_factor

from .conftest import HEIGHT, WIDTH
from .hands import drag, turn_wheel

MIDDLE = Qt.MouseButton.MiddleButton
one_canvas_for_all = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@one_canvas_for_all
@given(
    start=st.floats(0.7, 8),
    place=st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
    at=st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
    delta=st.integers(1, 480),
    modifiers=st.sampled_from([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]),
)
def test_the_point_under_the_mouse_stays(
    canvas: Canvas, start: float, place: tuple[float, float], at: tuple[float, float], delta: int, modifiers: Qt.KeyboardModifier
) -> None:
    canvas.set_zoom(start)
    cursor = QPointF(at[0] * canvas.port.width(), at[1] * canvas.port.height())
    canvas.pan_by(cursor - canvas.placement.view_point((place[0] * WIDTH, place[1] * HEIGHT)))
    before = canvas.placement.photo_point(cursor)
    turn_wheel(canvas, cursor, delta, modifiers)
    assert canvas.zoom == pytest.approx(min(start * wheel_factor(delta), LARGEST))
    moved = np.subtract(canvas.placement.photo_point(cursor), before) * canvas.placement.scale
    # Half a pixel, since views are scrolled by whole ones.
    assert np.abs(moved).max() <= 0.51


def test_in_and_out_again_is_where_it_was(canvas: Canvas) -> None:
    canvas.set_zoom(2.0)
    cursor = QPointF(310, 70)
    before = canvas.placement
    for delta in (120, 120, -120, -120):
        turn_wheel(canvas, cursor, delta)
    assert canvas.placement.scale == pytest.approx(before.scale)
    assert abs(canvas.placement.left - before.left) <= 1 and abs(canvas.placement.top - before.top) <= 1


def test_half_turns_of_a_fine_wheel_give_half_steps() -> None:
    assert wheel_factor(60) ** 2 == pytest.approx(wheel_factor(120))
    assert wheel_factor(-120) * wheel_factor(120) == pytest.approx(1)


@given(st.floats(0.01, 32), st.sampled_from([-1, 1]))
def test_steps_stop_at_actual_size(scale: float, step: int) -> None:
    new = stepped(scale, step)
    assert (new > scale) == (step > 0)
    assert not (scale < 0.99 and new > 1.01) and not (scale > 1.01 and new < 0.99)


def test_zoom_has_limits(canvas: Canvas) -> None:
    for _ in range(60):
        canvas.zoom_in()
    assert canvas.zoom == LARGEST
    for _ in range(60):
        canvas.zoom_out()
    assert 0 < canvas.zoom < 0.3


def test_it_fits_until_the_user_zooms_and_then_keeps_the_centre(canvas: Canvas) -> None:
    def middle() -> tuple[float, float]:
        return canvas.placement.photo_point(QPointF(canvas.port.width() / 2, canvas.port.height() / 2))

    fitted = canvas.zoom
    canvas.resize(800, 620)
    assert canvas.zoom > fitted and canvas.fits
    assert middle() == pytest.approx((WIDTH / 2 - 0.5, HEIGHT / 2 - 0.5), abs=1)
    canvas.set_zoom(3.0)
    canvas.pan_by(QPointF(-300, 150))
    before = middle()
    for size in ((500, 333), (801, 400), (640, 480)):
        canvas.resize(*size)
        assert canvas.zoom == 3.0 and not canvas.fits
        assert middle() == pytest.approx(before, abs=0.5)


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_1, 1.0), (Qt.Key.Key_Plus, 2 * 2**0.5), (Qt.Key.Key_Minus, 2 / 2**0.5), (Qt.Key.Key_0, 268 / HEIGHT)],
)
def test_keys(canvas: Canvas, qtbot: QtBot, key: Qt.Key, expected: float) -> None:
    canvas.set_zoom(2.0)
    with qtbot.waitSignal(canvas.zoom_changed) as told:
        QTest.keyClick(canvas, key)
    assert told.args == [pytest.approx(expected)] and canvas.zoom == pytest.approx(expected)


def test_arrows_push(canvas: Canvas) -> None:
    canvas.set_zoom(2.0)
    before = canvas.placement
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.placement.left < before.left and canvas.placement.top < before.top


@pytest.mark.parametrize("way", ["middle", "space", "hand", "select"])
def test_pushing_with_the_mouse(canvas: Canvas, qtbot: QtBot, way: str) -> None:
    canvas.set_zoom(2.0)
    canvas.set_tool(Tool.HAND if way == "hand" else Tool.BRUSH if way == "space" else Tool.SELECT)
    before = canvas.placement
    if way == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(canvas.empty_clicked):
        drag(canvas, (200, 150), (230, 140), (260, 120), button=MIDDLE if way == "middle" else Qt.MouseButton.LeftButton)
    if way == "space":
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert (canvas.placement.left - before.left, canvas.placement.top - before.top) == (60, -30)


def test_the_photograph_cannot_be_lost(canvas: Canvas) -> None:
    canvas.pan_by(QPointF(1e5, -1e5))
    corner = canvas.placement.view_point((-0.5, HEIGHT - 0.5))
    assert canvas.port.rect().contains(corner.toPoint())


def test_pinching_a_touchpad_zooms_about_the_fingers(canvas: Canvas) -> None:
    canvas.set_zoom(2.0)
    at = QPointF(100, 80)
    before = canvas.placement.photo_point(at)
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, device, 2, at, at, canvas.port.mapToGlobal(at), 0.25, QPointF()
    )
    assert event.type() == QEvent.Type.NativeGesture
    QApplication.sendEvent(canvas.port, event)
    assert canvas.zoom == pytest.approx(2.5)
    assert canvas.placement.photo_point(at) == pytest.approx(before, abs=0.3)


def test_the_mouse_is_followed_in_the_photographs_pixels(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_zoom(4.0)
    with qtbot.waitSignal(canvas.cursor_moved) as told:
        QTest.mouseMove(canvas.port, QPointF(33, 44).toPoint())
    assert told.args == pytest.approx(list(canvas.placement.photo_point(QPointF(33, 44))))
    with qtbot.waitSignal(canvas.cursor_left):
        QApplication.sendEvent(canvas.port, QEvent(QEvent.Type.Leave))
