"""The game of the first paper (Goodfellow et al., 2014): is an image real? With its two losses for the generator.

The discriminator's probability is ``sigmoid(logits)``; everything is computed from logits, where nothing overflows: ``-log sigmoid(x) = softplus(-x)``.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def discriminator_loss(real_logits: Tensor, fake_logits: Tensor, *, real_label: float = 1.0) -> Tensor:
    """Cross-entropy of both answers, ``-E log D(x) - E log(1 - D(G(z)))`` (eq. 1, negated), a scalar.

    Args:
        real_logits: ``[N]`` of real images.
        fake_logits: ``[M]`` of generated ones.
        real_label: the probability asked of real images; 0.9 is one-sided label smoothing (Salimans et al., 2016, section 3.4). That of
            generated ones stays 0: smoothed, it would reward whatever the generator makes now.
    """
    real = real_label * F.softplus(-real_logits) + (1 - real_label) * F.softplus(real_logits)
    return real.mean() + F.softplus(fake_logits).mean()


def saturating_generator_loss(fake_logits: Tensor) -> Tensor:
    """``E log(1 - D(G(z)))`` (eq. 1), a scalar. Its gradient vanishes where the discriminator is sure."""
    return -F.softplus(fake_logits).mean()


def non_saturating_generator_loss(fake_logits: Tensor) -> Tensor:
    """``-E log D(G(z))`` (section 3), a scalar: the same fixed point with a strong gradient early on."""
    return F.softplus(-fake_logits).mean()
