"""Precision and recall of distributions (Sajjadi et al., 2018): how much of one distribution can be made from the other, at every exchange rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

_ANGLES = 1001
_EPSILON = 1e-10


@dataclass(frozen=True)
class PrecisionRecallCurve:
    """Pairs of precision and recall, ``[angles]`` float64 each, from the recall's end to the precision's."""

    precision: Tensor
    recall: Tensor

    def f_score(self, beta: float) -> float:
        """The largest ``F_β`` on the curve: F₈ weighs recall, F₁⸝₈ precision (section 4.1)."""
        p, r = self.precision, self.recall
        scores = (1 + beta**2) * p * r / (beta**2 * p + r).clamp(min=_EPSILON)
        return float(scores.max())


def curve_of_histograms(real: Tensor, fake: Tensor, *, angles: int = _ANGLES) -> PrecisionRecallCurve:
    """The curve of two distributions over the same kinds, ``[K]`` each, summing to 1 (eq. 4 to 7, algorithm 1).

    ``α(λ) = Σ min(λ p, q)`` and ``β(λ) = α / λ`` with the slopes λ of evenly spread angles.
    """
    slopes = torch.tan(torch.linspace(1e-3, math.pi / 2 - 1e-3, angles, dtype=torch.float64)).unsqueeze(1)
    precision = torch.minimum(slopes * real.double(), fake.double()).sum(1)
    return PrecisionRecallCurve(precision.clamp(0, 1), (precision / slopes.squeeze(1)).clamp(0, 1))


def precision_recall_curve(
    real: Tensor, fake: Tensor, *, seed: int, clusters: int = 20, runs: int = 10, angles: int = _ANGLES
) -> PrecisionRecallCurve:
    """The curve of two sets of features: kinds are clusters of both together, averaged over several clusterings (section 4).

    Args:
        real: ``[N, F]``.
        fake: ``[M, F]``; as many of each should be given, or the larger set has more clusters of its own.
        seed: of the clusterings.
        clusters: how many kinds.
        runs: how many clusterings.
        angles: points of the curve.
    """
    together = torch.cat([real, fake]).double().cpu()
    random = torch.Generator().manual_seed(seed)
    curves = []
    for _ in range(runs):
        kinds = cluster(together, clusters, random)
        histograms = [
            torch.bincount(part, minlength=clusters).double() / len(part) for part in (kinds[: len(real)], kinds[len(real) :])
        ]
        curves.append(curve_of_histograms(*histograms, angles=angles))
    return PrecisionRecallCurve(
        torch.stack([curve.precision for curve in curves]).mean(0), torch.stack([curve.recall for curve in curves]).mean(0)
    )


def cluster(points: Tensor, count: int, random: torch.Generator, *, iterations: int = 50) -> Tensor:
    """k-means (Lloyd, 1982) from seeds that lie far apart (Arthur and Vassilvitskii, 2007): the cluster ``[N]`` int64 of each of ``[N, F]``."""
    centres = points[torch.randint(len(points), (1,), generator=random)]
    while len(centres) < count:
        nearest = torch.cdist(points, centres).amin(1).square()
        if float(nearest.sum()) == 0:  # fewer different points than clusters
            break
        centres = torch.cat([centres, points[torch.multinomial(nearest, 1, generator=random)]])
    kinds = torch.cdist(points, centres).argmin(1)
    for _ in range(iterations):
        sums = torch.zeros_like(centres).index_add_(0, kinds, points)
        sizes = torch.bincount(kinds, minlength=len(centres)).unsqueeze(1)
        centres = torch.where(sizes > 0, sums / sizes.clamp(min=1), centres)
        moved = torch.cdist(points, centres).argmin(1)
        if torch.equal(moved, kinds):
            break
        kinds = moved
    return kinds
