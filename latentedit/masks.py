"""Where in the aligned square a drawing may change: soft masks [size, size] in [0, 1]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from latentedit.edits import EditMask, Region

Mask = NDArray[np.float32]
Points = NDArray[np.float64]
JAW, BROWS = slice(0, 17), slice(17, 27)
LEFT_BROW, RIGHT_BROW, NOSE = slice(17, 22), slice(22, 27), slice(27, 36)
LEFT_EYE, RIGHT_EYE, MOUTH = slice(36, 42), slice(42, 48), slice(48, 60)
FOREHEAD = 0.9
"""How far above the brows the face's region reaches, in units of the distance from brows to chin."""
HEAD_WIDTH, HEAD_HEIGHT = 0.72, 1.2
"""Half axes of the ellipse around head and hair: in widths of the jaw, and in distances from brows to chin."""
MASK_PX = 256
"""Masks are smooth: they are made at this size and enlarged where they are used."""


def soft_square(feather: float, size: int = MASK_PX) -> Mask:
    """One in the middle, zero at the square's border, with a smooth step ``feather`` wide.

    Args:
        feather: a share of the side, above 0, at most 0.5.
        size: pixels of the mask's side.
    """
    centres = (np.arange(size) + 0.5) / size
    inside = np.clip(np.minimum(centres, 1 - centres) / feather, 0, 1)
    step = inside * inside * (3 - 2 * inside)
    return np.outer(step, step).astype(np.float32)


def face_mask(landmarks_in_square: NDArray[np.float64], feather: float, size: int = MASK_PX) -> Mask:
    """The face from chin to forehead, widened and softened by ``feather`` (a share of the side), zero at the square's border.

    Args:
        landmarks_in_square: the 68 iBUG points [68, 2] on [0, 1]^2.
    """
    canvas = _grown(_filled([_face_outline(landmarks_in_square)], size), feather / 2)
    return np.asarray(_softened(canvas, feather) * soft_square(0.05, size), dtype=np.float32)


def edit_mask(mask: EditMask, landmarks_in_square: Points, size: int) -> Mask:
    """Where an edit may change a drawing of ``size`` px; 1 deep inside its region, 0 far from it (or the other way round)."""
    # Widened by as much as blurring takes from it: thin regions would lose their middle.
    shape = region_shape(mask.region, landmarks_in_square, MASK_PX)
    soft = _softened(_grown(shape, mask.feather / 2), mask.feather)
    if mask.inverted:
        soft = 1 - soft
    enlarged = Image.fromarray(soft).resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(enlarged, dtype=np.float32).clip(0, 1)


def region_shape(region: Region, landmarks: Points, size: int = MASK_PX) -> Image.Image:
    """The region as white on black, [size, size]. Hair is what surrounds the face as far as hair usually does; landmarks do not know it."""
    face = _filled([_face_outline(landmarks)], size)
    if region == "face":
        return face
    if region in _PARTS:
        return _parts(region, landmarks, size)
    if region == "skin":
        features = np.maximum.reduce([np.asarray(_parts(part, landmarks, size)) for part in ("eyes", "brows", "mouth")])
        return Image.fromarray(np.minimum(np.asarray(face), 255 - features))
    head = np.maximum(np.asarray(_head(landmarks, size)), np.asarray(face))
    if region == "background":
        return Image.fromarray(255 - head)
    return Image.fromarray(np.minimum(head, 255 - np.asarray(face)))


def _parts(region: Region, landmarks: Points, size: int) -> Image.Image:
    """Eyes, brows, nose or mouth, with the skin close by that moves with them."""
    slices, margin = _PARTS[region]
    width = float(np.ptp(landmarks[JAW, 0]))
    return _grown(_filled([_hull(landmarks[part]) for part in slices], size), margin * width)


def _face_outline(landmarks: Points) -> Points:
    """From ear to ear along the jaw, and back over the forehead."""
    brows = landmarks[BROWS]
    forehead = brows + FOREHEAD * 0.5 * (brows.mean(axis=0) - landmarks[8])
    return np.concatenate([landmarks[JAW], forehead[::-1]])


def _head(landmarks: Points, size: int) -> Image.Image:
    """An ellipse around head and hair, turned as the face is."""
    chin, brows = landmarks[8], landmarks[BROWS].mean(axis=0)
    up = brows - chin
    across = np.array([-up[1], up[0]]) * (np.ptp(landmarks[JAW, 0]) / max(float(np.hypot(*up)), 1e-9) * HEAD_WIDTH)
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)[:, None]
    outline = brows + np.cos(angles) * across + np.sin(angles) * HEAD_HEIGHT * up
    return _filled([outline], size)


def _hull(points: Points) -> Points:
    """The convex hull of a few points, by angle around their mean: those of a face's parts are nearly convex already."""
    centre = points.mean(axis=0)
    return np.asarray(points[np.argsort(np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0]))])


def _filled(outlines: Sequence[Points], size: int) -> Image.Image:
    canvas = Image.new("L", (size, size))
    draw = ImageDraw.Draw(canvas)
    for outline in outlines:
        draw.polygon([(float(x), float(y)) for x, y in outline * size], fill=255)
    return canvas


def _grown(canvas: Image.Image, margin: float) -> Image.Image:
    """White widened by ``margin``, a share of the side."""
    return canvas.filter(ImageFilter.MaxFilter(2 * max(1, round(margin * canvas.width)) + 1))


def _softened(canvas: Image.Image, feather: float) -> Mask:
    blurred = canvas.filter(ImageFilter.GaussianBlur(feather * canvas.width / 2))
    return np.asarray(blurred, dtype=np.float32) / np.float32(255)


_PARTS: dict[Region, tuple[tuple[slice, ...], float]] = {
    "eyes": ((LEFT_EYE, RIGHT_EYE), 0.06),
    "brows": ((LEFT_BROW, RIGHT_BROW), 0.04),
    "nose": ((NOSE,), 0.04),
    "mouth": ((MOUTH,), 0.06),
}
"""Which landmarks a part has, and how far its region reaches beyond them, in widths of the jaw."""
