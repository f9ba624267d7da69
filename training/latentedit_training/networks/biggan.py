"""BigGAN (Brock et al., 2019, arXiv:1809.11096, appendix B, tables 4 to 6), with spectral normalisation in both networks and orthogonal first weights.

``z`` is cut into pieces, one for the first features and one for each block ("hierarchical latent"). Each block's batch norms depend on its piece, beside an
embedding of the class that all blocks share. Images of 32 px use the widths that the authors' PyTorch code has for CIFAR-10.
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

from latentedit.errors import UsageError
from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.residual_block import UpBlock
from latentedit_training.layers.spectral_norm import normalise_spectrally
from latentedit_training.layers.weight_layers import initialise
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.labels import checked_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width
from latentedit_training.networks.residual_networks import ResidualDiscriminator, attention_behind, check_attention
from latentedit_training.networks.starting_size import halved

GENERATOR_MULTIPLIERS: Mapping[int, tuple[int, ...]] = {
    32: (4, 4, 4, 4),
    64: (16, 16, 8, 4, 2),
    128: (16, 16, 8, 4, 2, 1),
    256: (16, 16, 8, 8, 4, 2, 1),
    512: (16, 16, 8, 8, 4, 2, 1, 1),
}
"""By the height of images: channels of the first features and behind each block, in multiples of ``width``."""
DISCRIMINATOR_MULTIPLIERS: Mapping[int, tuple[tuple[int, ...], int]] = {
    32: ((4, 4, 4, 4), 2),
    64: ((1, 2, 4, 8, 16), 4),
    128: ((1, 2, 4, 8, 16, 16), 5),
    256: ((1, 2, 4, 8, 8, 16, 16), 6),
    512: ((1, 1, 2, 4, 8, 8, 16, 16), 7),
}
"""Multiples for each block, and how many halve."""
EPS = 1e-6
"""Of spectral normalisation, as in the authors' code."""

AttentionPx = tuple[Annotated[int, Field(ge=2)], ...]


@dataclass(frozen=True, config=CONFIG)
class BigGANGenerator:
    """Table 4 to 6, left.

    Attributes:
        z_dim: size of the latent; the number of blocks and one more must divide it.
        width: "ch"; 96 in the paper.
        shared_dim: size of the classes' shared embedding.
        attention_px: heights of features behind which there is attention; 64 in the paper.
    """

    name: Literal["biggan"] = "biggan"
    z_dim: LatentSize = 120
    width: Width = 96
    shared_dim: Width = 128
    attention_px: AttentionPx = ()

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: no table has images of this height, ``z`` cannot be cut so, or no features have the height where there should be attention.
        """
        network = _Generator(image, c_dim, self)
        initialise(network, nn.init.orthogonal_)
        normalise_spectrally(network, eps=EPS, except_in=(SharedEmbedding,))
        return network


@dataclass(frozen=True, config=CONFIG)
class BigGANDiscriminator:
    """Table 4 to 6, right.

    Attributes:
        width: "ch"; 96 in the paper.
        attention_px: as of the generator.
        conditioning: how labels are used; the paper's is a projection.
    """

    name: Literal["biggan"] = "biggan"
    width: Width = 96
    attention_px: AttentionPx = ()
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: no table has images of this height, no features have the height where there should be attention, or labels are missing.
        """
        if image.height not in DISCRIMINATOR_MULTIPLIERS:
            raise no_table(image, DISCRIMINATOR_MULTIPLIERS)
        multipliers, halvings = DISCRIMINATOR_MULTIPLIERS[image.height]
        network = ResidualDiscriminator(
            image,
            c_dim,
            [self.width * multiplier for multiplier in multipliers],
            halvings,
            conditioning=self.conditioning,
            attention_px=self.attention_px,
            wide=True,
        )
        initialise(network, nn.init.orthogonal_)
        normalise_spectrally(network, eps=EPS)
        return network


class SharedEmbedding(nn.Module):
    """Labels ``[N, c_dim]`` -> ``[N, size]``: for a one-hot label, the vector of its class. It has no spectral normalisation."""

    def __init__(self, c_dim: int, size: int) -> None:
        super().__init__()
        self.table = nn.Linear(c_dim, size, bias=False)

    def forward(self, c: Tensor) -> Tensor:
        result: Tensor = self.table(c)
        return result


def no_table(image: ImageShape, tables: Mapping[int, object]) -> UsageError:
    known = ", ".join(map(str, tables))
    return UsageError(f"BigGAN has no network for images {image.height} px high", hint=f"choose of {known} px")


class _Generator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: BigGANGenerator) -> None:
        super().__init__()
        if image.height not in GENERATOR_MULTIPLIERS:
            raise no_table(image, GENERATOR_MULTIPLIERS)
        widths = [config.width * multiplier for multiplier in GENERATOR_MULTIPLIERS[image.height]]
        pieces = len(widths)
        if config.z_dim % pieces:
            nearest = max(round(config.z_dim / pieces), 1) * pieces
            raise UsageError(
                f"a latent of {config.z_dim} numbers cannot be cut into {pieces} equal pieces",
                hint=f"choose a multiple of {pieces} for z_dim, for example {nearest}",
            )
        self.z_dim, self.c_dim, self.piece = config.z_dim, c_dim, config.z_dim // pieces
        self.start = (widths[0], *halved(image, pieces - 1))
        heights = [image.height >> i for i in reversed(range(pieces - 1))]
        check_attention(config.attention_px, heights)
        self.shared = SharedEmbedding(c_dim, config.shared_dim) if c_dim else None
        condition_dim = self.piece + (config.shared_dim if c_dim else 0)
        self.project = nn.Linear(self.piece, self.start[0] * self.start[1] * self.start[2])
        self.blocks = nn.ModuleList(UpBlock(a, b, condition_dim) for a, b in itertools.pairwise(widths))
        self.attention = attention_behind(heights, widths[1:], config.attention_px)
        self.norm = ConditionalBatchNorm(widths[-1])
        self.to_image = nn.Conv2d(widths[-1], image.channels, 3, padding=1)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        labels = checked_labels(c, self.c_dim, z)
        first, *pieces = torch.split_with_sizes(z, [self.piece] * (len(self.blocks) + 1), dim=1)
        x = self.project(first).unflatten(1, self.start)
        shared = None if self.shared is None or labels is None else self.shared(labels)
        for index, (block, piece) in enumerate(zip(self.blocks, pieces, strict=True)):
            x = block(x, piece if shared is None else torch.cat([shared, piece], dim=1))
            if str(index) in self.attention:
                x = self.attention[str(index)](x)
        return torch.tanh(self.to_image(F.relu(self.norm(x))))
