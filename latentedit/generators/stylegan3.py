"""StyleGAN3, T and R (Karras et al., 2021, arXiv:2106.12423): features are signals between their samples too, and turn and move with the input.

Where StyleGAN2 begins at a constant, this network begins at waves of few frequencies, which the first style turns and shifts. Each layer is a modulated
convolution and a nonlinearity that is filtered (see :mod:`latentedit.generators.filtered_activation`); the frequencies that its result may hold, its
``cutoff``, grow from layer to layer, and the sampling rate with them, by doublings. Nothing else tells the network where it draws: there is no noise,
and canvases are wider than the picture by a margin, so that no layer sees the border. R has 1x1 convolutions and round filters, so that it turns as
well as it moves.

Weights are effective ones (see :mod:`latentedit.generators.mapping_network`). Two normalisations of training are gone: of each kernel to a root mean
square of 1, which is done when a file is read, and of all styles of a batch to one, which demodulation undoes but for its epsilon of 1e-8 beside sums of
about the fan-in. So a batch is its members.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.errors import CheckpointError
from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.filtered_activation import FilteredActivation, filtered_leaky_relu, needed
from latentedit.generators.mapping_network import MappingConfig, MappingNetwork
from latentedit.generators.module import tuned_indices
from latentedit.generators.styled_convolution import demodulation, styled_convolution
from latentedit.generators.styled_generator import StyledGenerator

MAX_SIZE = 1 << 14
"""A canvas that is larger is a mistake in a file."""
INPUT_STYLE = 4
"""Numbers in the input's style: the cosine and sine of a turn, and a shift along x and y, all times a factor that is taken out again."""


@dataclass(frozen=True)
class InputConfig:
    """The waves that the network begins at.

    Attributes:
        channels: how many there are, and channels of the features made of them.
        size: height and width of the canvas, margins included.
        sampling_rate: samples per side of the picture.
        bandwidth: no frequency is higher, in waves per side of the picture.
    """

    channels: int
    size: int
    sampling_rate: float
    bandwidth: float


@dataclass(frozen=True)
class LayerConfig:
    """One layer; its input is what the layer before gives.

    Attributes:
        channels: of its result.
        kernel: height and width of the convolution; it lengthens the canvas by ``kernel - 1``.
        activation: of what follows.
        up_taps, down_taps: lengths of its filters.
        radial: whether the second filter is the same in all directions, a kernel instead of taps along each axis.
        sampling_rate: samples of the result per side of the picture.
        cutoff: the highest frequency in the result, in waves per side of the picture.
    """

    channels: int
    kernel: int
    activation: FilteredActivation
    up_taps: int
    down_taps: int
    radial: bool
    sampling_rate: int
    cutoff: float

    def out_size(self, size: int) -> int:
        """Height and width of the result for an input of ``size``."""
        return self.activation.out_size(size + self.kernel - 1, self.up_taps, self.down_taps)


@dataclass(frozen=True)
class StyleGAN3Config:
    """Sizes and variants.

    Attributes:
        mapping: of the mapping network.
        input: what is drawn from.
        layers: in the order of drawing.
        img_channels: 3, or 1 for grey images.
        image_clamp: the image is kept within plus and minus this; None for no bounds.
    """

    mapping: MappingConfig
    input: InputConfig
    layers: tuple[LayerConfig, ...]
    img_channels: int = 3
    image_clamp: float | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """Heights and widths of the canvases, the input's first."""
        return tuple(itertools.accumulate(self.layers, lambda size, layer: layer.out_size(size), initial=self.input.size))

    @property
    def img_resolution(self) -> int:
        return self.sizes[-1]

    @property
    def num_ws(self) -> int:
        """One style for the input, one for each layer, one for the layer that makes the image."""
        return len(self.layers) + 2

    @property
    def feature_layers(self) -> dict[int, int]:
        """For each sampling rate how many layers lead to the last features of that rate, ascending."""
        sizes = self.sizes
        ends = {layer.sampling_rate: number for number, layer in enumerate(self.layers, start=1)}
        return {rate: end for rate, end in sorted(ends.items()) if sizes[end] >= rate and (sizes[end] - rate) % 2 == 0}


def stylegan3_spec(config: StyleGAN3Config, card: Card) -> GeneratorSpec:
    """Facts about a generator of this configuration.

    Raises:
        CheckpointError: its layers make no picture.
    """
    check_layers(config)
    steered = (config.input.bandwidth, *(layer.cutoff for layer in config.layers), config.layers[-1].cutoff)
    return card.spec(
        architecture="stylegan3",
        z_dim=config.mapping.z_dim,
        w_dim=config.mapping.w_dim,
        c_dim=config.mapping.c_dim,
        num_ws=config.num_ws,
        img_resolution=config.img_resolution,
        img_channels=config.img_channels,
        layer_resolutions=tuple(resolution_of(cutoff) for cutoff in steered),
        preview_resolution=config.img_resolution,
        feature_resolutions=tuple(config.feature_layers),
    )


def check_layers(config: StyleGAN3Config) -> None:
    """
    Raises:
        CheckpointError: there are no layers, or they lead to no canvas that could be drawn on.
    """
    waves = config.input
    counts = [waves.channels, waves.size, waves.bandwidth, waves.sampling_rate / 2 - waves.bandwidth, config.img_channels]
    for layer in config.layers:
        counts += [layer.channels, layer.kernel, layer.activation.up, layer.activation.down, layer.up_taps, layer.down_taps]
        counts += [layer.sampling_rate, layer.cutoff]
    if not config.layers or min(counts) <= 0 or not 1 <= min(config.sizes) <= max(config.sizes) <= MAX_SIZE:
        raise CheckpointError("The network's layers make no picture: their sizes do not fit together.")


def unit_kernels(weight: Tensor) -> Tensor:
    """Kernels [O, I, k, k], each scaled to a root mean square of 1, as the network has them before it modulates them."""
    return weight / weight.square().mean(dim=(1, 2, 3), keepdim=True).sqrt()


def upsampling_filter(taps: Tensor, factor: int) -> Tensor:
    """Taps [T] of a sum of 1, as a layer has them: times what makes up for the zeros in between, and the leaky ReLU's gain of sqrt 2, which
    commutes with it and which two axes share."""
    return taps * (factor * 2**0.25)


def resolution_of(cutoff: float) -> int:
    """The resolution (px, a power of 2) of the smallest StyleGAN2 block that could hold frequencies up to ``cutoff`` waves per side.

    The sampling rate tells less: it is the same for many layers, and 16 at the least, whereas the first layers draw what StyleGAN2 draws at 4 px.
    """
    return int(2 ** math.ceil(math.log2(2 * cutoff) - 1e-6))


class WaveInput(nn.Module):
    """Waves over the canvas, and a linear map of them."""

    freqs: Tensor
    phases: Tensor

    def __init__(self, config: InputConfig, w_dim: int) -> None:
        super().__init__()
        self.config = config
        self.affine = nn.Linear(w_dim, INPUT_STYLE)
        self.weight = nn.Parameter(torch.empty(config.channels, config.channels))
        self.register_buffer("freqs", torch.empty(config.channels, 2))
        self.register_buffer("phases", torch.empty(config.channels))

    def forward(self, style: Tensor, transform: Tensor) -> Tensor:
        """``style`` [N, 4], ``transform`` [3, 3] -> [N, C, S, S]."""
        config = self.config
        style = style / style[:, :2].norm(dim=1, keepdim=True)
        cosine, sine = style[:, 0], style[:, 1]
        rotation = torch.stack([torch.stack([cosine, -sine], dim=1), torch.stack([sine, cosine], dim=1)], dim=1)
        # A point p of the picture shows what the waves are at rotation (transform(p) - shift).
        linear = rotation @ transform[:2, :2]
        shift = rotation @ (transform[:2, 2] - style[:, 2:])[:, :, None]
        freqs = self.freqs @ linear
        phases = self.phases + (self.freqs @ shift).squeeze(2)
        # What a transform that shrinks the picture lifts above the sampling rate's half would alias; it fades.
        excess = (freqs.norm(dim=2) - config.bandwidth) / (config.sampling_rate / 2 - config.bandwidth)
        amplitudes = (1 - excess).clamp(0, 1)
        along = (torch.arange(config.size, device=style.device, dtype=style.dtype) + (1 - config.size) / 2) / config.sampling_rate
        angles = (
            along[:, None, None] * freqs[:, None, None, :, 1]
            + along[:, None] * freqs[:, None, None, :, 0]
            + phases[:, None, None]
        )
        waves = torch.sin(2 * math.pi * angles) * amplitudes[:, None, None]
        # Channels lie last in memory, where all later layers want them.
        return F.linear(waves, self.weight).permute(0, 3, 1, 2)


class Layer(nn.Module):
    """A modulated convolution and a filtered leaky ReLU. What no sample of the result sees is not computed."""

    up_filter: Tensor
    down_filter: Tensor
    input_gain: Tensor

    def __init__(self, config: LayerConfig, in_channels: int, in_size: int, w_dim: int) -> None:
        super().__init__()
        self.config = config
        self.affine = nn.Linear(w_dim, in_channels)
        self.weight = nn.Parameter(torch.empty(config.channels, in_channels, config.kernel, config.kernel))
        self.bias = nn.Parameter(torch.empty(config.channels))
        self.register_buffer("up_filter", torch.empty(config.up_taps))
        self.register_buffer("down_filter", torch.empty((config.down_taps,) * (2 if config.radial else 1)))
        self.register_buffer("input_gain", torch.empty(()))
        around = config.kernel - 1
        unseen = max(0, needed(in_size + around, config.up_taps, config.down_taps, config.activation))
        self.crop = max(0, unseen - around)
        self.padding = max(0, around - unseen)
        lo, hi = (side + unseen * config.activation.up for side in config.activation.padding)
        self.activation = replace(config.activation, padding=(lo, hi))

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """``x`` [N, I, s, s], ``style`` [N, I] -> [N, O, t, t]."""
        if self.crop:
            x = x[:, :, self.crop : -self.crop, self.crop : -self.crop]
        scale = demodulation(style, self.weight.square().sum(dim=(2, 3)).T) * self.input_gain
        y = styled_convolution(x, style, scale, self.weight, self.bias, None, slope=1.0, padding=self.padding)
        return filtered_leaky_relu(y, self.up_filter, self.down_filter, self.activation)


class ToImage(nn.Module):
    """A modulated 1x1 convolution without demodulation."""

    def __init__(self, config: StyleGAN3Config) -> None:
        super().__init__()
        channels = config.layers[-1].channels
        self.affine = nn.Linear(config.mapping.w_dim, channels)
        self.weight = nn.Parameter(torch.empty(config.img_channels, channels, 1, 1))
        self.bias = nn.Parameter(torch.empty(config.img_channels))
        self.clamp = config.image_clamp

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """``x`` [N, C, R, R], ``style`` [N, C] -> [N, img_channels, R, R]."""
        image = styled_convolution(x, style, style.new_ones(len(style), len(self.bias)), self.weight, self.bias, None, slope=1.0)
        return image if self.clamp is None else image.clamp(-self.clamp, self.clamp)


class StyleGAN3(StyledGenerator):
    """The whole generator. See :class:`latentedit.generators.base.Generator` for the meaning of its members."""

    transform: Tensor
    """[3, 3], where each point of the picture is taken from: the homogeneous map of its coordinates (x, y, 1), with x to the right, y down, the
    picture's centre at 0 and its side 1, to those of the drawing as the network would have made it. The unit matrix to begin with; assign another to
    turn, shift or scale what is drawn."""

    def __init__(self, spec: GeneratorSpec, config: StyleGAN3Config) -> None:
        super().__init__(spec)
        self.config = config
        w_dim = config.mapping.w_dim
        self.mapping_network = MappingNetwork(config.mapping)
        self.register_buffer("transform", torch.eye(3))
        self.input = WaveInput(config.input, w_dim)
        widths = (config.input.channels, *(layer.channels for layer in config.layers))
        self.layers = nn.ModuleList(
            Layer(layer, width, size, w_dim) for layer, width, size in zip(config.layers, widths, config.sizes, strict=False)
        )
        self.to_image = ToImage(config)

    def style_layers(self) -> list[tuple[int, nn.Linear]]:
        """The layers that make styles, each with the index of the ``w`` that it reads, in the order of drawing; the first is the input's."""
        return list(enumerate([self.input.affine, *(layer.affine for layer in self._layers()), self.to_image.affine]))

    def draw_styles(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None] | None = None) -> Tensor:
        """Draw what :meth:`styles` gives, or has been changed to; there is no noise."""
        image: Tensor = self.to_image(self._drawn(styles, len(self.layers)), styles[-1])
        return image

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """The last features of this sampling rate, without the margin around the picture."""
        self.check_resolution(resolution)
        self.noise_for(w_plus, "const", noise)
        x = self._drawn(self.styles(w_plus), self.config.feature_layers[resolution])
        margin = (x.shape[2] - resolution) // 2
        return x[:, :, margin : margin + resolution, margin : margin + resolution]

    def tunable_parameters(self) -> list[str]:
        """Weights and biases of the last layers that draw at 16, 32 and 64 px."""
        last = {resolution_of(layer.cutoff): number for number, layer in enumerate(self.config.layers)}
        chosen = [list(last.values())[i] for i in tuned_indices(list(last))]
        return [f"layers.{number}.{kind}" for number in chosen for kind in ("weight", "bias")]

    def _layers(self) -> Iterator[Layer]:
        for layer in self.layers:
            assert isinstance(layer, Layer)
            yield layer

    def _drawn(self, styles: Sequence[Tensor], count: int) -> Tensor:
        """The features behind the first ``count`` layers."""
        x: Tensor = self.input(styles[0], self.transform)
        for layer, style in itertools.islice(zip(self._layers(), styles[1:], strict=False), count):
            x = layer(x, style)
        return x
