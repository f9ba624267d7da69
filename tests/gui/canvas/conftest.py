"""A canvas on the screen, and a photograph for it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot
from shapes import waves

from latentedit_gui.canvas import Canvas

WIDTH, HEIGHT = 640, 480


@pytest.fixture
def photo() -> NDArray[np.uint8]:
    """[HEIGHT, WIDTH, 3], different everywhere."""
    rgb = waves(HEIGHT, WIDTH)
    rgb[..., 2] = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH))
    return rgb


@pytest.fixture
def canvas(qtbot: QtBot, photo: NDArray[np.uint8]) -> Canvas:
    """With the photograph, 400 x 300 pixels large."""
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show_photo(photo)
    canvas.show()
    return canvas
