"""One face alone: its square before and after, side by side or behind a split."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QWidget

from latentedit_gui.canvas.labels import paint_label, paint_sides
from latentedit_gui.canvas.photo_item import fitting_level
from latentedit_gui.canvas.pyramid import Pyramid, pyramid
from latentedit_gui.canvas.split import SplitHandle

_GAP_PX = 8
_CORNER_PX = 6.0


class FaceView(QWidget):
    """Shows pictures [R, R, 3] of a face: the photograph's and the drawing, as they come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: Pyramid | None = None
        self._after: Pyramid | None = None
        self._names = (self.tr("Before"), self.tr("After"))
        self._handle = SplitHandle(self)
        self._handle.moved.connect(self._split_moved)
        self.setAccessibleName(self.tr("The face alone, before and after"))
        self.setMinimumSize(96, 96)

    def sizeHint(self) -> QSize:
        return QSize(520, 256)

    def set_before(self, rgb_uint8: NDArray[np.uint8] | None) -> None:
        """The face as the photograph has it, [R, R, 3]."""
        self._before = None if rgb_uint8 is None else pyramid(rgb_uint8)
        self.update()

    def set_after(self, rgb_uint8: NDArray[np.uint8] | None) -> None:
        """The face as it is drawn, [R, R, 3]; it may come in another size each time."""
        self._after = None if rgb_uint8 is None else pyramid(rgb_uint8)
        self.update()

    def set_names(self, before: str, after: str) -> None:
        """What to write on the two, already translated."""
        self._names = (before, after)
        self.update()

    def set_split(self, on: bool) -> None:
        """Show both in one place behind a movable line, or side by side."""
        self._handle.setVisible(on)
        self._place_handle()
        self.update()

    @property
    def is_split(self) -> bool:
        return not self._handle.isHidden()

    def areas(self) -> tuple[QRectF, QRectF]:
        """Where before and after are painted: beside each other (below each other in a tall widget), or both in one place."""
        width, height = float(self.width()), float(self.height())
        if self.is_split:
            side = min(width, height)
            both = QRectF((width - side) / 2, (height - side) / 2, side, side)
            return both, both
        if width >= height:
            side = min((width - _GAP_PX) / 2, height)
            left, top = (width - 2 * side - _GAP_PX) / 2, (height - side) / 2
            return QRectF(left, top, side, side), QRectF(left + side + _GAP_PX, top, side, side)
        side = min((height - _GAP_PX) / 2, width)
        left, top = (width - side) / 2, (height - 2 * side - _GAP_PX) / 2
        return QRectF(left, top, side, side), QRectF(left, top + side + _GAP_PX, side, side)

    @property
    def side_px(self) -> int:
        """Of one picture, in pixels of the screen."""
        return round(self.areas()[0].width() * self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place_handle()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        before, after = self.areas()
        self._paint_face(painter, self._before, before)
        line = self._handle.position * self.width()
        if self.is_split:
            painter.setClipRect(QRectF(line, 0, self.width() - line, self.height()))
        self._paint_face(painter, self._after, after)
        painter.setClipping(False)
        if self.is_split:
            paint_sides(painter, line, before, *self._names)
        else:
            for name, area in zip(self._names, (before, after), strict=True):
                paint_label(painter, area.topLeft() + QPointF(_GAP_PX, _GAP_PX), name)

    def _paint_face(self, painter: QPainter, face: Pyramid | None, area: QRectF) -> None:
        if face is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(128, 128, 128, 40))
            painter.drawRoundedRect(area, _CORNER_PX, _CORNER_PX)
            return
        area = _on_pixels(area, self.devicePixelRatioF())
        scale = area.width() * self.devicePixelRatioF() / face.size[0]
        image = face.images[fitting_level(scale, len(face.images))]
        painter.drawImage(area, image, QRectF(image.rect()))

    def _split_moved(self, position: float) -> None:
        self._place_handle()
        self.update()

    def _place_handle(self) -> None:
        self._handle.place_over(0, 0, self.width(), self.height())


def _on_pixels(area: QRectF, ratio: float) -> QRectF:
    """The area on whole pixels of the screen: between two, every one of its own would be blurred."""
    left, top, width, height = (round(at * ratio) / ratio for at in (area.left(), area.top(), area.width(), area.height()))
    return QRectF(left, top, width, height)
