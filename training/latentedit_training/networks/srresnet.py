"""The networks that drew anime faces from attributes (Jin et al., 2017, arXiv:1708.05509, section 3.3): SRResNet's generator (Ledig et al., 2017,
arXiv:1609.04802) and a residual critic without batch norms, which read the attributes, too.

Trained with DRAGAN's penalty (weight 0.5), and an attribute loss in both, the adversarial loss having as much weight as there are attributes.
"""

from __future__ import annotations

from typing import Annotated, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit_training.layers.batch_norm import BatchNorm
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width, Widths
from latentedit_training.networks.starting_size import halved

SLOPE = 0.2
"""Of the critic's leaky ReLU."""
DEVIATION = 0.02
"""Of convolutions' first weights."""
WIDE_KERNELS = 3
"""The first three halving convolutions are 4x4, those behind 3x3."""


@dataclass(frozen=True, config=CONFIG)
class SRResNetGenerator:
    """A latent and attributes, mapped to few pixels, on which all residual blocks work; pixel shuffles enlarge what they give.

    Attributes:
        z_dim: size of the latent.
        width: channels of the blocks.
        blocks: how many.
        shuffles: how often height and width double: with 3, images of 128 px start at 16 px.
    """

    name: Literal["srresnet"] = "srresnet"
    z_dim: LatentSize = 128
    width: Width = 64
    blocks: Annotated[int, Field(ge=1, le=64)] = 16
    shuffles: Annotated[int, Field(ge=0, le=8)] = 3

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved so often.
        """
        network = _Generator(image, c_dim, self)
        _initialise(network)
        return network


@dataclass(frozen=True, config=CONFIG)
class SRResNetDiscriminator:
    """A convolution that halves height and width, then stages of two residual blocks and another such convolution: 10 blocks in 5 stages.

    Attributes:
        widths: channels behind each halving; their number is that of halvings. For 32 px or less, name fewer.
        conditioning: how labels are used; the paper's is auxiliary.
    """

    name: Literal["srresnet"] = "srresnet"
    widths: Widths = (32, 64, 128, 256, 512, 1024)
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved so often, or labels are missing.
        """
        network = _Discriminator(image, c_dim, self)
        _initialise(network)
        return network


def _initialise(network: nn.Module) -> None:
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.normal_(module.weight, std=DEVIATION)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


class _GeneratorBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        # A batch norm follows, which would take any bias away.
        self.conv1, self.norm1 = nn.Conv2d(width, width, 3, padding=1, bias=False), BatchNorm(width)
        self.conv2, self.norm2 = nn.Conv2d(width, width, 3, padding=1, bias=False), BatchNorm(width)

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = x + self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return result


class _Generator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: SRResNetGenerator) -> None:
        super().__init__()
        self.z_dim, self.c_dim = config.z_dim, c_dim
        width = config.width
        self.start = (width, *halved(image, config.shuffles))
        self.project = nn.Linear(config.z_dim + c_dim, self.start[0] * self.start[1] * self.start[2])
        self.first_norm, self.last_norm = BatchNorm(width), BatchNorm(width)
        self.blocks = nn.Sequential(*(_GeneratorBlock(width) for _ in range(config.blocks)))
        doubling: list[nn.Module] = []
        for _ in range(config.shuffles):
            doubling += [nn.Conv2d(width, 4 * width, 3, padding=1, bias=False), nn.PixelShuffle(2), BatchNorm(width), nn.ReLU()]
        self.doubling = nn.Sequential(*doubling)
        self.to_image = nn.Conv2d(width, image.channels, 9, padding=4)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        first = F.relu(self.first_norm(self.project(with_labels(z, c, self.c_dim)).unflatten(1, self.start)))
        x = first + F.relu(self.last_norm(self.blocks(first)))
        return torch.tanh(self.to_image(self.doubling(x)))


class _DiscriminatorBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return F.leaky_relu(x + self.conv2(F.leaky_relu(self.conv1(x), SLOPE)), SLOPE)


class _Discriminator(nn.Module):
    def __init__(self, image: ImageShape, c_dim: int, config: SRResNetDiscriminator) -> None:
        super().__init__()
        height, width = halved(image, len(config.widths))
        layers: list[nn.Module] = []
        before = image.channels
        for index, after in enumerate(config.widths):
            if index:
                layers += [_DiscriminatorBlock(before), _DiscriminatorBlock(before)]
            layers += [nn.Conv2d(before, after, 4 if index < WIDE_KERNELS else 3, stride=2, padding=1), nn.LeakyReLU(SLOPE)]
            before = after
        self.layers = nn.Sequential(*layers)
        self.head = JudgementHead(before * height * width, c_dim, config.conditioning)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        judgement: Judgement = self.head(self.layers(image).flatten(1), c)
        return judgement
