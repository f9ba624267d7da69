"""StyleGAN2's discriminator (Karras et al., 2020, arXiv:1912.04958, section 3 and figure 7): residual blocks with filtered halving, and minibatch deviation."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.generators.resampling import BILINEAR, FACTOR, depthwise, kernel
from latentedit_training.layers.equalized import EqualizedConv2d, EqualizedLinear
from latentedit_training.layers.minibatch_stddev import MinibatchStddev
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.options import CONFIG, Conditioning, Width
from latentedit_training.networks.stylegan2 import resolutions

_SLOPE = 0.2
_GAIN = math.sqrt(2)
_RESIDUAL_GAIN = math.sqrt(0.5)


@dataclass(frozen=True, config=CONFIG)
class StyleGAN2Discriminator:
    """Residual blocks down to 4 px.

    Attributes:
        channel_base: channels times resolution; see the generator's.
        channel_max: channels at most.
        group_size: images whose deviation is one more feature at 4 px; 0 for none.
        conditioning: how labels are judged.
    """

    name: Literal["stylegan2"] = "stylegan2"
    channel_base: Annotated[int, Field(ge=16)] = 32768
    channel_max: Width = 512
    group_size: Annotated[int, Field(ge=0)] = 4
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> StyleGAN2DiscriminatorNetwork:
        """See :class:`latentedit_training.networks.base.DiscriminatorConfig`."""
        return StyleGAN2DiscriminatorNetwork(image, self, c_dim)


class StyleGAN2DiscriminatorNetwork(nn.Module):
    """Images ``[N, C, H, W]`` to a judgement."""

    def __init__(self, image: ImageShape, config: StyleGAN2Discriminator, c_dim: int) -> None:
        super().__init__()
        heights = resolutions(image)
        channels = [min(config.channel_base // px, config.channel_max) for px in reversed(heights)]
        self.from_image = EqualizedConv2d(image.channels, channels[0], 1, gain=1.0)
        self.blocks = nn.Sequential(*(HalvingBlock(a, b) for a, b in itertools.pairwise(channels)))
        last = channels[-1]
        self.deviation = MinibatchStddev(config.group_size) if config.group_size else nn.Identity()
        self.convolution = EqualizedConv2d(last + bool(config.group_size), last, 3, gain=1.0)
        self.linear = EqualizedLinear(last * heights[0] ** 2, last)
        self.output = JudgementHead(last, c_dim, config.conditioning, linear=EqualizedLinear)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        x = self.blocks(active(self.from_image(image)))
        x = active(self.convolution(self.deviation(x)))
        judgement: Judgement = self.output(active(self.linear(x.flatten(1))), c)
        return judgement


class HalvingBlock(nn.Module):
    """Features ``[N, I, 2r, 2r]`` -> ``[N, O, r, r]``, by two convolutions and, around them, a 1x1 one."""

    taps: Tensor

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.first = EqualizedConv2d(in_channels, in_channels, 3, gain=1.0)
        self.second = EqualizedConv2d(in_channels, out_channels, 3, gain=1.0)
        self.around = EqualizedConv2d(in_channels, out_channels, 1, gain=1.0, bias=False)
        self.register_buffer("taps", torch.tensor(BILINEAR))

    def forward(self, x: Tensor) -> Tensor:
        y = halving_convolution(active(self.first(x)), self.second.weight * self.second.scale, self.taps)
        y = active(y + self.second.bias[:, None, None])  # type: ignore[index]
        around: Tensor = self.around(halved(x, self.taps))
        return (y + around) * _RESIDUAL_GAIN


def active(x: Tensor) -> Tensor:
    """A leaky ReLU that keeps the variance."""
    return F.leaky_relu(x, _SLOPE) * _GAIN


def halved(x: Tensor, taps: Tensor) -> Tensor:
    """Filter and take every second pixel: ``[N, C, 2r, 2r]`` -> ``[N, C, r, r]``; the filter lies around the middle of each four."""
    before, after = (len(taps) - 1) // 2, len(taps) // 2 - 1
    return depthwise(x, kernel(taps, x.shape[1]), (before, after, before, after))[:, :, ::FACTOR, ::FACTOR]


def halving_convolution(x: Tensor, weight: Tensor, taps: Tensor) -> Tensor:
    """Filter, then convolve with a stride of 2: ``[N, I, 2r, 2r]`` and ``[O, I, 3, 3]`` -> ``[N, O, r, r]``."""
    before, after = (len(taps) + 1) // 2, len(taps) // 2  # one more on each side than above, for the kernel
    return F.conv2d(depthwise(x, kernel(taps, x.shape[1]), (before, after, before, after)), weight, stride=FACTOR)
