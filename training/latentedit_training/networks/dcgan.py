"""DCGAN (Radford et al., 2016): convolutions all the way, batch normalisation, no pooling."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.layers.batch_norm import BatchNorm
from latentedit_training.layers.minibatch_discrimination import MinibatchDiscrimination
from latentedit_training.layers.normalisation import normalisation
from latentedit_training.layers.virtual_batch_norm import VirtualBatchNorm
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width

_DEVIATION = 0.02
_SLOPE = 0.2
_SMALLEST = 4
NEARNESS = 100
"""Measures of nearness, as in the paper."""


@dataclass(frozen=True, config=CONFIG)
class DcganGenerator:
    """Transposed convolutions from 4 x 4 upwards.

    Attributes:
        z_dim: numbers that it draws from.
        width: channels of the last hidden layer; twice as many in each layer before.
        norm: between its layers: ``batch``, or ``virtual`` (Salimans et al., 2016, who use it in the generator only, for its cost).
        reference_size: latents that virtual batch normalisation compares with: the first that are drawn.
    """

    name: Literal["dcgan"] = "dcgan"
    z_dim: LatentSize = 100
    width: Width = 64
    norm: Literal["batch", "virtual"] = "batch"
    reference_size: Annotated[int, Field(ge=2)] = 64

    def build(self, image: ImageShape, c_dim: int) -> DcganGeneratorNetwork:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return DcganGeneratorNetwork(image, self, c_dim)


@dataclass(frozen=True, config=CONFIG)
class DcganDiscriminator:
    """Strided convolutions down to 4 x 4.

    Attributes:
        width: channels of the first layer; twice as many in each layer behind.
        norm: between its layers: ``batch``, ``instance``, ``group``, ``layer``, ``virtual`` (Salimans et al., 2016) or ``none``; a gradient penalty wants one that looks at each
            image alone.
        reference_size: images that virtual batch normalisation compares with: the first that it sees.
        minibatch_discrimination: whether it looks at how near the images of a batch are to each other (Salimans et al., 2016).
        conditioning: how labels are judged.
    """

    name: Literal["dcgan"] = "dcgan"
    width: Width = 64
    norm: Literal["batch", "instance", "group", "layer", "virtual", "none"] = "batch"
    reference_size: Annotated[int, Field(ge=2)] = 64
    minibatch_discrimination: bool = False
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

    def __init__(self, image: ImageShape, config: DcganGenerator, c_dim: int) -> None:
        super().__init__()
        self.z_dim, self.c_dim = config.z_dim, c_dim
        halvings, smallest = _halvings(image)
        channels = [config.width << power for power in reversed(range(halvings))]
        layers: list[nn.Module] = [
            nn.ConvTranspose2d(self.z_dim + c_dim, channels[0], smallest, bias=False),
            _norm(config, channels[0]),
            nn.ReLU(),
        ]
        for before, after in itertools.pairwise(channels):
            layers += [nn.ConvTranspose2d(before, after, 4, stride=2, padding=1, bias=False), _norm(config, after), nn.ReLU()]
        layers += [nn.ConvTranspose2d(channels[-1], image.channels, 4, stride=2, padding=1), nn.Tanh()]
        self.layers = nn.Sequential(*layers)
        self.reference: Tensor | None
        shape = (config.reference_size, self.z_dim + c_dim)
        self.register_buffer("reference", torch.zeros(shape) if config.norm == "virtual" else None)
        self.apply(initialise)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        told = with_labels(z, c, self.c_dim)
        if self.reference is None:
            drawn: Tensor = self.layers(told[:, :, None, None])
            return drawn
        with_reference: Tensor = self.layers(torch.cat([self.reference, told])[:, :, None, None])
        return with_reference[len(self.reference) :]

    @torch.no_grad()
    def take_reference(self, z: Tensor, c: Tensor | None) -> None:
        """Compare with these latents ``[N, z_dim]`` and labels from now on; see the discriminator's."""
        if self.reference is not None:
            self.reference.copy_(_as_many(with_labels(z, c, self.c_dim), len(self.reference)))


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
                _norm(config, after),
                nn.LeakyReLU(_SLOPE),
            ]
        self.layers = nn.Sequential(*layers)
        features = channels[-1] * math.prod(smallest)
        self.nearness = MinibatchDiscrimination(features, NEARNESS) if config.minibatch_discrimination else None
        self.output = JudgementHead(features if self.nearness is None else features + NEARNESS, c_dim, config.conditioning)
        shape = (config.reference_size, image.channels, image.height, image.width)
        self.reference: Tensor | None
        self.register_buffer("reference", torch.zeros(shape) if config.norm == "virtual" else None)
        self.apply(initialise)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        if self.reference is None:
            features = self.layers(image).flatten(1)
        else:
            features = self.layers(torch.cat([self.reference, image]))[len(self.reference) :].flatten(1)
        if self.nearness is not None:
            features = self.nearness(features)
        judgement: Judgement = self.output(features, c)
        return judgement

    @torch.no_grad()
    def take_reference(self, image: Tensor, c: Tensor | None) -> None:
        """Compare with these images ``[N, C, H, W]`` from now on, of which as many are taken as the reference has, again from the first where there
        are fewer."""
        if self.reference is not None:
            self.reference.copy_(_as_many(image, len(self.reference)))


def _as_many(batch: Tensor, count: int) -> Tensor:
    return batch[torch.arange(count, device=batch.device) % len(batch)]


def _norm(config: DcganGenerator | DcganDiscriminator, channels: int) -> nn.Module:
    if config.norm == "virtual":
        return VirtualBatchNorm(channels, config.reference_size)
    return normalisation(config.norm, channels)


def initialise(module: nn.Module) -> None:
    """Weights as the paper draws them: normal, with deviation 0.02; gains around 1."""
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
        nn.init.normal_(module.weight, std=_DEVIATION)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, BatchNorm) and module.weight is not None:
        nn.init.normal_(module.weight, 1.0, _DEVIATION)
