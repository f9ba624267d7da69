"""Draw random faces and score them: what boundaries are found from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from latentedit.directions.scorers.base import Scorer
from latentedit.errors import InputError
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents
from latentedit.images import to_uint8

PROBED = 50
"""After so many faces without a score, more would be drawn in vain."""


@dataclass(frozen=True, eq=False)
class ScoredSample:
    """One drawn face: its number from 1 of ``total``, its ``w`` [w_dim], and its scores."""

    number: int
    total: int
    w: Tensor
    scores: dict[str, float]


@torch.no_grad()
def score_samples(
    generator: Generator, scorers: Sequence[Scorer], *, count: int, seed: int, truncation_psi: float = 1.0, start: int = 0
) -> Iterator[ScoredSample]:
    """Draw ``count`` previews from the prior and score each. To cancel, stop iterating.

    Args:
        start: how many were drawn before with the same seed; the others are what they would have been.
    """
    random = torch.Generator().manual_seed(seed)
    for number in range(1, count + 1):
        w_plus = random_latents(generator, 1, random, truncation_psi=truncation_psi)
        if number <= start:
            continue
        picture = to_uint8(generator.preview(w_plus))
        yield ScoredSample(number, count, w_plus[0, 0].cpu(), score_all(scorers, picture))


def samples_for(
    generator: Generator, scorers: Sequence[Scorer], attribute: str, *, count: int, seed: int, samples: Sequence[ScoredSample]
) -> Iterator[ScoredSample]:
    """Draw and score what ``samples``, drawn before with the same seed, lack of ``count``.

    Raises:
        InputError: none of the first faces can be scored for the attribute.
    """
    found = any(attribute in sample.scores for sample in samples)
    for sample in score_samples(generator, scorers, count=count, seed=seed, start=len(samples)):
        found = found or attribute in sample.scores
        if not found and sample.number >= PROBED:
            raise InputError(
                f"None of the first {sample.number} faces could be scored for {attribute}.",
                hint="Choose another attribute, or a generator of faces.",
            )
        yield sample


def score_all(scorers: Sequence[Scorer], rgb_uint8: npt.NDArray[np.uint8]) -> dict[str, float]:
    """All scores of one aligned face [H, W, 3]; without those that could not be measured."""
    scores = {name: float(value) for scorer in scorers for name, value in scorer.score(rgb_uint8).items()}
    return {name: value for name, value in scores.items() if math.isfinite(value)}


def table(samples: Sequence[ScoredSample], name: str) -> tuple[Tensor, Tensor]:
    """Latents [N, w_dim] and the scores [N] of one attribute, not-a-number where it is missing.

    Raises:
        InputError: all scores are equal, so that more of them would tell nothing.
    """
    w = torch.stack([sample.w for sample in samples])
    scores = torch.tensor([sample.scores.get(name, float("nan")) for sample in samples])
    known = scores[scores.isfinite()]
    if len(known) > 1 and bool((known == known[0]).all()):
        raise InputError(
            f"All {len(known)} faces have the same {name}: {known[0]:g}.", hint="Choose an attribute in which they differ."
        )
    return w, scores
