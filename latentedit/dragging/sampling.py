"""Features at places between their pixels."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def sample(features: Tensor, places: Tensor) -> Tensor:
    """Bilinear values of ``features`` [1, C, h, w] at ``places`` [..., 2], (x, y) on the square [0, 1]^2: [..., C].

    Pixel (i, j) lies at ((j + 0.5) / w, (i + 0.5) / h); beyond the outermost ones their values go on.
    """
    grid = (places * 2 - 1).reshape(1, 1, -1, 2)
    values = F.grid_sample(features, grid, mode="bilinear", padding_mode="border", align_corners=False)
    return values[0, :, 0].T.reshape(*places.shape[:-1], features.shape[1])


def disc(radius: float, spacing: float, device: torch.device | None = None) -> Tensor:
    """Offsets [P, 2] of a grid's points within ``radius`` of its middle, which is the only one when the grid is wider."""
    grid = square(radius, spacing, device)
    return grid[grid.square().sum(dim=1) <= radius**2 * (1 + 1e-6)]


def square(radius: float, spacing: float, device: torch.device | None = None) -> Tensor:
    """Offsets [(2n + 1)^2, 2] of a grid of n = radius / spacing (rounded down) points to each side, row by row."""
    count = int(radius / spacing + 1e-6)
    ticks = torch.arange(-count, count + 1, device=device) * spacing
    return torch.cartesian_prod(ticks, ticks).flip(1)
