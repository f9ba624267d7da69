"""Figures that are measured on a generator rather than on its images: path length, and how it lies to a manifold that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from latentedit.errors import UsageError
from latentedit.perceptual.lpips import load_lpips
from latentedit_training.metrics.generator_path_length import lpips_of_pairs, module_path_length
from latentedit_training.metrics.measuring import MeasureStep
from latentedit_training.metrics.polygon_scores import score_polygons
from latentedit_training.metrics.report import Figure, MetricReport
from latentedit_training.reopening import unlabelled_draw
from latentedit_training.training import Training

GENERATOR_METRICS = ("ppl", "triangles")
"""Those that a run's generator is needed for. They take long, so that they are measured only when they are named."""
PATHS = 1000
TRIANGLES = 1024


def generator_figures(training: Training, names: Sequence[str], *, seed: int, count: int | None = None) -> Iterator[MeasureStep]:
    """Measure a run's generator.

    Args:
        training: the run.
        names: of :data:`GENERATOR_METRICS`.
        seed: of latents, places and searches.
        count: paths, and triangles; by default 1,000 and, as in the paper, 1,024.

    Raises:
        UsageError: the generator is told labels, its latents are not normal, or it draws what cannot be measured.
        AssetError: LPIPS's weights are not to be had.
    """
    figures: list[Figure] = []
    for name in names:
        for step in (_path_length if name == "ppl" else _triangles)(training, seed, count):
            if step.report is None:
                yield step
                continue
            figures += step.report.figures
    yield MeasureStep(names[-1], 1, 1, MetricReport(tuple(figures), (), seed))


def _path_length(training: Training, seed: int, count: int | None) -> Iterator[MeasureStep]:
    draw = unlabelled_draw(training)
    _require_normal(training)
    distance = lpips_of_pairs(load_lpips("vgg", device=training.device))
    paths = count or PATHS
    for step in module_path_length(
        draw, distance, z_dim=training.game.z_dim, device=training.device, sampling="full", count=paths, seed=seed
    ):
        report = None
        if step.value is not None:
            figure = Figure("ppl", step.value, 0, paths, "lpips-vgg16", "averaged down to 256 px", "in z, anywhere on the path")
            report = MetricReport((figure,), (), seed)
        yield MeasureStep("ppl", step.done, step.total, report)


def _triangles(training: Training, seed: int, count: int | None) -> Iterator[MeasureStep]:
    draw = unlabelled_draw(training)
    _require_normal(training)
    for step in score_polygons(
        draw, z_dim=training.game.z_dim, device=training.device, seed=seed, count=TRIANGLES if count is None else count
    ):
        report = None
        if (scores := step.scores) is not None:
            note = f"within {scores.delta:g}, at least: distances are upper bounds"
            figures = [
                Figure(f"triangles {name}", value, scores.count, scores.count, "", "", note)
                for name, value in (("precision", scores.precision), ("recall", scores.recall), ("f1", scores.f1))
            ]
            report = MetricReport(tuple(figures), (), seed)
        yield MeasureStep("triangles", step.done, step.total, report)


def _require_normal(training: Training) -> None:
    if training.config.game.prior != "normal":
        raise UsageError(
            "Paths and searches go through normal latents, and this run draws from others.",
            hint="Train with game.prior=normal.",
        )
