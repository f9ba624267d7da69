"""Faces in a picture: looked for, measured, and told from patterns. Needs dlib and numpy, not torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentedit.alignment import ffhq_quad, quad_side
from latentedit.detection import Detector
from latentedit.detection_views import Detection, Scales

MIN_PHOTO_SIDE_PX = 16
"""Photographs narrower than this hold no face; dlib cannot read lines."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class FoundFace:
    """Where a face is.

    Attributes:
        box: where the detector saw it: left, top, right, bottom in pixels, cut to the picture.
        landmarks: the 68 iBUG points, [68, 2] (whole numbers are pixel centres).
        quad: the FFHQ square, [4, 2]: top left, bottom left, bottom right, top right. It may reach outside.
    """

    box: Box
    landmarks: NDArray[np.float64]
    quad: NDArray[np.float64]


def search_faces(rgb_uint8: NDArray[np.uint8], detector: Detector) -> list[FoundFace]:
    """Find all faces of a picture [H, W, 3], largest first; none in one that is too small."""
    height, width = rgb_uint8.shape[:2]
    if min(width, height) < MIN_PHOTO_SIDE_PX:
        return []
    scales = Scales(rgb_uint8)
    found: list[tuple[Detection, FoundFace]] = []
    for seen in detector.detect(scales):
        points = detector.landmarks(scales, seen)
        quad = ffhq_quad(points)
        if _plausible(seen, quad, (width, height)):
            found.append((seen, FoundFace(_box(seen, (width, height)), points, quad)))
    found.sort(key=lambda item: (-quad_side(item[1].quad), item[0].x, item[0].y))
    return [face for _, face in found]


def _plausible(seen: Detection, quad: NDArray[np.float64], size: tuple[int, int]) -> bool:
    """Tell faces from patterns, where landmarks give a quad of another size or place than the box."""
    ratio = quad_side(quad) / seen.side
    centre = quad.mean(axis=0)
    apart = float(np.hypot(centre[0] - seen.x, centre[1] - seen.y)) / seen.side
    inside = 0 <= centre[0] < size[0] and 0 <= centre[1] < size[1]
    return 1.1 < ratio < 3.2 and apart < 0.5 and inside


def _box(seen: Detection, size: tuple[int, int]) -> Box:
    half = seen.side / 2
    left, top = max(round(seen.x - half), 0), max(round(seen.y - half), 0)
    return left, top, min(round(seen.x + half), size[0]), min(round(seen.y + half), size[1])
