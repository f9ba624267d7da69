"""ProGAN (Karras et al., 2018, arXiv:1710.10196, appendix A, table 2): networks that grow, with an equalised learning rate, pixel norm in the generator and the
minibatch's deviation in the discriminator.

How far they have grown is a buffer, ``growth``, part of ``state_dict``: stage and alpha, of :mod:`latentedit_training.networks.progressive_growth`. Both start
fully grown; whoever trains says ``set_growth`` and shows the discriminator real images through ``fade_real``. Layers of later stages have no gradient before.
"""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.generators.mapping_network import unit_rms
from latentedit_training.layers.equalized import EqualizedConv2d, EqualizedLinear
from latentedit_training.layers.minibatch_stddev import MinibatchStddev
from latentedit_training.layers.pixel_norm import PixelNorm
from latentedit_training.layers.residual_block import doubled
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width
from latentedit_training.networks.progressive_growth import Growth, enlarged, last_stage, shrunk
from latentedit_training.networks.starting_size import halved

SLOPE = 0.2
"""Of leaky ReLUs."""


@dataclass(frozen=True, config=CONFIG)
class ProGANGenerator:
    """Table 2, left. Labels are put beside ``z``, as in the authors' code.

    Attributes:
        z_dim: size of the latent, which is scaled to a root mean square of 1.
        channel_base: features of stage s have ``channel_base / 2^(s + 1)`` channels, 8192 in the paper,
        channel_max: and at most so many.
        output: ``linear`` is the paper's, and may leave [-1, 1]; ``tanh`` may not.
    """

    name: Literal["progan"] = "progan"
    z_dim: LatentSize = 512
    channel_base: Width = 8192
    channel_max: Width = 512
    output: Literal["linear", "tanh"] = "linear"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        return _Generator(image, c_dim, self)


@dataclass(frozen=True, config=CONFIG)
class ProGANDiscriminator:
    """Table 2, right.

    Attributes:
        channel_base, channel_max: as of the generator.
        group_size: samples whose deviation is told together; the paper takes the whole batch, the authors' code 4.
        conditioning: how labels are used; in the authors' code it is auxiliary.
    """

    name: Literal["progan"] = "progan"
    channel_base: Width = 8192
    channel_max: Width = 512
    group_size: Annotated[int, Field(ge=1, le=1024)] = 4
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: labels are missing.
        """
        return _Discriminator(image, c_dim, self)


def channels_at(stage: int, base: int, most: int) -> int:
    """Channels of features of a stage; -1 is that of the discriminator's hidden linear layer."""
    return max(min(base >> (stage + 1), most), 1)


class _Growing(nn.Module):
    """Keeps how far a network has grown, as [stage, alpha]."""

    growth: Tensor

    def __init__(self, image: ImageShape) -> None:
        super().__init__()
        self.stages = last_stage(image)
        self.register_buffer("growth", torch.tensor([float(self.stages), 1.0]))

    def set_growth(self, growth: Growth) -> None:
        """From now on, have grown so far.

        Raises:
            ValueError: there is no such stage.
        """
        self._check(growth)
        self.growth.copy_(torch.tensor([float(growth.stage), growth.alpha]))

    def grown(self, growth: Growth | None) -> Growth:
        """``growth``, or what has been set.

        Raises:
            ValueError: there is no such stage.
        """
        if growth is None:
            stage, alpha = self.growth.tolist()
            return Growth(int(stage), alpha)
        self._check(growth)
        return growth

    def _check(self, growth: Growth) -> None:
        if growth.stage > self.stages:
            raise ValueError(f"this network's last stage is {self.stages}, not {growth.stage}")


class _GeneratorStage(nn.Module):
    """Two convolutions, each with leaky ReLU and pixel norm; the first of all stages has one, behind what ``z`` is mapped to."""

    def __init__(self, *widths: int) -> None:
        super().__init__()
        self.convs = nn.ModuleList(EqualizedConv2d(a, b, 3) for a, b in itertools.pairwise(widths))
        self.norm = PixelNorm()

    def forward(self, x: Tensor) -> Tensor:
        for conv in self.convs:
            x = self.norm(F.leaky_relu(conv(x), SLOPE))
        return x


class _Generator(_Growing):
    def __init__(self, image: ImageShape, c_dim: int, config: ProGANGenerator) -> None:
        super().__init__(image)
        self.z_dim, self.c_dim, self.output = config.z_dim, c_dim, config.output
        widths = [channels_at(stage, config.channel_base, config.channel_max) for stage in range(self.stages + 1)]
        self.start = (widths[0], *halved(image, self.stages))
        # The gain makes He's constant that of a 4x4 convolution of the latent, as in the authors' code; each channel has one bias.
        features = self.start[0] * self.start[1] * self.start[2]
        self.project = EqualizedLinear(config.z_dim + c_dim, features, gain=math.sqrt(2) / 4, bias=False)
        self.project_bias = nn.Parameter(torch.zeros(widths[0], 1, 1))
        self.norm = PixelNorm()
        first = _GeneratorStage(widths[0], widths[0])
        self.blocks = nn.ModuleList([first, *(_GeneratorStage(a, b, b) for a, b in itertools.pairwise(widths))])
        self.to_image = nn.ModuleList(EqualizedConv2d(width, image.channels, 1, gain=1.0) for width in widths)

    def forward(self, z: Tensor, c: Tensor | None = None, growth: Growth | None = None) -> Tensor:
        grown = self.grown(growth)
        latent = unit_rms(with_labels(z, c, self.c_dim))
        x = self.project(latent).unflatten(1, self.start) + self.project_bias
        x = self.blocks[0](self.norm(F.leaky_relu(x, SLOPE)))
        before = x
        for block in self.blocks[1 : grown.stage + 1]:
            before, x = x, block(doubled(x))
        image = self.to_image[grown.stage](x)
        if grown.stage and grown.alpha < 1:
            image = torch.lerp(doubled(self.to_image[grown.stage - 1](before)), image, grown.alpha)
        image = enlarged(image, self.stages - grown.stage)
        return torch.tanh(image) if self.output == "tanh" else image


class _DiscriminatorStage(nn.Module):
    """Two convolutions and a mean of 2x2 pixels."""

    def __init__(self, width: int, after: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = EqualizedConv2d(width, width, 3), EqualizedConv2d(width, after, 3)

    def forward(self, x: Tensor) -> Tensor:
        x = F.leaky_relu(self.conv1(x), SLOPE)
        return F.avg_pool2d(F.leaky_relu(self.conv2(x), SLOPE), 2)


class _Discriminator(_Growing):
    def __init__(self, image: ImageShape, c_dim: int, config: ProGANDiscriminator) -> None:
        super().__init__(image)
        widths = [channels_at(stage, config.channel_base, config.channel_max) for stage in range(self.stages + 1)]
        height, width = halved(image, self.stages)
        self.from_image = nn.ModuleList(EqualizedConv2d(image.channels, width, 1) for width in widths)
        self.blocks = nn.ModuleList(_DiscriminatorStage(b, a) for a, b in itertools.pairwise(widths))
        self.deviation = MinibatchStddev(config.group_size)
        self.conv = EqualizedConv2d(widths[0] + 1, widths[0], 3)
        hidden = channels_at(-1, config.channel_base, config.channel_max)
        self.hidden = EqualizedLinear(widths[0] * height * width, hidden, gain=math.sqrt(2))
        self.head = JudgementHead(hidden, c_dim, config.conditioning, EqualizedLinear)

    def forward(self, image: Tensor, c: Tensor | None = None, growth: Growth | None = None) -> Judgement:
        grown = self.grown(growth)
        image = shrunk(image, self.stages - grown.stage)
        x = self._seen(image, grown.stage)
        for stage in range(grown.stage, 0, -1):
            x = self.blocks[stage - 1](x)
            if stage == grown.stage and grown.alpha < 1:
                x = torch.lerp(self._seen(shrunk(image, 1), stage - 1), x, grown.alpha)
        x = F.leaky_relu(self.conv(self.deviation(x)), SLOPE)
        judgement: Judgement = self.head(F.leaky_relu(self.hidden(x.flatten(1)), SLOPE), c)
        return judgement

    def _seen(self, image: Tensor, stage: int) -> Tensor:
        return F.leaky_relu(self.from_image[stage](image), SLOPE)
