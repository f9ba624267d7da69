"""Where the photograph lies in the view: one scale and one shift, and the maps between the two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QPolygonF, QTransform

from latentedit.alignment import square_to_quad

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Placement:
    """From photograph coordinates (whole numbers at pixels' centres) to logical pixels of the view.

    Attributes:
        scale: logical pixels of the view for one of the photograph.
        left: where the photograph's left edge lies in the view.
        top: where its upper edge lies.
    """

    scale: float
    left: float
    top: float

    def to_view(self, points: Array) -> Array:
        """Map points [..., 2]."""
        return (np.asarray(points, dtype=np.float64) + 0.5) * self.scale + (self.left, self.top)

    def to_photo(self, points: Array) -> Array:
        """Inverse of :meth:`to_view`."""
        return (np.asarray(points, dtype=np.float64) - (self.left, self.top)) / self.scale - 0.5

    def photo_point(self, at: QPointF) -> tuple[float, float]:
        """The place in the photograph under a point of the view."""
        x, y = self.to_photo(np.array([at.x(), at.y()])).tolist()
        return x, y

    def view_point(self, point: tuple[float, float]) -> QPointF:
        """The point of the view over a place in the photograph."""
        return QPointF(*self.to_view(np.array(point)).tolist())

    def view_polygon(self, points: Array) -> QPolygonF:
        """Points [N, 2] of the photograph as a polygon in the view."""
        return QPolygonF([QPointF(x, y) for x, y in self.to_view(points).tolist()])


def square_transform(quad: Array, size: float) -> QTransform:
    """From the square [0, size]^2 (its outer edges) onto a quad: the engine's homography, as Qt writes it (of row vectors, transposed)."""
    return QTransform(*square_to_quad(quad, size).T.ravel().tolist())
