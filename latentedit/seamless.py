"""Gradient-domain cloning: a drawing takes the colours of the photograph around it (Perez et al., 2003, "Poisson Image Editing").

Keeping the drawing's gradients inside a region, with the photograph's values on its border, is the same as adding to the drawing the
harmonic membrane that is stretched over the region from the differences on the border (equation 4 there with a guidance field that is a
gradient). The membrane is smooth, so it is found at a small size.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

SWEEPS = 24
"""Relaxations at each size; the coarser size has brought nearly all that is far away."""
SMALLEST_PX = 8


def membrane(border: Tensor, inside: Tensor) -> Tensor:
    """The harmonic function that equals ``border`` outside of a region.

    Solves Laplace's equation with Dirichlet values by relaxation from coarse to fine.

    Args:
        border: [1, C, H, W]; only what lies outside counts.
        inside: [1, 1, H, W], 1 inside the region and 0 outside.

    Returns: [1, C, H, W], equal to ``border`` outside.
    """
    outside = 1 - inside
    known = border * outside
    if min(border.shape[-2:]) <= SMALLEST_PX:
        # Its mean is as good a beginning as any for so few pixels.
        mean = known.sum(dim=(2, 3), keepdim=True) / outside.sum().clamp_min(1)
        solution = known + inside * mean
        return _relaxed(solution, known, inside, 4 * SWEEPS)
    # A coarse pixel is known where one of its four is, by the mean of those that are.
    share = F.avg_pool2d(outside, 2, ceil_mode=True)
    coarse_border = F.avg_pool2d(known, 2, ceil_mode=True) / share.clamp_min(1e-6)
    coarse = membrane(coarse_border, (share == 0).to(inside))
    height, width = border.shape[-2:]
    start = F.interpolate(coarse, scale_factor=2, mode="bilinear", align_corners=False)[..., :height, :width]
    return _relaxed(known + inside * start, known, inside, SWEEPS)


def _relaxed(solution: Tensor, known: Tensor, inside: Tensor, sweeps: int) -> Tensor:
    """After so many rounds of red-black Gauss-Seidel: each pixel inside becomes the mean of its four neighbours."""
    height, width = solution.shape[-2:]
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    red = ((x + y) % 2 == 0).to(solution)
    for _ in range(sweeps):
        for colour in (red, 1 - red):
            padded = F.pad(solution, (1, 1, 1, 1), mode="replicate")
            around = padded[..., :-2, 1:-1] + padded[..., 2:, 1:-1] + padded[..., 1:-1, :-2] + padded[..., 1:-1, 2:]
            solution = torch.lerp(solution, around / 4, inside * colour)
    return known + inside * solution
