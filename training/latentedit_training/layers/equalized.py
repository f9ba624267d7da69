"""An equalised learning rate (ProGAN: Karras et al., 2018, arXiv:1710.10196, section 4.1).

Weights are drawn from N(0, 1) and multiplied, whenever they are used, by He's constant ``gain / sqrt(fan_in)``. Adam's steps do not depend on the size of
gradients, so that all weights learn equally fast relative to what they are used as.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class EqualizedLinear(nn.Module):
    """``x W^T gain / sqrt(I) + b``: ``[N, I]`` -> ``[N, O]``.

    Args:
        gain: sqrt 2 in front of a (leaky) ReLU, 1 where nothing follows.
        rate: a learning rate multiplier: below 1 for slower learning, with the same function at the start (StyleGAN's mapping network has 0.01).
        bias: whether there is b.
    """

    def __init__(self, in_features: int, out_features: int, *, gain: float = 1.0, rate: float = 1.0, bias: bool = True) -> None:
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / rate)
        self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None
        self.scale, self.rate = gain / math.sqrt(in_features) * rate, rate

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight * self.scale, None if self.bias is None else self.bias * self.rate)


class EqualizedConv2d(nn.Module):
    """A convolution of stride 1 that keeps height and width, its kernel scaled by ``gain / sqrt(I k^2)``: ``[N, I, H, W]`` -> ``[N, O, H, W]``.

    Args:
        size: k, height and width of the kernel, odd.
        gain: as of :class:`EqualizedLinear`.
        bias: whether there is one.
    """

    def __init__(self, in_channels: int, out_channels: int, size: int, *, gain: float = math.sqrt(2), bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_channels, in_channels, size, size))
        self.bias = nn.Parameter(torch.zeros(out_channels)) if bias else None
        self.scale, self.padding = gain / math.sqrt(in_channels * size**2), size // 2

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight * self.scale, self.bias, padding=self.padding)
