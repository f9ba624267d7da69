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
    assert view.shape == (300 * ratio, 400 * ratio, 3) and canvas.zoom == 1, (view.shape, ratio, canvas.zoom)
    left, top = int(-canvas.placement.left * ratio), int(-canvas.placement.top * ratio)
    places = [(left + x, top + y) for x in (0, 1) for y in (0, 1)]
    parts = [photo[y : y + view.shape[0], x : x + view.shape[1]] for x, y in places]
    assert any((part == view).all() for part in parts), ratio
print(ratio)
"""


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_actual_size_is_one_pixel_of_the_screen_for_each_of_the_photograph(ratio: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SHOWN_AT_ACTUAL_SIZE],
        env={**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == float(ratio)
