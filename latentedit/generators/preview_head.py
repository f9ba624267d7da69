"""A small network fitted by us that draws the preview, since the published MobileStyleGAN weights lack all to-image layers but the last.

It stands in for everything behind the last upsampling before 128 px: five styled convolutions at 128, 256 and 512 px and the to-image
layer, 13 of the generator's 14.6 GFLOP. Two narrow depthwise-separable layers do at 128 px what those do to an image that is then averaged to
256 px. They are modulated by all the styles that the left-out layers read, so that colour and contrast, which the finest styles steer, are
right in the preview and have gradients. ``scripts/fit_preview_head.py`` fits it to the area-resized full drawing.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.wavelets import inverse_haar

HIDDEN_CHANNELS = 96
FEATURE_SCALE = 1 / 48
"""Brings the features, whose deviation is about 48, to the size that fitting starts well from."""
STYLE_RANK = 96
"""The modulations are a linear map of all styles at once, of this rank."""


class PreviewHead(nn.Module):
    """Features [N, C, h, w] and styles [N, S, w_dim] -> image [N, 3, 2h, 2w]."""

    def __init__(self, channels: int, num_styles: int, w_dim: int = 512) -> None:
        super().__init__()
        hidden = HIDDEN_CHANNELS
        self.widths = (channels, hidden, hidden)
        self.squeeze = nn.Linear(num_styles * w_dim, STYLE_RANK, bias=False)
        self.modulation = nn.Linear(STYLE_RANK, sum(self.widths))
        self.enter = nn.Conv2d(channels, hidden, 1)
        self.depthwise1 = nn.Conv2d(hidden, hidden, 3, padding=1, groups=hidden, bias=False)
        self.pointwise1 = nn.Conv2d(hidden, hidden, 1)
        self.depthwise2 = nn.Conv2d(hidden, hidden, 3, padding=1, groups=hidden, bias=False)
        self.leave = nn.Conv2d(hidden, 12, 1)
        self.linear = nn.Conv2d(channels, 12, 1, bias=False)
        with torch.no_grad():
            self.modulation.bias.fill_(1.0)

    def forward(self, x: Tensor, styles: Tensor) -> Tensor:
        # The constant goes into the small tensor of scales, not into a pass over the features.
        scales = self.modulation(self.squeeze(styles.flatten(1)))[:, :, None, None]
        first, second, third = scales.split(self.widths, dim=1)
        x = x * (first * FEATURE_SCALE)
        y = F.leaky_relu(self.enter(x), 0.2)
        y = F.leaky_relu(self.pointwise1(self.depthwise1(y * second)), 0.2)
        return inverse_haar(self.linear(x) + self.leave(self.depthwise2(y * third)))
