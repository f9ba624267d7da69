"""One face alone."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QRectF, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latentedit_gui.canvas import FaceView
from latentedit_gui.canvas.split import SplitHandle

from .hands import seen

BEFORE, AFTER = (200, 30, 30), (30, 30, 200)


@pytest.fixture
def faces(qtbot: QtBot) -> FaceView:
    view = FaceView()
    qtbot.addWidget(view)
    view.resize(420, 200)
    view.set_before(np.full((256, 256, 3), BEFORE, dtype=np.uint8))
    view.set_after(np.full((64, 64, 3), AFTER, dtype=np.uint8))
    view.show()
    return view


def colour(view: FaceView, area: QRectF, across: float = 0.5) -> tuple[int, ...]:
    pixels = seen(view)
    y, x = area.top() + area.height() * 0.7, area.left() + area.width() * across
    return tuple(pixels[int(y), int(x)].tolist())


@pytest.mark.parametrize("size", [(420, 200), (200, 420), (300, 96)])
def test_before_and_after_side_by_side(faces: FaceView, size: tuple[int, int]) -> None:
    faces.resize(*size)
    before, after = faces.areas()
    assert before.width() == before.height() == after.width() and not before.intersects(after)
    assert QRectF(faces.rect()).contains(before) and QRectF(faces.rect()).contains(after)
    assert colour(faces, before) == BEFORE and colour(faces, after) == AFTER


def test_split(faces: FaceView) -> None:
    faces.set_split(True)
    (area, _) = faces.areas()
    assert colour(faces, area, 0.3) == BEFORE and colour(faces, area, 0.7) == AFTER
    handle = faces.findChild(SplitHandle)
    assert handle is not None
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(handle.width() // 2, 20))
    QTest.mouseMove(handle, handle.mapFromParent(QPoint(round(area.right()), 20)))
    assert colour(faces, area, 0.7) == BEFORE
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    faces.set_split(False)
    assert colour(faces, faces.areas()[1]) == AFTER


def test_pictures_come_one_after_another_and_go(faces: FaceView) -> None:
    after = faces.areas()[1]
    for side in (32, 128, 1024):
        faces.set_after(np.full((side, side, 3), side % 251, dtype=np.uint8))
        assert set(colour(faces, after)) == {side % 251}
    faces.set_after(None)
    assert colour(faces, after) != (1024 % 251,) * 3 and colour(faces, faces.areas()[0]) == BEFORE
