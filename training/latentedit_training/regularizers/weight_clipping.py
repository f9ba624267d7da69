"""A critic kept Lipschitz by small weights (Arjovsky et al., 2017, algorithm 1)."""

from __future__ import annotations

import torch
from torch import nn


@torch.no_grad()
def clip_weights(module: nn.Module, limit: float) -> None:
    """Bring all parameters within ``-limit`` to ``limit``."""
    for parameter in module.parameters():
        parameter.clamp_(-limit, limit)
