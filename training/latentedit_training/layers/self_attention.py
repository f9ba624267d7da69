"""Self-attention over all places of a feature map (Zhang et al., 2019, SAGAN, eq. 1 to 3)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SelfAttention(nn.Module):
    """``y = x + γ · v(Σ_i β_ji h(x_i))`` with ``β = softmax(f(x)ᵀ g(x))``; γ starts at 0, so that it begins as nothing.

    As in the authors' code, keys and values are halved by max pooling where the map is large enough, which costs a quarter.

    Args:
        channels: of the map; keys have an eighth of them, values a half, and at least one.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        keys, values = max(channels // 8, 1), max(channels // 2, 1)
        self.query = nn.Conv2d(channels, keys, 1, bias=False)
        self.key = nn.Conv2d(channels, keys, 1, bias=False)
        self.value = nn.Conv2d(channels, values, 1, bias=False)
        self.output = nn.Conv2d(values, channels, 1, bias=False)
        self.gamma = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """``[N, C, H, W]`` of the same."""
        query = self.query(x).flatten(2)
        key, value = self._pooled(self.key(x)), self._pooled(self.value(x))
        weights = torch.softmax(query.transpose(1, 2) @ key, dim=-1)  # [N, places, keys]
        attended = (value @ weights.transpose(1, 2)).view(len(x), -1, *x.shape[2:])
        return x + self.gamma * self.output(attended)

    @staticmethod
    def _pooled(x: Tensor) -> Tensor:
        return (F.max_pool2d(x, 2) if min(x.shape[2:]) >= 2 else x).flatten(2)
