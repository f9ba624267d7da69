"""Faces drawn from a generator, with the latents that they were drawn from and what scorers measure on them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from latentedit.directions.sampling import score_all
from latentedit.directions.scorers import Scorer
from latentedit.errors import CheckpointError, InputError, UsageError
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_face
from latentedit.generators.rgb import in_colour
from latentedit.images import is_finite, to_uint8
from latentedit_training.data.drawn_set import DrawingStep, Example, SetContents, draw_set, versions_of
from latentedit_training.data.fitting import fitted
from latentedit_training.data.png import encode_png
from latentedit_training.data.sampling import seed_of
from latentedit_training.networks.base import ImageShape

LATENTS_NAME = "latents.safetensors"
SCORED_PX = 256
"""Larger drawings are made smaller before they are scored, as scorers know faces from previews."""
TRIES = 20
"""After so many faces without a score, more would be drawn in vain."""
LOG_ODDS = ("gender",)
"""Scores whose degree is the probability that they are the logarithm of the odds of."""
_DIGITS = 6


def draw_faces(
    generator: Generator,
    *,
    path: Path,
    count: int,
    size: int,
    seed: int,
    scorers: Sequence[Scorer] = (),
    attributes: Sequence[str] | None = None,
    truncation_psi: float = 1.0,
    resume: bool = False,
) -> Iterator[DrawingStep]:
    """Draw faces from the prior into a zip of ``count`` images of ``size`` px.

    A label holds a degree in 0 to 1 for each score: for gender the probability of looking male, for all others the share of the set's faces
    that score less (ties count half). The scores themselves [N, K] and ``w`` [N, w_dim] lie in ``latents.safetensors`` in the zip. Faces that
    cannot be scored are replaced by others. The same seed draws the same on the same machine; another kind of processor may round otherwise.

    Args:
        path: where the zip goes; parts lie in a folder beside it until it is done.
        scorers: what is measured; without any, the images have no labels.
        attributes: which of their scores become labels, in this order; all when None.
        truncation_psi: 1 for the whole variety of the generator.
        resume: go on with what an earlier run has left.

    Raises:
        UsageError: as :func:`~latentedit_training.data.drawn_set.draw_set`; or no such count, size, seed
            or attribute.
        InputError: no face can be scored.
        CheckpointError: the generator draws nothing finite.
        StorageError: the zip cannot be written.
    """
    require_numbers(count, size, seed)
    measured = [name for scorer in scorers for name in scorer.names]
    names = tuple(measured if attributes is None else attributes)
    if unknown := sorted(set(names) - set(measured)):
        raise UsageError(f"Nothing measures {unknown[0]}.", hint="Add its scorer.")
    G = in_colour(generator)

    def draw(number: int) -> Example:
        for attempt in range(TRIES):
            w_plus = random_face(G, seed_of(seed, number, attempt), truncation_psi=truncation_psi)
            picture = _drawn(G, w_plus)
            scores = score_all(scorers, _at_most(picture, SCORED_PX))
            if all(name in scores for name in names):
                png = encode_png(_sized(picture, size), mark_ai=True)
                return Example(png, {"w": w_plus[0, 0].cpu().tolist(), "scores": [scores[name] for name in names]})
        raise InputError(
            f"None of {TRIES} faces could be scored for {', '.join(names)}.",
            hint="Choose other attributes, none, or a generator of faces.",
        )

    spec = G.spec
    plan = {
        "kind": "faces",
        "count": count,
        "size": size,
        "seed": seed,
        "generator": spec.name,
        "weights_hash": spec.weights_hash,
        "truncation_psi": truncation_psi,
        "scores": list(names),
        "licence": spec.licence,
        "restrictions": spec.restrictions,
        "origin": spec.origin,
        "versions": versions_of("torch", "pillow"),
    }
    return draw_set(path, plan, draw, lambda facts: _summed_up(facts, names), resume=resume)


def degrees(name: str, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The degrees [N] in 0 to 1 of scores [N]: see :func:`draw_faces`."""
    if name in LOG_ODDS:
        return np.array([_probability(score) for score in scores])
    ordered = np.sort(scores)
    below, up_to = (np.searchsorted(ordered, scores, side=side) for side in ("left", "right"))
    return np.asarray((below + up_to) / (2 * len(scores)), dtype=np.float64)


def require_numbers(count: int, size: int, seed: int) -> None:
    """Refuse sets that cannot be drawn.

    Raises:
        UsageError: ``count`` is outside 1 to 10 million, ``size`` outside 8 to 4096 px, or ``seed`` negative or beyond 2^63 - 1.
    """
    if not 1 <= count <= 10_000_000:
        raise UsageError(f"{count} images cannot be drawn.", hint="Name a number from 1 to 10000000.")
    if not 8 <= size <= 4096:
        raise UsageError(f"Images of {size} pixels cannot be drawn.", hint="Name a size from 8 to 4096.")
    if not 0 <= seed < 2**63:
        raise UsageError(f"The seed {seed} is no number from 0 to 2^63 - 1.")


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds)) if log_odds > -700 else 0.0  # where exp would overflow


@torch.no_grad()
def _drawn(G: Generator, w_plus: torch.Tensor) -> NDArray[np.uint8]:
    image = G.synthesis(w_plus)
    if not is_finite(image):
        raise CheckpointError("The generator draws nothing finite.", hint="Its weights are damaged, or --psi is too large.")
    return to_uint8(image)


def _at_most(picture: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    return picture if max(picture.shape[:2]) <= size else _sized(picture, size)


def _sized(picture: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(fitted(picture, ImageShape(3, size, size), "crop").transpose(1, 2, 0))


def _summed_up(facts: Sequence[Any], names: Sequence[str]) -> SetContents:
    from safetensors.numpy import save

    scores = np.array([each["scores"] for each in facts], dtype=np.float64).reshape(len(facts), len(names))
    w = np.array([each["w"] for each in facts], dtype=np.float32)
    labels = np.stack([degrees(name, scores[:, k]) for k, name in enumerate(names)], axis=1) if names else None
    rows = [] if labels is None else labels.round(_DIGITS).tolist()
    return SetContents(names, rows, {LATENTS_NAME: save({"w": w, "scores": scores.astype(np.float32)})})
