"""Outlines that the 68 iBUG landmarks [68, 2] of a face give, on the aligned square [0, 1]^2."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Points = NDArray[np.float64]
CHIN = 8
JAW, BROWS = slice(0, 17), slice(17, 27)
LEFT_BROW, RIGHT_BROW, NOSE = slice(17, 22), slice(22, 27), slice(27, 36)
LEFT_EYE, RIGHT_EYE, MOUTH = slice(36, 42), slice(42, 48), slice(48, 60)
FOREHEAD = 0.9
"""How far above the brows the face's outline reaches, in units of half the distance from brows to chin."""


def face_outline(landmarks: Points) -> Points:
    """From ear to ear along the jaw, and back over the forehead."""
    brows = landmarks[BROWS]
    forehead = brows + FOREHEAD * 0.5 * (brows.mean(axis=0) - landmarks[CHIN])
    return np.concatenate([landmarks[JAW], forehead[::-1]])


def hull(points: Points) -> Points:
    """The convex hull of a few points, by angle around their mean: those of a face's parts are nearly convex already."""
    centre = points.mean(axis=0)
    return np.asarray(points[np.argsort(np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0]))])


def filled(outlines: Sequence[Points], size: int) -> Image.Image:
    """White inside the outlines, black elsewhere: 8-bit grey, [size, size]."""
    canvas = Image.new("L", (size, size))
    draw = ImageDraw.Draw(canvas)
    for outline in outlines:
        draw.polygon([(float(x), float(y)) for x, y in outline * size], fill=255)
    return canvas
