"""A training run in a folder: log, pictures, checkpoints; from the beginning or from where it was stopped."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import TextIO

import numpy as np
import torch
from torch.utils.tensorboard import SummaryWriter

from latentedit.atomic_file import replacing
from latentedit.errors import CheckpointError, StorageError, UsageError
from latentedit_training.checkpoint import (
    Checkpoint,
    checkpoints_in,
    is_finite,
    put_checkpoint,
    read_checkpoint,
    take_checkpoint,
    write_checkpoint,
)
from latentedit_training.claimed_folder import claimed
from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_json, config_to_json
from latentedit_training.data.base import ImageSet
from latentedit_training.errors import DivergedError
from latentedit_training.grid import draw_samples, image_grid
from latentedit_training.training import Training, TrainStep

LOG_NAME = "log.jsonl"
CONFIG_NAME = "config.json"


def newest_checkpoint(folder: Path) -> Checkpoint | None:
    """The newest checkpoint of a folder that can be read; None where there is none.

    Raises:
        CheckpointError: there are some, and none can be read.
    """
    paths = checkpoints_in(folder)
    for path in reversed(paths):
        try:
            return read_checkpoint(path)
        except CheckpointError as error:
            if path == paths[0]:
                raise CheckpointError(
                    f"No checkpoint in {folder} can be read. {error}", hint="Start in another folder."
                ) from error
    return None


def written_config(folder: Path) -> TrainConfig | None:
    """The configuration of the run that a folder holds, be it one that was ended before its first checkpoint; None where there is none.

    Raises:
        UsageError: the file is not ours, or of another version.
    """
    path = folder / CONFIG_NAME
    try:
        return config_from_json(path.read_text(encoding="utf-8")) if path.is_file() else None
    except ValueError as error:
        raise UsageError(f"{path} is no configuration of a training run.", hint="Name another folder.") from error


def require_same_run(folder: Path, config: TrainConfig) -> None:
    """Refuse to take the run of a folder for another one, or to go on with it as such.

    Raises:
        UsageError: the folder holds a run of other settings.
    """
    before = written_config(folder)
    if before is not None and before != config:
        raise UsageError(f"{folder} holds a run of other settings.", hint="Name another folder, or remove that run.")


def train(config: TrainConfig, images: ImageSet, *, out: Path, device: torch.device, resume: bool = False) -> Iterator[TrainStep]:
    """Train in a folder, a step at a time.

    When the iterator is closed, or an error ends it between two steps, a checkpoint is written first. What has been done since the last checkpoint when a
    process is killed, or interrupted within a step, is done again, with the same result.

    Args:
        config: all that is told. With ``resume`` it may differ from the run's own in what does not change networks.
        images: what is learnt.
        out: a folder: one without a run, or with ``resume`` that of the run.
        device: where networks are.
        resume: go on from the newest checkpoint; from the beginning where there is none.

    Raises:
        UsageError: the folder holds another run, or another process trains in it; the run is already longer than it shall become; configuration, images and
            networks do not fit each other.
        CheckpointError: no checkpoint can be read.
        DivergedError: a loss is no finite number.
        StorageError: a file cannot be written.
    """
    if not resume and out.is_dir() and (checkpoints_in(out) or (out / LOG_NAME).exists() or (out / CONFIG_NAME).exists()):
        raise UsageError(f"{out} holds a training run.", hint="Go on with it by --resume, or name another folder.")
    yield from train_with(Training(config, images, device=device), out=out, resume=resume)


def train_with(training: Training, *, out: Path, resume: bool) -> Iterator[TrainStep]:
    """As :func:`train`, with networks that the caller can look at between steps."""
    with ExitStack() as open_files:
        if training.processes.is_main:
            taken, hint = f"Another process trains in {out}.", "Wait for it, or name another folder."
            open_files.enter_context(claimed(out, taken=taken, hint=hint, parents=True))
        checkpoint = newest_checkpoint(out) if resume else None
        if checkpoint is not None:
            put_checkpoint(checkpoint, training)
        if training.step > training.config.steps:
            raise UsageError(
                f"The run in {out} has done {training.step} steps, more than {training.config.steps}.",
                hint="Set steps to a larger number.",
            )
        notes = _Notes(out, training, open_files) if training.processes.is_main else None
        saved = training.step
        try:
            for step in training.steps():
                if notes is not None:
                    notes.take(step)
                if _due(training.config.log.checkpoint, step):
                    _save(training, out)
                    saved = step.step
                yield step
        except DivergedError:
            raise
        except (Exception, GeneratorExit, KeyboardInterrupt):
            if training.step > saved and training.between_steps:
                _save(training, out)
            raise
        if training.step > saved:
            _save(training, out)


def _due(every: int, step: TrainStep) -> bool:
    return every > 0 and step.step % every == 0


def _save(training: Training, out: Path) -> None:
    if not training.processes.is_main:
        return
    checkpoint = take_checkpoint(training)
    if not is_finite(checkpoint):
        raise DivergedError(
            f"Training has diverged by step {training.step}: some weights are no finite numbers.",
            hint="Go on from the last checkpoint with a smaller learning rate (--resume optimizers.d.lr=…).",
        )
    write_checkpoint(out, checkpoint)
    for old in checkpoints_in(out)[: -training.config.log.keep]:
        old.unlink(missing_ok=True)


class _Notes:
    """What a run writes beside its checkpoints."""

    def __init__(self, out: Path, training: Training, files: ExitStack) -> None:
        self.out, self.training = out, training
        try:
            with replacing(out / CONFIG_NAME) as file:
                file.write(json.dumps(json.loads(config_to_json(training.config)), indent=1).encode())
            self.log: TextIO = files.enter_context(_reopened(out / LOG_NAME, training.step))
        except OSError as error:
            raise StorageError(f"{out} cannot be written to: {error.strerror}.", hint="Name another folder.") from error
        self.board = SummaryWriter(str(out / "tensorboard"), purge_step=training.step + 1)
        files.callback(self.board.close)
        self.started, self.first = time.monotonic(), training.step

    def take(self, step: TrainStep) -> None:
        config = self.training.config.log
        if _due(config.losses, step) or step.step == 1:
            scalars = {name: float(value) for name, value in {**step.losses, **step.figures}.items()}
            seconds = time.monotonic() - self.started
            line = {
                "step": step.step,
                "kimg": step.images_seen / 1000,
                "steps_per_s": round((step.step - self.first) / seconds, 4),
                **scalars,
            }
            self.log.write(json.dumps(line) + "\n")
            self.log.flush()
            for name, value in scalars.items():
                self.board.add_scalar(name, value, step.step)
        network = self.training.drawing_network()
        if network is not None and (_due(config.grid, step) or (step.step == step.total and config.grid)):
            image = draw_samples(self.training, network, config.samples, seed=self.training.config.seed)
            picture = image_grid(image)
            with BytesIO() as encoded:
                picture.save(encoded, "PNG")
                with replacing(self.out / f"samples-{step.step:09d}.png") as file:
                    file.write(encoded.getvalue())
            self.board.add_image("samples", np.asarray(picture.convert("RGB")), step.step, dataformats="HWC")


def _reopened(path: Path, step: int) -> TextIO:
    """The log, without lines of steps that will be done again (or that a kill has cut)."""
    kept: list[str] = []
    if path.exists() and step:
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                if json.loads(line)["step"] <= step:
                    kept.append(line + "\n")
            except (ValueError, KeyError, TypeError):
                continue
    with replacing(path) as file:
        file.write("".join(kept).encode())
    return path.open("a", encoding="utf-8")
