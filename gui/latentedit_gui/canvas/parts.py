"""What edits changed, over the photograph: finished parts at full size, and small drawings until those come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter, QPainterPath
from PyQt6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from latentedit_gui.canvas.photo_item import PhotoItem
from latentedit_gui.canvas.placement import Array, square_transform
from latentedit_gui.canvas.pyramid import Pyramid, pyramid

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in the photograph's pixels; right and bottom are outside."""


class Edited(QGraphicsItem):
    """All that is laid over the photograph, cut off at its edges, and left of the split."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._seen = QRectF()
        self._parts: list[PhotoItem] = []
        self._previews: dict[int, PhotoItem] = {}
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)

    def boundingRect(self) -> QRectF:
        return self._seen

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self._seen)
        return path

    def paint(self, painter: QPainter | None, option: QStyleOptionGraphicsItem | None, widget: QWidget | None = None) -> None:
        """Nothing: its children are what is seen."""

    def set_size(self, width: int, height: int) -> None:
        """Of the photograph underneath."""
        self._rect = QRectF(0, 0, width, height)
        self.show_from(None)

    def show_from(self, left: float | None) -> None:
        """Show only what is right of ``left`` (the scene's coordinate); everything if None."""
        seen = QRectF(self._rect)
        if left is not None:
            seen.setLeft(min(max(left, 0.0), seen.right()))
        if seen != self._seen:
            self.prepareGeometryChange()
            self._seen = seen

    def set_parts(self, parts: Sequence[tuple[Box, Pixels | Pyramid]]) -> None:
        """Replace all parts, and take all previews away.

        Raises:
            ValueError: a part is not of its box's size.
        """
        for (left, top, right, bottom), picture in parts:
            size = picture.size if isinstance(picture, Pyramid) else (picture.shape[1], picture.shape[0])
            if size != (right - left, bottom - top):
                raise ValueError(f"a part of {size} does not fit the box {(left, top, right, bottom)}")
        self.clear()
        for (left, top, _, _), picture in parts:
            part = PhotoItem(picture if isinstance(picture, Pyramid) else pyramid(picture), parent=self)
            part.setPos(left, top)
            self._parts.append(part)

    def set_preview(self, face: int, rgba: Pixels, quad: Array) -> None:
        """Lay a drawing of a face's square over the photograph, in place of the face's last one."""
        self._remove(self._previews.pop(face, None))
        preview = PhotoItem(pyramid(rgba), smooth=True, parent=self)
        # The scene counts from pixels' edges, quads from their centres.
        preview.setTransform(square_transform(quad + 0.5, len(rgba)))
        preview.setZValue(1)
        self._previews[face] = preview

    def clear(self) -> None:
        """Take away everything."""
        for item in [*self._parts, *self._previews.values()]:
            self._remove(item)
        self._parts, self._previews = [], {}

    def _remove(self, item: PhotoItem | None) -> None:
        if item is None:
            return
        item.setParentItem(None)
        if (scene := item.scene()) is not None:
            scene.removeItem(item)
