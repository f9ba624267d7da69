"""AnimeGANv2's generator (Chen, Liu and Chen, 2020, doi:10.1007/978-981-15-5577-0_18), as bryandlee/animegan2-pytorch converted it to torch.

Tensors are named as there: five groups of convolutions and an output, each convolution followed by layer norm (group norm of one group). Groups b and c
work at a quarter of the picture, d at half of it; enlarging is bilinear, to the very size that was there on the way down, so that any size fits.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.translators.config import AnimeGanConfig
from latentedit.translators.translator import Translator

_SMALLEST = 8  # a quarter of it is mirrored by one pixel, which takes two
_INVERTED_BLOCKS = 4
_COLOURS = 3


class AnimeGanTranslator(Translator):
    """Photographs to drawings. Corners are aligned in enlarging, as by that code's module and its published demonstrations."""

    def __init__(self, config: AnimeGanConfig) -> None:
        super().__init__(_COLOURS, size_multiple=1, smallest=_SMALLEST)
        self.config: AnimeGanConfig = config
        c = config.base_channels
        self.block_a = nn.Sequential(_active(_COLOURS, c, 7), _halving(c, 2 * c), _active(2 * c, 2 * c))
        self.block_b = nn.Sequential(_halving(2 * c, 4 * c), _active(4 * c, 4 * c))
        self.block_c = nn.Sequential(
            _active(4 * c, 4 * c),
            InvertedBlock(4 * c, 8 * c),
            *(InvertedBlock(8 * c, 8 * c) for _ in range(_INVERTED_BLOCKS - 1)),
            _active(8 * c, 4 * c),
        )
        self.block_d = nn.Sequential(_active(4 * c, 4 * c), _active(4 * c, 4 * c))
        self.block_e = nn.Sequential(_active(4 * c, 2 * c), _active(2 * c, 2 * c), _active(2 * c, c, 7))
        self.out_layer = nn.Sequential(nn.Conv2d(c, _COLOURS, 1, bias=False), nn.Tanh())

    def translate(self, image: Tensor) -> Tensor:
        half = self.block_a(image)
        quarter = self.block_c(self.block_b(half))
        half = self.block_d(_enlarged(quarter, half))
        return self.out_layer(self.block_e(_enlarged(half, image)))


class InvertedBlock(nn.Module):
    """Widen, convolve each channel for itself, narrow (MobileNetV2: Sandler et al., 2018, arXiv:1801.04381); added to what came in if that is as wide."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.adds = in_channels == out_channels
        wide = 2 * in_channels
        self.layers = nn.Sequential(
            _active(in_channels, wide, 1),
            _active(wide, wide, groups=wide, bias=True),
            nn.Conv2d(wide, out_channels, 1, bias=False),
            nn.GroupNorm(1, out_channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        drawn = self.layers(x)
        return x + drawn if self.adds else drawn


def _active(in_channels: int, out_channels: int, kernel: int = 3, *, groups: int = 1, bias: bool = False) -> nn.Sequential:
    """A convolution that keeps the size, with its norm and activation."""
    conv = nn.Conv2d(in_channels, out_channels, kernel, groups=groups, bias=bias)
    return _normed(nn.ReflectionPad2d(kernel // 2), conv)


def _halving(in_channels: int, out_channels: int) -> nn.Sequential:
    """Half the size, rounded down: mirrored at the right and at the bottom only."""
    return _normed(nn.ReflectionPad2d((0, 1, 0, 1)), nn.Conv2d(in_channels, out_channels, 3, stride=2, bias=False))


def _normed(pad: nn.Module, conv: nn.Conv2d) -> nn.Sequential:
    return nn.Sequential(pad, conv, nn.GroupNorm(1, conv.out_channels), nn.LeakyReLU(0.2, inplace=True))


def _enlarged(x: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(x, like.shape[2:], mode="bilinear", align_corners=True)
