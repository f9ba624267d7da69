"""BigGAN-deep (Brock et al., 2019, arXiv:1809.11096, appendix B, tables 7 to 9): twice as many blocks as BigGAN, of bottlenecks.

``z`` and the embedding of the class are not cut: all of both is the condition of every block, and what the first features are made of. Networks for 32 px are
not in the paper; they are those of 64 px less a resolution.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Annotated, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit_training.layers.bottleneck_block import BottleneckDownBlock, BottleneckUpBlock
from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.spectral_norm import normalise_spectrally
from latentedit_training.layers.weight_layers import initialise
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.biggan import EPS, SharedEmbedding, no_table
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import checked_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width
from latentedit_training.networks.residual_networks import attention_behind, check_attention
from latentedit_training.networks.starting_size import halved

GENERATOR_MULTIPLIERS: Mapping[int, tuple[int, ...]] = {
    32: (16, 16, 8, 4),
    64: (16, 16, 8, 4, 2),
    128: (16, 16, 8, 4, 2, 1),
    256: (16, 16, 8, 8, 4, 2, 1),
    512: (16, 16, 8, 8, 4, 2, 1, 1),
}
"""By the height of images: channels at 4 px and at each doubled size, in multiples of ``width``."""
DISCRIMINATOR_MULTIPLIERS: Mapping[int, tuple[int, ...]] = {
    32: (1, 4, 8, 16),
    64: (1, 2, 4, 8, 16),
    128: (1, 2, 4, 8, 16, 16),
    256: (1, 2, 4, 8, 8, 16, 16),
    512: (1, 1, 2, 4, 8, 8, 16, 16),
}
"""Multiples at the image's height, and at each halved one."""

AttentionPx = tuple[Annotated[int, Field(ge=2)], ...]


@dataclass(frozen=True, config=CONFIG)
class BigGANDeepGenerator:
    """Tables 7 to 9, left: at each size a block, and one that doubles it.

    Attributes:
        z_dim: size of the latent.
        width: "ch"; 128 in the paper.
        shared_dim: size of the classes' shared embedding.
        attention_px: heights of features behind which there is attention; 64 in the paper.
    """

    name: Literal["biggan-deep"] = "biggan-deep"
    z_dim: LatentSize = 128
    width: Width = 128
    shared_dim: Width = 128
    attention_px: AttentionPx = ()

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: no table has images of this height, or no features have the height where there should be attention.
        """
        network = _Generator(image, c_dim, self)
        initialise(network, nn.init.orthogonal_)
        normalise_spectrally(network, eps=EPS, except_in=(SharedEmbedding,))
        return network


@dataclass(frozen=True, config=CONFIG)
class BigGANDeepDiscriminator:
    """Tables 7 to 9, right: a convolution, then at each size a block that halves it and one that does not.

    Attributes:
        width: "ch"; 128 in the paper.
        attention_px: as of the generator.
        conditioning: how labels are used; the paper's is a projection.
    """

    name: Literal["biggan-deep"] = "biggan-deep"
    width: Width = 128
    attention_px: AttentionPx = ()
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: no table has images of this height, no features have the height where there should be attention, or labels are missing.
        """
        network = _Discriminator(image, c_dim, self)
        initialise(network, nn.init.orthogonal_)
        normalise_spectrally(network, eps=EPS)
        return network


class _UpStage(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, condition_dim: int) -> None:
        super().__init__()
        self.keeping = BottleneckUpBlock(in_channels, in_channels, condition_dim, doubles=False)
        self.doubling = BottleneckUpBlock(in_channels, out_channels, condition_dim, doubles=True)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        result: Tensor = self.doubling(self.keeping(x, condition), condition)
        return result


class _Generator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: BigGANDeepGenerator) -> None:
        super().__init__()
        if image.height not in GENERATOR_MULTIPLIERS:
            raise no_table(image, GENERATOR_MULTIPLIERS)
        widths = [config.width * multiplier for multiplier in GENERATOR_MULTIPLIERS[image.height]]
        self.z_dim, self.c_dim = config.z_dim, c_dim
        self.start = (widths[0], *halved(image, len(widths) - 1))
        heights = [image.height >> i for i in reversed(range(len(widths) - 1))]
        check_attention(config.attention_px, heights)
        self.shared = SharedEmbedding(c_dim, config.shared_dim) if c_dim else None
        condition_dim = config.z_dim + (config.shared_dim if c_dim else 0)
        self.project = nn.Linear(condition_dim, self.start[0] * self.start[1] * self.start[2])
        self.blocks = nn.ModuleList(_UpStage(a, b, condition_dim) for a, b in itertools.pairwise(widths))
        self.attention = attention_behind(heights, widths[1:], config.attention_px)
        self.norm = ConditionalBatchNorm(widths[-1])
        self.to_image = nn.Conv2d(widths[-1], image.channels, 3, padding=1)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        labels = checked_labels(c, self.c_dim, z)
        condition = z if self.shared is None or labels is None else torch.cat([z, self.shared(labels)], dim=1)
        x = self.project(condition).unflatten(1, self.start)
        for index, block in enumerate(self.blocks):
            x = block(x, condition)
            if str(index) in self.attention:
                x = self.attention[str(index)](x)
        return torch.tanh(self.to_image(F.relu(self.norm(x))))


class _Discriminator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: BigGANDeepDiscriminator) -> None:
        super().__init__()
        if image.height not in DISCRIMINATOR_MULTIPLIERS:
            raise no_table(image, DISCRIMINATOR_MULTIPLIERS)
        widths = [config.width * multiplier for multiplier in DISCRIMINATOR_MULTIPLIERS[image.height]]
        halved(image, len(widths) - 1)
        heights = [image.height >> i for i in range(1, len(widths))]
        check_attention(config.attention_px, heights)
        self.from_image = nn.Conv2d(image.channels, widths[0], 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Sequential(BottleneckDownBlock(a, b, halves=True), BottleneckDownBlock(b, b, halves=False))
            for a, b in itertools.pairwise(widths)
        )
        self.attention = attention_behind(heights, widths[1:], config.attention_px)
        self.head = JudgementHead(widths[-1], c_dim, config.conditioning)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        x = self.from_image(image)
        for index, block in enumerate(self.blocks):
            x = block(x)
            if str(index) in self.attention:
                x = self.attention[str(index)](x)
        judgement: Judgement = self.head(F.relu(x).sum(dim=(2, 3)), c)
        return judgement
