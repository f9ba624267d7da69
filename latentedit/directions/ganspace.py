"""Directions as principal components of W (Harkonen et al., 2020, arXiv:2004.02546, GANSpace)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.directions.discovery_step import DiscoveryStep, Finding, licence_of
from latentedit.directions.sefa import with_positive_peaks
from latentedit.errors import UsageError
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents

BATCH = 1000


@dataclass(frozen=True, eq=False)
class Moments:
    """Mean and scatter of all rows seen so far: enough for exact principal components, however many rows there were.

    Attributes:
        count: rows.
        mean: [D] float64.
        scatter: [D, D] float64, the sum of outer products of the rows' distances from the mean.
    """

    count: int
    mean: Tensor
    scatter: Tensor

    @classmethod
    def empty(cls, size: int) -> Moments:
        return cls(0, torch.zeros(size, dtype=torch.float64), torch.zeros(size, size, dtype=torch.float64))

    def with_batch(self, rows: Tensor) -> Moments:
        """The moments of what was seen and of ``rows`` [N, D] (Chan, Golub & LeVeque, 1983, equation 2.1, for vectors)."""
        rows = rows.to(self.mean)
        total = self.count + len(rows)
        mean = rows.mean(dim=0)
        centred = rows - mean
        apart = mean - self.mean
        between = torch.outer(apart, apart) * (self.count * len(rows) / total)
        return Moments(total, self.mean + apart * (len(rows) / total), self.scatter + centred.T @ centred + between)

    def components(self, number: int) -> tuple[Tensor, Tensor]:
        """Orthonormal principal components [number, D], those of largest deviation first, and the deviations [number], float64."""
        variances, vectors = torch.linalg.eigh(self.scatter / max(self.count - 1, 1))
        order = variances.argsort(descending=True)[:number]
        return with_positive_peaks(vectors[:, order].T), variances[order].clamp_min(0).sqrt()


@dataclass(frozen=True)
class GanspaceConfig:
    """How principal components are found.

    Attributes:
        count: random latents; no face is drawn of them.
        components: how many directions, of largest deviation first.
        layers: the styles that the directions move; None for all. The components are the same for any.
    """

    count: int = 50_000
    components: int = 10
    layers: tuple[int, ...] | None = None
    seed: int = 0


@torch.no_grad()
def discover(generator: Generator, config: GanspaceConfig) -> Iterator[DiscoveryStep]:
    """A step for each batch of latents: ``ganspace_1``..., as long as their deviation in W.

    Raises:
        UsageError: there are fewer components than asked for, or too few latents to tell them.
    """
    if not 1 <= config.components <= generator.w_dim:
        raise UsageError(f"There are 1 to {generator.w_dim} components.")
    if config.count <= config.components:
        raise UsageError(f"{config.count} latents do not tell {config.components} components.", hint="Take some thousands.")
    random = torch.Generator().manual_seed(config.seed)
    moments = Moments.empty(generator.w_dim)
    sizes = [min(BATCH, config.count - first) for first in range(0, config.count, BATCH)]
    for number, size in enumerate(sizes, start=1):
        moments = moments.with_batch(random_latents(generator, size, random)[:, 0].cpu())
        if number < len(sizes):
            yield DiscoveryStep(number, len(sizes), "mapping latents")
    components, deviations = moments.components(config.components)
    whole = float(moments.scatter.trace()) / (config.count - 1)
    yield DiscoveryStep(
        len(sizes),
        len(sizes),
        "mapping latents",
        findings=tuple(
            Finding(
                Direction(
                    f"ganspace_{number}",
                    (component * deviation).float().contiguous(),
                    config.layers,
                    default_range=(-2.0, 2.0),
                    effect=f"principal component {number}",
                    provenance=f"GANSpace of {config.count} latents, seed {config.seed}",
                    licence=licence_of(generator.spec.name),
                    unit="a standard deviation of W along the component",
                ),
                {"deviation": float(deviation), "share_of_variance": float(deviation**2) / whole},
            )
            for number, (component, deviation) in enumerate(zip(components, deviations, strict=True), start=1)
        ),
    )
