"""Halvings of a picture, so that painting it small costs no more than what is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PyQt6.QtGui import QImage

from latentedit_gui.pixels import image_of, shared_image

Pixels = NDArray[np.uint8]

_ROWS_AT_ONCE = 256
"""Pillow halves while no other thread runs: strips let the window breathe."""
_SMALLEST_PX = 64


@dataclass(frozen=True, eq=False)
class Pyramid:
    """A picture and its halvings, ready to be painted.

    Attributes:
        pixels: [H, W, 3] sRGB or [H, W, 4] with straight alpha: the picture itself, not to be changed while the pyramid lives.
        images: of full size, half, a quarter and so on; the first looks at ``pixels`` where that paints quickly.
    """

    pixels: Pixels
    images: tuple[QImage, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


def pyramid(pixels: Pixels) -> Pyramid:
    """Halve a picture until it is small. No widget is touched: a worker thread may do it (0.2 s for 24 megapixels).

    Args:
        pixels: [H, W, 3] sRGB or [H, W, 4] sRGB with straight alpha, uint8.
    """
    pixels = np.ascontiguousarray(pixels)
    # Qt blits 24-bit colour as fast as any, and only scales it slowly: the whole picture needs no second copy.
    images = [shared_image(pixels) if pixels.shape[2] == 3 else image_of(pixels)]
    level = pixels
    while max(level.shape[:2]) > _SMALLEST_PX:
        level = _halved(level)
        images.append(image_of(level))
    return Pyramid(pixels, tuple(images))


def _halved(pixels: Pixels) -> Pixels:
    """Means of 2x2 pixels, weighted by alpha where there is one; an odd last row or column stands for itself."""
    height, width = pixels.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, pixels.shape[2]), dtype=np.uint8)
    for start in range(0, height, _ROWS_AT_ONCE):
        strip = np.asarray(Image.fromarray(pixels[start : start + _ROWS_AT_ONCE]).reduce(2))
        half[start // 2 : start // 2 + len(strip)] = strip
    return half
