"""SN-GAN (Miyato et al., 2018, arXiv:1802.05957, appendix B.4): the standard network of table 3 and the residual ones of tables 4 to 6.

The discriminators may do without spectral normalisation, as critics of WGAN-GP do, and with a plain normalisation instead.
With labels, the generators' batch norms depend on them, as in cGANs with projection discriminator (Miyato and Koyama, 2018, arXiv:1802.05637).
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
from latentedit_training.layers.normalisation import Normalisation, normalisation
from latentedit_training.layers.residual_block import initialise_residual
from latentedit_training.layers.spectral_norm import normalise_spectrally
from latentedit_training.layers.weight_layers import initialise
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import checked_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width, Widths
from latentedit_training.networks.residual_networks import ResidualDiscriminator, ResidualGenerator
from latentedit_training.networks.starting_size import halved

GENERATOR_WIDTHS: Mapping[int, tuple[int, ...]] = {
    32: (256, 256, 256, 256),
    48: (512, 256, 128, 64),
    64: (1024, 512, 256, 128, 64),
    128: (1024, 1024, 512, 256, 128, 64),
}
"""By the height of images: tables 4 (CIFAR-10), 5 (STL-10) and 6 (ImageNet); that of 64 px is that of 128 px less a block."""
DISCRIMINATOR_WIDTHS: Mapping[int, tuple[tuple[int, ...], int]] = {
    32: ((128, 128, 128, 128), 2),
    48: ((64, 128, 256, 512, 1024), 4),
    64: ((64, 128, 256, 512, 1024), 4),
    128: ((64, 128, 256, 512, 1024, 1024), 5),
}
"""Widths of the blocks, and how many halve."""
SLOPE = 0.1
"""Of the standard discriminator's leaky ReLU."""
DEVIATION = 0.02
"""Of the standard networks' first weights (Radford et al., 2016, arXiv:1511.06434, section 4)."""


@dataclass(frozen=True, config=CONFIG)
class SNGANStandardGenerator:
    """Table 3, left: a linear map to H/8 x W/8, three transposed convolutions that double it, a convolution.

    Behind the linear map there are a batch norm and a ReLU, as in the authors' code; the table leaves them out.

    Attributes:
        z_dim: size of the latent.
        width: channels in front of the last convolution; two, four and eight times as many lie before.
    """

    name: Literal["sngan-standard"] = "sngan-standard"
    z_dim: LatentSize = 128
    width: Width = 64

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: 8 does not divide height and width.
        """
        network = _StandardGenerator(image, self.z_dim, c_dim, self.width)
        initialise(network, lambda weight: nn.init.normal_(weight, std=DEVIATION), except_in=(ConditionalBatchNorm,))
        return network


@dataclass(frozen=True, config=CONFIG)
class SNGANStandardDiscriminator:
    """Table 3, right: seven convolutions, three of which halve height and width, and a linear layer on all places.

    Attributes:
        width: channels of the first convolutions; twice, four and eight times as many follow.
        spectral_norm: whether weights are divided by their largest singular value.
        norm: behind each convolution but the first.
        conditioning: how labels are used.
    """

    name: Literal["sngan-standard"] = "sngan-standard"
    width: Width = 64
    spectral_norm: bool = True
    norm: Normalisation = "none"
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: 8 does not divide height and width, or labels are missing.
        """
        network = _StandardDiscriminator(image, c_dim, self)
        initialise(network, lambda weight: nn.init.normal_(weight, std=DEVIATION))
        if self.spectral_norm:
            normalise_spectrally(network)
        return network


@dataclass(frozen=True, config=CONFIG)
class SNGANResidualGenerator:
    """Tables 4 to 6, left.

    Attributes:
        z_dim: size of the latent.
        widths: channels of the first features, and behind each block that doubles height and width; None for those of the tables.
    """

    name: Literal["sngan-residual"] = "sngan-residual"
    z_dim: LatentSize = 128
    widths: Widths | None = None

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved so often, or no table has its height.
        """
        widths = self.widths or GENERATOR_WIDTHS.get(image.height)
        if widths is None:
            raise _no_table(image, GENERATOR_WIDTHS)
        network = ResidualGenerator(image, self.z_dim, c_dim, widths)
        initialise_residual(network, last=network.to_image)
        return network


@dataclass(frozen=True, config=CONFIG)
class SNGANResidualDiscriminator:
    """Tables 4 to 6, right.

    Attributes:
        widths: channels of each block; None for those of the tables.
        halvings: how many blocks, from the first, halve height and width; None for those of the tables, or for all but the last.
        spectral_norm: whether weights are divided by their largest singular value.
        norm: in front of each ReLU.
        conditioning: how labels are used.
    """

    name: Literal["sngan-residual"] = "sngan-residual"
    widths: Widths | None = None
    halvings: Annotated[int, Field(ge=0, le=12)] | None = None
    spectral_norm: bool = True
    norm: Normalisation = "none"
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved so often, no table has its height, or labels are missing.
        """
        if self.widths is not None:
            widths, halvings = self.widths, len(self.widths) - 1
        elif image.height in DISCRIMINATOR_WIDTHS:
            widths, halvings = DISCRIMINATOR_WIDTHS[image.height]
        else:
            raise _no_table(image, DISCRIMINATOR_WIDTHS)
        halvings = halvings if self.halvings is None else self.halvings
        if halvings > len(widths):
            raise UsageError(f"{len(widths)} blocks cannot halve images {halvings} times", hint="name more widths")
        network = ResidualDiscriminator(image, c_dim, widths, halvings, conditioning=self.conditioning, norm=self.norm)
        initialise_residual(network)
        if self.spectral_norm:
            normalise_spectrally(network)
        return network


def _no_table(image: ImageShape, tables: Mapping[int, object]) -> UsageError:
    known = ", ".join(map(str, tables))
    return UsageError(
        f"SN-GAN's paper has no network for images {image.height} px high", hint=f"choose of {known} px, or name the widths"
    )


class _StandardGenerator(nn.Module):
    def __init__(self, image: ImageShape, z_dim: int, c_dim: int, width: int) -> None:
        super().__init__()
        self.z_dim, self.c_dim = z_dim, c_dim
        widths = (8 * width, 4 * width, 2 * width, width)
        self.start = (widths[0], *halved(image, len(widths) - 1))
        self.project = nn.Linear(z_dim, self.start[0] * self.start[1] * self.start[2])
        self.norms = nn.ModuleList(ConditionalBatchNorm(channels, c_dim) for channels in widths)
        self.doubling = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, 2, padding=1) for a, b in itertools.pairwise(widths))
        self.to_image = nn.Conv2d(widths[-1], image.channels, 3, padding=1)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        condition = checked_labels(c, self.c_dim, z)
        x = F.relu(self.norms[0](self.project(z).unflatten(1, self.start), condition))
        for layer, norm in zip(self.doubling, self.norms[1:], strict=True):
            x = F.relu(norm(layer(x), condition))
        return torch.tanh(self.to_image(x))


class _StandardDiscriminator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: SNGANStandardDiscriminator) -> None:
        super().__init__()
        height, width = halved(image, 3)
        # Kernels of 3x3 keep height and width, those of 4x4 halve them.
        steps = ((1, 3), (1, 4), (2, 3), (2, 4), (4, 3), (4, 4), (8, 3))
        layers: list[nn.Module] = []
        before = image.channels
        for index, (factor, size) in enumerate(steps):
            after = config.width * factor
            layers.append(nn.Conv2d(before, after, size, stride=2 if size == 4 else 1, padding=1))
            layers.append(normalisation(config.norm if index else "none", after))
            layers.append(nn.LeakyReLU(SLOPE))
            before = after
        self.layers = nn.Sequential(*layers)
        self.head = JudgementHead(before * height * width, c_dim, config.conditioning)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        judgement: Judgement = self.head(self.layers(image).flatten(1), c)
        return judgement
