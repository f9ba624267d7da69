"""The figures of two sets, each a function of what was gathered of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from latentedit_training.metrics.frechet import frechet_distance
from latentedit_training.metrics.gathered import Gathered, Needs
from latentedit_training.metrics.inception_score import inception_score
from latentedit_training.metrics.kernel import kernel_distance
from latentedit_training.metrics.ms_ssim import SMALLEST_SIDE, mean_similarity
from latentedit_training.metrics.neighbours import neighbourhood
from latentedit_training.metrics.prd import precision_recall_curve

_MOST_NEIGHBOURS = 10000
"""Images of each set at most that neighbours and clusters are looked for among: the distances of all pairs are computed."""
_SPLITS = 10
_SUBSETS, _SUBSET_SIZE = 100, 1000
_PAIRS = 1000
_K = 3


@dataclass(frozen=True)
class Value:
    """A number of two sets, and how many images of each went into it.

    Attributes:
        by_features: whether an extractor's features were asked, rather than pixels.
    """

    name: str
    value: float
    n_real: int
    n_fake: int
    note: str = ""
    by_features: bool = True


class Impossible(Exception):
    """These images, or this extractor, do not allow a figure; says why."""


@dataclass(frozen=True)
class SetMetric:
    """How a metric is computed: what must be kept of each set, and what comes of it (or :class:`Impossible`)."""

    of_real: Needs
    of_fake: Needs
    compute: Callable[[Gathered, Gathered, int], list[Value]]


def _fid(real: Gathered, fake: Gathered, seed: int) -> list[Value]:
    one, other = real.moments(), fake.moments()
    biased = min(one.count, other.count) <= len(one.mean)
    note = "fewer images than features: biased upwards" if biased else ""
    return [Value("fid", frechet_distance(one, other), one.count, other.count, note)]


def _kid(real: Gathered, fake: Gathered, seed: int) -> list[Value]:
    found = kernel_distance(real.features(), fake.features(), seed=seed, subsets=_SUBSETS, subset_size=_SUBSET_SIZE)
    size = min(_SUBSET_SIZE, real.count, fake.count)
    note = "of all" if found.deviation is None else f"± {found.deviation:.2g} over {_SUBSETS} subsets of {size}"
    return [Value("kid", found.mean, real.count, fake.count, note)]


def _is(real: Gathered, fake: Gathered, seed: int) -> list[Value]:
    logits = fake.logits()
    if logits is None:
        raise Impossible("the extractor knows no classes")
    if len(logits) < _SPLITS:
        raise Impossible(f"it takes {_SPLITS} generated images")
    score = inception_score(logits, splits=_SPLITS)
    return [Value("is", score.mean, 0, fake.count, f"± {score.deviation:.2g} over {_SPLITS} parts")]


def _pr(real: Gathered, fake: Gathered, seed: int) -> list[Value]:
    one, other = real.features()[:_MOST_NEIGHBOURS], fake.features()[:_MOST_NEIGHBOURS]
    near = neighbourhood(one, other, k=_K)
    return [Value(name, value, len(one), len(other), f"k = {_K}") for name, value in asdict(near).items()]


def _prd(real: Gathered, fake: Gathered, seed: int) -> list[Value]:
    count = min(real.count, fake.count, _MOST_NEIGHBOURS)  # as many of each, or the larger set has more clusters of its own
    curve = precision_recall_curve(real.features()[:count], fake.features()[:count], seed=seed)
    return [
        Value("f8", curve.f_score(8), count, count, "recall by PRD"),
        Value("f1/8", curve.f_score(1 / 8), count, count, "precision by PRD"),
    ]


def _ms_ssim(real: Gathered, fake: Gathered, seed: int) -> list[Value]:
    images = fake.images()
    if min(images.shape[2:]) < SMALLEST_SIDE:
        raise Impossible(f"it takes images of {SMALLEST_SIDE} pixels")
    value = mean_similarity(images, pairs=_PAIRS, seed=seed)
    return [Value("ms-ssim", value, 0, len(images), f"mean of {_PAIRS} pairs: lower is more diverse", by_features=False)]


_FEATURES = Needs(features=True)
SET_METRICS: Mapping[str, SetMetric] = {
    "fid": SetMetric(Needs(moments=True), Needs(moments=True), _fid),
    "kid": SetMetric(_FEATURES, _FEATURES, _kid),
    "is": SetMetric(Needs(), Needs(logits=True), _is),
    "pr": SetMetric(_FEATURES, _FEATURES, _pr),
    "prd": SetMetric(_FEATURES, _FEATURES, _prd),
    "ms-ssim": SetMetric(Needs(), Needs(images=True), _ms_ssim),
}
"""All metrics of two sets by name: a new one is told by a line here, and the command and the reports have it."""
