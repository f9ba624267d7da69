"""Directions as normals of linear boundaries between low and high scores (Shen et al., 2020, arXiv:1907.10786, InterFaceGAN)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.directions.discovery_step import DiscoveryStep, Finding, licence_of
from latentedit.directions.sampling import ScoredSample, samples_for, table
from latentedit.directions.scorers import Scorer, effect_of
from latentedit.errors import InputError, UsageError
from latentedit.generators.base import Generator

SHARE = 0.3
"""The share of the samples at each end of the scores that are called negative and positive."""
MIN_PER_CLASS = 20
PENALTY = 0.3
"""Chosen by the correlation of held-out scores with the distance from the boundary: it is flat between 0.1 and 1."""
HELD_OUT = 0.3
"""The share of the chosen samples that the accuracy is told from, as in the paper."""

MIN_REST = 1e-3
"""The share of a direction that is left where others make it up but for rounding."""


def boundary(w: Tensor, scores: Tensor, *, share: float = SHARE, penalty: float = PENALTY) -> Tensor:
    """Unit normal [w_dim] of a linear support vector machine (squared hinge) that tells the highest scores from the lowest.

    Args:
        w: latents [N, w_dim].
        scores: [N]; not-a-number where the attribute could not be measured. Where they take two values only they are labels, and all count.
        share: see :data:`SHARE`.
        penalty: weight of the squared norm against the mean loss of both classes, on latents scaled to unit deviation.

    Raises:
        InputError: too few samples are scored.
    """
    x, y = extremes(w, scores, share)
    return _separate(x, y, penalty)[0]


def extremes(w: Tensor, scores: Tensor, share: float = SHARE) -> tuple[Tensor, Tensor]:
    """The latents [M, w_dim] of the lowest and the highest scores, and their classes [M], -1 and 1.

    Raises:
        InputError: a class has fewer than :data:`MIN_PER_CLASS` samples, also because they are alike.
    """
    known = scores.isfinite()
    w, scores = w[known], scores[known]
    if len(torch.unique(scores)) == 2:
        low, high = w[scores == scores.min()], w[scores == scores.max()]
    else:
        order = scores.argsort()
        count = int(len(scores) * share)
        lowest, highest = order[:count], order[len(scores) - count :]
        if count and scores[lowest[-1]] == scores[highest[0]]:
            # Many alike in the middle: which of them is called high would be chance.
            alike = scores[lowest[-1]]
            lowest, highest = lowest[scores[lowest] < alike], highest[scores[highest] > alike]
        low, high = w[lowest], w[highest]
    if min(len(low), len(high)) < MIN_PER_CLASS:
        raise InputError(
            f"Of {len(scores)} samples with a score, {min(len(low), len(high))} are in one of the classes.",
            hint="Draw more samples.",
        )
    return torch.cat([low, high]), torch.cat([-torch.ones(len(low)), torch.ones(len(high))])


def held_out_accuracy(w: Tensor, scores: Tensor, *, seed: int, share: float = SHARE, penalty: float = PENALTY) -> float:
    """How many of the samples that a boundary was not made from lie on their side of it, as the mean of both classes' shares."""
    x, y = extremes(w, scores, share)
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    kept = order[int(len(x) * HELD_OUT) :]
    tried = order[: int(len(x) * HELD_OUT)]
    normal, offset = _separate(x[kept], y[kept], penalty)
    right = (x[tried] @ normal + offset).sign() == y[tried]
    return float(torch.stack([right[y[tried] == side].float().mean() for side in (-1, 1)]).mean())


def _separate(x: Tensor, y: Tensor, penalty: float) -> tuple[Tensor, Tensor]:
    """Unit normal [w_dim] and offset [] of the boundary between two classes that count alike."""
    mean = x.mean(dim=0)
    scale = (x - mean).square().mean().sqrt()
    scaled = (x - mean) / scale
    weight = torch.where(y > 0, 0.5 / (y > 0).sum(), 0.5 / (y < 0).sum())
    normal, offset = torch.zeros(x.shape[1]), torch.zeros(())
    optimiser = torch.optim.LBFGS([normal, offset], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        # The gradient is written out: autograd would hand every one of some hundred evaluations to a thread of its own.
        violation = (1.0 - y * (scaled @ normal + offset)).clamp_min(0)
        pull = -2 * weight * violation * y
        normal.grad = pull @ scaled + 2 * penalty * normal
        offset.grad = pull.sum()
        return weight @ violation.square() + penalty * normal.square().sum()

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    length = normal.norm()
    unit = normal / length
    return unit, offset * scale / length - unit @ mean


def orthogonal_to(direction: Tensor, others: Iterable[Tensor]) -> Tensor:
    """``direction`` without what it shares with ``others``, of unit length (InterFaceGAN's conditional manipulation).

    Args:
        direction, others: [w_dim], or all [num_ws, w_dim].

    Raises:
        UsageError: nothing is left: the others can make it up.
    """
    basis = torch.stack([other.flatten() for other in others])
    whole = direction.flatten()
    solution = torch.linalg.lstsq(basis.T, whole[:, None]).solution
    rest = whole - (basis.T @ solution)[:, 0]
    if rest.norm() < MIN_REST * whole.norm():
        raise UsageError("Without the others, nothing is left of the direction.", hint="Remove fewer.")
    return (rest / rest.norm()).reshape(direction.shape)


@dataclass(frozen=True, eq=False)
class InterfaceGanConfig:
    """How the boundary of an attribute is found.

    Attributes:
        attribute: which score.
        count: how many random faces are drawn and scored.
        orthogonal_to: attributes whose boundaries, found from the same faces, are removed from the direction.
        removed: other directions [w_dim] that are removed from it, by name.
        layers: the styles that the direction moves; None for all.
    """

    attribute: str
    count: int = 1500
    orthogonal_to: tuple[str, ...] = ()
    removed: Mapping[str, Tensor] = field(default_factory=dict)
    layers: tuple[int, ...] | None = None
    seed: int = 0


def discover(
    generator: Generator, scorers: Sequence[Scorer], config: InterfaceGanConfig, *, samples: Sequence[ScoredSample] = ()
) -> Iterator[DiscoveryStep]:
    """A step for each face that is drawn, and one for the boundary: a direction of unit length that has the attribute's name.

    Args:
        samples: drawn before with the same seed; only those that are missing are drawn.

    Raises:
        InputError: too few faces could be scored.
        UsageError: what is to be removed leaves nothing.
    """
    known = list(samples[: config.count])
    missing = samples_for(generator, scorers, config.attribute, count=config.count, seed=config.seed, samples=tuple(known))
    total = config.count + 1
    for sample in missing:
        known.append(sample)
        yield DiscoveryStep(sample.number, total, "drawing and scoring", sample)
    w, scores = table(known, config.attribute)
    vector = boundary(w, scores)
    removed = {name: boundary(*table(known, name)) for name in config.orthogonal_to} | dict(config.removed)
    accuracy = held_out_accuracy(w, scores, seed=config.seed)
    if removed:
        kept = vector
        vector = orthogonal_to(vector, removed.values())
    without = f", orthogonal to {', '.join(removed)}" if removed else ""
    direction = Direction(
        config.attribute,
        vector.contiguous(),
        config.layers,
        default_range=(-4.0, 4.0),
        effect=effect_of(config.attribute),
        provenance=f"linear boundary of {config.attribute} on {len(known)} faces, seed {config.seed}{without}",
        licence=licence_of(generator.spec.name),
        unit="a step of length 1 in W",
    )
    measures = {"scored": float(scores.isfinite().sum()), "held_out_accuracy": accuracy}
    if removed:
        measures["cosine_to_plain_boundary"] = float(kept @ vector)
    yield DiscoveryStep(total, total, "finding the boundary", findings=(Finding(direction, measures),))
