"""Adaptive instance normalisation (Huang and Belongie, 2017, arXiv:1703.06868, equation 8): each feature map gets the mean and deviation that a style says."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def statistics(x: Tensor, eps: float = 1e-5) -> tuple[Tensor, Tensor]:
    """Mean and deviation ``sqrt(variance + eps)`` of each feature map: ``[N, C, H, W]`` -> ``[N, C]`` twice (equations 5 and 6)."""
    variance, mean = torch.var_mean(x, dim=(2, 3), correction=0)
    return mean, (variance + eps).sqrt()


def adain(x: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    """Feature maps ``[N, C, H, W]`` with the mean and deviation ``[N, C]`` that are given (those of another picture's features, for style transfer)."""
    own_mean, own_deviation = statistics(x)
    factor = deviation / own_deviation
    return x * factor[:, :, None, None] + (mean - own_mean * factor)[:, :, None, None]


class AdaIN(nn.Module):
    """Features ``[N, C, H, W]`` and a style ``[N, style_dim]`` -> ``[N, C, H, W]``, as StyleGAN's first version uses it.

    A linear map of the style gives mean and deviation; its bias starts at 0 and 1.
    """

    def __init__(self, features: int, style_dim: int) -> None:
        super().__init__()
        self.style = nn.Linear(style_dim, 2 * features)
        with torch.no_grad():
            self.style.bias[:features] = 0
            self.style.bias[features:] = 1

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        mean, deviation = self.style(style).chunk(2, dim=1)
        return adain(x, mean, deviation)
