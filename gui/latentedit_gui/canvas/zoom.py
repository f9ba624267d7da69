"""How large the photograph is seen, and which part of it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QTransform
from PyQt6.QtWidgets import QGraphicsView, QWidget

from latentedit_gui.canvas.placement import Placement

FIT_MARGIN_PX = 16
LARGEST = 32.0
"""Pixels of the screen for one of the photograph."""
_STEP = 2**0.5
_NOTCH = 120
_NOTCHES_TO_DOUBLE = 4
_SMALLEST_OF_FIT = 0.25
_SAME = 1e-3


def wheel_factor(delta: float) -> float:
    """What a turn of the wheel (in eighths of a degree, 120 a notch) multiplies the scale by: half turns of fine wheels give half steps."""
    return 2.0 ** (delta / _NOTCH / _NOTCHES_TO_DOUBLE)


def stepped(scale: float, steps: int) -> float:
    """A scale some steps larger or smaller; a step across 100 % stops there."""
    for _ in range(abs(steps)):
        new = scale * _STEP if steps > 0 else scale / _STEP
        crosses = (scale < 1 - _SAME and new > 1 + _SAME) or (scale > 1 + _SAME and new < 1 - _SAME)
        scale = 1.0 if crosses else new
    return scale


class Zoom:
    """The scale and shift of a view. Scales are in logical pixels of the view; :attr:`physical` is in pixels of the screen.

    Args:
        view: whose transform and scroll bars to set.
        changed: called after every change of scale or place.
    """

    def __init__(self, view: QGraphicsView, changed: Callable[[], None]) -> None:
        self._view, self._changed = view, changed
        self._size = (0, 0)
        self._scale = 1.0
        self._centre = QPointF()
        self.fits = True
        """Whether the photograph follows the size of the view: until the user zooms."""

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def physical(self) -> float:
        """Pixels of the screen for one of the photograph: 1.0 is 100 %."""
        return self._scale * self._view.devicePixelRatioF()

    @property
    def placement(self) -> Placement:
        """Where the photograph lies in the view now."""
        corner = self._view.viewportTransform().map(QPointF(0, 0))
        return Placement(self._scale, corner.x(), corner.y())

    def set_size(self, width: int, height: int) -> None:
        """Of the photograph in pixels; it is fitted."""
        self._size = (width, height)
        self.fit()

    def fit(self) -> None:
        """Show the whole photograph, and go on doing so when the view changes its size."""
        self._centre = QPointF(self._size[0] / 2, self._size[1] / 2)
        self._apply(self.fit_scale())
        self.fits = True

    def fit_scale(self) -> float:
        """At which the photograph fills the view but for a margin."""
        width, height = self._size
        if not width or not height:
            return 1.0
        room = self._viewport().size()
        across, down = (max(side - 2 * FIT_MARGIN_PX, 16) for side in (room.width(), room.height()))
        return min(across / width, down / height)

    def show_area(self, area: QRectF) -> None:
        """Fill the view with a part of the photograph, in its pixels, but for a margin."""
        room = self._viewport().size()
        across, down = (max(side - 2 * FIT_MARGIN_PX, 16) for side in (room.width(), room.height()))
        self._centre = area.center()
        self._apply(min(across / area.width(), down / area.height(), LARGEST / self._view.devicePixelRatioF()))
        self.fits = False

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Set the scale within its limits; what lies under ``about`` (a point of the view, its middle if None) stays there."""
        ratio = self._view.devicePixelRatioF()
        smallest = min(self.fit_scale(), 1.0 / ratio) * _SMALLEST_OF_FIT
        scale = min(max(scale, smallest), LARGEST / ratio)
        middle = self._middle()
        about = about if about is not None else middle
        place = self._scene_point(about)
        self._centre = place + (middle - about) / scale
        self._apply(scale)
        self.fits = False

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Multiply the scale."""
        self.zoom_to(self._scale * factor, about)

    def step(self, steps: int) -> None:
        """Zoom in or out by whole steps about the middle; 100 % is never stepped over."""
        self.zoom_to(stepped(self.physical, steps) / self._view.devicePixelRatioF())

    def pan_by(self, moved: QPointF) -> None:
        """Push the photograph by so many pixels of the view."""
        self._centre = self._centre - moved / self._scale
        self._apply(self._scale)
        self.fits = False

    def resized(self) -> None:
        """The view has another size: fit again, or keep what was in the middle there."""
        if self.fits:
            self.fit()
        else:
            self._apply(self._scale)

    def _apply(self, scale: float) -> None:
        """Set scale and centre; any point of the photograph may come to the middle of the view, and no other."""
        width, height = self._size
        self._centre = QPointF(min(max(self._centre.x(), 0.0), width), min(max(self._centre.y(), 0.0), height))
        self._scale = scale
        middle = self._middle()
        # One pixel more than half a view, since scroll bars count in whole pixels.
        aside, above = (middle.x() + 1) / scale, (middle.y() + 1) / scale
        self._view.setSceneRect(QRectF(0, 0, width, height).adjusted(-aside, -above, aside, above))
        left, top = self._on_pixel(middle.x() - self._centre.x() * scale), self._on_pixel(middle.y() - self._centre.y() * scale)
        self._view.setTransform(QTransform(scale, 0, 0, scale, left - math.floor(left), top - math.floor(top)))
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        assert across is not None and down is not None
        across.setValue(-math.floor(left))
        down.setValue(-math.floor(top))
        self._changed()

    def _on_pixel(self, at: float) -> float:
        """The nearest edge of a pixel of the screen: elsewhere the photograph and what lies on it would be rounded to different ones."""
        ratio = self._view.devicePixelRatioF()
        return round(at * ratio) / ratio

    def _scene_point(self, at: QPointF) -> QPointF:
        placed = self.placement
        return QPointF((at.x() - placed.left) / placed.scale, (at.y() - placed.top) / placed.scale)

    def _middle(self) -> QPointF:
        room = self._viewport().size()
        return QPointF(room.width() / 2, room.height() / 2)

    def _viewport(self) -> QWidget:
        viewport = self._view.viewport()
        assert viewport is not None
        return viewport
