"""A small to-image layer fitted by us, since the published MobileStyleGAN weights lack all but the last.

It is what the training code had at this place (a modulated 1x1 convolution to wavelet coefficients), preceded by one cheap hidden
convolution that makes up for what a linear layer cannot draw. ``scripts/fit_preview_head.py`` fits it to the area-resized full drawing.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.wavelets import inverse_haar

HIDDEN_CHANNELS = 32


class PreviewHead(nn.Module):
    """Features [N, C, h, w] and a style w [N, 512] -> image [N, 3, 2h, 2w]."""

    def __init__(self, channels: int, w_dim: int = 512) -> None:
        super().__init__()
        self.modulation = nn.Linear(w_dim, channels)
        self.linear = nn.Conv2d(channels, 12, 1)
        self.reduce = nn.Conv2d(channels, HIDDEN_CHANNELS, 1)
        self.expand = nn.Conv2d(HIDDEN_CHANNELS, 12, 3, padding=1)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        x = x * self.modulation(w)[:, :, None, None]
        coefficients = self.linear(x) + self.expand(F.leaky_relu(self.reduce(x), 0.2))
        return inverse_haar(coefficients)


def start_from_linear(head: PreviewHead, weight: Tensor, bias: Tensor) -> None:
    """Make ``head`` equal to the linear map ``weight`` [12, C], ``bias`` [12] (a least-squares solution) before it is trained."""
    with torch.no_grad():
        head.modulation.weight.zero_()
        head.modulation.bias.fill_(1.0)
        head.linear.weight.copy_(weight[:, :, None, None])
        head.linear.bias.copy_(bias)  # type: ignore[union-attr]
        head.expand.weight.zero_()
        head.expand.bias.zero_()  # type: ignore[union-attr]
