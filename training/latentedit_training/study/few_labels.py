"""How well a classifier learns from few labels, with a generator and without (Salimans et al., 2016, table 1)."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

import torch
from torch import Tensor, nn

from latentedit.atomic_file import replacing
from latentedit_training.config_text import Tree, config_from_tree, overridden
from latentedit_training.data.base import ImageSet
from latentedit_training.grid import in_use
from latentedit_training.recipes import read_recipe
from latentedit_training.run import require_same_run, train_with
from latentedit_training.training import Training

RECIPE = "mnist-100-labels"
CURVE_NAME = "curve.json"


@dataclass(frozen=True)
class FewLabelsPlan:
    """What is run.

    Attributes:
        draws: seeds that choose the labelled images, each of which seeds its run too.
        overrides: settings that differ from the recipe's, as ``KEY=VALUE``.
        baseline_steps: of the classifier that learns from the labelled images alone.
        evaluate_every: steps between two looks at the test images.
    """

    draws: tuple[int, ...] = (0, 1, 2)
    overrides: tuple[str, ...] = ()
    baseline_steps: int = 3000
    evaluate_every: int = 600


@dataclass(frozen=True)
class Point:
    """A look at the test images: after ``step`` steps so many of them were wrong, in percent."""

    step: int
    error_percent: float


@dataclass(frozen=True)
class StudyStep:
    """Where a study is: which run, how far in it, and its newest look."""

    run: str
    step: int
    total: int
    point: Point | None


@torch.no_grad()
def error_percent(classifier: nn.Module, images: ImageSet, *, device: torch.device, batch_size: int = 1000) -> float:
    """The share of images whose class a classifier gets wrong, in percent."""
    assert images.labels is not None
    wrong = 0
    with in_use(classifier):
        for start in range(0, len(images), batch_size):
            indices = range(start, min(start + batch_size, len(images)))
            image: Tensor = images.read(indices).to(device).float() / 127.5 - 1
            classes = classifier(image, None).label_logits.argmax(1).cpu()
            wrong += int((classes != images.labels.values[start : start + batch_size]).sum())
    return 100 * wrong / len(images)


def run_few_labels(
    plan: FewLabelsPlan, images: ImageSet, test_images: ImageSet, *, out: Path, device: torch.device
) -> Iterator[StudyStep]:
    """Train on each draw, with a generator and alone, each in a folder of its own; runs that are there already go on or are skipped.

    Args:
        plan: what is run.
        images: to learn from; only the classes of the labelled ones are told.
        test_images: to be right about.
        out: a folder.
        device: where networks are.

    Raises:
        UsageError: a setting is wrong, or the folder holds runs of other settings.
    """
    for draw, alone in product(plan.draws, (False, True)):
        name = run_name(draw, alone=alone)
        config = config_from_tree(overridden(read_recipe(RECIPE), _settings(plan, draw, alone=alone)))
        folder = out / name
        require_same_run(folder, config)
        points = read_curve(folder)
        if points and points[-1].step == config.steps:
            continue
        training = Training(config, images, device=device)
        for step in train_with(training, out=folder, resume=True):
            point = None
            if step.step % plan.evaluate_every == 0 or step.step == step.total:
                point = Point(step.step, error_percent(training.averages["d"].network, test_images, device=device))
                points = [*(earlier for earlier in points if earlier.step < step.step), point]
                _write_curve(folder, points)
            yield StudyStep(name, step.step, step.total, point)
        if not points or points[-1].step != training.step:  # it was killed between its last checkpoint and the look
            point = Point(training.step, error_percent(training.averages["d"].network, test_images, device=device))
            _write_curve(folder, [*points, point])
            yield StudyStep(name, training.step, training.step, point)


def run_name(draw: int, *, alone: bool) -> str:
    """The folder of a run."""
    return f"draw-{draw}-{'labelled-only' if alone else 'semi-supervised'}"


def read_curve(folder: Path) -> list[Point]:
    """The looks at the test images that a run has had."""
    path = folder / CURVE_NAME
    return [Point(**point) for point in json.loads(path.read_text())] if path.is_file() else []


def summary(out: Path, draws: Sequence[int]) -> Tree:
    """Last errors of all runs that are there, their means and deviations."""
    last = {name: [read_curve(out / run_name(draw, alone=alone)) for draw in draws] for name, alone in _KINDS}
    told: Tree = {}
    for name, curves in last.items():
        errors = [curve[-1].error_percent for curve in curves if curve]
        if errors:
            deviation = statistics.stdev(errors) if len(errors) > 1 else 0.0
            told[name] = {"errors_percent": errors, "mean": statistics.mean(errors), "deviation": deviation}
    return told


_KINDS = (("semi-supervised", False), ("labelled only", True))


def _settings(plan: FewLabelsPlan, draw: int, *, alone: bool) -> list[str]:
    settings = [f"seed={draw}", f"game.labelled_seed={draw}", *plan.overrides]
    if alone:
        settings += ["game.alone=true", f"steps={plan.baseline_steps}"]
    return settings


def _write_curve(folder: Path, points: Sequence[Point]) -> None:
    with replacing(folder / CURVE_NAME) as file:
        file.write(json.dumps([asdict(point) for point in points], indent=0).encode())
