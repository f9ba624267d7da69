"""Minibatch discrimination (Salimans et al., 2016, arXiv:1606.03498, section 3.2): how near each sample is to the others of its batch.

    M_i = f(x_i) T;  c_b(x_i, x_j) = exp(-|M_i,b - M_j,b|_1);  o(x_i)_b = Σ_j c_b(x_i, x_j)

The sum includes j = i, as in the paper, which adds a constant 1.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

LIMIT = 2**24
"""How many differences are held at once; 64 MiB of float32."""


def nearness(m: Tensor, limit: int = LIMIT) -> Tensor:
    """``Σ_j exp(-|m_i,b - m_j,b|_1)``: ``[N, B, C]`` -> ``[N, B]``, each in 1 to N.

    Args:
        limit: at most this many differences ``[n, N, B, C]`` at once (but those of one sample). Where they are more, rows are computed in pieces, and again
            for their gradient, so that memory stays bounded there, too.
    """
    n, kernels, dims = m.shape
    rows = max(limit // (n * kernels * dims), 1)
    if rows >= n:
        return _nearness_of(m, m)
    # It draws nothing at random: no random state need be kept.
    pieces = [checkpoint(_nearness_of, piece, m, use_reentrant=False, preserve_rng_state=False) for piece in torch.split(m, rows)]
    return torch.cat(pieces)


def _nearness_of(some: Tensor, m: Tensor) -> Tensor:
    return torch.exp(-(some[:, None] - m).abs().sum(dim=3)).sum(dim=1)


class MinibatchDiscrimination(nn.Module):
    """``[N, A]`` -> ``[N, A + B]``: features, and how near the batch is.

    Args:
        features: A.
        kernels: B, how many measures of nearness.
        dims: C, of the space of each.
        limit: see :func:`nearness`.
    """

    def __init__(self, features: int, kernels: int = 100, dims: int = 5, *, limit: int = LIMIT) -> None:
        super().__init__()
        # At a tenth of LeCun's deviation, distances are small enough that exp does not vanish, and gradients with it.
        self.tensor = nn.Parameter(torch.randn(features, kernels, dims) * 0.1 / features**0.5)
        self.limit = limit

    def forward(self, x: Tensor) -> Tensor:
        m = torch.einsum("na,abc->nbc", x, self.tensor)
        return torch.cat([x, nearness(m, self.limit)], dim=1)
