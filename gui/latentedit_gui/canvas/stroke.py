"""What a stroke of a soft round brush does to a mask over a face's square. Pure arithmetic, no Qt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from latentedit.alignment import apply_homography, quad_side, quad_to_square, square_to_quad

Array = NDArray[np.float64]
Mask = NDArray[np.uint8]
Point = tuple[float, float]

_HARD = 0.6
"""The share of the radius inside of which the brush covers fully."""
_NARROWEST = 0.75
"""Pixels of the mask: a brush that is thinner paints as one of this radius, so that it paints at all."""


def stroke_segment(cover: Mask, quad: Array, start: Point, end: Point, radius: float) -> None:
    """Add a straight piece of a stroke to what the stroke covers, in place.

    Distances are measured in the photograph, so that a turned or tilted square gets the same round brush as an upright one.

    Args:
        cover: [S, S] uint8 over the square: 0 where the stroke has not been, 255 where it covers fully.
        quad: the square's corners [4, 2] in the photograph.
        start: where the piece starts, in the photograph.
        end: where it ends; may be the same place.
        radius: of the brush, in the photograph's pixels.
    """
    size = len(cover)
    radius = max(radius, _NARROWEST * quad_side(quad) / size)
    rows, columns = _reached(size, quad, start, end, radius)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    y, x = np.mgrid[rows, columns]
    places = apply_homography(square_to_quad(quad, size), np.stack([x + 0.5, y + 0.5], axis=-1))
    away = distance_to_segment(places, np.array(start), np.array(end)) / radius
    fall = np.clip((1 - away) / (1 - _HARD), 0, 1)
    soft = np.rint(fall * fall * (3 - 2 * fall) * 255).astype(np.uint8)
    np.maximum(cover[rows, columns], soft, out=cover[rows, columns])


def stroked(mask: Mask, cover: Mask, *, erase: bool) -> Mask:
    """The mask after a stroke: no less than what a brush covers, no more than what an eraser leaves."""
    return np.minimum(mask, 255 - cover) if erase else np.maximum(mask, cover)


def distance_to_segment(points: Array, start: Array, end: Array) -> Array:
    """Distance of points [..., 2] to the nearest point of a piece of a line."""
    along = end - start
    length_squared = float(along @ along)
    share = np.clip((points - start) @ along / length_squared, 0, 1) if length_squared > 0 else np.zeros(points.shape[:-1])
    return np.hypot(*np.moveaxis(points - (start + share[..., None] * along), -1, 0))


def _reached(size: int, quad: Array, start: Point, end: Point, radius: float) -> tuple[slice, slice]:
    """Rows and columns of the mask that a piece of a stroke can reach."""
    low, high = np.minimum(start, end) - radius, np.maximum(start, end) + radius
    corners = np.array([[low[0], low[1]], [low[0], high[1]], [high[0], high[1]], [high[0], low[1]]])
    to_square = quad_to_square(quad, size)
    depths = np.append(corners, quad, axis=0) @ to_square[2, :2] + to_square[2, 2]
    if depths.min() * depths.max() <= 0:  # it crosses the horizon of a tilted square: its corners are no bounds
        return slice(0, size), slice(0, size)
    inside = apply_homography(to_square, corners)
    (left, top), (right, bottom) = inside.min(axis=0), inside.max(axis=0)

    def cut(first: float, last: float) -> slice:
        return slice(min(max(math.floor(first), 0), size), max(min(math.ceil(last), size), 0))

    return cut(top, bottom), cut(left, right)
