"""CycleGAN's generator (Zhu et al., 2017, arXiv:1703.10593), which is the style-transfer network of Johnson et al. (2016, arXiv:1603.08155).

Shrink the picture to a quarter, change it by residual blocks there, enlarge it again. Tensors are named as the reference code names them, by their
place in a row of layers, so that files are read, and written, without renaming.
"""

from __future__ import annotations

from itertools import pairwise

from torch import Tensor, nn

from latentedit.translators.config import TranslatorConfig
from latentedit.translators.normalisation import norm_layer
from latentedit.translators.translator import Translator

HALVINGS = 2
FIRST_BLOCK = 10
"""Place of the first residual block: behind three convolutions, each with norm and ReLU, and the padding in front of the first."""
_SIZE_MULTIPLE = 2**HALVINGS
_SMALLEST = 8  # the blocks mirror one pixel of a quarter of the picture, which takes two


class ResnetTranslator(Translator):
    """``resnet_6blocks``, ``resnet_9blocks`` and their like. Exact for heights and widths that are multiples of 4; see :class:`Translator` for others."""

    def __init__(self, config: TranslatorConfig) -> None:
        super().__init__(config.in_channels, size_multiple=_SIZE_MULTIPLE, smallest=_SMALLEST)
        self.config: TranslatorConfig = config
        widths = [config.base_channels << level for level in range(HALVINGS + 1)]
        bias = config.has_bias

        def active(channels: int) -> list[nn.Module]:
            return [norm_layer(config.norm, channels), nn.ReLU(inplace=True)]

        layers: list[nn.Module] = [
            nn.ReflectionPad2d(3),
            nn.Conv2d(config.in_channels, widths[0], 7, bias=bias),
            *active(widths[0]),
        ]
        for fine, coarse in pairwise(widths):
            layers += [nn.Conv2d(fine, coarse, 3, stride=2, padding=1, bias=bias), *active(coarse)]
        layers += [ResidualBlock(config, widths[-1]) for _ in range(config.blocks)]
        for coarse, fine in pairwise(reversed(widths)):
            layers += [nn.ConvTranspose2d(coarse, fine, 3, stride=2, padding=1, output_padding=1, bias=bias), *active(fine)]
        layers += [nn.ReflectionPad2d(3), nn.Conv2d(widths[0], config.out_channels, 7), nn.Tanh()]
        self.model = nn.Sequential(*layers)

    def translate(self, image: Tensor) -> Tensor:
        return self.model(image)


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions whose result is added to what came in, [N, channels, h, w]."""

    def __init__(self, config: TranslatorConfig, channels: int) -> None:
        super().__init__()

        def convolution() -> list[nn.Module]:
            conv = nn.Conv2d(channels, channels, 3, bias=config.has_bias)
            return [nn.ReflectionPad2d(1), conv, norm_layer(config.norm, channels)]

        dropout = [nn.Dropout(0.5)] if config.dropout else []
        self.conv_block = nn.Sequential(*convolution(), nn.ReLU(inplace=True), *dropout, *convolution())

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv_block(x)
