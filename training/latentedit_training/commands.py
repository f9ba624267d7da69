"""What the command line asks of the laboratory, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from latentedit.generators.registry import resolve_device
from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_tree, overridden, tree_of
from latentedit_training.data.base import ImageSet
from latentedit_training.data.opening import open_images
from latentedit_training.recipes import read_recipe, recipe_names
from latentedit_training.run import newest_checkpoint, train


def recipe_facts() -> list[dict[str, Any]]:
    """Name, title and source of each recipe that comes along."""
    trees = [(name, read_recipe(name)) for name in recipe_names()]
    return [{"name": name, "title": tree["title"], "source": tree["source"]} for name, tree in trees]


def shown_settings(recipe: str, overrides: Sequence[str]) -> dict[str, Any]:
    """All settings of a recipe with what is overridden, defaults too.

    Raises:
        UsageError: there is no such recipe, or a setting is wrong.
    """
    return tree_of(config_from_tree(overridden(read_recipe(recipe), overrides)))


@dataclass(frozen=True)
class Run:
    """A run that is about to begin.

    Attributes:
        config: its settings.
        images: what is learnt.
        out: its folder.
        device: where its networks are.
        resume: whether it goes on.
    """

    config: TrainConfig
    images: ImageSet
    out: Path
    device: torch.device
    resume: bool

    @property
    def title(self) -> str:
        return self.config.title

    @property
    def total(self) -> int:
        """Steps of the whole run."""
        return self.config.steps

    @property
    def shown(self) -> bool:
        """Whether this is the process that speaks."""
        from accelerate import PartialState

        return bool(PartialState().is_main_process)

    def steps(self) -> Iterator[dict[str, Any]]:
        """The run, a step at a time: ``step``, ``kimg``, ``losses``, ``figures``. See :func:`latentedit_training.run.train`."""
        for step in train(self.config, self.images, out=self.out, device=self.device, resume=self.resume):
            yield {
                "step": step.step,
                "kimg": step.images_seen / 1000,
                "losses": {name: float(value) for name, value in step.losses.items()},
                "figures": {name: float(value) for name, value in step.figures.items()},
            }


def start(recipe: str, overrides: Sequence[str], *, data: Path, out: Path, resume: bool, device: str) -> Run:
    """A run by a recipe; with ``resume``, by the settings of the run in ``out``, and what is overridden now.

    Raises:
        UsageError: a setting is wrong.
        InputError: the images cannot be used.
    """
    checkpoint = newest_checkpoint(out) if resume else None
    tree = read_recipe(recipe) if checkpoint is None else tree_of(checkpoint.config)
    config = config_from_tree(overridden(tree, overrides))
    wanted = config.images
    labels = None if wanted.labels == "none" else wanted.labels
    images = open_images(data, resolution=wanted.resolution, channels=wanted.channels, labels=labels)
    return Run(config, images, out, resolve_device(device), resume)
