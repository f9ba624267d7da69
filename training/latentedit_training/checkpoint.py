"""A training run as one file: safetensors, with everything that is no tensor as JSON in its header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from latentedit.atomic_file import replacing
from latentedit.errors import CheckpointError, UsageError
from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_json, config_to_json
from latentedit_training.data.remembered import RememberedImages, recalled
from latentedit_training.training import Training

SCHEMA = "2"
_SCHEMA_KEY = "latentedit.training"
_DIGEST_KEY = "digest"
_LABELS_KEY = "labels"
_SUFFIX = ".safetensors"
_PREFIX = "checkpoint-"


@dataclass(frozen=True)
class Checkpoint:
    """What a file holds.

    Attributes:
        config: of the run.
        tensors: weights, averages, optimisers' states and the game's memory, by path-like names.
        progress: step, images seen, the streams' positions, the scaler's state.
        images: what is remembered of the images.
    """

    config: TrainConfig
    tensors: Mapping[str, Tensor]
    progress: Mapping[str, Any]
    images: RememberedImages


def take_checkpoint(training: Training) -> Checkpoint:
    """Everything from which a run goes on exactly. Random numbers need no state: they depend on seed and step alone.

    The tensors are the run's own: they are to be written, or copied, before it goes on.
    """
    tensors: dict[str, Tensor] = {f"memory/{name}": value for name, value in training.game.memory.items()}
    for name, network in training.game.networks.items():
        tensors |= {f"network/{name}/{key}": value for key, value in network.state_dict().items()}
    for name, average in training.averages.items():
        tensors |= {f"average/{name}/{key}": value for key, value in average.network.state_dict().items()}
    for name, optimizer in training.optimizers.items():
        for number, state in optimizer.state_dict()["state"].items():
            tensors |= {f"optimizer/{name}/{number}/{key}": value for key, value in state.items()}
    progress = {
        "step": training.step,
        "images_seen": training.images_seen,
        "positions": {name: stream.position for name, stream in training.streams.items()},
        "scaler": training.scaler.state_dict() if training.scaler is not None else None,
    }
    return Checkpoint(training.config, tensors, progress, training.remembered)


def put_checkpoint(checkpoint: Checkpoint, training: Training) -> None:
    """Bring a run to where a checkpoint was taken.

    Raises:
        CheckpointError: it is of another game, or of other networks.
        UsageError: an optimiser is of another kind.
    """
    parts = _Parts(checkpoint.tensors)
    for name, network in training.game.networks.items():
        _load(network, parts.under(f"network/{name}/"), name)
    for name, average in training.averages.items():
        _load(average.network, parts.under(f"average/{name}/"), f"the average of {name}")
    for name, optimizer in training.optimizers.items():
        before, now = checkpoint.config.optimizers[name].name, training.config.optimizers[name].name
        if before != now:
            raise UsageError(
                f"The run was trained with {before}, whose memory is of no use to {now}.",
                hint=f"Leave optimizers.{name}.name as it is, or start in another folder.",
            )
        state: dict[int, dict[str, Tensor]] = {}
        for key, value in parts.under(f"optimizer/{name}/").items():
            number, _, what = key.partition("/")
            state.setdefault(int(number), {})[what] = value
        whole = optimizer.state_dict()
        optimizer.load_state_dict({"state": state, "param_groups": whole["param_groups"]})
    memory = parts.under("memory/")
    if memory.keys() != training.game.memory.keys():
        raise CheckpointError("The checkpoint is of another game.", hint="Start in another folder.")
    training.game.memory.update({name: value.to(training.device) for name, value in memory.items()})
    progress = checkpoint.progress
    training.step, training.images_seen = int(progress["step"]), int(progress["images_seen"])
    for name, stream in training.streams.items():
        stream.position = int(progress["positions"].get(name, 0))
    if training.scaler is not None and progress["scaler"]:
        training.scaler.load_state_dict(progress["scaler"])


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> Path:
    """Write a checkpoint into a folder, whole or not at all, under the number of its step.

    Raises:
        StorageError: it cannot be written.
    """
    path = folder / checkpoint_name(int(checkpoint.progress["step"]))
    texts = {
        _SCHEMA_KEY: SCHEMA,
        "config": config_to_json(checkpoint.config),
        "progress": json.dumps(checkpoint.progress),
        "images": json.dumps(checkpoint.images.facts()),
    }
    labels = {} if checkpoint.images.labels is None else {_LABELS_KEY: checkpoint.images.labels.values}
    tensors = labels | {name: value.detach().cpu().contiguous() for name, value in checkpoint.tensors.items()}
    texts[_DIGEST_KEY] = _digest(tensors)
    with replacing(path) as file:
        file.write(save(tensors, texts))
    return path


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint.

    Raises:
        CheckpointError: it is damaged, of a newer version, or no checkpoint.
    """
    try:
        with safe_open(path, framework="pt") as file:
            texts = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.offset_keys()}
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            f"{path.name} cannot be read: {error}.", hint="Remove it: an older checkpoint takes its place."
        ) from error
    if _SCHEMA_KEY not in texts:
        raise CheckpointError(f"{path.name} is no checkpoint of a training run.")
    if texts[_SCHEMA_KEY] == SCHEMA and texts.get(_DIGEST_KEY) != _digest(tensors):
        raise CheckpointError(
            f"{path.name} is damaged: its checksum is another.", hint="Remove it: an older checkpoint takes its place."
        )
    if texts[_SCHEMA_KEY] != SCHEMA:
        raise CheckpointError(
            f"{path.name} was written by another version of latentedit.",
            hint="Go on with that version, or start in another folder.",
        )
    try:
        images = recalled(json.loads(texts["images"]), tensors.pop(_LABELS_KEY, None))
        return Checkpoint(config_from_json(texts["config"]), tensors, json.loads(texts["progress"]), images)
    except (KeyError, ValueError) as error:
        raise CheckpointError(
            f"{path.name} is damaged: {error}.", hint="Remove it: an older checkpoint takes its place."
        ) from error


def _digest(tensors: Mapping[str, Tensor]) -> str:
    """Of all numbers: the format has no checksum of its own."""
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(tensors):
        value = tensors[name]
        digest.update(f"{name} {value.dtype} {tuple(value.shape)}".encode())
        digest.update(value.reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def checkpoint_name(step: int) -> str:
    """What the checkpoint of a step is called."""
    return f"{_PREFIX}{step:09d}{_SUFFIX}"


def checkpoints_in(folder: Path) -> list[Path]:
    """The checkpoints of a run, the oldest first."""
    return sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"))


def is_finite(checkpoint: Checkpoint) -> bool:
    """Whether all its numbers are: others are not worth a file."""
    numbers = [value for value in checkpoint.tensors.values() if value.is_floating_point()]
    return all(bool(torch.isfinite(value).all()) for value in numbers)


class _Parts:
    def __init__(self, tensors: Mapping[str, Tensor]) -> None:
        self.tensors = tensors

    def under(self, prefix: str) -> dict[str, Tensor]:
        return {name[len(prefix) :]: value for name, value in self.tensors.items() if name.startswith(prefix)}


def _load(network: torch.nn.Module, state: dict[str, Tensor], name: str) -> None:
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        told = " ".join(str(error).split())[:200]
        raise CheckpointError(f"The checkpoint does not fit {name}: {told}.", hint="Start in another folder.") from error
