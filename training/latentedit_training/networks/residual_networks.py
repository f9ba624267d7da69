"""Generators and discriminators of residual blocks (SN-GAN: Miyato et al., 2018, arXiv:1802.05957, tables 4 to 6), with attention where it is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.normalisation import Normalisation, normalisation
from latentedit_training.layers.residual_block import DownBlock, UpBlock
from latentedit_training.layers.self_attention import SelfAttention
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import checked_labels
from latentedit_training.networks.options import Conditioning
from latentedit_training.networks.starting_size import halved


class ResidualGenerator(nn.Module):
    """``z`` ``[N, z_dim]`` and labels -> images ``[N, C, H, W]`` in [-1, 1]; labels are the condition of all batch norms but the last.

    Args:
        widths: channels of the features, the first of what ``z`` is mapped to; each further one is that of a block that doubles height and width.
        attention_px: behind blocks that give features of these heights, there is attention.

    Raises:
        UsageError: the image cannot be halved so often, or there are no features of such a height.
    """

    def __init__(
        self, image: ImageShape, z_dim: int, c_dim: int, widths: Sequence[int], attention_px: Collection[int] = ()
    ) -> None:
        super().__init__()
        self.z_dim, self.c_dim = z_dim, c_dim
        self.start = (widths[0], *halved(image, len(widths) - 1))
        heights = [image.height >> i for i in reversed(range(len(widths) - 1))]
        check_attention(attention_px, heights)
        self.project = nn.Linear(z_dim, self.start[0] * self.start[1] * self.start[2])
        self.blocks = nn.ModuleList(UpBlock(a, b, c_dim) for a, b in itertools.pairwise(widths))
        self.attention = attention_behind(heights, widths[1:], attention_px)
        self.norm = ConditionalBatchNorm(widths[-1])
        self.to_image = nn.Conv2d(widths[-1], image.channels, 3, padding=1)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        condition = checked_labels(c, self.c_dim, z)
        x = self.project(z).unflatten(1, self.start)
        for index, block in enumerate(self.blocks):
            x = block(x, condition)
            if str(index) in self.attention:
                x = self.attention[str(index)](x)
        return torch.tanh(self.to_image(F.relu(self.norm(x))))


class ResidualDiscriminator(nn.Module):
    """Images ``[N, C, H, W]`` -> :class:`Judgement` on ``[N, F]`` features, the sum over places of what the last block gives.

    Args:
        widths: channels of each block's result; the last is F.
        halvings: how many blocks, from the first, halve height and width.
        attention_px: as of :class:`ResidualGenerator`, behind blocks that halve.
        wide: whether a block's first convolution has already as many channels as its result.
        norm: in front of each ReLU, but the first of all.

    Raises:
        UsageError: the image cannot be halved so often, there are no features of such a height, or labels are missing.
    """

    def __init__(
        self,
        image: ImageShape,
        c_dim: int,
        widths: Sequence[int],
        halvings: int,
        *,
        conditioning: Conditioning = "none",
        attention_px: Collection[int] = (),
        wide: bool = False,
        norm: Normalisation = "none",
    ) -> None:
        super().__init__()
        halved(image, halvings)
        heights = [image.height >> i for i in range(1, halvings + 1)]
        check_attention(attention_px, heights)
        channels = itertools.pairwise((image.channels, *widths))
        self.blocks = nn.ModuleList(
            DownBlock(a, b, hidden=b if wide else a, halves=i < halvings, first=i == 0, norm=norm)
            for i, (a, b) in enumerate(channels)
        )
        self.attention = attention_behind(heights, widths, attention_px)
        self.norm = normalisation(norm, widths[-1])
        self.head = JudgementHead(widths[-1], c_dim, conditioning)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        x = image
        for index, block in enumerate(self.blocks):
            x = block(x)
            if str(index) in self.attention:
                x = self.attention[str(index)](x)
        judgement: Judgement = self.head(F.relu(self.norm(x)).sum(dim=(2, 3)), c)
        return judgement


def check_attention(attention_px: Collection[int], heights: Sequence[int]) -> None:
    """Refuse attention at heights that no features have.

    Raises:
        UsageError: there is one.
    """
    for px in attention_px:
        if px not in heights or px < 2:
            known = ", ".join(str(height) for height in heights if height >= 2)
            raise UsageError(f"no features are {px} px high, where there should be attention", hint=f"choose of {known} px")


def attention_behind(heights: Sequence[int], widths: Sequence[int], attention_px: Collection[int]) -> nn.ModuleDict:
    """Attention for the blocks whose results have such a height, by the blocks' numbers."""
    return nn.ModuleDict(
        {str(i): SelfAttention(width) for i, (px, width) in enumerate(zip(heights, widths, strict=False)) if px in attention_px}
    )
