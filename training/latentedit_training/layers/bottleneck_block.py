"""The residual blocks of BigGAN-deep (Brock et al., 2019, arXiv:1809.11096, appendix B and figure 16): four convolutions, the middle ones on a quarter of the
channels, and shortcuts that keep the input as it is: a generator's drops channels, a discriminator's adds some."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.residual_block import doubled

RATIO = 4
"""How many times fewer channels the middle has."""


class BottleneckUpBlock(nn.Module):
    """``[N, I, H, W]`` and a condition ``[N, condition_dim]`` -> ``[N, O, 2H, 2W]``, or as large as before.

    Args:
        in_channels, out_channels: I and O, O at most I.
        doubles: whether height and width double.
    """

    def __init__(self, in_channels: int, out_channels: int, condition_dim: int, *, doubles: bool) -> None:
        super().__init__()
        self.out_channels, self.doubles = out_channels, doubles
        hidden = max(in_channels // RATIO, 1)
        self.norms = nn.ModuleList(ConditionalBatchNorm(width, condition_dim) for width in (in_channels, hidden, hidden, hidden))
        self.conv1 = nn.Conv2d(in_channels, hidden, 1)
        self.conv2 = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.conv3 = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.conv4 = nn.Conv2d(hidden, out_channels, 1)

    def forward(self, x: Tensor, condition: Tensor | None = None) -> Tensor:
        h = F.relu(self.norms[1](self.conv1(F.relu(self.norms[0](x, condition))), condition))
        h = self.conv2(doubled(h) if self.doubles else h)
        h = self.conv3(F.relu(self.norms[2](h, condition)))
        h = self.conv4(F.relu(self.norms[3](h, condition)))
        kept = x[:, : self.out_channels]
        result: Tensor = h + (doubled(kept) if self.doubles else kept)
        return result


class BottleneckDownBlock(nn.Module):
    """``[N, I, H, W]`` -> ``[N, O, H/2, W/2]``, or as large as before.

    Args:
        in_channels, out_channels: I and O, O at least I.
        halves: whether height and width are halved.
    """

    def __init__(self, in_channels: int, out_channels: int, *, halves: bool) -> None:
        super().__init__()
        self.halves = halves
        hidden = max(out_channels // RATIO, 1)
        self.conv1 = nn.Conv2d(in_channels, hidden, 1)
        self.conv2 = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.conv3 = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.conv4 = nn.Conv2d(hidden, out_channels, 1)
        self.added = nn.Conv2d(in_channels, out_channels - in_channels, 1) if out_channels > in_channels else None

    def forward(self, x: Tensor) -> Tensor:
        h = self.conv1(F.relu(x))
        h = self.conv2(F.relu(h))
        h = F.relu(self.conv3(F.relu(h)))
        if self.halves:
            h, x = F.avg_pool2d(h, 2), F.avg_pool2d(x, 2)
        kept = x if self.added is None else torch.cat([x, self.added(x)], dim=1)
        result: Tensor = self.conv4(h) + kept
        return result
