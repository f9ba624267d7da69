"""Two sets of images, compared by all figures that their features allow, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TypeGuard, cast

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.data.base import ImageSet
from latentedit_training.metrics.extractors.base import Extractor
from latentedit_training.metrics.gathered import Gathered, Needs
from latentedit_training.metrics.report import Figure, LeftOut, MetricReport
from latentedit_training.metrics.set_figures import SET_METRICS, Impossible

ALL_METRICS = tuple(SET_METRICS)
FEWEST = 5
"""Images of each set: a nearest neighbour's third neighbour is to be another image."""
Images = ImageSet | Iterable[Tensor]
"""A set, or batches ``[N, C, H, W]`` uint8 as something draws them."""


@dataclass(frozen=True)
class MeasureStep:
    """How far a comparison is.

    Attributes:
        doing: ``real`` or ``fake`` while these images are looked at, then the metric that was computed last.
        done: images that have gone by, and metrics that are computed.
        total: of all.
        report: what came of it, with the last step; None before.
    """

    doing: str
    done: int
    total: int
    report: MetricReport | None = None


def measure(
    real: Images,
    fake: Images,
    *,
    extractor: Extractor,
    metrics: Iterable[str] = ALL_METRICS,
    n_real: int | None = None,
    n_fake: int | None = None,
    seed: int,
    batch_size: int = 32,
) -> Iterator[MeasureStep]:
    """Compare two sets.

    Args:
        real: what should be made.
        fake: what is made.
        extractor: by whose features.
        metrics: names of :data:`ALL_METRICS`; those that the extractor or the images do not allow are left out, and the report says why.
        n_real: images of the real set, chosen by chance; None for all. Of batches the first, and the number must be given.
        n_fake: likewise.
        seed: of the choice of images, subsets, clusterings and pairs.
        batch_size: images at once, of sets; batches come as they are.

    Raises:
        UsageError: a metric is unknown, a set has fewer than five images, or batches come without their number.
        InputError: an image cannot be read.
    """
    names = known_metrics(metrics)
    counts = [_count(images, wanted) for images, wanted in ((real, n_real), (fake, n_fake))]
    total = sum(counts) + len(names)
    done = 0
    sets: list[Gathered] = []
    for which, images, count in zip(("real", "fake"), (real, fake), counts, strict=True):
        needs = [SET_METRICS[name].of_real if which == "real" else SET_METRICS[name].of_fake for name in names]
        gathered = Gathered(_all_of(needs))
        for image_uint8 in _batches(images, count, seed, batch_size):
            gathered.add(image_uint8, extractor(image_uint8.float() / 127.5 - 1))
            done += len(image_uint8)
            yield MeasureStep(which, done, total)
        if gathered.count < FEWEST:  # batches may end early
            raise _too_few()
        done += count - gathered.count
        sets.append(gathered)
    figures: list[Figure] = []
    left_out: list[LeftOut] = []
    for name in names:
        try:
            values = SET_METRICS[name].compute(sets[0], sets[1], seed)
        except Impossible as error:
            left_out.append(LeftOut(name, str(error)))
            values = []
        for value in values:
            by = (extractor.name, extractor.resizer) if value.by_features else ("", "")
            figures.append(Figure(value.name, value.value, value.n_real, value.n_fake, *by, value.note))
        done += 1
        report = MetricReport(tuple(figures), tuple(left_out), seed) if done == total else None
        yield MeasureStep(name, done, total, report)


def known_metrics(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once, if all are known.

    Raises:
        UsageError: one is not, or there is none.
    """
    chosen = tuple(dict.fromkeys(names))
    unknown = next((name for name in chosen if name not in SET_METRICS), None)
    if unknown is not None or not chosen:
        what = "No metric is named." if unknown is None else f"There is no metric {unknown!r}."
        raise UsageError(what, hint=f"Use {', '.join(ALL_METRICS)}; of a run also ppl, triangles.")
    return chosen


def _is_set(images: Images) -> TypeGuard[ImageSet]:
    return callable(getattr(images, "read", None))


def _count(images: Images, wanted: int | None) -> int:
    if _is_set(images):
        count = len(images) if wanted is None else min(wanted, len(images))
    elif wanted is None:
        raise UsageError("Batches come without an end.", hint="Say how many images are to be measured.")
    else:
        count = wanted
    if count < FEWEST:
        raise _too_few()
    return count


def _too_few() -> UsageError:
    return UsageError(
        f"Figures need {FEWEST} images of each set at least.", hint="Make more images, for example by latentedit generate."
    )


def _batches(images: Images, count: int, seed: int, batch_size: int) -> Iterator[Tensor]:
    """Images of a set in an order of chance, as parts of a sorted folder would be of one class each; batches as they come."""
    if _is_set(images):
        order: list[int] = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed)).tolist()
        for start in range(0, count, batch_size):
            yield images.read(order[start : min(start + batch_size, count)])
        return
    left = count
    for image_uint8 in cast("Iterable[Tensor]", images):
        yield image_uint8[:left]
        left -= len(image_uint8)
        if left <= 0:
            return


def _all_of(needs: list[Needs]) -> Needs:
    return Needs(*(any(getattr(need, field.name) for need in needs) for field in fields(Needs)))
