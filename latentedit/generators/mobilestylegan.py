"""MobileStyleGAN (Belousov, 2021, arXiv:2104.04767): StyleGAN2's FFHQ faces at 1024 px with a tenth of the operations.

The synthesis network predicts Haar wavelet coefficients, upsamples by the inverse transform, and replaces the dense modulated
convolutions by depthwise-separable ones whose demodulation is folded into constant weights. Its latent space is that of the
StyleGAN2 network from which it was distilled, so published StyleGAN2-FFHQ directions apply.

Styles (22): index 0 steers the first convolution; block ``i`` (features of ``8 * 2**i`` px) takes ``3i+1`` for the upsampling and first
convolution (two modulations, one style), ``3i+2`` for the second convolution, and ``3i+3`` for the to-image layer. Of the to-image layers
only the last is part of the published weights; the styles of the others steer nothing but keep their numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.errors import CheckpointError
from latentedit.generators.base import GeneratorSpec, NoiseMode
from latentedit.generators.modulated import modulated_depthwise
from latentedit.generators.module import GeneratorModule
from latentedit.generators.preview_head import PreviewHead
from latentedit.generators.wavelets import inverse_haar

LEAKY_SLOPE = 0.2
NUM_MAPPING_LAYERS = 8
LATENT_DIM = 512
BLOCK_CHANNELS = ((128, 512), (128, 512), (128, 512), (128, 512), (128, 256), (64, 128), (32, 64))
"""Channels (after upsampling, after the convolutions) of the blocks at 8, 16, ... 512 px."""
PREVIEW_BLOCKS = 4
"""The preview is drawn from what the next block has upsampled (128 px); its wavelet coefficients make 256 px."""
TUNED_BLOCKS = (1, 2, 3)
"""Weight tuning moves the blocks at 16, 32 and 64 px, which the preview draws, too. Photographs are compared at 256 px, where what finer blocks draw
is hardly seen: moved instead, they made drawings no nearer and laid a fine pattern over them."""
FEATURE_RESOLUTIONS = tuple(8 << i for i in range(len(BLOCK_CHANNELS)))
NUM_WS = 3 * len(BLOCK_CHANNELS) + 1
PREVIEW_STYLES = slice(3 * PREVIEW_BLOCKS + 1, NUM_WS)
"""The styles that the layers read which the preview leaves out."""


def layer_resolutions() -> tuple[int, ...]:
    """Feature size (px) that each of the 22 styles steers."""
    return (4, *(8 << i for i in range(len(BLOCK_CHANNELS)) for _ in range(3)))


def map_to_w(z: Tensor, layers: Sequence[tuple[Tensor, Tensor]]) -> Tensor:
    """The mapping network: pixel norm, then linear layers with leaky ReLU and gain sqrt 2. [N, 512] -> [N, 512]."""
    x = z * torch.rsqrt(z.square().mean(dim=1, keepdim=True) + 1e-8)
    for weight, bias in layers:
        x = F.leaky_relu(F.linear(x, weight, bias), LEAKY_SLOPE) * math.sqrt(2)
    return x


class StyledConvolution(nn.Module):
    """``leaky_relu(conv(x * style) + noise + bias)``: dense 3x3 for the first layer, depthwise 3x3 then 1x1 for the others."""

    def __init__(self, in_channels: int, out_channels: int, resolution: int, *, separable: bool) -> None:
        super().__init__()
        self.modulation = nn.Linear(LATENT_DIM, in_channels)
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

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.modulation = nn.Linear(LATENT_DIM, channels)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        half_style = self.modulation(w)[:, :, None, None] * 0.5
        return inverse_haar(x * half_style, gain=1.0)


class Block(nn.Module):
    """Upsample by two, then two styled convolutions."""

    def __init__(self, in_channels: int, channels: tuple[int, int], resolution: int) -> None:
        super().__init__()
        up, out = channels
        self.up = WaveletUpsample(in_channels)
        self.conv1 = StyledConvolution(up, out, resolution, separable=True)
        self.conv2 = StyledConvolution(out, out, resolution, separable=True)

    def forward(self, x: Tensor, w_first: Tensor, w_second: Tensor, noise: tuple[Tensor | None, Tensor | None]) -> Tensor:
        x = self.up(x, w_first)
        x = self.conv1(x, w_first, noise[0])
        x = self.conv2(x, w_second, noise[1])
        return x


class ToImage(nn.Module):
    """A modulated 1x1 convolution to twelve wavelet coefficients, and the image that they make at twice the size."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.modulation = nn.Linear(LATENT_DIM, channels)
        self.weight = nn.Parameter(torch.empty(12, channels, 1, 1))
        self.bias = nn.Parameter(torch.empty(12))

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        return inverse_haar(F.conv2d(x * self.modulation(w)[:, :, None, None], self.weight, self.bias))


class MobileStyleGAN(GeneratorModule):
    """The whole generator. See :class:`latentedit.generators.base.Generator` for the meaning of its members."""

    def __init__(self, spec: GeneratorSpec) -> None:
        super().__init__(spec)
        self.mapping_layers = nn.ModuleList(nn.Linear(LATENT_DIM, LATENT_DIM) for _ in range(NUM_MAPPING_LAYERS))
        self.const = nn.Parameter(torch.empty(1, LATENT_DIM, 4, 4))
        self.conv1 = StyledConvolution(LATENT_DIM, LATENT_DIM, 4, separable=False)
        incoming = [LATENT_DIM, *(out for _, out in BLOCK_CHANNELS)]
        self.blocks = nn.ModuleList(Block(incoming[i], channels, 8 << i) for i, channels in enumerate(BLOCK_CHANNELS))
        self.to_image = ToImage(BLOCK_CHANNELS[-1][1])
        self.preview_head = new_preview_head()

    def map_to_w(self, z: Tensor, c: Tensor | None) -> Tensor:
        """``z`` [N, 512] -> ``w`` [N, 512]. There are no classes: ``c`` is ignored."""
        return map_to_w(z, [(layer.weight, layer.bias) for layer in self.mapping_layers])  # type: ignore[misc]

    def _after_blocks(self, w_plus: Tensor, num_blocks: int, noise: Sequence[Tensor | None]) -> Tensor:
        """Wavelet coefficients [N, C, r, r] after ``num_blocks`` blocks, r = 4 * 2**num_blocks; ``noise`` has one entry per noise layer."""
        self.check_latent(w_plus)
        x = self.const.expand(w_plus.shape[0], -1, -1, -1)
        x = self.conv1(x, w_plus[:, 0], noise[0])
        for i, block in enumerate(self.blocks[:num_blocks]):
            x = block(x, w_plus[:, 3 * i + 1], w_plus[:, 3 * i + 2], (noise[2 * i + 1], noise[2 * i + 2]))
        return x

    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        """Draw ``w_plus`` [N, 22, 512] at 1024 px, [N, 3, 1024, 1024] in about [-1, 1]."""
        x = self._after_blocks(w_plus, len(self.blocks), self.noise_for(w_plus, noise_mode, noise))
        image: Tensor = self.to_image(x, w_plus[:, -1])
        return image

    def preview(self, w_plus: Tensor) -> Tensor:
        """Draw ``w_plus`` at 256 px from the 128-px features, by the head fitted in ``scripts/fit_preview_head.py``."""
        x = self._after_blocks(w_plus, PREVIEW_BLOCKS, self.noise_for(w_plus, "const", None))
        block = self.blocks[PREVIEW_BLOCKS]
        assert isinstance(block, Block)
        image: Tensor = self.preview_head(block.up(x, w_plus[:, PREVIEW_STYLES.start]), w_plus[:, PREVIEW_STYLES])
        return image

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """What the block at ``resolution`` px hands on, after its nonlinearity.

        The next block's inverse wavelet transform makes twice as large a map of it, but of values that hardly follow what is drawn: when a mouth's
        corner goes twenty pixels, these here go along and those stay (measured: docs/results/drag.md).
        """
        if resolution not in FEATURE_RESOLUTIONS:
            raise ValueError(f"features have one of {FEATURE_RESOLUTIONS} px, not {resolution}")
        return self._after_blocks(w_plus, FEATURE_RESOLUTIONS.index(resolution) + 1, self.noise_for(w_plus, "const", noise))

    def stored_noise(self) -> Sequence[Tensor]:
        """The fixed noise of the 15 noisy layers, shallow to deep."""
        return [layer.noise for layer in self._noisy_layers()]

    def noise_scale(self, stored: Tensor) -> Tensor:
        """The export multiplied the strength into the stored sample, so the strength is that sample's root mean square."""
        return stored.square().mean().sqrt()

    def tunable_parameters(self) -> list[str]:
        """Pointwise weights and biases of the blocks at 16, 32 and 64 px: 987,000 numbers."""
        kinds = ("pointwise", "conv1.bias", "conv2.bias")
        blocks = tuple(f"blocks.{i}." for i in TUNED_BLOCKS)
        return [name for name, _ in self.named_parameters() if name.startswith(blocks) and name.endswith(kinds)]

    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        """Every style layer's matrix [C, 512] with the index of the style that it reads; a block's first style feeds two."""
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


def new_preview_head() -> PreviewHead:
    """A head of the right shape, not fitted yet."""
    return PreviewHead(BLOCK_CHANNELS[PREVIEW_BLOCKS][0], PREVIEW_STYLES.stop - PREVIEW_STYLES.start)


def load(path: Path, spec: GeneratorSpec, preview_head_path: Path) -> MobileStyleGAN:
    """Build the generator from the converted weights and the fitted preview head, frozen and in evaluation mode.

    Raises:
        CheckpointError: a tensor is missing, superfluous or of the wrong shape.
    """
    from safetensors.torch import load_file

    tensors = {_module_name(name): value for name, value in load_file(path).items()}
    tensors |= {f"preview_head.{name}": value.float() for name, value in load_file(preview_head_path).items()}
    # "meta" allocates nothing: every tensor is taken from the file.
    with torch.device("meta"):
        generator = MobileStyleGAN(spec)
    try:
        generator.load_state_dict(tensors, strict=True, assign=True)
    except RuntimeError as error:
        raise CheckpointError(
            f"The weights do not fit MobileStyleGAN: {str(error).splitlines()[-1].strip()}",
            hint="Remove and fetch them again: latentedit assets fetch mobilestylegan-ffhq.",
        ) from error
    return generator.eval().requires_grad_(False)


def _module_name(name: str) -> str:
    return "mapping_layers." + name.removeprefix("mapping.") if name.startswith("mapping.") else name
