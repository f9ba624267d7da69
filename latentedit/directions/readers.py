"""Read one direction from a file: .npy and .npz arrays, .pt tensors, .safetensors. Nothing in a file is run."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from latentedit.errors import DirectionError

MAX_BYTES = 64 << 20
_HINT = "A direction file holds one array or tensor: [512], [1, 512] or [18, 512] for a StyleGAN2 of 1024 px."


def read_vector(path: Path) -> Tensor:
    """The single array of a file as float32, [w_dim] or [layers, w_dim].

    Raises:
        DirectionError: it cannot be read, is too large, holds anything else, or is not finite.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DirectionError(f"{path} cannot be read: {error.strerror}.") from error
    if size > MAX_BYTES:
        raise DirectionError(f"{path.name} is too large for a direction.", hint=_HINT)
    try:
        found = _read(path)
    except (OSError, ValueError, RuntimeError, EOFError, KeyError, zipfile.BadZipFile, pickle.UnpicklingError) as error:
        raise DirectionError(f"{path.name} holds no direction that can be read safely.", hint=_HINT) from error
    vector = found.detach().float()
    while vector.ndim > 1 and vector.shape[0] == 1:
        vector = vector[0]
    if vector.ndim not in (1, 2) or vector.numel() == 0 or not vector.isfinite().all():
        raise DirectionError(f"{path.name} holds {list(found.shape)}, which is no direction.", hint=_HINT)
    return vector


def _read(path: Path) -> Tensor:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\x93NUMPY"):
        return torch.from_numpy(np.load(path, allow_pickle=False))
    if head.startswith(b"PK") and _is_npz(path):
        with np.load(path, allow_pickle=False) as arrays:
            return _only([torch.from_numpy(arrays[name]) for name in arrays.files])
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return _only(list(load_file(path).values()))
    tree = torch.load(path, map_location="cpu", weights_only=True)
    return tree if isinstance(tree, Tensor) else _only([v for v in tree.values() if isinstance(v, Tensor)])


def _is_npz(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return all(name.endswith(".npy") for name in archive.namelist())


def _only(tensors: list[Tensor]) -> Tensor:
    if len(tensors) != 1:
        raise ValueError(f"{len(tensors)} tensors where one was expected")
    return tensors[0]
