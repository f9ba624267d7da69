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
from latentedit_training.metrics.measuring import ALL_METRICS, MeasureStep, known_metrics, measure

EXTRACTORS = ("vgg16", "mnist", "fashion-mnist")


def measured(
    real: Path, fake: Path, *, extractor: str, metrics: str, device: str, seed: int, n_real: int | None, n_fake: int | None
) -> Iterator[MeasureStep]:
    """Compare two sets of images.

    Args:
        real: a path that :func:`latentedit_training.data.opening.open_images` knows.
        fake: likewise.
        extractor: see :func:`extractor_named`.
        metrics: names with commas, or ``all``.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        seed: of all that is random.
        n_real: at most so many images of the real set; None for all.
        n_fake: likewise.

    Raises:
        UsageError: a metric or an extractor is unknown, or there are too few images.
        InputError: the images cannot be used.
        AssetError: the extractor's weights are not to be had.
    """
    names = ALL_METRICS if metrics.strip() == "all" else known_metrics(name.strip() for name in metrics.split(","))
    network = extractor_named(extractor, resolve_device(device))
    sets = [open_images(path) for path in (real, fake)]
    return measure(sets[0], sets[1], extractor=network, metrics=names, n_real=n_real, n_fake=n_fake, seed=seed)


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
