"""A generator whose features are one blob, at the place that the latent names: what a drag does to it can be told exactly."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.generators.toy import ToyGenerator

RESOLUTION = 32
SPREAD = 2.5 / RESOLUTION


def blob(centre: Tensor, resolution: int = RESOLUTION) -> Tensor:
    """Features [1, 3, r, r] of a Gaussian around ``centre`` [2], (x, y) on [0, 1]^2, with both of its slopes, so that no place is like another."""
    ticks = (torch.arange(resolution) + 0.5) / resolution
    x, y = ticks[None] - centre[0], ticks[:, None] - centre[1]
    height = torch.exp(-(x**2 + y**2) / (2 * SPREAD**2))
    return torch.stack([height, height * x / SPREAD, height * y / SPREAD])[None]


class BlobGenerator(ToyGenerator):
    """The toy, but for its features: a blob whose centre is the first two numbers of the first style."""

    def __init__(self) -> None:
        super().__init__()
        self.w_std.fill_(self.w_dim**0.5)  # one number of w deviates by 1

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        return blob(w_plus[0, 0, :2], resolution)

    def latent(self, x: float, y: float) -> Tensor:
        """The latent [1, num_ws, w_dim] of a blob at (x, y)."""
        w_plus = torch.zeros(1, self.num_ws, self.w_dim)
        w_plus[0, 0, :2] = torch.tensor([x, y])
        return w_plus
