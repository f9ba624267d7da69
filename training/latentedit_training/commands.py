"""What the command line asks of the laboratory, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from latentedit.errors import UsageError
from latentedit.generators.registry import resolve_device
from latentedit_training.checkpoint import Checkpoint, checkpoint_name, checkpoints_in
from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_tree, overridden, tree_of
from latentedit_training.data.base import ImageSet
from latentedit_training.data.opening import open_images
from latentedit_training.recipes import read_recipe, recipe_names
from latentedit_training.run import newest_checkpoint, train, written_config


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
        notes: what a person may want to know before it begins.
    """

    config: TrainConfig
    images: ImageSet
    out: Path
    device: torch.device
    resume: bool
    notes: tuple[str, ...] = ()

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
        UsageError: a setting is wrong, or the folder holds a run of another recipe.
        InputError: the images cannot be used.
    """
    tree = read_recipe(recipe)
    checkpoint = newest_checkpoint(out) if resume else None
    begun = checkpoint.config if checkpoint is not None else written_config(out) if resume else None
    if begun is not None:
        if begun.title != tree.get("title"):
            raise UsageError(f"{out} holds a run of another recipe: {begun.title}.", hint="Name its recipe, or another folder.")
        tree = tree_of(begun)
    config = config_from_tree(overridden(tree, overrides))
    wanted = config.images
    images = open_images(data, resolution=wanted.resolution, channels=wanted.channels, labels=wanted.labels)
    notes = _notes(config) if checkpoint is None else (*_resumed(checkpoint, out, images), *_notes(config))
    return Run(config, images, out, resolve_device(device), resume, tuple(notes))


def _resumed(checkpoint: Checkpoint, out: Path, images: ImageSet) -> Iterator[str]:
    """Where a run goes on, and what is otherwise than it was."""
    step = int(checkpoint.progress["step"])
    damaged = [path.name for path in checkpoints_in(out) if path.name > checkpoint_name(step)]
    if damaged:
        yield f"{', '.join(damaged)} cannot be read: an older checkpoint takes its place."
    yield f"Going on from step {step}."
    if checkpoint.images.count != len(images):
        yield f"The run began with {checkpoint.images.count} images, and these are {len(images)}: their order is another."


def _notes(config: TrainConfig) -> Iterator[str]:
    """What may be meant, and mostly is not."""
    game = config.game
    penalties = [penalty.name for penalty in getattr(game, "penalties", ()) if penalty.name != "drift"]
    network = getattr(game, "discriminator", None)
    if penalties and (getattr(network, "norm", None) == "batch" or getattr(network, "batch_norm", False)):
        yield f"Batch normalisation lets images depend on each other, so that {penalties[0]} does not see the gradient of each alone."
