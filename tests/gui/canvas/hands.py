"""What a person does to a canvas, and what they see of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from latentedit_gui.canvas import Canvas
from latentedit_gui.pixels import rgb_of

LEFT = Qt.MouseButton.LeftButton


def seen(widget: QWidget) -> NDArray[np.uint8]:
    """The widget's pixels [h, w, 3]."""
    return rgb_of(widget.grab().toImage())


def photo_pixels(canvas: Canvas) -> NDArray[np.uint8]:
    """The canvas as it is painted, without children that lie over it."""
    return seen(canvas.port)


def exposed(canvas: Canvas) -> tuple[slice, slice]:
    """Rows and columns of the photograph that the whole view shows at 100 %."""
    left, top = round(-canvas.placement.left), round(-canvas.placement.top)
    return np.s_[top : top + canvas.port.height(), left : left + canvas.port.width()]


def turn_wheel(canvas: Canvas, at: QPointF, delta: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    everywhere, phase = canvas.port.mapToGlobal(at), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, everywhere, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifiers, phase, False)
    QApplication.sendEvent(canvas.port, event)


def drag(canvas: Canvas, *points: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    """Press at the first point of the view, go along the others, and let go at the last."""
    places = [QPoint(round(x), round(y)) for x, y in points]
    QTest.mousePress(canvas.port, button, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas.port, place)
    QTest.mouseRelease(canvas.port, button, pos=places[-1])


def click(canvas: Canvas, point: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    drag(canvas, point, button=button)


def on_view(canvas: Canvas, point: Sequence[float]) -> tuple[float, float]:
    """The whole pixel of the view that is nearest to a place of the photograph."""
    x, y = np.rint(canvas.placement.to_view(np.array(point))).tolist()
    return x, y
