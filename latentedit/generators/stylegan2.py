"""StyleGAN2 (Karras et al., 2020, arXiv:1912.04958) and its ADA version (arXiv:2006.06676), with skip, residual or plain image output.

Weights are effective ones (see :mod:`latentedit.generators.mapping_network`), so that the files of all implementations become the same network.

Styles: one for the convolution at 4 px, two for those of every further resolution, and one behind. A to-image layer reads the style behind its block's
last convolution, which the next block's first convolution reads as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from latentedit.generators.activations import ACTIVATIONS
from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.mapping_network import MappingConfig, MappingNetwork
from latentedit.generators.module import tuned_indices
from latentedit.generators.resampling import upsample
from latentedit.generators.styled_convolution import demodulation, styled_convolution
from latentedit.generators.styled_generator import SkipBlock, SkipGenerator
from latentedit.latents import stylegan2_resolutions

Architecture = Literal["skip", "resnet", "orig"]
PREVIEW_PX = 256
RESIDUAL_GAIN = math.sqrt(0.5)


@dataclass(frozen=True)
class StyleGAN2Config:
    """Sizes and variants.

    Attributes:
        mapping: of the mapping network.
        channels: of the features at 4, 8, 16... px; their number tells the image's resolution.
        img_channels: 3, or 1 for grey images.
        architecture: ``skip`` adds an image of every resolution, ``resnet`` has residual blocks, ``orig`` neither (figure 7 of the paper).
        use_noise: whether convolutions add noise.
        conv_clamp: features are kept within plus and minus this; None for no bounds.
        activation: a name of :data:`latentedit.generators.activations.ACTIVATIONS`.
        taps: how many taps the resampling filter has.
    """

    mapping: MappingConfig
    channels: tuple[int, ...]
    img_channels: int = 3
    architecture: Architecture = "skip"
    use_noise: bool = True
    conv_clamp: float | None = None
    activation: str = "lrelu"
    taps: int = 4

    @property
    def resolutions(self) -> tuple[int, ...]:
        """Of the blocks, in px."""
        return tuple(4 << i for i in range(len(self.channels)))

    @property
    def img_resolution(self) -> int:
        return self.resolutions[-1]

    @property
    def num_ws(self) -> int:
        return 2 * len(self.channels)


def stylegan2_spec(config: StyleGAN2Config, card: Card) -> GeneratorSpec:
    """Facts about a generator of this configuration."""
    has_preview = config.architecture == "skip" and config.img_resolution > PREVIEW_PX
    px = config.resolutions
    noisy = (4, *(r for r in px[1:] for _ in range(2))) if config.use_noise else ()
    return card.spec(
        architecture="stylegan2",
        z_dim=config.mapping.z_dim,
        w_dim=config.mapping.w_dim,
        c_dim=config.mapping.c_dim,
        num_ws=config.num_ws,
        img_resolution=config.img_resolution,
        img_channels=config.img_channels,
        layer_resolutions=stylegan2_resolutions(config.num_ws),
        preview_resolution=PREVIEW_PX if has_preview else config.img_resolution,
        preview_num_ws=2 * px.index(PREVIEW_PX) + 2 if has_preview else None,
        noise_shapes=tuple((r, r) for r in noisy),
        feature_resolutions=px,
    )


class StyledConvolution(nn.Module):
    """A modulated 3x3 convolution with noise, bias and nonlinearity; the first of a block doubles height and width."""

    taps: Tensor | None
    noise: Tensor

    def __init__(
        self, config: StyleGAN2Config, channels: tuple[int, int], resolution: int, *, up: bool, gain: float = 1.0
    ) -> None:
        super().__init__()
        inputs, outputs = channels
        self.affine = nn.Linear(config.mapping.w_dim, inputs)
        # Torch wants the kernels of transposed convolutions the other way round.
        self.weight = nn.Parameter(torch.empty(*((inputs, outputs) if up else (outputs, inputs)), 3, 3))
        self.bias = nn.Parameter(torch.empty(outputs))
        self.register_buffer("taps", torch.empty(config.taps) if up else None)
        if config.use_noise:
            self.register_buffer("noise", torch.empty(1, 1, resolution, resolution))
            self.noise_strength = nn.Parameter(torch.empty(()))
        activation = ACTIVATIONS[config.activation]
        self.gain = gain * activation.gain
        self.slope = activation.slope
        self.activate = activation.function
        self.clamp = None if config.conv_clamp is None else config.conv_clamp * gain
        self._known: tuple[object, Tensor] | None = None

    def _energy(self) -> Tensor:
        """The kernels' squares summed over their places, [I, O]; computed again only when they change."""
        weight = self.weight
        if weight.requires_grad or not isinstance(
            weight, nn.Parameter
        ):  # one that is computed (in training) may lie where another has lain
            return self._summed(weight)
        if torch.compiler.is_compiling():  # what is remembered would be looked up while the program runs
            return self._summed(weight)
        state = (weight._version, weight.data_ptr(), weight.device)
        if self._known is None or self._known[0] != state:
            self._known = (state, self._summed(weight))
        return self._known[1]

    def _summed(self, weight: Tensor) -> Tensor:
        energy = weight.square().sum(dim=(2, 3))
        return energy if self.taps is not None else energy.T.contiguous()

    def forward(self, x: Tensor, style: Tensor, noise: Tensor | None) -> Tensor:
        """``x`` [N, I, r, r], ``style`` [N, I] -> [N, O, R, R]."""
        # Factors behind a nonlinearity that is linear on either side of zero go before it, where they cost nothing.
        gain = 1.0 if self.slope is None else self.gain
        y = styled_convolution(
            x,
            style,
            demodulation(style, self._energy()) * gain,
            self.weight,
            self.bias * gain,
            None if noise is None else noise * (self.noise_strength * gain),
            slope=1.0 if self.slope is None else self.slope,
            taps=self.taps,
        )
        if self.slope is None:
            y = self.activate(y) * self.gain
        return y if self.clamp is None else y.clamp(-self.clamp, self.clamp)


class ToImage(nn.Module):
    """A modulated 1x1 convolution without demodulation."""

    def __init__(self, config: StyleGAN2Config, channels: int) -> None:
        super().__init__()
        self.affine = nn.Linear(config.mapping.w_dim, channels)
        self.weight = nn.Parameter(torch.empty(config.img_channels, channels, 1, 1))
        self.bias = nn.Parameter(torch.empty(config.img_channels))
        self.clamp = config.conv_clamp

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """``x`` [N, C, r, r], ``style`` [N, C] -> [N, img_channels, r, r]."""
        image = styled_convolution(x, style, style.new_ones(len(style), len(self.bias)), self.weight, self.bias, None, slope=1.0)
        return image if self.clamp is None else image.clamp(-self.clamp, self.clamp)


class ResidualPath(nn.Module):
    """What leads around a residual block: a 1x1 convolution, then upsampling."""

    taps: Tensor

    def __init__(self, config: StyleGAN2Config, channels: tuple[int, int]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(channels[1], channels[0], 1, 1))
        self.register_buffer("taps", torch.empty(config.taps))

    def forward(self, x: Tensor) -> Tensor:
        return upsample(nn.functional.conv2d(x, self.weight * RESIDUAL_GAIN), self.taps)


class Block(nn.Module):
    """All that is drawn at one resolution."""

    taps: Tensor | None

    def __init__(self, config: StyleGAN2Config, index: int) -> None:
        super().__init__()
        resolution, channels = config.resolutions[index], config.channels[index]
        self.resolution = resolution
        residual = config.architecture == "resnet" and index > 0
        if index == 0:
            self.const = nn.Parameter(torch.empty(1, channels, 4, 4))
        else:
            self.conv0 = StyledConvolution(config, (config.channels[index - 1], channels), resolution, up=True)
        gain = RESIDUAL_GAIN if residual else 1.0
        self.conv1 = StyledConvolution(config, (channels, channels), resolution, up=False, gain=gain)
        self.skip = ResidualPath(config, (config.channels[index - 1], channels)) if residual else None
        is_last = index == len(config.channels) - 1
        self.to_image = ToImage(config, channels) if is_last or config.architecture == "skip" else None
        self.register_buffer("taps", torch.empty(config.taps) if index and config.architecture == "skip" else None)

    @property
    def convolutions(self) -> tuple[StyledConvolution, ...]:
        """In the order of their styles."""
        return (self.conv1,) if self.resolution == 4 else (self.conv0, self.conv1)

    def forward(self, x: Tensor | None, styles: Sequence[Tensor], noise: Sequence[Tensor | None]) -> Tensor:
        """Features of half the size, one style and noise for each convolution -> features."""
        if x is None:
            start = self.const.expand(len(styles[0]), -1, -1, -1).contiguous(memory_format=torch.channels_last)
            return self.conv1(start, styles[0], noise[0])
        y = self.conv1(self.conv0(x, styles[0], noise[0]), styles[1], noise[1])
        return y if self.skip is None else y + self.skip(x)

    def add_image(self, image: Tensor | None, x: Tensor, style: Tensor) -> Tensor:
        """The image [N, img_channels, r, r] so far, at this resolution, with what the features ``x`` add."""
        assert self.to_image is not None
        more: Tensor = self.to_image(x, style)
        return more if image is None else upsample(image, self.taps) + more  # type: ignore[arg-type]


class StyleGAN2(SkipGenerator):
    """The whole generator. See :class:`latentedit.generators.base.Generator` for the meaning of its members."""

    def __init__(self, spec: GeneratorSpec, config: StyleGAN2Config) -> None:
        super().__init__(spec)
        self.config = config
        self.mapping_network = MappingNetwork(config.mapping)
        self.blocks = nn.ModuleList(Block(config, index) for index in range(len(config.channels)))

    def style_layers(self) -> list[tuple[int, nn.Linear]]:
        """The layers that make styles, each with the index of the ``w`` that it reads, in the order of drawing."""
        layers, index = [], 0
        for block in self._blocks():
            for convolution in block.convolutions:
                layers.append((index, convolution.affine))
                index += 1
            if block.to_image is not None:
                layers.append((index, block.to_image.affine))
        return layers

    def stored_noise(self) -> Sequence[Tensor]:
        """Maps [1, 1, r, r] of unit strength, one per convolution; each layer has a strength of its own."""
        if not self.config.use_noise:
            return ()
        return [convolution.noise for block in self._blocks() for convolution in block.convolutions]

    def arrange_memory(self) -> None:
        """Kernels lie as torch's convolutions on a CPU want them, who would arrange them at every call."""
        for block in self._blocks():
            for convolution in block.convolutions:
                convolution.weight.data = convolution.weight.data.contiguous(memory_format=torch.channels_last)

    def tunable_parameters(self) -> list[str]:
        """Weights and biases of the last convolutions of the blocks from 16 to 64 px."""
        return [f"blocks.{i}.conv1.{kind}" for i in tuned_indices(self.config.resolutions) for kind in ("weight", "bias")]

    def _blocks(self) -> Iterator[Block]:
        for block in self.blocks:
            assert isinstance(block, Block)
            yield block

    def drawn_blocks(
        self, styles: Sequence[Tensor], noise: Sequence[Tensor | None]
    ) -> Iterator[tuple[SkipBlock, Tensor, Tensor | None]]:
        """Each block, its features, and the style of its to-image layer."""
        x: Tensor | None = None
        maps = iter(noise if self.config.use_noise else [None] * len(styles))
        remaining = iter(styles)
        for block in self._blocks():
            count = len(block.convolutions)
            own = [next(remaining) for _ in range(count)]
            x = block(x, own, [next(maps) for _ in range(count)])
            yield block, x, next(remaining) if block.to_image is not None else None
