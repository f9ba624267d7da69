"""Directions in closed form from the weights alone (Shen & Zhou, 2021, arXiv:2007.06600, SeFa)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.directions.discovery_step import DiscoveryStep, Finding, licence_of
from latentedit.errors import UsageError
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents

RANGE = 3.0
"""The ends of a direction's range, in standard deviations of W along it."""
DEVIATION_LATENTS = 1000


def factorise(modulation_weights: Sequence[Tensor], count: int) -> tuple[Tensor, Tensor]:
    """The latent directions that change the styles most.

    Args:
        modulation_weights: the style layers' matrices [C_i, w_dim], of the layers that the direction shall move.
        count: how many directions.

    Returns: unit directions [count, w_dim], strongest first, and their eigenvalues [count]. Each matrix's columns are scaled to unit length, as
        in the paper's code, so that no layer dominates by the size of its weights alone. The sign of a direction is arbitrary; it is chosen so that the
        largest component is positive.
    """
    weights = torch.cat([(w / w.norm(dim=0, keepdim=True).clamp_min(1e-12)).cpu() for w in modulation_weights])
    values, vectors = torch.linalg.eigh((weights.T @ weights).double())
    order = values.argsort(descending=True)[:count]
    directions = vectors[:, order].T
    return with_positive_peaks(directions).float(), values[order].float()


def with_positive_peaks(directions: Tensor) -> Tensor:
    """Directions [N, D] turned so that the component that is largest in size is positive: an eigenvector's sign is arbitrary."""
    largest = directions.gather(1, directions.abs().argmax(dim=1, keepdim=True))
    return directions * largest.sign()


@dataclass(frozen=True)
class SefaConfig:
    """How closed-form directions are found.

    Attributes:
        components: how many, strongest first.
        layers: the styles that they shall change and move; None for all. Coarse ones turn and shape, fine ones colour.
        seed: of the random latents that tell how far one may go along each.
    """

    components: int = 5
    layers: tuple[int, ...] | None = None
    seed: int = 0


@torch.no_grad()
def deviations_along(generator: Generator, directions: Tensor, seed: int) -> list[float]:
    """The standard deviation of W along each unit direction [N, w_dim]; weights alone do not tell how far from the average faces are still faces."""
    random = torch.Generator().manual_seed(seed)
    along = random_latents(generator, DEVIATION_LATENTS, random)[:, 0] @ directions.to(generator.device).T
    return [max(float(deviation), 1e-3) for deviation in along.std(dim=0)]


def discover(generator: Generator, config: SefaConfig) -> Iterator[DiscoveryStep]:
    """One step: ``sefa_1``... of unit length, for the layers that were chosen.

    Raises:
        UsageError: the layers' styles steer nothing, or there are fewer directions than asked for.
    """
    chosen = set(range(generator.num_ws) if config.layers is None else config.layers)
    weights = [weight for layer, weight in generator.modulation_weights() if layer in chosen]
    if not weights:
        raise UsageError("The styles of these layers steer nothing.", hint="Choose others, or a band: coarse, middle or fine.")
    if not 1 <= config.components <= generator.w_dim:
        raise UsageError(f"There are 1 to {generator.w_dim} directions.")
    directions, values = factorise(weights, config.components)
    deviations = deviations_along(generator, directions, config.seed)
    yield DiscoveryStep(
        1,
        1,
        "factorising",
        findings=tuple(
            Finding(
                Direction(
                    f"sefa_{number}",
                    direction.contiguous().cpu(),
                    config.layers,
                    default_range=(-RANGE * deviation, RANGE * deviation),
                    effect=f"closed-form direction {number}",
                    provenance=f"SeFa of {'all layers' if config.layers is None else f'layers {list(config.layers)}'}",
                    licence=licence_of(generator.spec.name),
                    unit="a step of length 1 in W",
                ),
                {"eigenvalue": float(value), "deviation": deviation},
            )
            for number, (direction, value, deviation) in enumerate(zip(directions, values, deviations, strict=True), start=1)
        ),
    )
