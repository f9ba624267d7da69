"""DCGAN (Radford et al., 2016): convolutions all the way, batch normalisation, no pooling."""

from __future__ import annotations

import itertools
import math
from typing import Literal

from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width

_DEVIATION = 0.02
_SLOPE = 0.2
_SMALLEST = 4


@dataclass(frozen=True, config=CONFIG)
class DcganGenerator:
    """Transposed convolutions from 4 x 4 upwards.

    Attributes:
        z_dim: numbers that it draws from.
        width: channels of the last hidden layer; twice as many in each layer before.
    """

    name: Literal["dcgan"] = "dcgan"
    z_dim: LatentSize = 100
    width: Width = 64

    def build(self, image: ImageShape, c_dim: int) -> DcganGeneratorNetwork:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return DcganGeneratorNetwork(image, self.z_dim, self.width, c_dim)


@dataclass(frozen=True, config=CONFIG)
class DcganDiscriminator:
    """Strided convolutions down to 4 x 4.

    Attributes:
        width: channels of the first layer; twice as many in each layer behind.
        norm: between its layers: ``batch``, ``instance`` or ``none``; a gradient penalty wants one that looks at each image alone.
        conditioning: how labels are judged.
    """

    name: Literal["dcgan"] = "dcgan"
    width: Width = 64
    norm: Literal["batch", "instance", "none"] = "batch"
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> DcganDiscriminatorNetwork:
        """See :class:`latentedit_training.networks.base.DiscriminatorConfig`."""
        return DcganDiscriminatorNetwork(image, self, c_dim)


def _halvings(image: ImageShape) -> tuple[int, tuple[int, int]]:
    """How often an image is halved until its shorter side has 4 pixels, and its height and width then."""
    count = 0
    height, width = image.height, image.width
    while min(height, width) > _SMALLEST and height % 2 == 0 and width % 2 == 0:
        height, width, count = height // 2, width // 2, count + 1
    if min(height, width) != _SMALLEST or not count or max(height, width) > 4 * _SMALLEST:
        raise UsageError(
            f"DCGAN cannot halve images of {image.width} x {image.height} pixels down to 4.",
            hint="Choose images.resolution 8, 16, 32, 64 …, or the networks named infogan, for multiples of 4.",
        )
    return count, (height, width)


class DcganGeneratorNetwork(nn.Module):
    """z ``[N, z_dim]`` to images ``[N, C, H, W]``."""

    def __init__(self, image: ImageShape, z_dim: int, width: int, c_dim: int) -> None:
        super().__init__()
        self.z_dim, self.c_dim = z_dim, c_dim
        halvings, smallest = _halvings(image)
        channels = [width << power for power in reversed(range(halvings))]
        layers: list[nn.Module] = [
            nn.ConvTranspose2d(z_dim + c_dim, channels[0], smallest, bias=False),
            nn.BatchNorm2d(channels[0]),
            nn.ReLU(),
        ]
        for before, after in itertools.pairwise(channels):
            layers += [nn.ConvTranspose2d(before, after, 4, stride=2, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.ConvTranspose2d(channels[-1], image.channels, 4, stride=2, padding=1), nn.Tanh()]
        self.layers = nn.Sequential(*layers)
        self.apply(initialise)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        drawn: Tensor = self.layers(with_labels(z, c, self.c_dim)[:, :, None, None])
        return drawn


class DcganDiscriminatorNetwork(nn.Module):
    """Images ``[N, C, H, W]`` to a judgement."""

    def __init__(self, image: ImageShape, config: DcganDiscriminator, c_dim: int) -> None:
        super().__init__()
        halvings, smallest = _halvings(image)
        channels = [config.width << power for power in range(halvings)]
        plain = config.norm == "none"
        layers: list[nn.Module] = [nn.Conv2d(image.channels, channels[0], 4, stride=2, padding=1), nn.LeakyReLU(_SLOPE)]
        for before, after in itertools.pairwise(channels):
            layers += [
                nn.Conv2d(before, after, 4, stride=2, padding=1, bias=plain),
                _norm(config.norm, after),
                nn.LeakyReLU(_SLOPE),
            ]
        self.layers = nn.Sequential(*layers)
        self.output = JudgementHead(channels[-1] * math.prod(smallest), c_dim, config.conditioning)
        self.apply(initialise)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        judgement: Judgement = self.output(self.layers(image).flatten(1), c)
        return judgement


def _norm(kind: str, channels: int) -> nn.Module:
    if kind == "batch":
        return nn.BatchNorm2d(channels)
    return nn.InstanceNorm2d(channels, affine=True) if kind == "instance" else nn.Identity()


def initialise(module: nn.Module) -> None:
    """Weights as the paper draws them: normal, with deviation 0.02; gains around 1."""
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
        nn.init.normal_(module.weight, std=_DEVIATION)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.BatchNorm2d | nn.InstanceNorm2d) and module.weight is not None:
        nn.init.normal_(module.weight, 1.0, _DEVIATION)
        nn.init.zeros_(module.bias)
