"""How StyleGAN3 lays out its layers and designs its filters (Karras et al., 2021, arXiv:2106.12423, section 3.2 and appendix C).

The frequency up to which a layer's result is meant to carry signal, its cutoff, grows by the same factor from layer to layer. Above it, up to the
stopband, the filter falls off; the sampling rate is the lowest power of two that holds the stopband. Early layers get wide, soft transitions, which
cost little at their low rates; the last ones, where the picture must keep all its frequencies, are critically sampled and have narrow ones.

Checkpoints tell all that comes of this; what is here makes networks that have none: for tests, for benchmarks, and to begin a training.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.generators.filtered_activation import FilteredActivation
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.stylegan3 import (
    INPUT_STYLE,
    InputConfig,
    LayerConfig,
    StyleGAN3Config,
    unit_kernels,
    upsampling_filter,
)

OVERSAMPLING = 2
"""How many times the higher of its two rates a nonlinearity acts at."""


@dataclass(frozen=True)
class Design:
    """What the layers follow from; as in the paper for 1024 px where nothing else is said.

    Attributes:
        img_resolution: a power of 2.
        rotation: R, with 1x1 kernels and round filters and as a rule twice the channels, instead of T.
        channel_base, channel_max: a layer has ``channel_base / (2 cutoff)`` channels, and ``channel_max`` at most.
        num_layers: without the one that makes the image.
        num_critical: how many of the last layers are critically sampled.
        first_cutoff, first_stopband: of the input, in waves per side of the picture.
        last_stopband: of the critically sampled layers, in cutoffs.
        margin: samples beyond the picture's borders.
        taps: of each filter, for each sample of the lower rate.
        clamp: bounds of the nonlinearity.
        output_scale: what the last layer's result is multiplied by.
    """

    img_resolution: int = 1024
    rotation: bool = False
    channel_base: int = 32768
    channel_max: int = 512
    num_layers: int = 14
    num_critical: int = 2
    first_cutoff: float = 2.0
    first_stopband: float = 2**2.1
    last_stopband: float = 2**0.3
    margin: int = 10
    taps: int = 6
    clamp: float | None = 256.0
    output_scale: float = 0.25


@dataclass(frozen=True)
class _Stage:
    """The signal behind a layer: its frequencies and its samples. ``half_width`` is half of the filter's transition."""

    cutoff: float
    half_width: float
    rate: int
    size: int
    channels: int


def _stages(design: Design) -> list[_Stage]:
    """What comes out of each layer."""
    last_cutoff = design.img_resolution / 2
    growing = design.num_layers - design.num_critical
    stages = []
    for number in range(design.num_layers):
        progress = min(number / growing, 1.0)
        cutoff = design.first_cutoff * (last_cutoff / design.first_cutoff) ** progress
        stopband = design.first_stopband * (last_cutoff * design.last_stopband / design.first_stopband) ** progress
        # The smallest power of two that holds it; the tolerance is for logarithms that should be whole.
        rate = 2 ** math.ceil(math.log2(min(2 * stopband, design.img_resolution)) - 1e-9)
        margin = design.margin if number < design.num_layers - 1 else 0
        channels = round(min(design.channel_base / 2 / cutoff, design.channel_max))
        stages.append(_Stage(cutoff, max(stopband, rate / 2) - cutoff, rate, rate + 2 * margin, channels))
    return stages


def layout(design: Design, mapping: MappingConfig) -> tuple[StyleGAN3Config, dict[str, Tensor]]:
    """The network, and its filters by name; gains are multiplied into those (see :class:`latentedit.generators.stylegan3.Layer`)."""
    signals = _stages(design)
    layers, filters = [], {}
    # The first layer gets waves of the frequencies that it hands on.
    for number, (low, high) in enumerate(zip([signals[0], *signals], signals, strict=False)):
        rate = OVERSAMPLING * max(low.rate, high.rate)
        up, down = rate // low.rate, rate // high.rate
        kernel = 1 if design.rotation else 3
        radial = design.rotation and number < design.num_layers - design.num_critical
        activation = FilteredActivation(up, down, _padding(low, high, up, down, kernel, design.taps), clamp=design.clamp)
        layers.append(
            LayerConfig(high.channels, kernel, activation, design.taps * up, design.taps * down, radial, high.rate, high.cutoff)
        )
        filters[f"layers.{number}.up_filter"] = upsampling_filter(lowpass(design.taps * up, low, rate), up)
        design_down = round_lowpass if radial else lowpass
        filters[f"layers.{number}.down_filter"] = design_down(design.taps * down, high, rate)
    first = signals[0]
    config = StyleGAN3Config(
        mapping=mapping,
        input=InputConfig(first.channels, first.size, float(first.rate), first.cutoff),
        layers=tuple(layers),
        image_clamp=None if design.clamp is None else design.clamp * design.output_scale,
    )
    return config, filters


def _padding(low: _Stage, high: _Stage, up: int, down: int, kernel: int, taps: int) -> tuple[int, int]:
    """What leads from one canvas to the other; zeros in between the samples put its middle half a sample of the high rate off, which is put right."""
    wanted = (high.size - 1) * down + 1 + (taps * up - 1) + (taps * down - 1)
    total = wanted - (low.size + kernel - 1) * up
    before = (total + up) // 2
    return before, total - before


def lowpass(taps: int, signal: _Stage, rate: int) -> Tensor:
    """Kaiser's windowed low-pass filter [taps], scaled to a sum of 1, at ``rate`` samples per side of the picture."""
    time = _times(taps, rate)
    response = torch.sinc(2 * signal.cutoff * time) * _window(taps, signal, rate)
    return (response / response.sum()).float()


def round_lowpass(taps: int, signal: _Stage, rate: int) -> Tensor:
    """The same for a disc of frequencies instead of a square, [taps, taps]: the jinc function under the window of both axes."""
    time = _times(taps, rate)
    distance = torch.hypot(time[:, None], time)
    window = _window(taps, signal, rate)
    response = (
        torch.special.bessel_j1(2 * math.pi * signal.cutoff * distance) / (math.pi * distance) * torch.outer(window, window)
    )
    return (response / response.sum()).float()


def _times(taps: int, rate: int) -> Tensor:
    """Of the taps, around 0; an even number has none there."""
    return (torch.arange(taps, dtype=torch.float64) - (taps - 1) / 2) / rate


def _window(taps: int, signal: _Stage, rate: int) -> Tensor:
    """Kaiser's window for this transition (Kaiser, 1974: attenuation from taps and width, and beta from attenuation)."""
    width = 2 * signal.half_width / (rate / 2)
    attenuation = 2.285 * (taps - 1) * math.pi * width + 7.95
    if attenuation > 50:
        beta = 0.1102 * (attenuation - 8.7)
    elif attenuation > 21:
        beta = 0.5842 * (attenuation - 21) ** 0.4 + 0.07886 * (attenuation - 21)
    else:
        beta = 0.0
    return torch.kaiser_window(taps, periodic=False, beta=beta, dtype=torch.float64)


def untrained(design: Design, mapping: MappingConfig, seed: int = 0) -> FoundGenerator:
    """A network with the weights that training begins with, for :func:`latentedit.generators.architectures.build`."""
    config, tensors = layout(design, mapping)
    random = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=random)

    def affine(target: str, channels: int) -> None:
        tensors[f"{target}.affine.weight"] = normal(channels, mapping.w_dim) / math.sqrt(mapping.w_dim)
        tensors[f"{target}.affine.bias"] = torch.ones(channels)

    if mapping.embed_features:
        tensors["mapping_network.embed.weight"] = normal(mapping.embed_features, mapping.c_dim) / math.sqrt(mapping.c_dim)
        tensors["mapping_network.embed.bias"] = torch.zeros(mapping.embed_features)
    width = mapping.z_dim + mapping.embed_features
    for number, features in enumerate(mapping.features):
        tensors[f"mapping_network.layers.{number}.weight"] = normal(features, width) / math.sqrt(width)
        tensors[f"mapping_network.layers.{number}.bias"] = torch.zeros(features)
        width = features
    channels = config.input.channels
    angles, radii = 2 * math.pi * torch.rand(channels, generator=random), torch.rand(channels, generator=random).sqrt()
    tensors["transform"] = torch.eye(3)
    tensors["input.freqs"] = torch.stack([angles.cos(), angles.sin()], dim=1) * radii[:, None] * config.input.bandwidth
    tensors["input.phases"] = torch.rand(channels, generator=random) - 0.5
    tensors["input.weight"] = normal(channels, channels) / math.sqrt(channels)
    # No style turns or shifts the input to begin with.
    tensors["input.affine.weight"] = torch.zeros(INPUT_STYLE, mapping.w_dim)
    tensors["input.affine.bias"] = torch.tensor([1.0, 0.0, 0.0, 0.0])
    for number, layer in enumerate(config.layers):
        tensors[f"layers.{number}.weight"] = unit_kernels(normal(layer.channels, channels, layer.kernel, layer.kernel))
        tensors[f"layers.{number}.bias"] = torch.zeros(layer.channels)
        tensors[f"layers.{number}.input_gain"] = torch.ones(())
        affine(f"layers.{number}", channels)
        channels = layer.channels
    tensors["to_image.weight"] = normal(config.img_channels, channels, 1, 1) * design.output_scale / math.sqrt(channels)
    tensors["to_image.bias"] = torch.zeros(config.img_channels)
    affine("to_image", channels)
    return FoundGenerator(config, tensors, "latentedit")
