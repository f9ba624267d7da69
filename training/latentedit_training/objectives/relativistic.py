"""Real and generated images judged in pairs (Jolicoeur-Martineau, 2018; as RpGAN in Huang et al., 2024, "The GAN is dead", eq. 2).

The loss has no minimum where a mode is dropped: every real image is compared with a generated one. With R1 and R2 it converges.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def discriminator_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """``E softplus(-(D(x) - D(G(z))))`` of logits ``[N]`` in pairs, a scalar."""
    return F.softplus(fake_logits - real_logits).mean()


def generator_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """``E softplus(-(D(G(z)) - D(x)))`` of logits ``[N]`` in pairs, a scalar."""
    return F.softplus(real_logits - fake_logits).mean()
