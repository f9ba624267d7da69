"""What the command line asks of metrics, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import torch

from latentedit.errors import UsageError
from latentedit.generators.registry import resolve_device
from latentedit_training.data.opening import open_images
from latentedit_training.metrics.extractors.base import Extractor
from latentedit_training.metrics.generator_figures import GENERATOR_METRICS, generator_figures
from latentedit_training.metrics.measuring import ALL_METRICS, MeasureStep, known_metrics, measure
from latentedit_training.metrics.report import MetricReport
from latentedit_training.reopening import drawn_batches, is_run, reopen
from latentedit_training.training import Training

EXTRACTORS = ("vgg16", "mnist", "fashion-mnist")


def measured(
    real: Path,
    fake: Path,
    *,
    extractor: str,
    metrics: str,
    device: str,
    seed: int,
    n_real: int | None,
    n_fake: int | None,
    resolution: int | None = None,
) -> Iterator[MeasureStep]:
    """Compare two sets of images.

    Args:
        real: a path that :func:`latentedit_training.data.opening.open_images` knows.
        fake: likewise; or a training run's folder or checkpoint, whose generator draws as many images as there are real ones, or ``n_fake``.
        extractor: see :func:`extractor_named`.
        metrics: names with commas, or ``all`` for those of images; of a run those of :data:`GENERATOR_METRICS`, too.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        seed: of all that is random.
        n_real: at most so many images of the real set; None for all.
        resolution: to which images are resized first; None for a run's own, or where there is no run for none: then all are to be of one size.
        n_fake: likewise; of a metric of generators, its paths or polygons.

    Raises:
        UsageError: a metric or an extractor is unknown, there are too few images, or a metric of generators is wanted of images.
        InputError: the images cannot be used.
        AssetError: the extractor's weights are not to be had.
    """
    names = list(ALL_METRICS) if metrics.strip() == "all" else [name.strip() for name in metrics.split(",")]
    of_generators = [name for name in dict.fromkeys(names) if name in GENERATOR_METRICS]
    of_sets = [name for name in names if name not in GENERATOR_METRICS]
    if of_sets or not of_generators:
        known_metrics(of_sets)
    run = reopen(fake, device=resolve_device(device)) if is_run(fake) else None
    if of_generators and run is None:
        raise UsageError(
            f"{of_generators[0]} is measured on a generator, and {fake} has only images.",
            hint="Name a training run's folder, or one of its checkpoints.",
        )
    report = MetricReport((), (), seed)
    parts: list[Iterator[MeasureStep]] = []
    if of_sets:
        parts.append(
            _of_sets(
                real, fake, run, extractor_named(extractor, resolve_device(device)), of_sets, seed, n_real, n_fake, resolution
            )
        )
    if run is not None and of_generators:
        parts.append(generator_figures(run, of_generators, seed=seed, count=n_fake))
    for number, part in enumerate(parts):
        for step in part:
            if step.report is not None:
                report = report.joined(step.report)
            yield replace(step, report=report if step.report is not None and number == len(parts) - 1 else None)


def _of_sets(
    real: Path,
    fake: Path,
    run: Training | None,
    extractor: Extractor,
    names: Sequence[str],
    seed: int,
    n_real: int | None,
    n_fake: int | None,
    resolution: int | None,
) -> Iterator[MeasureStep]:
    if run is None:
        of_real, of_fake = open_images(real, resolution=resolution), open_images(fake, resolution=resolution)
        return measure(of_real, of_fake, extractor=extractor, metrics=names, n_real=n_real, n_fake=n_fake, seed=seed)
    shape = run.images.shape
    if resolution not in (None, shape.height):
        raise UsageError(f"The run draws {shape.height} pixels.", hint="Leave --resolution out: real images are resized to that.")
    of_real = open_images(real, resolution=shape.height, channels=shape.channels)  # as the run itself saw images
    count = n_fake or n_real or len(of_real)
    return measure(
        of_real, drawn_batches(run, seed=seed), extractor=extractor, metrics=names, n_real=n_real, n_fake=count, seed=seed
    )


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
