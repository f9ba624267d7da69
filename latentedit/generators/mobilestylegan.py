"""MobileStyleGAN (Belousov, 2021, arXiv:2104.04767): StyleGAN2's FFHQ faces at 1024 px with a tenth of the operations.

The synthesis network predicts Haar wavelet coefficients, upsamples by the inverse transform, and replaces the dense modulated
convolutions by depthwise-separable ones whose demodulation is folded into constant weights. Its latent space is that of the
StyleGAN2 network from which it was distilled, so published StyleGAN2-FFHQ directions apply.

Styles (22): index 0 steers the first convolution; block ``i`` (features of ``8 * 2**i`` px) takes ``3i+1`` for the upsampling and first
convolution (two modulations, one style), ``3i+2`` for the second convolution, and ``3i+3`` for the to-image layer, of which only the last
is part of the published weights. Layers without an effect are still counted, so that indices match the training code's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LEAKY_SLOPE = 0.2
NUM_BLOCKS = 7


def map_to_w(z: Tensor, layers: Sequence[tuple[Tensor, Tensor]]) -> Tensor:
    """The mapping network: pixel norm, then linear layers with leaky ReLU and gain sqrt 2. [N, 512] -> [N, 512]."""
    x = z * torch.rsqrt(z.square().mean(dim=1, keepdim=True) + 1e-8)
    for weight, bias in layers:
        x = F.leaky_relu(F.linear(x, weight, bias), LEAKY_SLOPE) * math.sqrt(2)
    return x


def inverse_haar(coefficients: Tensor) -> Tensor:
    """One level of the inverse 2-D Haar transform, [N, 4C, H, W] -> [N, C, 2H, 2W].

    The first C channels are the averages; channel ``C + 3c + k`` is the k-th detail (vertical, horizontal, diagonal) of channel c.
    Each output pixel is half the signed sum of its four coefficients (the transform is orthonormal).
    """
    n, channels, h, w = coefficients.shape
    c = channels // 4
    average = coefficients[:, :c]
    vertical, horizontal, diagonal = coefficients[:, c:].view(n, c, 3, h, w).unbind(dim=2)
    up, down = average + vertical, average - vertical
    same, cross = horizontal + diagonal, horizontal - diagonal
    corners = torch.stack((up + same, up - same, down + cross, down - cross), dim=2)  # [N, C, 4, H, W]
    return F.pixel_shuffle(corners.view(n, 4 * c, h, w), 2) * 0.5
