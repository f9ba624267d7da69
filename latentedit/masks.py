"""Where in the aligned square a drawing may change the photograph: soft masks [size, size] in [0, 1]."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Mask = NDArray[np.float32]
JAW, BROWS = slice(0, 17), slice(17, 27)
FOREHEAD = 0.9
"""How far above the brows the face's region reaches, in units of the distance from brows to chin."""
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
    jaw, brows = landmarks_in_square[JAW], landmarks_in_square[BROWS]
    up = brows.mean(axis=0) - landmarks_in_square[8]
    forehead = brows + FOREHEAD * 0.5 * up
    outline = np.concatenate([jaw, forehead[::-1]]) * size
    canvas = Image.new("L", (size, size))
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in outline], fill=255)
    grow = max(1, round(feather * size / 2))
    canvas = canvas.filter(ImageFilter.MaxFilter(2 * grow + 1)).filter(ImageFilter.GaussianBlur(feather * size / 2))
    soft = np.asarray(canvas, dtype=np.float32) / 255
    return np.asarray(soft * soft_square(0.05, size), dtype=np.float32)
