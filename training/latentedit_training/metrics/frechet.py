"""The Fréchet distance of two sets of features, taken as normal distributions (FID; Heusel et al., 2017, eq. 6; Dowson and Landau, 1982)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Moments:
    """What is kept of a set of features.

    Attributes:
        mean: ``[F]`` float64.
        covariance: ``[F, F]`` float64, divided by N - 1.
        count: N.
    """

    mean: Tensor
    covariance: Tensor
    count: int


class RunningMoments:
    """The moments of features that come in batches and are not kept.

    Args:
        num_features: F.
    """

    def __init__(self, num_features: int) -> None:
        self._sum = torch.zeros(num_features, dtype=torch.float64)
        self._products = torch.zeros(num_features, num_features, dtype=torch.float64)
        self._shift: Tensor | None = None
        self.count = 0

    def add(self, features: Tensor) -> None:
        """Take in features ``[N, F]``."""
        x = features.detach().double().cpu()
        if self._shift is None:
            self._shift = x.mean(0)  # sums of products around 0 would lose digits where features lie far from it
        x = x - self._shift
        self._sum += x.sum(0)
        self._products += x.T @ x
        self.count += len(x)

    def moments(self) -> Moments:
        """The moments of all that came in.

        Raises:
            ValueError: fewer than two came.
        """
        if self.count < 2 or self._shift is None:
            raise ValueError("a covariance needs two images at least")
        mean = self._sum / self.count
        covariance = (self._products - self.count * torch.outer(mean, mean)) / (self.count - 1)
        return Moments(mean + self._shift, covariance, self.count)


def moments(features: Tensor) -> Moments:
    """The moments of features ``[N, F]``, N at least 2."""
    running = RunningMoments(features.shape[1])
    running.add(features)
    return running.moments()


def frechet_distance(one: Moments, other: Moments) -> float:
    """``‖μ₁ - μ₂‖² + tr(Σ₁ + Σ₂ - 2 (Σ₁ Σ₂)^½)``.

    The trace of the root is the sum of the roots of the eigenvalues of ``A Σ₂ A`` with ``A = Σ₁^½``, which is symmetric: no complex numbers, no
    guess where a covariance has no full rank.
    """
    root = _symmetric_root(one.covariance)
    eigenvalues = torch.linalg.eigvalsh(root @ other.covariance @ root)
    cross = eigenvalues.clamp(min=0).sqrt().sum()
    squares = (one.mean - other.mean).square().sum()
    distance = float(squares + one.covariance.trace() + other.covariance.trace() - 2 * cross)
    return max(distance, 0.0)  # rounding may leave a little less than nothing


def _symmetric_root(matrix: Tensor) -> Tensor:
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp(min=0).sqrt()) @ vectors.T
