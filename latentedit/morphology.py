"""Growing and shrinking grey pictures by squares, in time that hardly depends on the square's size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


def eroded(pixels: Grey, radius: int) -> Grey:
    """The least of the (2 radius + 1)^2 pixels around each of [H, W], edges repeated: minima of spans of two, four, eight... put together."""
    width = 2 * min(radius, max(pixels.shape)) + 1
    for _ in range(2):
        least, covered = np.pad(pixels, [(width // 2, width // 2), (0, 0)], "edge"), 1
        while covered * 2 <= width:
            least, covered = np.minimum(least[:-covered], least[covered:]), covered * 2
        rest = width - covered
        pixels = (np.minimum(least[:-rest], least[rest:]) if rest else least).T
    return pixels


def grown(pixels: Grey, radius: int) -> Grey:
    """The greatest of the (2 radius + 1)^2 pixels around each of [H, W], edges repeated."""
    return 255 - eroded(255 - pixels, radius)
