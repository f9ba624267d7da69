"""BEGAN (Berthelot et al., 2017, arXiv:1703.10717, section 3.5 and figure 1): the discriminator is an autoencoder, and the generator is built like its decoder.

All convolutions are 3x3, and ELU follows each but the last. Encoders get n more channels with each halving, by a convolution of stride 2; decoders keep n
channels and double height and width by repeating pixels. Features of about 8 px are mapped to and from h numbers, without a nonlinearity.

The generator ends in tanh, which the paper does not have, so that images stay in [-1, 1].
"""

from __future__ import annotations

from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.layers.residual_block import doubled
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, LatentSize, Width
from latentedit_training.networks.starting_size import halved, halvings_above

SMALLEST = 6
"""Features are halved while both sides are even and stay at least so many px: 8 px for powers of 2."""
LARGEST = 16
"""A side of more px at which nothing can be halved any more is refused: the linear maps would be huge."""

Repeats = Annotated[int, Field(ge=1, le=16)]


@dataclass(frozen=True, config=CONFIG)
class BEGANGenerator:
    """A decoder of ``z``, which is uniform in [-1, 1] in the paper, and of labels beside it.

    Attributes:
        z_dim: size of the latent.
        width: n, channels of all features; 64 to 128 in the paper.
        repeats: convolutions at each size.
        skips: whether the first features, enlarged, are given once more behind each doubling (section 3.5.1).
    """

    name: Literal["began"] = "began"
    z_dim: LatentSize = 64
    width: Width = 128
    repeats: Repeats = 2
    skips: bool = False

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved to about 8 px.
        """
        return _Generator(image, c_dim, self)


@dataclass(frozen=True, config=CONFIG)
class BEGANAutoencoder:
    """The discriminator. Unlike others, its module, called with images ``[N, C, H, W]`` and labels, gives its reconstruction ``[N, C, H, W]`` of them, no
    :class:`Judgement`; how far that is from the image is the loss (:mod:`latentedit_training.objectives.boundary_equilibrium`).

    It is not bounded. Labels are given to the decoder, beside h.

    Attributes:
        embedding: h, what an image is reduced to.
        width: n, channels of the decoder; the encoder has n, 2n, 3n...
        repeats: convolutions at each size.
        skips: as of :class:`BEGANGenerator`.
    """

    name: Literal["began"] = "began"
    embedding: LatentSize = 64
    width: Width = 128
    repeats: Repeats = 2
    skips: bool = False

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved to about 8 px.
        """
        return _Autoencoder(image, c_dim, self)


def _stages(image: ImageShape) -> int:
    stages = halvings_above(image, SMALLEST)
    if max(halved(image, stages)) > LARGEST:
        raise UsageError(
            f"BEGAN halves images down to {LARGEST} px or less, and {image.height} x {image.width} px cannot be",
            hint="choose powers of 2, or small multiples of them, for height and width",
        )
    return stages


class _Encoder(nn.Module):
    def __init__(self, image: ImageShape, config: BEGANAutoencoder) -> None:
        super().__init__()
        stages = _stages(image)
        height, width = halved(image, stages)
        channels = config.width
        layers: list[nn.Module] = [nn.Conv2d(image.channels, channels, 3, padding=1), nn.ELU()]
        for stage in range(stages + 1):
            for _ in range(config.repeats):
                layers += [nn.Conv2d(channels, channels, 3, padding=1), nn.ELU()]
            if stage < stages:
                layers += [nn.Conv2d(channels, channels + config.width, 3, stride=2, padding=1), nn.ELU()]
                channels += config.width
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels * height * width, config.embedding))

    def forward(self, image: Tensor) -> Tensor:
        result: Tensor = self.layers(image)
        return result


class _Decoder(nn.Module):
    """``[N, size]`` -> ``[N, C, H, W]``."""

    def __init__(self, image: ImageShape, size: int, width: int, repeats: int, skips: bool) -> None:
        super().__init__()
        stages = _stages(image)
        self.skips = skips
        self.start = (width, *halved(image, stages))
        self.project = nn.Linear(size, width * self.start[1] * self.start[2])
        self.stages = nn.ModuleList(self._stage(width, repeats, 2 * width if skips and i else width) for i in range(stages + 1))
        self.to_image = nn.Conv2d(width, image.channels, 3, padding=1)

    @staticmethod
    def _stage(width: int, repeats: int, before: int) -> nn.Sequential:
        layers: list[nn.Module] = []
        for index in range(repeats):
            layers += [nn.Conv2d(width if index else before, width, 3, padding=1), nn.ELU()]
        return nn.Sequential(*layers)

    def forward(self, h: Tensor) -> Tensor:
        x = first = self.project(h).unflatten(1, self.start)
        for index, stage in enumerate(self.stages):
            if index:
                x, first = doubled(x), doubled(first) if self.skips else first
            x = stage(torch.cat([x, first], dim=1) if index and self.skips else x)
        result: Tensor = self.to_image(x)
        return result


class _Generator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: BEGANGenerator) -> None:
        super().__init__()
        self.z_dim, self.c_dim = config.z_dim, c_dim
        self.decoder = _Decoder(image, config.z_dim + c_dim, config.width, config.repeats, config.skips)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        return torch.tanh(self.decoder(with_labels(z, c, self.c_dim)))


class _Autoencoder(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: BEGANAutoencoder) -> None:
        super().__init__()
        self.c_dim = c_dim
        self.encoder = _Encoder(image, config)
        self.decoder = _Decoder(image, config.embedding + c_dim, config.width, config.repeats, config.skips)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Tensor:
        result: Tensor = self.decoder(with_labels(self.encoder(image), c, self.c_dim))
        return result
