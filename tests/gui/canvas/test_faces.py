"""Outlines of faces: clicked, hovered, selected, worked on."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shapes import square

from latentedit_gui.canvas import Canvas, FaceMark, FaceState, Tool

from .hands import click, on_view, photo_pixels

ACCENT = (10, 240, 60)


def mark(
    index: int, x: float, y: float, half: float = 50, *, turn: float = 0.2, state: FaceState = "found", selected: bool = False
) -> FaceMark:
    box = (round(x - half / 2), round(y - half / 2), round(x + half / 2), round(y + half / 2))
    return FaceMark(index, square(x, y, half, turn), box, f"face {index}", state, selected)


@pytest.fixture
def on_grey(canvas: Canvas) -> Canvas:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Accent, QColor(*ACCENT))
    canvas.setPalette(palette)
    canvas.show_photo(np.full((480, 640, 3), 128, dtype=np.uint8))
    return canvas


def count(view: NDArray[np.uint8], colour: tuple[int, int, int]) -> int:
    return int((np.abs(view.astype(int) - colour).max(axis=2) < 24).sum())


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("turn", [0.0, 0.7, 3.0])
def test_a_click_tells_the_face_or_that_there_is_none(canvas: Canvas, qtbot: QtBot, zoom: float, turn: float) -> None:
    canvas.set_faces([mark(0, 320, 240, 40, turn=turn), mark(1, 430, 240, 40, turn=-turn)])
    canvas.set_zoom(zoom)
    with qtbot.waitSignal(canvas.face_clicked) as told:
        click(canvas, on_view(canvas, (340, 250)))
    assert told.args == [0]
    with qtbot.waitSignal(canvas.empty_clicked), qtbot.assertNotEmitted(canvas.face_clicked):
        click(canvas, on_view(canvas, (320, 298)))


def test_a_click_on_the_badge_tells_its_face(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([mark(4, 320, 240, turn=0)])
    canvas.grab()
    x, y = on_view(canvas, (270, 190))
    with qtbot.waitSignal(canvas.face_clicked) as told:
        click(canvas, (x - 5, y - 5))
    assert told.args == [4]


def test_of_overlapping_faces_the_nearer_is_meant(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_faces([mark(0, 300, 240, 60), mark(7, 350, 240, 60)])
    for x, expected in ((315, 0), (335, 7)):
        with qtbot.waitSignal(canvas.face_clicked) as told:
            click(canvas, on_view(canvas, (x, 240)))
        assert told.args == [expected]


def test_pages_go_from_face_to_face(canvas: Canvas, qtbot: QtBot) -> None:
    def pressed(key: Qt.Key) -> int:
        with qtbot.waitSignal(canvas.face_clicked) as told:
            QTest.keyClick(canvas, key)
        return int(told.args[0])

    canvas.set_faces([mark(k, 100 + 150 * k, 200) for k in range(3)])
    assert pressed(Qt.Key.Key_PageDown) == 0 and pressed(Qt.Key.Key_PageUp) == 2
    canvas.set_faces([mark(k, 100 + 150 * k, 200, selected=k == 1) for k in range(3)])
    assert pressed(Qt.Key.Key_PageDown) == 2 and pressed(Qt.Key.Key_PageUp) == 0


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_outlines_are_as_wide_at_every_zoom(on_grey: Canvas, zoom: float) -> None:
    half = 60 / zoom
    on_grey.set_faces([mark(0, 320, 240, half, turn=0, selected=True)])
    on_grey.set_zoom(zoom)
    row = photo_pixels(on_grey)[150].astype(int)  # through the middle of the view, across the outline's sides
    x = round(on_view(on_grey, (320 - half, 240))[0])
    coloured = np.abs(row[x - 8 : x + 9] - 128).max(axis=1) > 40
    assert 3 <= coloured.sum() <= 6 and np.abs(np.flatnonzero(coloured).mean() - 8) <= 1
    assert (np.abs(row[x + 12 : x + 100] - 128) <= 1).all(), "the face itself is covered"


def test_the_selected_is_in_the_accent_and_hidden_outlines_are_gone(on_grey: Canvas) -> None:
    on_grey.set_faces([mark(0, 200, 240), mark(1, 440, 240, selected=True)])
    view = photo_pixels(on_grey)
    left, right = np.array_split(view, 2, axis=1)
    assert count(left, ACCENT) == 0 and count(right, ACCENT) > 100
    on_grey.set_outlines_visible(False)
    assert count(photo_pixels(on_grey), ACCENT) == 0
    on_grey.set_outlines_visible(True)
    np.testing.assert_array_equal(photo_pixels(on_grey), view)


def test_the_face_under_the_mouse_stands_out(on_grey: Canvas) -> None:
    on_grey.set_faces([mark(0, 320, 240)])
    plain = photo_pixels(on_grey)
    QTest.mouseMove(on_grey.port, QPoint(*map(round, on_view(on_grey, (320, 240)))))
    assert (photo_pixels(on_grey) != plain).any(axis=2).sum() > 200
    assert on_grey.port.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(on_grey.port, QPoint(2, 2))
    np.testing.assert_array_equal(photo_pixels(on_grey), plain)


def test_the_ring_grows_with_the_work(on_grey: Canvas) -> None:
    on_grey.set_faces([mark(0, 320, 240, 120, state="working")])
    lengths = []
    for done in (0.1, 0.4, 0.7, 1.0):
        on_grey.set_progress(0, done)
        lengths.append(count(photo_pixels(on_grey), ACCENT))
    assert lengths[0] > 50 and np.all(np.diff(lengths) > 100)
    on_grey.set_faces([mark(0, 320, 240, 120, state="projected")])
    assert count(photo_pixels(on_grey), ACCENT) == 0


def test_work_of_unknown_length_goes_round_and_stops(on_grey: Canvas, qtbot: QtBot) -> None:
    on_grey.set_faces([mark(0, 320, 240, 120, state="working")])
    before = photo_pixels(on_grey)
    qtbot.waitUntil(lambda: bool((photo_pixels(on_grey) != before).any()))
    on_grey.set_faces([mark(0, 320, 240, 120, state="projected")])
    still = photo_pixels(on_grey)
    qtbot.wait(150)
    np.testing.assert_array_equal(photo_pixels(on_grey), still)


def test_the_badge_stays_in_the_view_while_the_face_is_seen(on_grey: Canvas) -> None:
    on_grey.set_faces([mark(0, 320, 240, 200, turn=0, selected=True)])
    on_grey.set_zoom(1.9)  # the upper side is above the view, both sides beside it
    on_grey.set_tool(Tool.HAND)
    view = photo_pixels(on_grey)
    assert count(view[:40, :60], ACCENT) > 100
