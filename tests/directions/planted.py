"""Scorers and a generator for which the right answer is known."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from latentedit.generators.toy import ToyGenerator

LAYER, CHANNEL = 2, 5


class Brightness:
    """Scores the mean of the picture, and the mean of its red less that of its green."""

    names = ("brightness", "redness")

    def score(self, rgb_uint8: np.ndarray) -> dict[str, float]:
        red, green, blue = rgb_uint8.reshape(-1, 3).mean(axis=0)
        return {"brightness": float(red + green + blue) / 3, "redness": float(red - green)}


class OneChannel(ToyGenerator):
    """Draws grey squares whose lightness is one style channel's."""

    def preview(self, w_plus: Tensor) -> Tensor:
        channel = w_plus[:, LAYER] @ self.styles[LAYER // 2, CHANNEL]
        return torch.tanh(channel)[:, None, None, None].expand(-1, 3, 16, 16)
