"""Smooth pictures: total variation (Rudin et al., 1992; as a loss in Mahendran and Vedaldi, 2015, and Johnson et al., 2016)."""

from __future__ import annotations

import torch
from torch import Tensor


def anisotropic_total_variation(image: Tensor) -> Tensor:
    """``Σ |∂x| + |∂y|`` over the neighbours in an image ``[N, C, H, W]``, divided by its number of values: ``[N]``."""
    vertical = (image[..., 1:, :] - image[..., :-1, :]).abs().flatten(1).sum(1)
    horizontal = (image[..., :, 1:] - image[..., :, :-1]).abs().flatten(1).sum(1)
    return (vertical + horizontal) / image[0].numel()


def isotropic_total_variation(image: Tensor, *, epsilon: float = 1e-8) -> Tensor:
    """``Σ sqrt(∂x² + ∂y² + ε)`` over the inner pixels of an image ``[N, C, H, W]``, divided by their number: ``[N]``.

    ε keeps the gradient finite in flat areas.
    """
    dy = image[..., 1:, :-1] - image[..., :-1, :-1]
    dx = image[..., :-1, 1:] - image[..., :-1, :-1]
    return torch.sqrt(dx.square() + dy.square() + epsilon).flatten(1).mean(1)
