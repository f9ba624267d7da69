"""Directions as normals of linear boundaries between low and high scores (Shen et al., 2020, arXiv:1907.10786, InterFaceGAN)."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from latentedit.errors import InputError

SHARE = 0.3
"""The share of the samples at each end of the scores that are called negative and positive."""
MIN_PER_CLASS = 20
PENALTY = 0.3
"""Chosen by the correlation of held-out scores with the distance from the boundary: it is flat between 0.1 and 1."""


def boundary(w: Tensor, scores: Tensor, *, share: float = SHARE, penalty: float = PENALTY) -> Tensor:
    """Unit normal [w_dim] of a linear support vector machine (squared hinge) that tells the highest scores from the lowest.

    Args:
        w: latents [N, w_dim].
        scores: [N]; not-a-number where the attribute could not be measured.
        share: see :data:`SHARE`.
        penalty: weight of the squared norm against the mean loss, on latents scaled to unit deviation.

    Raises:
        InputError: too few samples are scored.
    """
    known = scores.isfinite()
    w, scores = w[known], scores[known]
    count = int(len(scores) * share)
    if count < MIN_PER_CLASS:
        raise InputError(f"Only {len(scores)} samples have a score.", hint="Draw more samples.")
    order = scores.argsort()
    x = torch.cat([w[order[:count]], w[order[-count:]]])
    y = torch.cat([-torch.ones(count), torch.ones(count)])
    mean = x.mean(dim=0)
    scale = (x - mean).square().mean().sqrt()
    x = (x - mean) / scale
    normal = torch.zeros(x.shape[1], requires_grad=True)
    offset = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.LBFGS([normal, offset], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        margin = 1.0 - y * (x @ normal + offset)
        loss = margin.clamp_min(0).square().mean() + penalty * normal.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    found = normal.detach()
    return found / found.norm()


def orthogonal_to(direction: Tensor, others: Iterable[Tensor]) -> Tensor:
    """``direction`` [w_dim] without what it shares with ``others``, of unit length (InterFaceGAN's conditional manipulation)."""
    basis = torch.stack([other for other in others])
    solution = torch.linalg.lstsq(basis.T, direction[:, None]).solution
    rest = direction - (basis.T @ solution)[:, 0]
    return rest / rest.norm()
