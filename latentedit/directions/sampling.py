"""Draw random faces and score them: what boundaries are found from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.directions.scorers.base import Scorer
from latentedit.generators.base import Generator
from latentedit.images import to_uint8


@dataclass(frozen=True, eq=False)
class ScoredSample:
    """One drawn face: its number from 1 of ``total``, its ``w`` [w_dim], and its scores."""

    number: int
    total: int
    w: Tensor
    scores: dict[str, float]


@torch.no_grad()
def score_samples(
    generator: Generator, scorers: Sequence[Scorer], *, count: int, seed: int, truncation_psi: float = 1.0
) -> Iterator[ScoredSample]:
    """Draw ``count`` previews from the prior and score each. To cancel, stop iterating."""
    random = torch.Generator().manual_seed(seed)
    for number in range(1, count + 1):
        z = torch.randn(1, generator.z_dim, generator=random).to(generator.device)
        w_plus = generator.mapping(z, truncation_psi=truncation_psi)
        picture = to_uint8(generator.preview(w_plus))
        scores: dict[str, float] = {}
        for scorer in scorers:
            scores |= scorer.score(picture)
        yield ScoredSample(number, count, w_plus[0, 0].cpu(), scores)


def table(samples: Sequence[ScoredSample], name: str) -> tuple[Tensor, Tensor]:
    """Latents [N, w_dim] and the scores [N] of one attribute, not-a-number where it is missing."""
    w = torch.stack([sample.w for sample in samples])
    scores = torch.tensor([sample.scores.get(name, float("nan")) for sample in samples])
    return w, scores
