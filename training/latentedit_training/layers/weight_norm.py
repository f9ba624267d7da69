"""Weights as a direction and a length (Salimans and Kingma, 2016), with lengths that are taken from the first images."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class WeightNormLinear(nn.Module):
    """``y = s · v x / ‖v‖ + b`` (eq. 2), of each output.

    Args:
        fan_in: length of x.
        fan_out: length of y.
        learn_scale: whether s is learnt, or stays what :meth:`take_scale` made it.
    """

    def __init__(self, fan_in: int, fan_out: int, *, learn_scale: bool = False) -> None:
        super().__init__()
        self.direction = nn.Parameter(torch.randn(fan_out, fan_in) * 0.1)
        self.scale = nn.Parameter(torch.ones(fan_out), requires_grad=learn_scale)
        if not learn_scale:  # a buffer: it is stored, and nobody moves it
            del self.scale
            self.register_buffer("scale", torch.ones(fan_out))
        self.bias = nn.Parameter(torch.zeros(fan_out))

    def forward(self, x: Tensor) -> Tensor:
        """``[N, fan_out]`` of ``[N, fan_in]``."""
        # The factor on N outputs, not on the fan_in times as many weights: half the time of these layers goes otherwise into making the weights.
        return torch.addcmul(self.bias, F.linear(x, self.direction), self.scale / self.direction.norm(dim=1))

    @torch.no_grad()
    def take_scale(self, x: Tensor, *, deviation: float = 1.0) -> Tensor:
        """Set s and b so that these inputs ``[N, fan_in]`` give outputs of mean 0 and this deviation (eq. 5); gives those outputs."""
        self.scale.fill_(1.0)
        self.bias.zero_()
        y = self.forward(x)
        mean, spread = y.mean(0), y.std(0, unbiased=False) + 1e-8
        self.scale.copy_(deviation / spread)
        self.bias.copy_(-mean * deviation / spread)
        return (y - mean) * deviation / spread
