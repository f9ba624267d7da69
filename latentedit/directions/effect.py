"""What a direction does to faces: its own score, every other score, and the likeness.

Directions are found by what scores say about random faces; whether moving a face along one does what its name says, and nothing else, is another
question, which only drawing answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Protocol

import torch
from torch import Tensor

from latentedit.directions.calibration import PSI
from latentedit.directions.direction import Direction
from latentedit.directions.scorers.base import Scorer
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents
from latentedit.images import to_uint8


class Likeness(Protocol):
    """Tells how far two aligned faces are from being one person's, as :class:`latentedit.identity.FaceDescriptor` does."""

    def distance(self, image_a: Tensor, image_b: Tensor) -> float: ...


@dataclass(frozen=True, eq=False)
class Sitter:
    """A face that directions are tried on: its generator (tuned or not), its latent [1, num_ws, w_dim], its preview [1, 3, p, p], and its scores."""

    generator: Generator
    w_plus: Tensor
    image: Tensor
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Effect:
    """What a direction does to some faces from ``low`` to ``high``.

    Attributes:
        changes: mean change of every score.
        right: share of the faces whose own score rises, of those that have one unedited; where the face is lost on the way, it does not rise.
        identity: median distance of dlib's descriptors between the unedited face and the end of the range that is farther from it; not-a-number
            when it was not asked for.
    """

    low: float
    high: float
    changes: Mapping[str, float]
    right: float
    identity: float


@dataclass(frozen=True, eq=False)
class Judges:
    """Everything that looks at a drawn face."""

    scorers: Sequence[Scorer]
    identity: Likeness

    @torch.no_grad()
    def sitter(self, generator: Generator, w_plus: Tensor) -> Sitter:
        """``w_plus`` [1, num_ws, w_dim] drawn as a preview and judged."""
        image = generator.preview(w_plus)
        picture = to_uint8(image)
        scores = {name: value for scorer in self.scorers for name, value in scorer.score(picture).items()}
        return Sitter(generator, w_plus, image, scores)

    def random_sitters(self, generator: Generator, count: int, *, seed: int, truncation_psi: float = PSI) -> list[Sitter]:
        """Random faces of the generator."""
        random = torch.Generator().manual_seed(seed)
        latents = (random_latents(generator, 1, random, truncation_psi=truncation_psi) for _ in range(count))
        return [self.sitter(generator, w_plus) for w_plus in latents]

    def effect(
        self, direction: Direction, attribute: str, sitters: Sequence[Sitter], low: float, high: float, *, identity: bool = True
    ) -> Effect:
        """Move every sitter to both ends and compare.

        Raises:
            ValueError: ``attribute`` is known of no sitter.
        """
        known = [sitter for sitter in sitters if math.isfinite(sitter.scores.get(attribute, math.nan))]
        if not known:
            raise ValueError(f"{attribute} could not be scored on any face")
        changes: dict[str, list[float]] = {}
        distances = []
        for sitter in known:
            at_low, at_high = (
                self.sitter(sitter.generator, direction.apply(sitter.w_plus, amount)) if amount else sitter
                for amount in (low, high)
            )
            for name in at_low.scores.keys() & at_high.scores.keys():
                changes.setdefault(name, []).append(at_high.scores[name] - at_low.scores[name])
            if identity:
                distances.append(max(self.identity.distance(sitter.image, end.image) for end in (at_low, at_high)))
        own = changes.get(attribute, [])
        return Effect(
            low,
            high,
            changes={name: fmean(values) for name, values in sorted(changes.items())},
            right=sum(change > 0 for change in own) / len(known),
            identity=median(distances) if distances else math.nan,
        )
