"""What projection asks of a distance, so that any can be injected."""

from __future__ import annotations

from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor


class Distance(Protocol):
    """A differentiable distance whose view of one image can be computed once."""

    def features(self, image: Tensor) -> list[Tensor]:
        """What the distance sees in an image [N, 3, H, W] in [-1, 1]."""
        ...

    def to_features(self, image: Tensor, features: list[Tensor]) -> Tensor:
        """Distance [N] of ``image`` from the image of ``features``."""
        ...


class PyramidDistance:
    """Mean squared difference over an image pyramid: no weights, no download; for generators that draw no photographs, and tests."""

    def __init__(self, levels: int = 3) -> None:
        self.levels = levels

    def features(self, image: Tensor) -> list[Tensor]:
        """The image and its averages over 2x2, 4x4, ... pixels."""
        return [image if i == 0 else F.avg_pool2d(image, 2**i) for i in range(self.levels)]

    def to_features(self, image: Tensor, features: list[Tensor]) -> Tensor:
        """Sum over the levels of the mean squared differences, [N]."""
        squares = [(a - b).square().mean(dim=(1, 2, 3)) for a, b in zip(self.features(image), features, strict=True)]
        return torch.stack(squares).sum(dim=0)
