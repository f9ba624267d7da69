"""Mixtures of Gaussians with full covariances, fitted to weighted samples by expectation maximisation (Dempster et al., 1977)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_ITERATIONS = 6


@dataclass(frozen=True, eq=False)
class Mixture:
    """Shares [K], means [K, D] and covariances [K, D, D] of its components."""

    shares: Array
    means: Array
    covariances: Array

    def log_density(self, samples: Array) -> Array:
        """The logarithm of the density at samples [N, D], [N], without the constant that all densities of one D share."""
        joint = self._log_joint(samples)
        top = joint.max(axis=1, keepdims=True)
        return np.asarray(top[:, 0] + np.log(np.exp(joint - top).sum(axis=1)))

    def responsibilities(self, samples: Array) -> Array:
        """How likely each component made each sample, [N, K]."""
        joint = self._log_joint(samples)
        likely = np.exp(joint - joint.max(axis=1, keepdims=True))
        return np.asarray(likely / likely.sum(axis=1, keepdims=True))

    def _log_joint(self, samples: Array) -> Array:
        columns = []
        for share, mean, covariance in zip(self.shares, self.means, self.covariances, strict=True):
            factor = np.linalg.cholesky(covariance)
            whitened = np.linalg.solve(factor, (samples - mean).T)
            columns.append(np.log(share) - np.log(np.diag(factor)).sum() - 0.5 * (whitened**2).sum(axis=0))
        return np.stack(columns, axis=1)


def fit_mixture(samples: Array, weights: Array, components: int, *, floor: float) -> Mixture:
    """Fit a mixture; the outcome depends on nothing but the arguments.

    Args:
        samples: [N, D].
        weights: [N], not negative, not all zero.
        components: how many Gaussians.
        floor: variance that is added in every direction: what is too little a difference to tell things apart.
    """
    weights = weights / weights.sum()
    mean = weights @ samples
    centred = samples - mean
    covariance = (weights[:, None] * centred).T @ centred
    # Begin along the direction of the largest spread, with equal shares of the weight.
    along = centred @ np.linalg.eigh(covariance)[1][:, -1]
    order = np.argsort(along, kind="stable")
    quantiles = np.searchsorted(np.cumsum(weights[order]), (np.arange(components) + 0.5) / components)
    ridge = floor * np.eye(samples.shape[1])
    mixture = Mixture(
        np.full(components, 1 / components),
        samples[order[np.minimum(quantiles, len(order) - 1)]],
        np.repeat((covariance / components + ridge)[None], components, axis=0),
    )
    for _ in range(_ITERATIONS):
        owned = mixture.responsibilities(samples) * weights[:, None]
        counts = owned.sum(axis=0) + 1e-9
        means = (owned.T @ samples) / counts[:, None]
        offsets = samples[None] - means[:, None]
        covariances = np.einsum("nk,kni,knj->kij", owned, offsets, offsets, optimize=True) / counts[:, None, None] + ridge
        mixture = Mixture(counts / counts.sum(), means, covariances)
    return mixture
