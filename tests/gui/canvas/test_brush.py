"""Painting a mask."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shapes import square

from latentedit.alignment import apply_homography, quad_side, square_to_quad
from latentedit.brush import Brush
from latentedit_gui.canvas import Canvas, FaceMark, Tool
from latentedit_gui.canvas.stroke import distance_to_segment, stroke_segment

from .hands import LEFT, drag, on_view, photo_pixels

Quad = NDArray[np.float64]
UPRIGHT, TURNED = square(320, 240, 100, 0.0), square(320, 240, 100, 0.6)
TILTED = np.array([[240.0, 150], [215, 330], [420, 350], [390, 170]])


def face(quad: Quad, index: int = 0) -> FaceMark:
    return FaceMark(index, quad, (0, 0, 1, 1), selected=True)


def painted(canvas: Canvas, qtbot: QtBot, *points: tuple[float, float]) -> NDArray[np.uint8]:
    """The mask after a stroke along places in the photograph."""
    with qtbot.waitSignal(canvas.mask_painted) as told:
        drag(canvas, *(on_view(canvas, point) for point in points))
    mask: NDArray[np.uint8] = told.args[0]
    return mask


def in_photo(quad: Quad, size: int) -> Quad:
    """Where in the photograph the mask's pixels lie, [S, S, 2]."""
    y, x = np.mgrid[:size, :size] + 0.5
    return apply_homography(square_to_quad(quad, size), np.stack([x, y], axis=-1))


@pytest.mark.parametrize("quad", [UPRIGHT, TURNED, TILTED])
@pytest.mark.parametrize("zoom", [0.7, 1.0, 2.5])
def test_a_stroke_lands_where_it_was_painted(canvas: Canvas, qtbot: QtBot, quad: Quad, zoom: float) -> None:
    canvas.set_faces([face(quad)])
    canvas.set_zoom(zoom)
    canvas.set_tool(Tool.BRUSH)
    canvas.set_brush_diameter(24)
    start, end = (300.0, 225.0), (345.0, 255.0)
    mask = painted(canvas, qtbot, start, end)
    assert mask.shape == (256, 256) and mask.dtype == np.uint8
    away = distance_to_segment(in_photo(quad, 256), np.array(start), np.array(end)) * zoom  # in the view's pixels
    assert (mask[away < 12 * 0.6 - 2] == 255).all(), "there are gaps in the stroke"
    assert (mask[away > 12 + 1.5] == 0).all(), "it reaches too far"
    assert 0 < mask[(away > 9) & (away < 11)].mean() < 200, "its edge is not soft"
    Brush(mask)  # the engine takes it


def test_the_tint_is_where_the_mask_is(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_photo(np.full((480, 640, 3), 128, dtype=np.uint8))
    canvas.set_faces([face(TURNED)])
    canvas.set_outlines_visible(False)
    canvas.set_zoom(1.0)
    canvas.set_tool(Tool.BRUSH)
    canvas.set_brush_diameter(30)
    painted(canvas, qtbot, (290, 230), (350, 250))
    canvas.set_tool(Tool.HAND)  # without the circle
    view = photo_pixels(canvas)
    y, x = np.mgrid[: view.shape[0], : view.shape[1]]
    places = canvas.placement.to_photo(np.stack([x + 0.5, y + 0.5], axis=-1))
    away = distance_to_segment(places, np.array([290.0, 230]), np.array([350.0, 250]))
    tinted = (view != 128).any(axis=2)
    assert tinted[away < 9].all() and not tinted[away > 17].any()


def test_strokes_add_and_the_eraser_takes_away(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([face(UPRIGHT)])
    canvas.set_tool(Tool.BRUSH)
    first = painted(canvas, qtbot, (280, 240), (360, 240))
    both = painted(canvas, qtbot, (320, 200), (320, 280))
    assert (both >= first).all() and (both > first).any()
    canvas.set_tool(Tool.ERASER)
    rest = painted(canvas, qtbot, (280, 240), (360, 240))
    assert (rest <= both).all() and not rest[first == 255].any()
    assert rest[both > first].any(), "the other stroke is gone too"


def test_going_back_and_forth_in_one_stroke_is_no_stronger(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([face(UPRIGHT)])
    canvas.set_tool(Tool.BRUSH)
    once = painted(canvas, qtbot, (280, 240), (360, 240))
    canvas.set_mask(None)
    again = painted(canvas, qtbot, (280, 240), (360, 240), (280, 240), (360, 240))
    np.testing.assert_array_equal(once, again)


def test_the_mask_is_the_callers_and_keeps_its_size(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([face(UPRIGHT)])
    mask = np.zeros((100, 100), dtype=np.uint8)
    mask[:50] = 70
    canvas.set_mask(mask)
    mask[:] = 1
    canvas.set_tool(Tool.BRUSH)
    told = painted(canvas, qtbot, (320, 240), (330, 240))
    assert told.shape == (100, 100) and told[0, 0] == 70 and told.max() == 255
    told[:] = 9
    kept = canvas.painted_mask
    assert kept is not None and kept[0, 0] == 70
    canvas.set_mask(None)
    assert canvas.painted_mask is None
    with pytest.raises(ValueError, match="square"):
        canvas.set_mask(np.zeros((10, 12), dtype=np.uint8))


def test_another_face_starts_bare(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([face(UPRIGHT)])
    canvas.set_tool(Tool.BRUSH)
    painted(canvas, qtbot, (320, 240))
    canvas.set_drag_points([((300, 240), (310, 250))])
    canvas.set_faces([face(UPRIGHT)])
    assert canvas.painted_mask is not None and canvas.drag_points
    canvas.set_faces([face(TURNED, index=1)])
    assert canvas.painted_mask is None and not canvas.drag_points


def test_without_a_face_nothing_is_painted(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool(Tool.BRUSH)
    with qtbot.assertNotEmitted(canvas.mask_painted), qtbot.assertNotEmitted(canvas.empty_clicked):
        drag(canvas, (100, 100), (200, 150))


def test_escape_gives_a_stroke_up(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([face(UPRIGHT)])
    canvas.set_tool(Tool.BRUSH)
    with qtbot.assertNotEmitted(canvas.mask_painted):
        QTest.mousePress(canvas.port, LEFT, pos=canvas.port.rect().center())
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas.port, LEFT, pos=canvas.port.rect().center())
    assert canvas.painted_mask is None


def test_pushing_in_the_middle_of_a_stroke_does_not_leave_the_brush_down(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([face(UPRIGHT)])
    canvas.set_tool(Tool.BRUSH)
    centre, middle = canvas.port.rect().center(), Qt.MouseButton.MiddleButton
    QTest.mousePress(canvas.port, LEFT, pos=centre)
    QTest.mousePress(canvas.port, middle, pos=centre)
    with qtbot.waitSignal(canvas.mask_painted) as told:
        QTest.mouseRelease(canvas.port, LEFT, pos=centre)
    QTest.mouseRelease(canvas.port, middle, pos=centre)
    with qtbot.assertNotEmitted(canvas.mask_painted):
        QTest.mouseMove(canvas.port, centre + QPoint(30, 0))
        QTest.mouseRelease(canvas.port, middle, pos=centre)
    np.testing.assert_array_equal(canvas.painted_mask, told.args[0])


def test_brackets_size_the_brush(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_tool(Tool.ERASER)
    before = canvas.brush_diameter
    with qtbot.waitSignal(canvas.brush_resized):
        QTest.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert canvas.brush_diameter > before
    QTest.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert canvas.brush_diameter == pytest.approx(before)
    canvas.set_brush_diameter(1e6)
    assert canvas.brush_diameter < 1000


@given(
    size=st.integers(8, 300),
    start=st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    end=st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    radius=st.floats(1e-3, 300),
    turn=st.floats(-3, 3),
    tilt=st.floats(0, 0.8),
)
def test_only_what_is_near_is_covered(
    size: int, start: tuple[float, float], end: tuple[float, float], radius: float, turn: float, tilt: float
) -> None:
    quad = square(0, 0, 90, turn)
    quad[[0, 3]] += tilt * (quad[[3, 0]] - quad[[0, 3]]) / 2  # the upper side is further away
    cover = np.zeros((size, size), dtype=np.uint8)
    stroke_segment(cover, quad, start, end, radius)
    away = distance_to_segment(in_photo(quad, size), np.array(start), np.array(end))
    radius = max(radius, 0.75 * quad_side(quad) / size)
    assert (cover[away < radius * 0.59] == 255).all() and not cover[away > radius].any()
