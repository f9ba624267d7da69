"""A projection under way, stored so that a killed one can continue."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from torch import Tensor

from latentedit.atomic_file import replacing
from latentedit.generators.base import GeneratorSpec
from latentedit.projection.config import ProjectionConfig
from latentedit.projection.step import State


def fingerprint(spec: GeneratorSpec, image: Tensor, config: ProjectionConfig, **settings: object) -> str:
    """A hash of all that decides a projection's course: only a saved one with the same may be continued."""
    digest = hashlib.sha256(image.detach().cpu().contiguous().numpy().tobytes())
    digest.update(json.dumps([spec.weights_hash, asdict(config), settings], sort_keys=True, default=str).encode())
    return digest.hexdigest()


def save_state(path: Path, state: State, mark: str) -> None:
    """Write ``state`` atomically, marked with its fingerprint.

    Raises:
        StorageError: the file cannot be written.
    """
    from safetensors.torch import save

    with replacing(path) as file:
        file.write(save({name: tensor.contiguous() for name, tensor in state.items()}, {"fingerprint": mark}))


def load_state(path: Path, mark: str) -> State | None:
    """The stored state if ``path`` holds one with this fingerprint; None when there is none, it is damaged, or it is of other work."""
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        return None
    try:
        with safe_open(path, framework="pt") as file:
            if (file.metadata() or {}).get("fingerprint") != mark:
                return None
            return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - safe_open has no __iter__
    except (SafetensorError, OSError):
        return None
