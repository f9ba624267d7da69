"""The earth mover's distance, estimated by a critic (Arjovsky et al., 2017, eq. 2 and algorithm 1).

The critic must be Lipschitz: by clipped weights, a gradient penalty or spectral normalisation.
"""

from __future__ import annotations

from torch import Tensor


def critic_loss(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """``E f(G(z)) - E f(x)`` of scores ``[N]`` and ``[M]``, a scalar; minus the estimated distance."""
    return fake_scores.mean() - real_scores.mean()


def generator_loss(fake_scores: Tensor) -> Tensor:
    """``-E f(G(z))`` of scores ``[M]``, a scalar."""
    return -fake_scores.mean()
