"""The hinge loss (Lim and Ye, 2017; Tran et al., 2017; as in Miyato et al., 2018, eq. 16 and 17)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def discriminator_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """``E max(0, 1 - D(x)) + E max(0, 1 + D(G(z)))`` of logits ``[N]`` and ``[M]``, a scalar: sure answers teach nothing."""
    return F.relu(1 - real_logits).mean() + F.relu(1 + fake_logits).mean()


def generator_loss(fake_logits: Tensor) -> Tensor:
    """``-E D(G(z))`` of logits ``[M]``, a scalar."""
    return -fake_logits.mean()
