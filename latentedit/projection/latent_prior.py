"""How far a latent lies from those that the mapping network makes, counted in each direction by how much they vary there.

W is far from round: half of its variance lies in 10 of 512 directions. A descent that is held to the average by plain distance goes where that costs
little and the mapping network never went, and there directions do not mean what they mean elsewhere (Zhu et al., 2020, "Improved StyleGAN
Embedding: Where are the Good Latents?", arXiv:2012.09036, section 3; measured: docs/results/projection.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents

SAMPLES = 10_000
"""As many as StyleGAN2's projector takes for the average; half a second on two cores."""
BATCH = 2_000
SMALLEST_SHARE = 1e-6
"""Variances below this share of the largest count as that much: a mapping network may leave directions out altogether."""


@dataclass(frozen=True, eq=False)
class LatentPrior:
    """The normal distribution with the mean [w_dim] and the covariance of ``w``; ``whitening`` [w_dim, w_dim] turns deviations into standard ones."""

    mean: Tensor
    whitening: Tensor

    def deviation(self, w_plus: Tensor) -> Tensor:
        """Mean over layers and dimensions of the squared standard deviations of ``w_plus`` [N, num_ws, w_dim], []: about 1 for random faces."""
        return ((w_plus - self.mean) @ self.whitening).square().mean()


@torch.no_grad()
def fit_prior(generator: Generator, *, seed: int, samples: int = SAMPLES) -> LatentPrior:
    """The prior of a generator, from ``samples`` random latents; the same on every device."""
    random = torch.Generator().manual_seed(seed)
    drawn = []
    for start in range(0, samples, BATCH):
        drawn.append(random_latents(generator, min(BATCH, samples - start), random)[:, 0].double().cpu())
    w = torch.cat(drawn)
    values, vectors = torch.linalg.eigh(torch.cov(w.T))
    whitening = vectors / values.clamp_min(SMALLEST_SHARE * float(values.max())).sqrt()
    return LatentPrior(w.mean(dim=0).to(generator.w_avg), whitening.to(generator.w_avg))
