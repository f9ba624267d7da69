"""A run's networks from its folder alone, to draw with: what came of training, for metrics and for sets of samples."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from latentedit.errors import InputError, UsageError
from latentedit_training.checkpoint import Checkpoint, checkpoints_in, put_checkpoint, read_checkpoint
from latentedit_training.data.drawn_set import DrawingStep, Example, SetContents, draw_set, versions_of
from latentedit_training.data.png import encode_png
from latentedit_training.draws import seed_for
from latentedit_training.grid import draw_samples, in_use, to_uint8
from latentedit_training.run import newest_checkpoint
from latentedit_training.training import Training

BATCH = 64
_SUFFIX = ".safetensors"


def is_run(path: Path) -> bool:
    """Whether a path is a run's folder or one of its checkpoints."""
    return bool(checkpoints_in(path)) if path.is_dir() else path.suffix == _SUFFIX and path.is_file()


def reopen(path: Path, *, device: torch.device) -> Training:
    """A run as a checkpoint has it; its images are not needed, and it cannot go on without them.

    Args:
        path: the run's folder, for its newest checkpoint; or a checkpoint.
        device: where its networks will be.

    Raises:
        InputError: there is no checkpoint.
        CheckpointError: it cannot be read.
    """
    checkpoint = _checkpoint_at(path)
    training = Training(checkpoint.config, checkpoint.images, device=device)
    put_checkpoint(checkpoint, training)
    return training


def generator_of(training: Training) -> nn.Module:
    """What the run draws with.

    Raises:
        UsageError: it has no generator.
    """
    network = training.drawing_network()
    if network is None:
        raise UsageError("This run has no generator: it only tells images apart.", hint="Name a run that draws.")
    return network


def drawn_batches(training: Training, *, seed: int) -> Iterator[Tensor]:
    """Images ``[64, C, H, W]`` uint8 of a run, without an end: the same of the same seed."""
    return (_drawn_batch(training, seed, number)[0] for number in itertools.count())


def _drawn_batch(training: Training, seed: int, number: int) -> tuple[Tensor, Tensor | None]:
    """Images ``[64, C, H, W]`` uint8, and the labels ``[64, c_dim]`` that they were told."""
    own = seed_for(seed, "drawn", number)
    image = draw_samples(training, generator_of(training), BATCH, seed=own, batch_size=BATCH)
    return to_uint8(image), training.sample_labels(BATCH, seed=own)


def unlabelled_draw(training: Training) -> Callable[[Tensor], Tensor]:
    """The generator as a function of latents ``[N, z_dim]`` alone; what it draws can be differentiated by them.

    Raises:
        UsageError: it is told labels, or there is no generator.
    """
    if training.labels.c_dim:
        raise UsageError("This run's generator is told labels.", hint="Measure it on images: fid, kid, pr.")
    network = generator_of(training)

    def draw(z: Tensor) -> Tensor:
        with in_use(network):
            image: Tensor = network(z, None)
        return image

    return draw


def draw_run(
    run: Path, *, path: Path, count: int, seed: int, device: torch.device, resume: bool = False
) -> Iterator[DrawingStep]:
    """Draw a set of a run's samples, as a zip that training and metrics read.

    Args:
        run: see :func:`reopen`.
        path: where the zip goes.
        count: images.
        seed: of latents and labels.
        device: what draws.
        resume: go on with what an interrupted drawing has left.

    Raises:
        UsageError: as :func:`~latentedit_training.data.drawn_set.draw_set`; or the run has no generator.
        InputError: there is no checkpoint.
        CheckpointError: it cannot be read.
    """
    training = reopen(run, device=device)
    generator_of(training)  # or there is nothing to be drawn

    @lru_cache(maxsize=1)
    def drawn(number: int) -> tuple[Tensor, Tensor | None]:
        return _drawn_batch(training, seed, number)

    def draw(number: int) -> Example:
        image, c = drawn(number // BATCH)
        place = number % BATCH
        return Example(encode_png(image[place].permute(1, 2, 0).numpy(), mark_ai=True), None if c is None else told(c[place]))

    def told(c: Tensor) -> Any:
        return int(c.argmax()) if training.labels.kind == "class" else [round(float(degree), 6) for degree in c]

    def sum_up(facts: Sequence[Any]) -> SetContents:
        return SetContents(training.labels.names, facts if training.labels.c_dim else [], {})

    plan = {
        "kind": "samples",
        "count": count,
        "size": training.images.shape.height,
        "seed": seed,
        "run": training.config.title,
        "step": training.step,
        "versions": versions_of("torch"),
    }
    return draw_set(path, plan, draw, sum_up, resume=resume)


def _checkpoint_at(path: Path) -> Checkpoint:
    if path.is_file():
        return read_checkpoint(path)
    checkpoint = newest_checkpoint(path)
    if checkpoint is None:
        raise InputError(f"{path} has no checkpoint.", hint="Name a run's folder, or one of its checkpoints.")
    return checkpoint
