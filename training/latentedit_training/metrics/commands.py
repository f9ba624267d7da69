"""What the command line asks of metrics, in plain values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import torch

from latentedit.errors import UsageError
from latentedit.generators.registry import resolve_device
from latentedit_training.data.opening import open_images
from latentedit_training.metrics.extractors.base import Extractor
from latentedit_training.metrics.measuring import ALL_METRICS, MeasureStep, MetricName, measure

EXTRACTORS = ("vgg16", "mnist", "fashion-mnist")


def measured(
    real: Path, fake: Path, *, extractor: str, metrics: str, device: str, seed: int, max_images: int | None
) -> Iterator[MeasureStep]:
    """Compare two sets of images.

    Raises:
        UsageError: a figure or an extractor is unknown.
        InputError: the images cannot be used.
    """
    names = ALL_METRICS if metrics == "all" else tuple(_metric(name.strip()) for name in metrics.split(","))
    sets = [open_images(path) for path in (real, fake)]
    network = extractor_named(extractor, resolve_device(device))
    yield from measure(sets[0], sets[1], extractor=network, metrics=names, seed=seed, max_images=max_images)


def extractor_named(name: str, device: torch.device) -> Extractor:
    """An extractor by name, or FID's Inception network from a file.

    Raises:
        UsageError: there is none of this name.
        CheckpointError: the file is another network.
    """
    if name == "vgg16":
        from latentedit_training.metrics.extractors.vgg import VggExtractor

        return VggExtractor(device=device)
    if name in ("mnist", "fashion-mnist"):
        from latentedit_training.metrics.extractors.small_classifier import DataName, SmallExtractor

        return SmallExtractor(cast("DataName", name), device=device)
    if Path(name).is_file():
        from latentedit_training.metrics.extractors.inception import InceptionExtractor

        return InceptionExtractor(Path(name), device=device)
    raise UsageError(
        f"There is no extractor {name!r}.",
        hint=f"Use {', '.join(EXTRACTORS)}, or the path of FID's Inception file (pt_inception-2015-12-05).",
    )


def _metric(name: str) -> MetricName:
    for known in ALL_METRICS:
        if name == known:
            return known
    raise UsageError(f"There is no figure {name!r}.", hint=f"Use {', '.join(ALL_METRICS)}, with commas, or all.")
