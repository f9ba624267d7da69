"""Latents and directions as safetensors bytes, and back; unknown, misshapen or non-finite tensors are refused."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentedit.checked_json import DAMAGED_HINT, newer_version, parse_json
from latentedit.errors import ProjectFileError
from latentedit.face_latents import FaceLatents, Space

MAX_HEADER_BYTES = 2**20
MAX_NOISE_MAPS = 64
_MAX_DIMENSIONS = 8
_DTYPES: Mapping[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2")}
_NOISE = re.compile(r"noise\.(0|[1-9]\d?)")
_DELTA_PREFIX = "delta."


def latents_to_bytes(latents: FaceLatents) -> bytes:
    """Write a face's latents as safetensors: ``w_plus``, ``noise.0``..., ``delta.NAME``... ."""
    from safetensors.numpy import save

    tensors = {"w_plus": latents.w_plus}
    tensors |= {f"noise.{index}": noise for index, noise in enumerate(latents.noise)}
    tensors |= {_DELTA_PREFIX + name: delta for name, delta in latents.weight_delta.items()}
    return bytes(save(tensors))


def latents_from_bytes(data: bytes, where: str, *, num_ws: int, w_dim: int, space: Space) -> FaceLatents:
    """Read what :func:`latents_to_bytes` wrote.

    Args:
        where: what to call it in errors.
        num_ws, w_dim: the shape that ``w_plus`` must have.

    Raises:
        ProjectFileError: it is no safetensors file, or a tensor is missing, unknown, misshapen, or not finite.
    """
    tensors = read_tensors(data, where)
    w_plus = tensors.pop("w_plus", None)
    if w_plus is None or w_plus.shape != (1, num_ws, w_dim) or w_plus.dtype != np.float32:
        raise _damaged(where, f"has no w_plus of shape [1, {num_ws}, {w_dim}]")
    noise = {int(name.removeprefix("noise.")): tensors.pop(name) for name in list(tensors) if _NOISE.fullmatch(name)}
    if sorted(noise) != list(range(len(noise))) or len(noise) > MAX_NOISE_MAPS:
        raise _damaged(where, "lacks a noise map")
    for index, array in noise.items():
        if array.ndim != 4 or array.shape[:2] != (1, 1) or array.dtype != np.float32:
            raise _damaged(where, f"has a noise map {index} of shape {list(array.shape)}")
    if unknown := sorted(name for name in tensors if not name.startswith(_DELTA_PREFIX)):
        raise newer_version(f"{where} holds {unknown[0][:60]!r}")
    delta = {name.removeprefix(_DELTA_PREFIX): array for name, array in tensors.items()}
    return FaceLatents(w_plus, tuple(noise[index] for index in sorted(noise)), delta, space)


def read_tensors(data: bytes, where: str) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file by name, float32 or float16.

    Raises:
        ProjectFileError: it is no safetensors file, or a tensor is of another type, of more than 8 dimensions, or not finite.
    """
    from safetensors import SafetensorError, deserialize

    _check_header(data, where)
    try:
        entries = deserialize(data)  # type: ignore[no-untyped-call]
    except (SafetensorError, ValueError) as error:
        raise _damaged(where, "is not a readable safetensors file") from error
    tensors: dict[str, NDArray[Any]] = {}
    for name, entry in entries:
        dtype = _DTYPES.get(entry["dtype"])
        if dtype is None:
            raise newer_version(f"{where} holds numbers of the kind {entry['dtype']}")
        array = np.frombuffer(entry["data"], dtype).reshape(entry["shape"])
        if not np.isfinite(array).all():
            raise _damaged(where, f"holds numbers in {name[:60]!r} that are not finite")
        tensors[name] = array
    return tensors


def _check_header(data: bytes, where: str) -> None:
    """Bound the header before the library reads it: its size, and the number and ranks of the tensors."""
    if len(data) < 8:
        raise _damaged(where, "is truncated")
    (size,) = struct.unpack("<Q", data[:8])
    if size > min(MAX_HEADER_BYTES, len(data) - 8):
        raise _damaged(where, "has a header that is too large")
    for name, node in parse_json(data[8 : 8 + size], where).mapping(max_count=10_000).items():
        if name != "__metadata__":
            node.fields(("dtype", "shape", "data_offsets"))["shape"].items(_MAX_DIMENSIONS)


def _damaged(where: str, problem: str) -> ProjectFileError:
    return ProjectFileError(f"The project is damaged: {where} {problem}.", hint=DAMAGED_HINT)
