"""Painting a mask over the selected face's square, and taking it off again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from latentedit_gui.canvas.placement import Array, square_transform
from latentedit_gui.canvas.stroke import Mask, stroke_segment, stroked
from latentedit_gui.canvas.tools import Board, CanvasTool
from latentedit_gui.pixels import image_of

MASK_PX = 256
SMALLEST_PX, LARGEST_PX = 4.0, 600.0
"""Diameters of the brush in pixels of the view."""
_FACTOR = 1.2
_TINT = 0.5
"""How opaque the mask is shown."""


class BrushTool(CanvasTool):
    """A soft round brush, or an eraser.

    Args:
        board: the canvas.
        painted: called with the new mask [S, S] after each stroke.
        resized: called with the new diameter.
    """

    cursor = Qt.CursorShape.BlankCursor

    def __init__(self, board: Board, painted: Callable[[Mask], None], resized: Callable[[float], None]) -> None:
        super().__init__(board)
        self.erase = False
        self.diameter = 48.0
        self._painted, self._resized = painted, resized
        self._mask: Mask | None = None
        self._cover: Mask | None = None
        self._last: tuple[float, float] | None = None
        self._at: QPointF | None = None

    @property
    def mask(self) -> Mask | None:
        """What has been painted, [S, S] uint8 over the selected face's square; None if nothing."""
        return None if self._mask is None else self._mask.copy()

    def set_mask(self, mask: Mask | None) -> None:
        """Show another mask; a stroke that is being painted is given up.

        Raises:
            ValueError: it is not a square of grey 8-bit pixels.
        """
        if mask is not None and (mask.ndim != 2 or mask.shape[0] != mask.shape[1] or mask.dtype != np.uint8):
            raise ValueError(f"a mask is a square of 8-bit grey pixels, not {mask.dtype} {mask.shape}")
        self._mask = None if mask is None else mask.copy()
        self._cover = self._last = None
        self.board.refresh()

    def set_diameter(self, diameter: float) -> None:
        """In pixels of the view, within limits."""
        diameter = min(max(diameter, SMALLEST_PX), LARGEST_PX)
        if diameter != self.diameter:
            self.diameter = diameter
            self._resized(diameter)
        self.board.refresh()

    def press(self, at: QPointF, button: Qt.MouseButton) -> None:
        if button != Qt.MouseButton.LeftButton or self.board.selected is None:
            return
        size = MASK_PX if self._mask is None else len(self._mask)
        self._cover = np.zeros((size, size), dtype=np.uint8)
        self._stroke_to(at)

    def move(self, at: QPointF, buttons: Qt.MouseButton) -> None:
        before, self._at = self._at, at
        if self._cover is not None:
            self._stroke_to(at)
        for place in (before, at):
            if place is not None:
                self.board.refresh(_around(place, self.diameter / 2 + 3))

    def release(self, at: QPointF, button: Qt.MouseButton) -> None:
        if self._cover is None or button != Qt.MouseButton.LeftButton:
            return
        self._stroke_to(at)
        self._mask = self._shown()
        self._cover = self._last = None
        assert self._mask is not None
        self._painted(self._mask.copy())

    def leave(self) -> None:
        self._at = None
        self.board.refresh()

    def cancel(self) -> None:
        self._cover = self._last = None
        self.board.refresh()

    @property
    def keys(self) -> frozenset[int]:
        return frozenset((Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight))

    def key(self, key: int) -> None:
        self.set_diameter(self.diameter * (_FACTOR if key == Qt.Key.Key_BracketRight else 1 / _FACTOR))

    def paint(self, painter: QPainter, accent: QColor) -> None:
        if self._at is None:
            return
        faint = self.board.selected is None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 160), 3.0), (QColor(255, 255, 255, 110 if faint else 240), 1.25)):
            pen = QPen(colour, width)
            if self.erase and width < 2:
                pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawEllipse(self._at, self.diameter / 2, self.diameter / 2)
        painter.setPen(QPen(QColor("white"), 2.0, cap=Qt.PenCapStyle.RoundCap))
        painter.drawPoint(self._at)

    def paint_mask(self, painter: QPainter, accent: QColor) -> None:
        """Draw the mask as a tint over the face, whatever tool is held."""
        face, mask = self.board.selected, self._shown()
        if face is None or mask is None:
            return
        tint = image_of(_tinted(mask, accent))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(square_transform(self.board.placement.to_view(face.quad), len(mask)), combine=True)
        painter.drawImage(QPointF(0, 0), tint)
        painter.restore()

    def _shown(self) -> Mask | None:
        """The mask with the stroke that is being painted."""
        if self._cover is None:
            return self._mask
        under = np.zeros_like(self._cover) if self._mask is None else self._mask
        return stroked(under, self._cover, erase=self.erase)

    def _stroke_to(self, at: QPointF) -> None:
        face = self.board.selected
        if self._cover is None or face is None:
            return
        placement = self.board.placement
        point = placement.photo_point(at)
        start = point if self._last is None else self._last
        stroke_segment(self._cover, face.quad, start, point, self.diameter / 2 / placement.scale)
        reach = self.diameter / 2 + 4 + _pixel_px(face.quad, placement.scale, len(self._cover))
        ends = QRectF(placement.view_point(start), at).normalized()
        self.board.refresh(ends.adjusted(-reach, -reach, reach, reach))
        self._last = point


def _tinted(mask: Mask, colour: QColor) -> NDArray[np.uint8]:
    """One colour [S, S, 4] whose opacity follows the mask."""
    tint = np.empty((*mask.shape, 4), dtype=np.uint8)
    tint[..., :3] = colour.red(), colour.green(), colour.blue()
    np.multiply(mask, _TINT, out=tint[..., 3], casting="unsafe")
    return tint


def _pixel_px(quad: Array, scale: float, size: int) -> float:
    """An upper bound for a mask's pixel in pixels of the view."""
    return float(np.hypot(*(quad.max(axis=0) - quad.min(axis=0)))) * scale / size


def _around(at: QPointF, radius: float) -> QRectF:
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
