"""Keep optimised noise maps free of signal (Karras et al., 2020, appendix D, eq. 5)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

SMALLEST_PX = 8


def noise_correlation(noise: Tensor) -> Tensor:
    """Squared correlation of a map [1, 1, r, r] with itself shifted by one pixel, over both axes and an average-pooled pyramid down to 8 px."""
    total = noise.new_zeros(())
    while True:
        for axis in (2, 3):
            total = total + (noise * noise.roll(1, dims=axis)).mean().square()
        if noise.shape[2] <= SMALLEST_PX:
            return total
        noise = F.avg_pool2d(noise, 2)
