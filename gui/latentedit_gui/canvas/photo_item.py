"""A picture in the scene, painted from the halving that fits the scale, and only where it is exposed."""

from __future__ import annotations

import math

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QImage, QPainter, QTransform
from PyQt6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from latentedit_gui.canvas.pyramid import Pyramid

_PIXELS_FROM = 2.0
"""From this scale on, pixels are shown as they are, with sharp edges."""
_SAME = 1e-6


class PhotoItem(QGraphicsItem):
    """A pyramid that fills [0, width] x [0, height] of its own coordinates.

    Args:
        picture: what to paint.
        size: width and height to fill; the picture's own if None.
        smooth: never show sharp pixels (for drawings, whose pixels are not the photograph's).
    """

    def __init__(
        self,
        picture: Pyramid,
        size: tuple[int, int] | None = None,
        *,
        smooth: bool = False,
        parent: QGraphicsItem | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture, self._smooth = picture, smooth
        width, height = size or picture.size
        self._rect = QRectF(0, 0, width, height)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(self, painter: QPainter | None, option: QStyleOptionGraphicsItem | None, widget: QWidget | None = None) -> None:
        assert painter is not None and option is not None
        width, height = self._picture.size
        # Of this picture's own pixels, in pixels of the screen.
        scale = _scale(painter.deviceTransform()) * self._rect.width() / width
        level = fitting_level(scale, len(self._picture.images))
        sharp = not self._smooth and (abs(scale - 1) < _SAME or scale >= _PIXELS_FROM)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
        image = self._picture.images[level]
        across, down = self._rect.width() / width * 2**level, self._rect.height() / height * 2**level
        source, target = _whole_pixels(option.exposedRect & self._rect, image, across, down, self._rect)
        painter.drawImage(target, image, source)


def fitting_level(scale: float, levels: int) -> int:
    """Which halving to paint at a scale: the smallest that has at least the screen's pixels."""
    return min(max(math.floor(-math.log2(max(scale, 1e-9)) + _SAME), 0), levels - 1)


def _scale(transform: QTransform) -> float:
    return math.sqrt(abs(transform.determinant()))


def _whole_pixels(exposed: QRectF, image: QImage, across: float, down: float, rect: QRectF) -> tuple[QRectF, QRectF]:
    """What of an image to paint, and where: the exposed part, out to whole pixels of the image and one more for smoothing."""
    left, top = math.floor(exposed.left() / across) - 1, math.floor(exposed.top() / down) - 1
    right, bottom = math.ceil(exposed.right() / across) + 1, math.ceil(exposed.bottom() / down) + 1
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, image.width()), min(bottom, image.height())
    target = QRectF(left * across, top * down, (right - left) * across, (bottom - top) * down) & rect
    return QRectF(target.left() / across, target.top() / down, target.width() / across, target.height() / down), target
