"""MobileStyleGAN (Belousov, 2021, arXiv:2104.04767): StyleGAN2's FFHQ faces at 1024 px with a tenth of the operations.

The synthesis network predicts Haar wavelet coefficients, upsamples by the inverse transform, and replaces the dense modulated
convolutions by depthwise-separable ones whose demodulation is folded into constant weights. Its latent space is that of the
StyleGAN2 network from which it was distilled, so published StyleGAN2-FFHQ directions apply.

Styles (22): index 0 steers the first convolution; block ``i`` (features of ``8 * 2**i`` px) takes ``3i+1`` for the upsampling and first
convolution (two modulations, one style), ``3i+2`` for the second convolution, and ``3i+3`` for the to-image layer. Of the to-image layers
only the last is part of the published weights; the styles of the others steer nothing but keep their numbers. The program's own checkpoints have
them all, each trained to draw the whole picture at its size, so that one of them makes the preview.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.base import GeneratorSpec, NoiseMode
from latentedit.generators.card import Card
from latentedit.generators.mapping_network import MappingConfig, MappingNetwork
from latentedit.generators.modulated import modulated_depthwise
from latentedit.generators.module import GeneratorModule, tuned_indices
from latentedit.generators.preview_head import PreviewHead
from latentedit.generators.wavelets import inverse_haar

LEAKY_SLOPE = 0.2
PREVIEW_PX = 256
PREVIEW_BLOCKS = 4
"""The preview is drawn at 128 px, in the block behind these; its wavelet coefficients make 256 px."""


@dataclass(frozen=True)
class MobileStyleGANConfig:
    """Sizes; those of the published weights where nothing else is said.

    Attributes:
        channels: of the features at 4, 8, 16... px, multiples of four but for the last. The image is twice as large as the last features.
        w_dim: of latents, before the mapping network and behind it.
        mapping_layers: how many the mapping network has.
        preview: what draws a smaller image where the whole one is larger than 256 px: the ``head`` that was fitted to the published weights, the
            to-image ``layer`` at 128 px, or ``none``.
    """

    channels: tuple[int, ...] = (512, 512, 512, 512, 512, 256, 128, 64)
    w_dim: int = 512
    mapping_layers: int = 8
    preview: Literal["head", "layer", "none"] = "layer"

    @property
    def resolutions(self) -> tuple[int, ...]:
        """Of the blocks, in px."""
        return tuple(8 << i for i in range(len(self.channels) - 1))

    @property
    def img_resolution(self) -> int:
        return 4 << len(self.channels)

    @property
    def num_ws(self) -> int:
        return 3 * len(self.channels) - 2

    @property
    def num_preview_ws(self) -> int | None:
        """How many of the first styles the preview knows as the image does; None when it is the image."""
        if self.img_resolution <= PREVIEW_PX or self.preview == "none":
            return None
        return 3 * PREVIEW_BLOCKS + (1 if self.preview == "head" else 4)


PUBLISHED = MobileStyleGANConfig(preview="head")


def mobilestylegan_spec(config: MobileStyleGANConfig, card: Card) -> GeneratorSpec:
    """Facts about a generator of this configuration."""
    px = config.resolutions
    noisy = (4, *(r for r in px for _ in range(2)))
    return card.spec(
        architecture="mobilestylegan",
        z_dim=config.w_dim,
        w_dim=config.w_dim,
        c_dim=0,
        num_ws=config.num_ws,
        img_resolution=config.img_resolution,
        layer_resolutions=(4, *(r for r in px for _ in range(3))),
        preview_resolution=config.img_resolution if config.num_preview_ws is None else PREVIEW_PX,
        preview_num_ws=config.num_preview_ws,
        noise_shapes=tuple((r, r) for r in noisy),
        feature_resolutions=px,
    )


class StyledConvolution(nn.Module):
    """``leaky_relu(conv(x * style) + noise + bias)``: dense 3x3 for the first layer, depthwise 3x3 then 1x1 for the others."""

    def __init__(self, w_dim: int, in_channels: int, out_channels: int, resolution: int, *, separable: bool) -> None:
        super().__init__()
        self.modulation = nn.Linear(w_dim, in_channels)
        self.bias = nn.Parameter(torch.empty(out_channels))
        self.register_buffer("noise", torch.empty(1, 1, resolution, resolution))
        self.noise: Tensor
        if separable:
            self.depthwise = nn.Parameter(torch.empty(in_channels, 1, 3, 3))
            self.pointwise = nn.Parameter(torch.empty(out_channels, in_channels, 1, 1))
        else:
            self.weight = nn.Parameter(torch.empty(out_channels, in_channels, 3, 3))
        self.separable = separable

    def forward(self, x: Tensor, w: Tensor, noise: Tensor | None) -> Tensor:
        style = self.modulation(w)  # [N, C_in]
        if self.separable:
            x = F.conv2d(modulated_depthwise(x, style, self.depthwise), self.pointwise, self.bias)
        else:
            x = F.conv2d(x * style[:, :, None, None], self.weight, self.bias, padding=1)
        if noise is not None:
            # A convolution does not keep its output for backward, so the addition may be done in place.
            x = x + noise if noise.requires_grad else x.add_(noise)
        return F.leaky_relu_(x, LEAKY_SLOPE)


class WaveletUpsample(nn.Module):
    """Scale the coefficients by a style and invert one level of the Haar transform: [N, 4C, H, W] -> [N, C, 2H, 2W]."""

    def __init__(self, w_dim: int, channels: int) -> None:
        super().__init__()
        self.modulation = nn.Linear(w_dim, channels)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        half_style = self.modulation(w)[:, :, None, None] * 0.5
        return inverse_haar(x * half_style, gain=1.0)


class Block(nn.Module):
    """Upsample by two, then two styled convolutions."""

    def __init__(self, w_dim: int, in_channels: int, out_channels: int, resolution: int) -> None:
        super().__init__()
        self.resolution = resolution
        self.up = WaveletUpsample(w_dim, in_channels)
        self.conv1 = StyledConvolution(w_dim, in_channels // 4, out_channels, resolution, separable=True)
        self.conv2 = StyledConvolution(w_dim, out_channels, out_channels, resolution, separable=True)

    def forward(self, x: Tensor, w_first: Tensor, w_second: Tensor, noise: tuple[Tensor | None, Tensor | None]) -> Tensor:
        x = self.up(x, w_first)
        x = self.conv1(x, w_first, noise[0])
        x = self.conv2(x, w_second, noise[1])
        return x


class ToImage(nn.Module):
    """A modulated 1x1 convolution to twelve wavelet coefficients, and the image that they make at twice the size."""

    def __init__(self, w_dim: int, channels: int) -> None:
        super().__init__()
        self.modulation = nn.Linear(w_dim, channels)
        self.weight = nn.Parameter(torch.empty(12, channels, 1, 1))
        self.bias = nn.Parameter(torch.empty(12))

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        return inverse_haar(F.conv2d(x * self.modulation(w)[:, :, None, None], self.weight, self.bias))


class MobileStyleGAN(GeneratorModule):
    """The whole generator. See :class:`latentedit.generators.base.Generator` for the meaning of its members."""

    def __init__(self, spec: GeneratorSpec, config: MobileStyleGANConfig = PUBLISHED) -> None:
        super().__init__(spec)
        self.config = config
        w_dim, channels = config.w_dim, config.channels
        self.mapping_network = MappingNetwork(MappingConfig(w_dim, 0, w_dim, (w_dim,) * config.mapping_layers))
        self.const = nn.Parameter(torch.empty(1, channels[0], 4, 4))
        self.conv1 = StyledConvolution(w_dim, channels[0], channels[0], 4, separable=False)
        sizes = zip(channels[:-1], channels[1:], config.resolutions, strict=True)
        self.blocks = nn.ModuleList(Block(w_dim, *size) for size in sizes)
        self.to_image = ToImage(w_dim, channels[-1])
        if config.num_preview_ws is not None:
            if config.preview == "head":
                self.preview_head = new_preview_head(config)
            else:
                self.preview_to_image = ToImage(w_dim, channels[PREVIEW_BLOCKS + 1])

    def _after_blocks(self, w_plus: Tensor, num_blocks: int, noise: Sequence[Tensor | None]) -> Tensor:
        """Wavelet coefficients [N, C, r, r] after ``num_blocks`` blocks, r = 4 * 2**num_blocks; ``noise`` has one entry per noise layer."""
        self.check_latent(w_plus)
        x = self.const.expand(w_plus.shape[0], -1, -1, -1)
        x = self.conv1(x, w_plus[:, 0], noise[0])
        for i, block in enumerate(self.blocks[:num_blocks]):
            x = block(x, w_plus[:, 3 * i + 1], w_plus[:, 3 * i + 2], (noise[2 * i + 1], noise[2 * i + 2]))
        return x

    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        """Draw ``w_plus`` [N, num_ws, w_dim] as [N, 3, R, R] in about [-1, 1]."""
        x = self._after_blocks(w_plus, len(self.blocks), self.noise_for(w_plus, noise_mode, noise))
        image: Tensor = self.to_image(x, w_plus[:, -1])
        return image

    def preview(self, w_plus: Tensor) -> Tensor:
        """Draw ``w_plus`` at 256 px from the 128-px features: by the to-image layer there, or by the head fitted in ``scripts/fit_preview_head.py``."""
        if self.config.num_preview_ws is None:
            return self.synthesis(w_plus)
        noise = self.noise_for(w_plus, "const", None)
        if self.config.preview == "layer":
            drawn: Tensor = self.preview_to_image(
                self._after_blocks(w_plus, PREVIEW_BLOCKS + 1, noise), w_plus[:, 3 * PREVIEW_BLOCKS + 3]
            )
            return drawn
        x = self._after_blocks(w_plus, PREVIEW_BLOCKS, noise)
        block = self.blocks[PREVIEW_BLOCKS]
        assert isinstance(block, Block)
        styles = w_plus[:, self.config.num_preview_ws :]
        image: Tensor = self.preview_head(block.up(x, styles[:, 0]), styles)
        return image

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """What the block at ``resolution`` px hands on, after its nonlinearity.

        The next block's inverse wavelet transform makes twice as large a map of it, but of values that hardly follow what is drawn: when a mouth's
        corner goes twenty pixels, these here go along and those stay (measured: docs/results/drag.md).
        """
        px = self.config.resolutions
        self.check_resolution(resolution)
        return self._after_blocks(w_plus, px.index(resolution) + 1, self.noise_for(w_plus, "const", noise))

    def stored_noise(self) -> Sequence[Tensor]:
        """The fixed noise of the noisy layers, shallow to deep."""
        return [layer.noise for layer in self._noisy_layers()]

    def noise_scale(self, stored: Tensor) -> Tensor:
        """The strength is multiplied into the stored sample, so it is that sample's root mean square."""
        return stored.square().mean().sqrt()

    def tunable_parameters(self) -> list[str]:
        """Pointwise weights and biases of the blocks from 16 to 64 px (987,000 numbers of the published weights)."""
        chosen = tuned_indices(self.config.resolutions)
        return [f"blocks.{i}.{conv}.{kind}" for i in chosen for conv in ("conv1", "conv2") for kind in ("bias", "pointwise")]

    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        """Every style layer's matrix [C, w_dim] with the index of the style that it reads; a block's first style feeds two."""
        pairs = [(0, self.conv1.modulation.weight)]
        for i, block in enumerate(self.blocks):
            assert isinstance(block, Block)
            pairs += [(3 * i + 1, block.up.modulation.weight), (3 * i + 1, block.conv1.modulation.weight)]
            pairs += [(3 * i + 2, block.conv2.modulation.weight)]
        return [*pairs, (self.num_ws - 1, self.to_image.modulation.weight)]

    def _noisy_layers(self) -> list[StyledConvolution]:
        layers = [self.conv1]
        for block in self.blocks:
            assert isinstance(block, Block)
            layers += [block.conv1, block.conv2]
        return layers


def new_preview_head(config: MobileStyleGANConfig = PUBLISHED) -> PreviewHead:
    """A head of the right shape, not fitted yet; it knows all styles that only the layers read which it stands in for."""
    return PreviewHead(config.channels[PREVIEW_BLOCKS] // 4, config.num_ws - 3 * PREVIEW_BLOCKS - 1, config.w_dim)


def parameter_name(stored: str) -> str:
    """The name here of a tensor of the converted weights (:mod:`latentedit.generators.mobilestylegan_convert`)."""
    return f"mapping_network.layers.{stored.removeprefix('mapping.')}" if stored.startswith("mapping.") else stored
