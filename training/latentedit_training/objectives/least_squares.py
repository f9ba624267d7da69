"""Least squares instead of cross-entropy (Mao et al., 2017, eq. 9 with a = 0, b = c = 1)."""

from __future__ import annotations

from torch import Tensor


def discriminator_loss(real_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """``½ E (D(x) - 1)² + ½ E D(G(z))²`` of logits ``[N]`` and ``[M]``, a scalar."""
    return 0.5 * (real_logits - 1).square().mean() + 0.5 * fake_logits.square().mean()


def generator_loss(fake_logits: Tensor) -> Tensor:
    """``½ E (D(G(z)) - 1)²`` of logits ``[M]``, a scalar."""
    return 0.5 * (fake_logits - 1).square().mean()
