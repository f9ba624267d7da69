"""Self-attention over the places of a feature map (SAGAN: Zhang et al., 2019, arXiv:1805.08318, equations 1 to 3).

    s_ij = f(x_i)^T g(x_j);  β_j = softmax_i(s_ij);  o_j = v(Σ_i β_j,i h(x_i));  y = γ o + x

As in the authors' code, keys and values are max-pooled to half the height and width, which takes a quarter of the memory, f and g have C/8 channels, h has
C/2, no map has a bias, and γ starts at 0: the network learns from what is near first.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

POOL = 2
"""Height and width of what keys and values are pooled over."""


class SelfAttention(nn.Module):
    """``[N, C, H, W]`` -> ``[N, C, H, W]``, C at least 8, H and W at least 2. Memory grows with ``(H W)^2 / 4``."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        narrow, half = max(channels // 8, 1), max(channels // 2, 1)
        self.query = nn.Conv2d(channels, narrow, 1, bias=False)
        self.key = nn.Conv2d(channels, narrow, 1, bias=False)
        self.value = nn.Conv2d(channels, half, 1, bias=False)
        self.out = nn.Conv2d(half, channels, 1, bias=False)
        self.gamma = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        query = self.query(x).flatten(2)  # [N, C/8, HW]
        key = F.max_pool2d(self.key(x), POOL).flatten(2)  # [N, C/8, HW/4]
        value = F.max_pool2d(self.value(x), POOL).flatten(2)  # [N, C/2, HW/4]
        # Torch's fused attention cannot be differentiated twice, which gradient penalties do.
        weights = torch.softmax(query.transpose(1, 2) @ key, dim=2)  # [N, HW, HW/4]
        seen = (value @ weights.transpose(1, 2)).reshape(len(x), -1, *x.shape[2:])
        result: Tensor = x + self.gamma * self.out(seen)
        return result
