"""The network that tells the parts of a face: a small U-Net (Ronneberger et al., 2015, arXiv:1505.04597) with group normalisation.

Trained by ``scripts/make_face_parser.py`` on faces that the generator draws, whose parts are read from the generator's own features.
"""

from __future__ import annotations

from typing import Literal, get_args

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Part = Literal["skin", "neck", "hair", "clothes", "background"]
"""``skin`` is the face's with eyes, brows, mouth and ears; hats are ``clothes``."""
PARTS: tuple[Part, ...] = get_args(Part)

PARSED_PX = 128
"""Side of the pictures that the network reads."""
WIDTHS = (12, 24, 32, 48, 64)
"""Channels at 128, 64, 32, 16 and 8 px."""
GROUPS = 4


class FaceParser(nn.Module):
    """Aligned pictures [N, 3, 128, 128] in [-1, 1] -> logits of :data:`PARTS` [N, 5, 128, 128]."""

    def __init__(self) -> None:
        super().__init__()
        inputs = (3, *WIDTHS[:-1])
        self.down = nn.ModuleList([_Convolutions(i, o) for i, o in zip(inputs, WIDTHS, strict=True)])
        self.up = nn.ModuleList([_Convolutions(WIDTHS[k + 1] + WIDTHS[k], WIDTHS[k]) for k in range(len(WIDTHS) - 1)])
        self.to_logits = nn.Conv2d(WIDTHS[0], len(PARTS), 1)

    def forward(self, x: Tensor) -> Tensor:
        passed: list[Tensor] = []
        for level, convolutions in enumerate(self.down):
            x = convolutions(F.avg_pool2d(x, 2) if level else x)
            passed.append(x)
        for level in reversed(range(len(self.up))):
            x = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
            x = self.up[level](torch.cat([x, passed[level]], dim=1))
        logits: Tensor = self.to_logits(x)
        return logits


class _Convolutions(nn.Sequential):
    """Two 3x3 convolutions, each normalised and with a SiLU."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(*_convolution(inputs, outputs), *_convolution(outputs, outputs))


def _convolution(inputs: int, outputs: int) -> tuple[nn.Module, nn.Module, nn.Module]:
    return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.GroupNorm(GROUPS, outputs), nn.SiLU()
