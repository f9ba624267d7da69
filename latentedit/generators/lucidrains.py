"""StyleGAN2 as lucidrains' stylegan2-pytorch has it, which is a network of its own beside Karras et al. (2020, arXiv:1912.04958).

One style per resolution steers both convolutions and the to-image layer there. Features are upsampled bilinearly before they are convolved, the image
so far bilinearly and then blurred. All layers read one picture of uniform noise. Before a block there may be linear attention. With the constant
left out, the features at 4 px are made from the mean of all styles.

Weights are effective ones (see :mod:`latentedit.generators.mapping_network`); styles include the 1 that this program adds to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.mapping_network import MappingConfig, MappingNetwork
from latentedit.generators.module import tuned_indices
from latentedit.generators.resampling import depthwise, kernel
from latentedit.generators.styled_convolution import demodulation, styled_convolution
from latentedit.generators.styled_generator import SkipBlock, SkipGenerator
from latentedit.generators.stylegan2 import PREVIEW_PX

LEAKY_SLOPE = 0.2
HEADS, HEAD_CHANNELS = 8, 64
"""Of attention; the program has no option for them."""
NORM_EPS = 1e-5
NUM_TAPS = 3
NOISE_SEED = 0


@dataclass(frozen=True)
class LucidrainsConfig:
    """Sizes and variants.

    Attributes:
        mapping: of the mapping network.
        channels: of the features at 4, 8, 16... px; their number tells the image's resolution.
        img_channels: 3, or 4 with opacity.
        has_const: whether drawing starts from a learned constant, not from the mean of all styles.
        attention: the blocks, by index, that attention comes before.
        blurs: whether the upsampled image is filtered; the program's first versions did not.
    """

    mapping: MappingConfig
    channels: tuple[int, ...]
    img_channels: int = 3
    has_const: bool = True
    attention: tuple[int, ...] = ()
    blurs: bool = True

    @property
    def resolutions(self) -> tuple[int, ...]:
        """Of the blocks, in px."""
        return tuple(4 << i for i in range(len(self.channels)))

    @property
    def img_resolution(self) -> int:
        return self.resolutions[-1]


def lucidrains_spec(config: LucidrainsConfig, card: Card) -> GeneratorSpec:
    """Facts about a generator of this configuration."""
    px = config.resolutions
    has_preview = config.img_resolution > PREVIEW_PX
    return card.spec(
        architecture="lucidrains",
        z_dim=config.mapping.z_dim,
        w_dim=config.mapping.w_dim,
        c_dim=0,
        num_ws=len(px),
        img_resolution=config.img_resolution,
        img_channels=config.img_channels,
        layer_resolutions=px,
        preview_resolution=PREVIEW_PX if has_preview else config.img_resolution,
        preview_num_ws=px.index(PREVIEW_PX) + 1 if has_preview else None,
        noise_shapes=((config.img_resolution, config.img_resolution),),
        feature_resolutions=px,
    )


def fixed_noise(resolution: int) -> Tensor:
    """The noise that drawings have unless another is given, [1, 1, R, R] in [0, 1): the program stores none, it draws anew each time."""
    return torch.rand(1, 1, resolution, resolution, generator=torch.Generator().manual_seed(NOISE_SEED))


class ChannelNorm(nn.Module):
    """Each pixel's channels brought to a mean of 0 and a variance of 1, then scaled and shifted: [N, C, r, r] -> the same."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.empty(1, channels, 1, 1))
        self.bias = nn.Parameter(torch.empty(1, channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        variance, mean = torch.var_mean(x, dim=1, correction=0, keepdim=True)
        return (x - mean) * (torch.rsqrt(variance + NORM_EPS) * self.gain) + self.bias


class LinearAttention(nn.Module):
    """What pixels see in each other, at a cost that grows with their number, not its square (Shen et al., 2018, arXiv:1812.01243).

    The softmax of the queries runs over channels and that of the keys over pixels. So keys and values are first summed up to a small matrix per head,
    which every pixel asks. Keys and values come from a neighbourhood of 3x3 pixels. The input is added.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        inner = HEADS * HEAD_CHANNELS
        self.norm = ChannelNorm(channels)
        self.query = nn.Conv2d(channels, inner, 1, bias=False)
        self.nearby = nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False)
        self.key_value = nn.Conv2d(channels, 2 * inner, 1, bias=False)
        self.out = nn.Conv2d(inner, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """[N, C, r, r] -> the same."""
        n, _, height, width = x.shape
        y = self.norm(x)
        query = self.query(y).reshape(n, HEADS, HEAD_CHANNELS, -1).softmax(dim=2) * HEAD_CHANNELS**-0.5
        key, value = self.key_value(self.nearby(y)).reshape(n, 2, HEADS, HEAD_CHANNELS, -1).unbind(dim=1)
        summary = value @ key.softmax(dim=3).transpose(2, 3)  # [N, heads, channels of values, channels of keys]
        seen = (summary @ query).reshape(n, -1, height, width)
        result: Tensor = x + self.out(F.gelu(seen))
        return result


class FeedForward(nn.Module):
    """Two 1x1 convolutions behind the attention; the input is added: [N, C, r, r] -> the same."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = ChannelNorm(channels)
        self.widen = nn.Conv2d(channels, 2 * channels, 1)
        self.narrow = nn.Conv2d(2 * channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = x + self.narrow(F.leaky_relu(self.widen(self.norm(x)), LEAKY_SLOPE))
        return result


class StyledConvolution(nn.Module):
    """A modulated 3x3 convolution with noise, bias and leaky ReLU."""

    def __init__(self, w_dim: int, inputs: int, outputs: int) -> None:
        super().__init__()
        self.affine = nn.Linear(w_dim, inputs)
        self.weight = nn.Parameter(torch.empty(outputs, inputs, 3, 3))
        self.bias = nn.Parameter(torch.empty(outputs))
        self.noise_strength = nn.Parameter(torch.empty(outputs))

    def forward(self, x: Tensor, style: Tensor, noise: Tensor | None) -> Tensor:
        """``x`` [N, I, r, r], ``style`` [N, I], ``noise`` [1 or N, 1, r, r] -> [N, O, r, r]."""
        y = styled_convolution(
            x, style, demodulation(style, self.weight.square().sum(dim=(2, 3)).T), self.weight, self.bias, None, slope=1.0
        )
        if noise is not None:
            y = torch.addcmul(y, self.noise_strength[:, None, None], noise)
        return F.leaky_relu(y, LEAKY_SLOPE)


class ToImage(nn.Module):
    """A modulated 1x1 convolution without demodulation or bias."""

    def __init__(self, w_dim: int, channels: int, img_channels: int) -> None:
        super().__init__()
        self.affine = nn.Linear(w_dim, channels)
        self.weight = nn.Parameter(torch.empty(img_channels, channels, 1, 1))

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """``x`` [N, C, r, r], ``style`` [N, C] -> [N, img_channels, r, r]."""
        return F.conv2d(x * style[:, :, None, None], self.weight)


class Block(nn.Module):
    """All that is drawn at one resolution."""

    taps: Tensor | None

    def __init__(self, config: LucidrainsConfig, index: int) -> None:
        super().__init__()
        self.resolution = config.resolutions[index]
        inputs, outputs, w_dim = config.channels[max(index - 1, 0)], config.channels[index], config.mapping.w_dim
        attends = index in config.attention
        self.attention = nn.Sequential(LinearAttention(inputs), FeedForward(inputs)) if attends else None
        self.conv1 = StyledConvolution(w_dim, inputs, outputs)
        self.conv2 = StyledConvolution(w_dim, outputs, outputs)
        self.to_image = ToImage(w_dim, outputs, config.img_channels)
        self.register_buffer("taps", torch.empty(NUM_TAPS) if index and config.blurs else None)

    def forward(self, x: Tensor, styles: Sequence[Tensor], noise: Tensor | None) -> Tensor:
        """Features of half the size (at 4 px: of this), a style for each convolution, and the whole picture of noise -> features."""
        if self.attention is not None:
            x = self.attention(x)
        if x.shape[2] != self.resolution:
            x = doubled(x)
        # The program takes the corner of the picture and swaps height and width.
        own = None if noise is None else noise[:, :, : self.resolution, : self.resolution].transpose(2, 3)
        y: Tensor = self.conv2(self.conv1(x, styles[0], own), styles[1], own)
        return y

    def add_image(self, image: Tensor | None, x: Tensor, style: Tensor) -> Tensor:
        """The image [N, img_channels, r, r] so far, at this resolution, with what the features ``x`` add."""
        more: Tensor = self.to_image(x, style)
        if image is None:
            return more
        image = doubled(image)
        if self.taps is not None:
            around = F.pad(image, (NUM_TAPS // 2,) * 4, mode="reflect")
            image = depthwise(around, kernel(self.taps, image.shape[1]), (0, 0, 0, 0))
        return image + more


def doubled(x: Tensor) -> Tensor:
    """Bilinearly upsampled: [N, C, h, w] -> [N, C, 2h, 2w]."""
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class Lucidrains(SkipGenerator):
    """The whole generator. See :class:`latentedit.generators.base.Generator` for the meaning of its members."""

    noise: Tensor

    def __init__(self, spec: GeneratorSpec, config: LucidrainsConfig) -> None:
        super().__init__(spec)
        self.config = config
        channels = config.channels[0]
        self.mapping_network = MappingNetwork(config.mapping)
        self.start = nn.Parameter(torch.empty(1 if config.has_const else config.mapping.w_dim, channels, 4, 4))
        self.initial_conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.blocks = nn.ModuleList(Block(config, index) for index in range(len(config.channels)))
        self.register_buffer("noise", torch.empty(1, 1, config.img_resolution, config.img_resolution))

    def style_layers(self) -> list[tuple[int, nn.Linear]]:
        """The layers that make styles, each with the index of the ``w`` that it reads, in the order of drawing: three a block."""
        return [
            (index, layer.affine)
            for index, block in enumerate(self._blocks())
            for layer in (block.conv1, block.conv2, block.to_image)
        ]

    def styles(self, w_plus: Tensor) -> list[Tensor]:
        """StyleSpace (Wu et al., 2021): the styles [N, C] of every modulated layer, in the order of :meth:`style_layers`; without a constant, what
        drawing starts from is put before them, the mean of all latents [N, w_dim]."""
        styles = super().styles(w_plus)
        return styles if self.config.has_const else [w_plus.mean(dim=1), *styles]

    def finished(self, image: Tensor) -> Tensor:
        """This program's pictures, and their opacity, are in [0, 1]."""
        return image * 2 - 1

    def random_noise(self, count: int = 1, random: torch.Generator | None = None) -> list[Tensor]:
        """One picture of noise, uniform in [0, 1), as the network was trained with."""
        return [torch.rand(count, *self.noise.shape[1:], generator=random).to(self.noise)]

    def stored_noise(self) -> Sequence[Tensor]:
        """The one picture of noise, [1, 1, R, R] in [0, 1); see :func:`fixed_noise`."""
        return (self.noise,)

    def tunable_parameters(self) -> list[str]:
        """Weights and biases of the last convolutions of the blocks from 16 to 64 px."""
        return [f"blocks.{i}.conv2.{kind}" for i in tuned_indices(self.config.resolutions) for kind in ("weight", "bias")]

    def _blocks(self) -> Iterator[Block]:
        for block in self.blocks:
            assert isinstance(block, Block)
            yield block

    def drawn_blocks(
        self, styles: Sequence[Tensor], noise: Sequence[Tensor | None]
    ) -> Iterator[tuple[SkipBlock, Tensor, Tensor | None]]:
        """Each block, its features, and the style of its to-image layer."""
        remaining = iter(styles)
        if self.config.has_const:
            start = self.start.expand(len(styles[0]), -1, -1, -1)
        else:
            start = torch.einsum("nw,wcyx->ncyx", next(remaining), self.start)
        x: Tensor = self.initial_conv(start)
        for block in self._blocks():
            x = block(x, [next(remaining), next(remaining)], noise[0])
            yield block, x, next(remaining)
