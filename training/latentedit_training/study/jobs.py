"""One training run of a study, as something that can be sent to another process or machine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from latentedit.atomic_file import replacing
from latentedit.errors import UsageError
from latentedit_training.config_text import config_from_tree, overridden
from latentedit_training.data.base import ImageSet
from latentedit_training.data.opening import open_images
from latentedit_training.errors import DivergedError
from latentedit_training.grid import draw_samples, image_grid
from latentedit_training.metrics.extractors.base import Extractor
from latentedit_training.metrics.extractors.small_classifier import DataName, SmallExtractor
from latentedit_training.metrics.frechet import Moments, frechet_distance, moments
from latentedit_training.metrics.neighbours import neighbourhood
from latentedit_training.metrics.prd import precision_recall_curve
from latentedit_training.recipes import read_recipe
from latentedit_training.run import require_same_run, train_with
from latentedit_training.training import Training

RESULT_NAME = "result.json"
SAMPLES_NAME = "samples.png"
_SAMPLES = 64
_CURVE_SAMPLES = 2000
_SHAPED_BY = 2000
"""Images of each set that precision and recall look at: their cost grows with the square."""


@dataclass(frozen=True)
class StudyJob:
    """A run and how it is measured.

    Attributes:
        name: of the run, and of its folder.
        group: what it is compared as: dataset and loss.
        recipe: what it starts from.
        settings: ``KEY=VALUE`` over it.
        data: the images to learn from.
        test_data: the images to be measured against.
        extractor: by whose features.
        out: the study's folder.
        looks: how often FID is measured on the way.
        samples: generated and real images of the last measurement.
    """

    name: str
    group: tuple[str, str]
    recipe: str
    settings: tuple[str, ...]
    data: str
    test_data: str
    extractor: DataName
    out: str
    looks: int = 5
    samples: int = 10000

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return Path(self.out) / self.name


def read_result(job: StudyJob) -> dict[str, Any] | None:
    """What a run has come to; None while it has not."""
    path = job.folder / RESULT_NAME
    if not path.is_file():
        return None
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


def do_job(job: StudyJob, *, threads: int | None = None) -> dict[str, Any]:
    """Train and measure; goes on where an earlier attempt was stopped. A run that diverges is a result too: its FID is that of its last look.

    Args:
        job: the run.
        threads: of torch, where this process has no other work.

    Raises:
        LatentEditError: the data cannot be used, a setting is wrong, or the folder holds a run of other settings.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    config = config_from_tree(overridden(read_recipe(job.recipe), job.settings))
    require_same_run(job.folder, config)
    done = read_result(job)
    if done is not None:
        if (done["looks"], done["samples"]) != (job.looks, job.samples):
            raise UsageError(f"{job.folder} was measured otherwise.", hint="Name another folder, or remove that run.")
        return done
    device = torch.device("cpu")
    wanted = config.images
    images, test = (
        open_images(Path(path), resolution=wanted.resolution, channels=wanted.channels) for path in (job.data, job.test_data)
    )
    extractor = SmallExtractor(job.extractor, device=device)
    of_test = _features_of_set(extractor, test, job.samples)
    real = moments(of_test)
    training = Training(config, images, device=device)
    every = max(config.steps // job.looks, 1)
    points: list[dict[str, float]] = _read_points(job)
    diverged = ""
    try:
        for step in train_with(training, out=job.folder, resume=True):
            if step.step % every == 0 and step.step < step.total:
                fid = _fid(training, extractor, real, min(_CURVE_SAMPLES, job.samples))
                points = [
                    *(p for p in points if p["step"] < step.step),
                    {"step": step.step, "kimg": step.images_seen / 1000, "fid": fid},
                ]
                _write(job.folder / "points.json", points)
    except DivergedError as error:
        diverged = str(error)
    result = {**asdict(job), "points": points, "diverged": diverged, **_measured(training, extractor, of_test, real, job)}
    _write(job.folder / RESULT_NAME, result)
    written = read_result(job)
    assert written is not None
    return written


def _measured(training: Training, extractor: Extractor, of_test: torch.Tensor, real: Moments, job: StudyJob) -> dict[str, Any]:
    network = training.drawing_network()
    assert network is not None
    image = draw_samples(training, network, job.samples, seed=1, batch_size=500)
    if not bool(torch.isfinite(image).all()):
        return {"fid": float("inf"), "step": training.step, "n_fake": 0}
    image_grid(image[:_SAMPLES]).save(job.folder / SAMPLES_NAME)
    of_fake = _features(extractor, image)
    count = min(_SHAPED_BY, len(of_test), len(of_fake))
    near = neighbourhood(of_test[:count], of_fake[:count])
    prd = precision_recall_curve(of_test[:count], of_fake[:count], seed=0)
    return {
        "fid": frechet_distance(real, moments(of_fake)),
        "n_real": len(of_test),
        "n_fake": len(of_fake),
        "extractor": extractor.name,
        "resizer": extractor.resizer,
        "step": training.step,
        "kimg": training.images_seen / 1000,
        "precision": near.precision,
        "recall": near.recall,
        "density": near.density,
        "coverage": near.coverage,
        "n_neighbours": count,
        "f8": prd.f_score(8),
        "f1_8": prd.f_score(1 / 8),
    }


def _fid(training: Training, extractor: Extractor, real: Moments, count: int) -> float:
    network = training.drawing_network()
    assert network is not None
    return frechet_distance(real, moments(_features(extractor, draw_samples(training, network, count, seed=2, batch_size=500))))


def _features(extractor: Extractor, image: torch.Tensor) -> torch.Tensor:
    return torch.cat([extractor(part).pool for part in torch.split(image, 500)])


def _features_of_set(extractor: Extractor, images: ImageSet, count: int) -> torch.Tensor:
    count = min(count, len(images))
    parts = [images.read(range(start, min(start + 500, count))) for start in range(0, count, 500)]
    return torch.cat([extractor(part.float() / 127.5 - 1).pool for part in parts])


def _read_points(job: StudyJob) -> list[dict[str, float]]:
    path = job.folder / "points.json"
    return json.loads(path.read_text()) if path.is_file() else []


def _write(path: Path, document: Any) -> None:
    with replacing(path) as file:
        file.write(json.dumps(document, indent=1).encode())
