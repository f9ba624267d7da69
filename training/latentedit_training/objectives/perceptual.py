"""Likeness in the features of a classifier (Johnson et al., 2016): content by features, style by their correlations."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def content_loss(features: Sequence[Tensor], target_features: Sequence[Tensor]) -> Tensor:
    """Mean squared difference at each layer, summed over layers (eq. 2): ``[N]`` of feature maps ``[N, C, H, W]``."""
    squares = [(a - b).square().flatten(1).mean(1) for a, b in zip(features, target_features, strict=True)]
    return torch.stack(squares).sum(0)


def gram_matrix(features: Tensor) -> Tensor:
    """``[N, C, C]``: correlations of the channels of ``[N, C, H, W]``, divided by C H W (eq. 3)."""
    flat = features.flatten(2)
    return flat @ flat.transpose(1, 2) / (flat.shape[1] * flat.shape[2])


def style_loss(features: Sequence[Tensor], target_features: Sequence[Tensor]) -> Tensor:
    """Squared Frobenius distance of Gram matrices, summed over layers (eq. 4): ``[N]``."""
    pairs = zip(features, target_features, strict=True)
    return torch.stack([(gram_matrix(a) - gram_matrix(b)).square().flatten(1).sum(1) for a, b in pairs]).sum(0)
