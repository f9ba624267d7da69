"""New colours for a part of a photograph, and how they get into the stored samples without touching any others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Patch:
    """New colours for a rectangle of the upright photograph: each pixel becomes ``old + alpha * (rgb - old)``.

    Attributes:
        left_px, top_px: place of the top left pixel in the upright photograph; the rectangle may reach outside.
        rgb: the new colours, float32 [h, w, 3] in [0, 1], sRGB.
        alpha: how much of them, float32 [h, w] in [0, 1]; 0 leaves the stored samples exactly as they are.

    Raises:
        ValueError: the shapes do not fit each other.
    """

    left_px: int
    top_px: int
    rgb: NDArray[np.float32]
    alpha: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.alpha.ndim != 2 or self.rgb.shape != (*self.alpha.shape, 3):
            raise ValueError(f"a patch of colours {self.rgb.shape} does not fit its alpha {self.alpha.shape}")
