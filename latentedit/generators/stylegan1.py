"""StyleGAN, the first of its name (Karras et al., 2019, arXiv:1812.04948): a style scales and shifts normalised features behind every convolution.

Weights are effective ones (see :mod:`latentedit.generators.mapping_network`), and what the programs do differently is turned into numbers where it can be:

- Upsampling is a transposed convolution of stride 2 with a 4x4 kernel. Doubling the pixels, then convolving with a 3x3 kernel, is the same as that with the
  kernel summed over its four shifts by 0 and 1 along each axis: each output pixel sees 2x2 input pixels, and taps that meet the same one add up.
- The 1 that some add to the scale of a style is in the bias that makes it.

Styles: two for each resolution from 4 px on, the first at 4 px for what is behind the constant. To-image layers have none.

The network is trained from coarse to fine (Karras et al., 2018, arXiv:1710.10196). ``lod`` tells where it is, as in the original program: the number of times
that the image is still halved. With a fraction, the finer image is being faded in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.activations import ACTIVATIONS
from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.mapping_network import MappingConfig, MappingNetwork, unit_rms
from latentedit.generators.module import tuned_indices
from latentedit.generators.resampling import depthwise, kernel
from latentedit.generators.styled_generator import StyledGenerator

UPSAMPLING_SIZE = 4
"""Height and width of the kernels that upsample."""


@dataclass(frozen=True)
class StyleGAN1Config:
    """Sizes and variants.

    Attributes:
        mapping: of the mapping network.
        channels: of the features at 4, 8, 16... px; their number tells the image's resolution.
        img_channels: 3, or 1 for grey images.
        grows: whether there is a to-image layer for every resolution, not only for the last.
        lod: how far the network has grown; 0 when it is done. The image is as large as ever, of coarser pixels.
        noise_maps: how many maps each block has: 2, one for each layer; 1, which both layers add; or 0.
        blurred_bias: whether a bias is added before the blur, which makes it less at the border.
        taps: how many taps the blur behind an upsampling has; 0 for no blur.
        activation: a name of :data:`latentedit.generators.activations.ACTIVATIONS`, linear on either side of zero.
        pixel_norm, instance_norm: whether features are scaled to a unit root mean square over the channels of each pixel; whether each
            channel is brought to zero mean and unit variance over its pixels.
        eps: what is added to that variance.
        const_input: whether drawing starts from a constant, not from a linear function of the first ``w``.
        use_styles: whether there are styles; without them there is one ``w``, for the start.
    """

    mapping: MappingConfig
    channels: tuple[int, ...]
    img_channels: int = 3
    grows: bool = True
    lod: float = 0.0
    noise_maps: int = 2
    blurred_bias: bool = False
    taps: int = 3
    activation: str = "lrelu"
    pixel_norm: bool = False
    instance_norm: bool = True
    eps: float = 1e-8
    const_input: bool = True
    use_styles: bool = True

    @property
    def resolutions(self) -> tuple[int, ...]:
        """Of the blocks, in px."""
        return tuple(4 << i for i in range(len(self.channels)))

    @property
    def drawn_resolutions(self) -> tuple[int, ...]:
        """Of the blocks that have a part in the image."""
        return self.resolutions[: len(self.channels) - int(self.lod)]

    @property
    def img_resolution(self) -> int:
        return self.resolutions[-1]


def stylegan1_spec(config: StyleGAN1Config, card: Card) -> GeneratorSpec:
    """Facts about a generator of this configuration."""
    px = config.resolutions
    layers = tuple(r for r in px for _ in range(2)) if config.use_styles else px[:1]
    return card.spec(
        architecture="stylegan1",
        z_dim=config.mapping.z_dim,
        w_dim=config.mapping.w_dim,
        c_dim=config.mapping.c_dim,
        num_ws=len(layers),
        img_resolution=config.img_resolution,
        img_channels=config.img_channels,
        layer_resolutions=layers,
        preview_resolution=config.img_resolution,
        noise_shapes=tuple((r, r) for r in px for _ in range(config.noise_maps)),
        feature_resolutions=config.drawn_resolutions,
    )


def normalised(x: Tensor, scale: Tensor | None, shift: Tensor | None, eps: float) -> Tensor:
    """Adaptive instance normalisation (equation 1 of the paper): each channel of each sample at zero mean and unit variance, then scaled and shifted.

    Args:
        x: [N, C, H, W].
        scale, shift: [N, C], or None for neither.

    For one sample this is what batch normalisation computes, which torch does in few passes over memory, forward and backward.
    """
    scales = [None] * len(x) if scale is None else scale.unbind()
    shifts = [None] * len(x) if shift is None else shift.unbind()
    # Split, not indexed: the gradient of an index is a tensor of zeros with that of the index copied in.
    samples = [x] if len(x) == 1 else torch.split(x, 1)
    done = [
        F.batch_norm(sample, None, None, its_scale, its_shift, training=True, eps=eps)
        for sample, its_scale, its_shift in zip(samples, scales, shifts, strict=True)
    ]
    return done[0] if len(done) == 1 else torch.cat(done)


class StyledLayer(nn.Module):
    """A convolution, or none behind the constant; then noise, bias, nonlinearity, normalisation and style."""

    taps: Tensor | None

    def __init__(self, config: StyleGAN1Config, channels: tuple[int | None, int], *, up: bool = False) -> None:
        super().__init__()
        inputs, outputs = channels
        self.config = config
        self.up = up
        self.weight: nn.Parameter | None = None
        if inputs is not None:
            # Torch wants the kernels of transposed convolutions the other way round.
            shape = (inputs, outputs, UPSAMPLING_SIZE, UPSAMPLING_SIZE) if up else (outputs, inputs, 3, 3)
            self.weight = nn.Parameter(torch.empty(shape))
        self.bias = nn.Parameter(torch.empty(outputs))
        self.noise_strength = nn.Parameter(torch.empty(outputs)) if config.noise_maps else None
        self.affine = nn.Linear(config.mapping.w_dim, 2 * outputs) if config.use_styles else None
        self.register_buffer("taps", torch.empty(config.taps) if up and config.taps else None)
        slope = ACTIVATIONS[config.activation].slope
        if slope is None:
            raise ValueError(f"StyleGAN's layers do not take {config.activation}")
        self.slope = slope

    def forward(self, x: Tensor, style: Tensor | None, noise: Tensor | None) -> Tensor:
        """``x`` [N, I, r, r], ``style`` [N, 2 O] (scales, then shifts), ``noise`` [1 or N, 1, R, R] -> [N, O, R, R]."""
        y = self._convolved(x)
        if noise is not None and self.noise_strength is not None:
            y.addcmul_(noise, self.noise_strength[:, None, None])
        if self.slope != 1:
            y = F.leaky_relu_(y, self.slope)
        if self.config.pixel_norm:
            y = unit_rms(y)
        scale, shift = (None, None) if style is None else style.chunk(2, dim=1)
        if self.config.instance_norm:
            return normalised(y, scale, shift, self.config.eps)
        if scale is None or shift is None:
            return y
        return torch.addcmul(shift[:, :, None, None], y, scale[:, :, None, None])

    def _convolved(self, x: Tensor) -> Tensor:
        """The convolution, its blur, and the bias, in memory of their own."""
        if self.weight is None:
            return x + self.bias[:, None, None]
        if not self.up:
            return F.conv2d(x, self.weight, self.bias, padding=1)
        at_once = self.taps is None or self.config.blurred_bias
        y = F.conv_transpose2d(x, self.weight, self.bias if at_once else None, stride=2, padding=1)
        if self.taps is None:
            return y
        before, after = (len(self.taps) - 1) // 2, len(self.taps) // 2
        y = depthwise(y, kernel(self.taps, y.shape[1]), (before, after, before, after))
        return y if at_once else y.add_(self.bias[:, None, None])


class Block(nn.Module):
    """All that is drawn at one resolution."""

    noise: Tensor | None

    def __init__(self, config: StyleGAN1Config, index: int) -> None:
        super().__init__()
        channels, resolution = config.channels[index], config.resolutions[index]
        self.resolution = resolution
        self.layer0 = StyledLayer(config, (config.channels[index - 1] if index else None, channels), up=index > 0)
        self.layer1 = StyledLayer(config, (channels, channels))
        is_last = index == len(config.channels) - 1
        self.to_image = nn.Conv2d(channels, config.img_channels, 1) if is_last or config.grows else None
        has_noise = config.noise_maps > 0
        self.register_buffer("noise", torch.empty(1, config.noise_maps, resolution, resolution) if has_noise else None)

    @property
    def layers(self) -> tuple[StyledLayer, StyledLayer]:
        """In the order of their styles."""
        return self.layer0, self.layer1

    def noise_maps(self) -> list[Tensor]:
        """The stored maps [1, 1, r, r]."""
        return [] if self.noise is None else list(torch.split(self.noise, 1, dim=1))


class StyleGAN1(StyledGenerator):
    """The whole generator. See :class:`latentedit.generators.base.Generator` for the meaning of its members."""

    def __init__(self, spec: GeneratorSpec, config: StyleGAN1Config) -> None:
        super().__init__(spec)
        self.config = config
        self.mapping_network = MappingNetwork(config.mapping)
        if config.const_input:
            self.const = nn.Parameter(torch.empty(1, config.channels[0], 4, 4))
            self.start = None
        else:
            self.start = nn.Linear(config.mapping.w_dim, 16 * config.channels[0], bias=False)
        self.blocks = nn.ModuleList(Block(config, index) for index in range(len(config.channels)))

    def style_layers(self) -> list[tuple[int, nn.Linear]]:
        """The layers that make styles, each with the index of the ``w`` that it reads, in the order of drawing.

        What each makes are scales, then shifts, [N, 2 C]. Where there is no constant, the first makes the features that are drawn upon.
        """
        layers = [layer.affine for block in self._blocks() for layer in block.layers]
        styled = [(index, affine) for index, affine in enumerate(layers) if affine is not None]
        return styled if self.start is None else [(0, self.start), *styled]

    def draw_styles(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None] | None = None) -> Tensor:
        """Draw what :meth:`styles` gives, or has been changed to; the stored noise when ``noise`` is None."""
        image = self.draw_grown(styles, self.stored_noise() if noise is None else noise, self.config.lod)
        return image if self.config.lod < 1 else F.interpolate(image, size=self.img_resolution, mode="nearest")

    def draw_grown(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None], lod: float) -> Tensor:
        """The image of a network that has grown up to ``lod``, [N, img_channels, r, r] with r = R / 2 to the power of the whole part of ``lod``.

        Raises:
            ValueError: ``lod`` is outside [0, number of blocks - 1], or more than 0 for a network that does not grow.
        """
        halvings, fade = int(lod), lod - int(lod)
        last = len(self.blocks) - 1 - halvings
        if not 0 <= lod <= len(self.blocks) - 1 or (lod and not self.config.grows):
            raise ValueError(f"a network of {len(self.blocks)} blocks has not grown up to {lod}")
        coarser: Tensor | None = None
        for number, (block, x) in enumerate(self._drawn_blocks(styles, noise)):
            if fade and number == last - 1:
                coarser = F.interpolate(_image(block, x), scale_factor=2, mode="nearest")
            if number == last:
                break
        image = _image(block, x)
        return image if coarser is None else torch.lerp(image, coarser, fade)

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """What the block at ``resolution`` px hands on."""
        self.check_resolution(resolution)
        drawn = self._drawn_blocks(self.styles(w_plus), self.noise_for(w_plus, "const", noise))
        return next(x for block, x in drawn if block.resolution == resolution)

    def stored_noise(self) -> Sequence[Tensor]:
        """Maps [1, 1, r, r] of unit strength; each channel of each layer has a strength of its own."""
        return [noise for block in self._blocks() for noise in block.noise_maps()]

    def tunable_parameters(self) -> list[str]:
        """Weights and biases of the last convolutions of the blocks from 16 to 64 px (see :data:`latentedit.generators.module.TUNED_PX`)."""
        return [f"blocks.{i}.layer1.{kind}" for i in tuned_indices(self.config.drawn_resolutions) for kind in ("weight", "bias")]

    def _blocks(self) -> Iterator[Block]:
        for block in self.blocks:
            assert isinstance(block, Block)
            yield block

    def _drawn_blocks(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None]) -> Iterator[tuple[Block, Tensor]]:
        """Each block and its features."""
        remaining, maps = iter(styles), iter(noise)
        if self.start is None:
            x = self.const.expand(len(styles[0]), -1, -1, -1)
        else:
            x = next(remaining).reshape(-1, self.config.channels[0], 4, 4)
        x = x.contiguous(memory_format=torch.channels_last)
        for block in self._blocks():
            # One map serves both layers, or each has its own, or there is none.
            own = [next(maps) for _ in range(self.config.noise_maps)] or [None]
            for layer, noise_map in zip(block.layers, (own[0], own[-1]), strict=True):
                x = layer(x, next(remaining) if self.config.use_styles else None, noise_map)
            yield block, x


def _image(block: Block, x: Tensor) -> Tensor:
    assert block.to_image is not None
    image: Tensor = block.to_image(x)
    return image
