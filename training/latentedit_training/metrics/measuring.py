"""Two sets of images, compared by all figures that their features allow, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.data.base import ImageSet
from latentedit_training.metrics.extractors.base import Extractor
from latentedit_training.metrics.frechet import frechet_distance, moments
from latentedit_training.metrics.inception_score import inception_score
from latentedit_training.metrics.kernel import kernel_distance
from latentedit_training.metrics.ms_ssim import mean_similarity
from latentedit_training.metrics.neighbours import neighbourhood
from latentedit_training.metrics.prd import precision_recall_curve

MetricName = Literal["fid", "kid", "is", "pr", "prd", "ms-ssim"]
ALL_METRICS: tuple[MetricName, ...] = get_args(MetricName)
_NEIGHBOURS = 10000
"""Images of each set at most that neighbours are looked for among: distances of all pairs are computed."""
_PAIRS = 1000


@dataclass(frozen=True)
class Figure:
    """A number, and all that it depends on.

    Attributes:
        name: of the figure.
        value: the number.
        n_real: real images that went in.
        n_fake: generated ones.
        extractor: by whose features.
        resizer: how images were brought to its size.
        note: what else must be known.
    """

    name: str
    value: float
    n_real: int
    n_fake: int
    extractor: str
    resizer: str
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """As a document holds it."""
        return asdict(self)


@dataclass(frozen=True)
class MeasureStep:
    """How far a comparison is, and its figures when it is done.

    Attributes:
        done: images whose features are known.
        total: of both sets.
        figures: all of them with the last step; none before.
    """

    done: int
    total: int
    figures: tuple[Figure, ...] = ()


def measure(
    real: ImageSet,
    fake: ImageSet,
    *,
    extractor: Extractor,
    metrics: tuple[MetricName, ...] = ALL_METRICS,
    seed: int = 0,
    batch_size: int = 32,
    max_images: int | None = None,
) -> Iterator[MeasureStep]:
    """Compare two sets.

    Args:
        real: what should be made.
        fake: what is made.
        extractor: by whose features.
        metrics: which figures; those that the extractor or the images do not allow are left out.
        seed: of the choice of images, subsets, clusterings and pairs.
        batch_size: images at once.
        max_images: of each set, chosen at random; None for all.

    Raises:
        UsageError: a set has fewer than five images.
        InputError: an image cannot be read.
    """
    chosen = [_chosen(len(images), max_images, seed) for images in (real, fake)]
    if min(len(places) for places in chosen) < 5:
        raise UsageError(
            "Figures need five images of each set at least.", hint="Make more images, for example by latentedit generate."
        )
    total = sum(len(places) for places in chosen)
    pools: list[Tensor] = []
    logits: list[Tensor] = []
    done = 0
    for images, places in zip((real, fake), chosen, strict=True):
        parts: list[Tensor] = []
        logits = []
        for start in range(0, len(places), batch_size):
            indices = places[start : start + batch_size]
            features = extractor(images.read(indices).float() / 127.5 - 1)
            parts.append(features.pool.cpu())
            if features.logits is not None:
                logits.append(features.logits.cpu())
            done += len(indices)
            yield MeasureStep(done, total)
        pools.append(torch.cat(parts))
    figures = _figures(pools[0], pools[1], torch.cat(logits) if logits else None, extractor, metrics, seed)
    if "ms-ssim" in metrics and min(fake.shape.height, fake.shape.width) >= 11:
        figures.append(_alike(fake, chosen[1], extractor, seed))
    yield MeasureStep(total, total, tuple(figures))


def _figures(
    real: Tensor, fake: Tensor, logits: Tensor | None, extractor: Extractor, metrics: tuple[MetricName, ...], seed: int
) -> list[Figure]:
    def told(name: str, value: float, note: str = "", count: int | None = None) -> Figure:
        n_real, n_fake = (len(x) if count is None else min(count, len(x)) for x in (real, fake))
        return Figure(name, value, n_real, n_fake, extractor.name, extractor.resizer, note)

    figures: list[Figure] = []
    if "fid" in metrics:
        few = min(len(real), len(fake)) <= real.shape[1]
        note = "fewer images than features: biased upwards" if few else ""
        figures.append(told("fid", frechet_distance(moments(real), moments(fake)), note))
    if "kid" in metrics:
        kid = kernel_distance(real, fake, seed=seed)
        figures.append(told("kid", kid.mean, f"± {kid.deviation:.2g} over 100 subsets of at most 1000"))
    if "is" in metrics and logits is not None and len(logits) >= 10:
        score = inception_score(logits)
        figures.append(told("is", score.mean, f"± {score.deviation:.2g} over 10 parts"))
    if "pr" in metrics:
        near = neighbourhood(real[:_NEIGHBOURS], fake[:_NEIGHBOURS])
        figures += [told(name, value, "k = 3", _NEIGHBOURS) for name, value in asdict(near).items()]
    if "prd" in metrics:
        count = min(len(real), len(fake), _NEIGHBOURS)
        curve = precision_recall_curve(real[:count], fake[:count], seed=seed)
        figures += [
            told("f8", curve.f_score(8), "recall by PRD", count),
            told("f1/8", curve.f_score(1 / 8), "precision by PRD", count),
        ]
    return figures


def _alike(fake: ImageSet, places: list[int], extractor: Extractor, seed: int) -> Figure:
    image = fake.read(places[:500]).float() / 127.5 - 1
    value = mean_similarity(image, pairs=_PAIRS, seed=seed)
    return Figure("ms-ssim", value, 0, len(image), "none", "none", f"mean of {_PAIRS} pairs: lower is more diverse")


def _chosen(count: int, most: int | None, seed: int) -> list[int]:
    """All images in an order of chance, or some: parts of a sorted folder would be of one class each."""
    order: list[int] = torch.randperm(count, generator=torch.Generator().manual_seed(seed)).tolist()
    return order if most is None else order[:most]
