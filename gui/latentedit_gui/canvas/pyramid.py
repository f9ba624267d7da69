"""Halvings of a picture, so that painting it small costs no more than what is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PyQt6.QtGui import QImage

from latentedit_gui.pixels import image_of

Pixels = NDArray[np.uint8]

_ROWS_AT_ONCE = 256
"""Pillow halves while no other thread runs: strips let the window breathe."""
_SMALLEST_PX = 64


@dataclass(frozen=True, eq=False)
class Pyramid:
    """A picture and its halvings, ready to be painted.

    Attributes:
        images: of full size, half, a quarter and so on, each with a memory of its own.
    """

    images: tuple[QImage, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.images[0].width(), self.images[0].height()


def pyramid(pixels: Pixels) -> Pyramid:
    """Halve a picture until it is small. No widget is touched: a worker thread may do it (0.2 s for 24 megapixels).

    Args:
        pixels: [H, W, 3] sRGB or [H, W, 4] sRGB with straight alpha, uint8.
    """
    level = np.ascontiguousarray(pixels)
    # Also of full size: Qt scales 24-bit colour, as the array has it, three times slower than what image_of makes of it.
    images = [image_of(level)]
    while max(level.shape[:2]) > _SMALLEST_PX:
        level = _halved(level)
        images.append(image_of(level))
    return Pyramid(tuple(images))


def _halved(pixels: Pixels) -> Pixels:
    """Means of 2x2 pixels, weighted by alpha where there is one; an odd last row or column stands for itself."""
    height, width = pixels.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, pixels.shape[2]), dtype=np.uint8)
    for start in range(0, height, _ROWS_AT_ONCE):
        strip = np.asarray(Image.fromarray(pixels[start : start + _ROWS_AT_ONCE]).reduce(2))
        half[start // 2 : start // 2 + len(strip)] = strip
    return half
