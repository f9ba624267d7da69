"""pix2pix's generator (Isola et al., 2017, arXiv:1611.07004): a U-Net (Ronneberger et al., 2015, arXiv:1505.04597).

The picture is halved until one pixel is left of a training picture, and doubled again; what was there on the way down is put beside what comes up.
Levels are nested and named as in the reference code, the outermost first, so that files are read, and written, without renaming.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from latentedit.translators.config import TranslatorConfig
from latentedit.translators.normalisation import norm_layer
from latentedit.translators.translator import Translator

_FULL_WIDTH = 8
"""Features do not grow beyond that many times the base."""
_FULL_WIDTH_LEVEL = 3


class UnetTranslator(Translator):
    """``unet_128`` (7 halvings), ``unet_256`` (8) and their like. Exact for heights and widths that are multiples of ``2**halvings``; see
    :class:`Translator` for others."""

    def __init__(self, config: TranslatorConfig) -> None:
        super().__init__(config.in_channels, size_multiple=2**config.halvings, smallest=2**config.halvings)
        self.config: TranslatorConfig = config
        self.model = UnetLevel(config, 0)

    def translate(self, image: Tensor) -> Tensor:
        return self.model(image)


class UnetLevel(nn.Module):
    """One halving and one doubling, with all deeper levels between them.

    ``level`` 0 takes and gives pictures. The others take features [N, C, h, w] and give [N, 2 C, h, w]: what they took, activated, and what they drew.
    """

    def __init__(self, config: TranslatorConfig, level: int) -> None:
        super().__init__()
        self.level = level
        innermost = level == config.halvings - 1
        inner = config.base_channels * min(2**level, _FULL_WIDTH)
        outer = config.base_channels * min(2**level // 2, _FULL_WIDTH)
        bias = config.has_bias
        deeper = [] if innermost else [UnetLevel(config, level + 1)]
        rising = inner if innermost else 2 * inner
        if level == 0:
            self.model = nn.Sequential(
                nn.Conv2d(config.in_channels, inner, 4, stride=2, padding=1, bias=bias),
                *deeper,
                nn.ReLU(inplace=True),
                nn.ConvTranspose2d(rising, config.out_channels, 4, stride=2, padding=1),
                nn.Tanh(),
            )
            return
        dropout = [nn.Dropout(0.5)] if config.dropout and level > _FULL_WIDTH_LEVEL and not innermost else []
        self.model = nn.Sequential(
            nn.LeakyReLU(0.2),
            nn.Conv2d(outer, inner, 4, stride=2, padding=1, bias=bias),
            # One pixel, as is left of a training picture, has no deviation to divide by.
            *([] if innermost else [norm_layer(config.norm, inner)]),
            *deeper,
            nn.ReLU(inplace=True),
            nn.ConvTranspose2d(rising, outer, 4, stride=2, padding=1, bias=bias),
            norm_layer(config.norm, outer),
            *dropout,
        )

    def forward(self, x: Tensor) -> Tensor:
        if self.level == 0:
            return self.model(x)
        activate, *rest = self.model
        # The reference activates in place: what goes past the deeper levels is activated too.
        x = activate(x)
        drawn = x
        for layer in rest:
            drawn = layer(drawn)
        return torch.cat([x, drawn], dim=1)
