"""DCGAN (Radford et al., 2016): convolutions all the way, batch normalisation, no pooling."""

from __future__ import annotations

import itertools
from typing import Annotated, Literal

import torch
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.networks.base import ImageShape, Judgement

_Width = Annotated[int, Field(ge=2)]
_DEVIATION = 0.02
_SLOPE = 0.2
_CONFIG = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, config=_CONFIG)
class DcganGenerator:
    """Transposed convolutions from 4 x 4 upwards.

    Attributes:
        z_dim: numbers that it draws from.
        width: channels of the last hidden layer; twice as many in each layer before.
    """

    name: Literal["dcgan"] = "dcgan"
    z_dim: Annotated[int, Field(ge=1)] = 100
    width: _Width = 64

    def build(self, image: ImageShape, c_dim: int) -> DcganGeneratorNetwork:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return DcganGeneratorNetwork(image, self.z_dim, self.width, c_dim)


@dataclass(frozen=True, config=_CONFIG)
class DcganDiscriminator:
    """Strided convolutions down to 4 x 4.

    Attributes:
        width: channels of the first layer; twice as many in each layer behind.
        norm: between its layers: ``batch``, ``instance`` or ``none``; a gradient penalty wants one that looks at each image alone.
        conditioning: how labels are judged: not at all, or by an auxiliary classifier (AC-GAN; Odena et al., 2017).
    """

    name: Literal["dcgan"] = "dcgan"
    width: _Width = 64
    norm: Literal["batch", "instance", "none"] = "batch"
    conditioning: Literal["none", "auxiliary"] = "none"

    def build(self, image: ImageShape, c_dim: int) -> DcganDiscriminatorNetwork:
        """See :class:`latentedit_training.networks.base.DiscriminatorConfig`."""
        return DcganDiscriminatorNetwork(image, self, c_dim)


def _halvings(image: ImageShape) -> int:
    """How often the image is halved down to 4 pixels."""
    side = image.height
    if image.width != side or side < 8 or side & (side - 1):
        raise UsageError(
            f"DCGAN makes square images of 8, 16, 32, 64 … pixels, not {image.width} x {image.height}.",
            hint="Choose another images.resolution, or the networks named infogan, for multiples of 4.",
        )
    return side.bit_length() - 3


class DcganGeneratorNetwork(nn.Module):
    """z ``[N, z_dim]`` to images ``[N, C, H, W]``."""

    def __init__(self, image: ImageShape, z_dim: int, width: int, c_dim: int) -> None:
        super().__init__()
        self.z_dim, self.c_dim = z_dim, c_dim
        channels = [width << power for power in reversed(range(_halvings(image)))]
        layers: list[nn.Module] = [
            nn.ConvTranspose2d(z_dim + c_dim, channels[0], 4, bias=False),
            nn.BatchNorm2d(channels[0]),
            nn.ReLU(),
        ]
        for before, after in itertools.pairwise(channels):
            layers += [nn.ConvTranspose2d(before, after, 4, stride=2, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.ConvTranspose2d(channels[-1], image.channels, 4, stride=2, padding=1), nn.Tanh()]
        self.layers = nn.Sequential(*layers)
        self.apply(initialise)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        told = z if c is None or not self.c_dim else torch.cat([z, c], 1)
        return self.layers(told[:, :, None, None])


class DcganDiscriminatorNetwork(nn.Module):
    """Images ``[N, C, H, W]`` to a judgement."""

    def __init__(self, image: ImageShape, config: DcganDiscriminator, c_dim: int) -> None:
        super().__init__()
        channels = [config.width << power for power in range(_halvings(image))]
        plain = config.norm == "none"
        layers: list[nn.Module] = [nn.Conv2d(image.channels, channels[0], 4, stride=2, padding=1), nn.LeakyReLU(_SLOPE)]
        for before, after in itertools.pairwise(channels):
            layers += [
                nn.Conv2d(before, after, 4, stride=2, padding=1, bias=plain),
                _norm(config.norm, after),
                nn.LeakyReLU(_SLOPE),
            ]
        self.layers = nn.Sequential(*layers)
        self.output = nn.Conv2d(channels[-1], 1, 4)
        self.labels = nn.Conv2d(channels[-1], c_dim, 4) if c_dim and config.conditioning == "auxiliary" else None
        self.apply(initialise)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        maps = self.layers(image)
        label_logits = None if self.labels is None else self.labels(maps).flatten(1)
        return Judgement(self.output(maps).flatten(), maps.flatten(1), label_logits)


def _norm(kind: str, channels: int) -> nn.Module:
    if kind == "batch":
        return nn.BatchNorm2d(channels)
    return nn.InstanceNorm2d(channels, affine=True) if kind == "instance" else nn.Identity()


def initialise(module: nn.Module) -> None:
    """Weights as the paper draws them: normal, with deviation 0.02; gains around 1."""
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(module.weight, std=_DEVIATION)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.BatchNorm2d | nn.InstanceNorm2d) and module.weight is not None:
        nn.init.normal_(module.weight, 1.0, _DEVIATION)
        nn.init.zeros_(module.bias)
