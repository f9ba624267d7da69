"""A direction from a few dozen faces that the user sorted into two groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.directions.discovery_step import DiscoveryStep, Finding, licence_of
from latentedit.errors import UsageError
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_face

MIN_EXAMPLES = 3
"""In each group; one may be left out and its group still has a spread."""

MIN_APART = 1e-5
"""Distance of the groups' means, as a share of the longest latent's length: less is rounding."""

LEAST_TOLD = 0.65
"""Of examples that differ in something, the share that is told from the others; chance tells half."""


def shrinkage(centred: Tensor) -> float:
    """How far the covariance of few samples is to be pulled toward a multiple of the identity, from 0 to 1: the share that minimises the expected
    squared error (Ledoit & Wolf, 2004, "A well-conditioned estimator for large-dimensional covariance matrices", lemma 3.2-3.4).

    Args:
        centred: samples [N, D] less their mean.
    """
    count, size = centred.shape
    # All norms from the Gram matrix [N, N]: the covariance [D, D] need not be made.
    gram = (centred @ centred.T).double()
    squared_norm = gram.square().sum() / count**2
    mean_variance = gram.trace() / (count * size)
    distance = squared_norm - size * mean_variance**2
    noise = gram.diagonal().square().sum() / count**2 - squared_norm / count
    return float((noise / distance.clamp_min(1e-30)).clamp(0, 1)) if distance > 0 else 1.0


def discriminant(a: Tensor, b: Tensor) -> Tensor:
    """The unit normal [D] of Fisher's linear discriminant between groups ``a`` [N, D] and ``b`` [M, D], pointing to ``b``, with the shrunk covariance
    of both: many dimensions and few samples leave nothing else to invert."""
    centred = torch.cat([a - a.mean(dim=0), b - b.mean(dim=0)]).double()
    count, size = centred.shape
    share = shrinkage(centred)
    apart = (b.mean(dim=0) - a.mean(dim=0)).double()
    ridge = share * centred.square().sum() / (count * size)
    if share >= 1 or ridge <= 0:
        return (apart / apart.norm()).to(a.dtype)
    # (ridge I + k X'X)^-1 v = (v - k X' (ridge I + k X X')^-1 X v) / ridge, with matrices [N, N] only (Woodbury).
    weight = (1 - share) / count
    inner = ridge * torch.eye(count, dtype=torch.float64) + weight * centred @ centred.T
    normal = apart - weight * centred.T @ torch.linalg.solve(inner, centred @ apart)
    return (normal / normal.norm()).to(a.dtype)


def is_nearer_to_b(sample: Tensor, a: Tensor, b: Tensor) -> bool:
    """On which side of the discriminant, halfway between the groups' means, a sample [D] is."""
    middle = (a.mean(dim=0) + b.mean(dim=0)) / 2
    return bool((sample - middle) @ discriminant(a, b) > 0)


@dataclass(frozen=True, eq=False)
class ExamplesConfig:
    """What a direction is made of.

    Attributes:
        a, b: latents [N, num_ws, w_dim] of the two groups; the direction leads from ``a`` to ``b``.
        layers: the styles that it moves, and that are compared; None for all.
        name: what the direction is called.
    """

    a: Tensor
    b: Tensor
    layers: tuple[int, ...] | None = None
    name: str = "examples"


@torch.no_grad()
def of_seeds(
    generator: Generator, a: Sequence[int], b: Sequence[int], *, truncation_psi: float, name: str = "examples"
) -> ExamplesConfig:
    """What leads from the faces of some seeds to those of others, as :func:`latentedit.directions.sheet.seed_pictures` draws them.

    Raises:
        UsageError: a group has fewer than :data:`MIN_EXAMPLES`.
    """
    if min(len(a), len(b)) < MIN_EXAMPLES:
        raise _too_few()
    groups = [torch.cat([random_face(generator, seed, truncation_psi=truncation_psi) for seed in seeds]) for seeds in (a, b)]
    return ExamplesConfig(groups[0], groups[1], name=name)


def _too_few() -> UsageError:
    return UsageError(f"Each group needs {MIN_EXAMPLES} examples or more.", hint="Twenty of each are better.")


def discover(generator: Generator, config: ExamplesConfig) -> Iterator[DiscoveryStep]:
    """A step for each example, which is left out and guessed from the others, and one for the direction, of unit length.

    A latent with different layers counts by their mean: a few dozen samples do not tell a vector for each.

    Raises:
        UsageError: a group has fewer than :data:`MIN_EXAMPLES`, or both are the same.
    """
    layers = list(range(generator.num_ws)) if config.layers is None else list(config.layers)
    a, b = (group[:, layers].mean(dim=1).cpu() for group in (config.a, config.b))
    if min(len(a), len(b)) < MIN_EXAMPLES:
        raise _too_few()
    # Relative, since sums of the same numbers in another order differ by rounding.
    apart, scale = (b.mean(dim=0) - a.mean(dim=0)).norm(), torch.cat([a, b]).norm(dim=1).max()
    if apart <= MIN_APART * scale:
        raise UsageError("Both groups are the same.", hint="Sort the faces by what the direction is to change.")
    total = len(a) + len(b) + 1
    right = []
    for i in range(len(a)):
        right.append(not is_nearer_to_b(a[i], torch.cat([a[:i], a[i + 1 :]]), b))
        yield DiscoveryStep(len(right), total, "guessing each from the others")
    for i in range(len(b)):
        right.append(is_nearer_to_b(b[i], a, torch.cat([b[:i], b[i + 1 :]])))
        yield DiscoveryStep(len(right), total, "guessing each from the others")
    shares = [sum(group) / len(group) for group in (right[: len(a)], right[len(a) :])]
    accuracy = sum(shares) / 2
    direction = Direction(
        config.name,
        discriminant(a, b).contiguous(),
        config.layers,
        default_range=(-4.0, 4.0),
        effect="more like the second group of examples",
        provenance=f"from {len(a)} against {len(b)} examples, of which {accuracy:.0%} are told from the others",
        licence=licence_of(generator.spec.name),
        unit="a step of length 1 in W",
    )
    yield DiscoveryStep(
        total, total, "finding the direction", findings=(Finding(direction, {"leave_one_out_accuracy": accuracy}),)
    )


def weakness(measures: Mapping[str, float]) -> str | None:
    """What is wrong with a direction of examples that are not told apart; None when they are, or when it is none of examples."""
    accuracy = measures.get("leave_one_out_accuracy", 1.0)
    if accuracy >= LEAST_TOLD:
        return None
    return f"only {accuracy:.0%} of the examples are told from the others, where chance tells 50%"
