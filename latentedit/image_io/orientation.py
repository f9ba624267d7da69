"""The eight EXIF orientations as views of arrays and as maps of boxes.

*Stored* is how the samples lie in the file, *upright* is how they are to be looked at. EXIF 2.3, tag 0x0112.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""


def swaps_sides(orientation: int) -> bool:
    """Tell whether width and height change places between stored and upright."""
    return orientation >= 5


def upright(stored: NDArray[Any], orientation: int) -> NDArray[Any]:
    """View stored samples [H, W, ...] the way they are to be looked at (no copy)."""
    match orientation:
        case 2:
            return stored[:, ::-1]
        case 3:
            return stored[::-1, ::-1]
        case 4:
            return stored[::-1]
        case 5:
            return stored.swapaxes(0, 1)
        case 6:
            return np.rot90(stored, -1)
        case 7:
            return stored[::-1, ::-1].swapaxes(0, 1)
        case 8:
            return np.rot90(stored, 1)
        case _:
            return stored


def stored(upright_samples: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Undo :func:`upright`: view upright samples the way they lie in the file (no copy)."""
    # The two quarter turns are each other's inverse; the other six are their own.
    return upright(upright_samples, {6: 8, 8: 6}.get(orientation, orientation))


def stored_box(box: Box, orientation: int, stored_size: tuple[int, int]) -> Box:
    """Where an upright box lies among the stored samples.

    Args:
        box: in upright pixels.
        orientation: 1 to 8.
        stored_size: width and height of the stored samples.
    """
    width, height = stored_size
    left, top, right, bottom = box
    if orientation in (5, 6, 7, 8):
        # Rows of the upright picture are columns of the stored one.
        left, top, right, bottom = top, left, bottom, right
    if orientation in (2, 3, 7, 8):
        left, right = width - right, width - left
    if orientation in (3, 4, 6, 7):
        top, bottom = height - bottom, height - top
    return left, top, right, bottom
