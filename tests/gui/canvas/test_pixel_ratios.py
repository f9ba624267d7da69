"""Screens that have more than one pixel for each of the view's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SHOWN_AT_ACTUAL_SIZE = """
import numpy as np
from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QApplication
from latentedit_gui.canvas import Canvas
from latentedit_gui.pixels import rgb_of

application = QApplication([])
photo = np.random.default_rng(0).integers(0, 256, (1200, 1600, 3), dtype=np.uint8)
canvas = Canvas()
canvas.resize(400, 300)
canvas.show()
canvas.show_photo(photo)
canvas.actual_size()
for push in ((0, 0), (13, 7), (-4, 9)):
    canvas.pan_by(QPointF(*push))
    view = rgb_of(canvas.port.grab().toImage())
    ratio = canvas.devicePixelRatioF()
    assert view.shape == (round(300 * ratio), round(400 * ratio), 3) and canvas.zoom == 1, (view.shape, ratio, canvas.zoom)
    left, top = int(-canvas.placement.left * ratio), int(-canvas.placement.top * ratio)
    places = [(left + x, top + y) for x in (0, 1) for y in (0, 1)]
    parts = [photo[y : y + view.shape[0], x : x + view.shape[1]] for x, y in places]
    assert any((part == view).all() for part in parts), ratio
print(ratio)
"""


ON_WHOLE_PIXELS = """
import numpy as np
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from latentedit_gui.canvas import Canvas, FaceMark, FaceView, Tool
from latentedit_gui.pixels import rgb_of

application = QApplication([])
random = np.random.default_rng(0)
photo = random.integers(0, 256, (1203, 1601, 3), dtype=np.uint8)
canvas = Canvas()
canvas.resize(417, 333)
canvas.show()
canvas.show_photo(photo)
ratio = canvas.devicePixelRatioF()

def seen(widget):
    return rgb_of(widget.grab().toImage())

# A part that is the photograph's own is not seen: nothing is doubled or lost at its edges.
left, top, right, bottom = 701, 503, 906, 710
for zoom in (1, 4, 1):
    canvas.set_zoom(zoom)
    for push in ((0, 0), (13.3, 7.7), (-4.1, 9.6), (1, 1), (1, 2), (1, 3), (2, 1)):
        canvas.pan_by(QPointF(*push))
        canvas.set_parts([])
        plain = seen(canvas.port)
        canvas.set_parts([((left, top, right, bottom), photo[top:bottom, left:right])])
        assert (seen(canvas.port) == plain).all(), (zoom, push)

# The close-up shows a picture of the screen's size as it is.
view = FaceView()
view.resize(300, 612)
view.show()
face = random.integers(0, 256, (view.side_px, view.side_px, 3), dtype=np.uint8)
view.set_before(face)
corner = view.areas()[0].topLeft() * ratio
x, y = round(corner.x()), round(corner.y())
shown = seen(view)[y : y + view.side_px, x : x + view.side_px]
below = slice(round(60 * ratio), shown.shape[0])  # the label
assert (shown[below] == face[below]).all(axis=2).mean() > 0.99

# The brush paints where the mouse is.
quad = np.array([[200, 200], [200, 900], [900, 900], [900, 200]], float)
canvas.set_zoom(1)
canvas.set_faces([FaceMark(0, quad, (200, 200, 900, 900), state="projected", selected=True)])
canvas.set_tool(Tool.BRUSH)
canvas.set_brush_diameter(24)
at = QPointF(201, 160).toPoint()
wanted = canvas.placement.photo_point(QPointF(at))
QTest.mouseClick(canvas.port, Qt.MouseButton.LeftButton, pos=at)
mask = canvas.painted_mask
rows, columns = np.nonzero(mask > 127)
pixel = 700 / len(mask)
painted = (columns.mean() + 0.5) * pixel + 200, (rows.mean() + 0.5) * pixel + 200
assert np.hypot(painted[0] - wanted[0], painted[1] - wanted[1]) < pixel, (painted, wanted)
print(ratio)
"""


@pytest.mark.parametrize("program", [SHOWN_AT_ACTUAL_SIZE, ON_WHOLE_PIXELS], ids=["actual size", "whole pixels"])
@pytest.mark.parametrize("ratio", ["1", "1.25", "1.5", "2"])
def test_pixels_of_the_screen_are_those_of_the_photograph(ratio: str, program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == float(ratio)
