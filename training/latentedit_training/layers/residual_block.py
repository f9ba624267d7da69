"""Residual blocks that double or halve height and width, in the order of SN-GAN's (Miyato et al., 2018, arXiv:1802.05957, figure 8).

A generator's block: norm, ReLU, upsampling, convolution, norm, ReLU, convolution. A discriminator's: ReLU, convolution, ReLU, convolution, mean of 2x2 pixels;
its first block has no ReLU in front, since images would lose their dark half. Beside them runs a 1x1 convolution, where height, width or channels change.
"""

from __future__ import annotations

import math

import torch.nn.functional as F
from torch import Tensor, nn

from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.normalisation import Normalisation, normalisation
from latentedit_training.layers.weight_layers import initialise


class UpBlock(nn.Module):
    """``[N, I, H, W]`` -> ``[N, O, 2H, 2W]``.

    Args:
        in_channels, out_channels: I and O.
        condition_dim: of the condition that batch norms depend on; 0 for none.
        doubles: whether height and width double.
    """

    def __init__(self, in_channels: int, out_channels: int, condition_dim: int = 0, *, doubles: bool = True) -> None:
        super().__init__()
        self.doubles = doubles
        self.norm1 = ConditionalBatchNorm(in_channels, condition_dim)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.norm2 = ConditionalBatchNorm(out_channels, condition_dim)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.shortcut = nn.Conv2d(in_channels, out_channels, 1) if doubles or in_channels != out_channels else nn.Identity()

    def forward(self, x: Tensor, condition: Tensor | None = None) -> Tensor:
        h = F.relu(self.norm1(x, condition))
        h = self.conv1(doubled(h) if self.doubles else h)
        h = self.conv2(F.relu(self.norm2(h, condition)))
        # A 1x1 convolution and nearest upsampling commute; this order is a quarter of the work.
        beside = self.shortcut(x)
        result: Tensor = h + (doubled(beside) if self.doubles else beside)
        return result


class DownBlock(nn.Module):
    """``[N, I, H, W]`` -> ``[N, O, H/2, W/2]``.

    Args:
        in_channels, out_channels: I and O.
        hidden: channels between the convolutions; I for None, as SN-GAN has it; for a first block always O.
        halves: whether height and width are halved.
        first: whether it sees an image.
        norm: in front of each ReLU.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        *,
        hidden: int | None = None,
        halves: bool = True,
        first: bool = False,
        norm: Normalisation = "none",
    ) -> None:
        super().__init__()
        hidden = out_channels if first else hidden or in_channels
        self.halves, self.first = halves, first
        self.norm1 = nn.Identity() if first else normalisation(norm, in_channels)
        self.conv1 = nn.Conv2d(in_channels, hidden, 3, padding=1)
        self.norm2 = normalisation(norm, hidden)
        self.conv2 = nn.Conv2d(hidden, out_channels, 3, padding=1)
        self.shortcut = nn.Conv2d(in_channels, out_channels, 1) if halves or in_channels != out_channels else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        h = x if self.first else F.relu(self.norm1(x))
        h = self.conv2(F.relu(self.norm2(self.conv1(h))))
        if not self.halves:
            result: Tensor = h + self.shortcut(x)
            return result
        # A 1x1 convolution and a mean commute; this order is a quarter of the work.
        return F.avg_pool2d(h, 2) + self.shortcut(F.avg_pool2d(x, 2))


def doubled(x: Tensor) -> Tensor:
    """Each pixel four times: ``[N, C, H, W]`` -> ``[N, C, 2H, 2W]``."""
    return F.interpolate(x, scale_factor=2, mode="nearest")


def initialise_residual(module: nn.Module, *, last: nn.Conv2d | None = None) -> None:
    """Glorot's uniform weights, with a gain of sqrt 2 for 3x3 convolutions, which ReLUs surround, and 1 for all else, as in SN-GAN's code.

    Conditional gains and biases stay as they are.

    Args:
        module: whose weights.
        last: the convolution that makes the image, behind which there is no ReLU.
    """

    def draw(weight: Tensor) -> object:
        spatial = weight.ndim == 4 and weight.shape[2] > 1
        return nn.init.xavier_uniform_(weight, gain=math.sqrt(2) if spatial else 1.0)

    initialise(module, draw, except_in=(ConditionalBatchNorm,))
    if last is not None:
        nn.init.xavier_uniform_(last.weight)
