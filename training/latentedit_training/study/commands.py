"""What the command line asks of studies, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from latentedit.errors import InputError, UsageError
from latentedit.generators.registry import resolve_device
from latentedit_training.data.opening import open_images
from latentedit_training.metrics.extractors.small_classifier import DataName
from latentedit_training.study.few_labels import FewLabelsPlan, StudyStep, run_few_labels
from latentedit_training.study.few_labels_report import few_labels_table as table_of_few_labels
from latentedit_training.study.few_labels_report import write_few_labels_report
from latentedit_training.study.jobs import StudyJob, read_result
from latentedit_training.study.lucic import LucicPlan, lucic_jobs
from latentedit_training.study.lucic_losses import LUCIC_LOSSES
from latentedit_training.study.lucic_report import markdown_table, write_report
from latentedit_training.study.runners import EngineName, run_jobs


def lucic_jobs_of(
    folders: Mapping[DataName, Path], *, out: Path, losses: str | None, seeds: int, kimg: float, width: int, search: int
) -> list[StudyJob]:
    """The runs of a study of losses.

    Raises:
        UsageError: a loss is unknown.
        InputError: a folder has no test images.
    """
    plan = LucicPlan(seeds=tuple(range(seeds)), kimg=kimg, width=width, search=search)
    if losses is not None:
        names = tuple(LUCIC_LOSSES) if losses == "all" else tuple(name.strip() for name in losses.split(","))
        unknown = [name for name in names if name not in LUCIC_LOSSES]
        if unknown:
            raise UsageError(
                f"There is no loss {unknown[0]!r} in the study.", hint=f"Choose of {', '.join(LUCIC_LOSSES)}, or all."
            )
        plan = LucicPlan(losses=names, seeds=plan.seeds, kimg=kimg, width=width, search=search)
    for folder in folders.values():
        _test_images(folder)
    return [job for data, folder in folders.items() for job in lucic_jobs(plan, data, folder, out)]


def results_of(jobs: Sequence[StudyJob], *, engine: str, workers: int, address: str | None) -> Iterator[dict[str, Any]]:
    """Run what has not been run, and give all results.

    Raises:
        UsageError: there is no such engine.
    """
    if engine not in get_args(EngineName):
        raise UsageError(f"There is no engine {engine!r}.", hint="Use local or ray.")
    yield from run_jobs(jobs, engine=cast("EngineName", engine), workers=workers, address=address)


def report_lucic(jobs: Sequence[StudyJob], out: Path) -> list[Path]:
    """Write table, CSV and plots of what has been run."""
    return write_report(_results(jobs), out)


def lucic_table(jobs: Sequence[StudyJob]) -> str:
    """The table, in Markdown."""
    return markdown_table(_results(jobs))


def few_labels_steps(mnist: Path, *, out: Path, draws: str, overrides: Sequence[str], device: str) -> Iterator[StudyStep]:
    """Run the study of few labels.

    Raises:
        UsageError: a draw is no number, or a setting is wrong.
        InputError: the images cannot be used.
    """
    plan = FewLabelsPlan(draws=_numbers(draws), overrides=tuple(overrides))
    images, test = open_images(mnist, labels="class"), open_images(_test_images(mnist), labels="class")
    yield from run_few_labels(plan, images, test, out=out, device=resolve_device(device))


def report_few_labels(out: Path, draws: str) -> list[Path]:
    """Write table and curve of what has been run."""
    return write_few_labels_report(out, _numbers(draws))


def few_labels_table(out: Path, draws: str) -> str:
    """The table, in Markdown."""
    return table_of_few_labels(out, _numbers(draws))


def _results(jobs: Sequence[StudyJob]) -> list[dict[str, Any]]:
    return [result for job in jobs if (result := read_result(job)) is not None]


def _numbers(draws: str) -> tuple[int, ...]:
    try:
        numbers = tuple(int(part) for part in draws.split(","))
    except ValueError as error:
        raise UsageError(f"{draws!r} are no numbers with commas.", hint="For example: --draws 0,1,2.") from error
    return numbers


def _test_images(folder: Path) -> Path:
    found = sorted(folder.glob("t10k-images*"))
    if not found:
        raise InputError(f"{folder} has no test images.", hint="MNIST's folder has t10k-images-idx3-ubyte, also gzipped.")
    return found[0]
