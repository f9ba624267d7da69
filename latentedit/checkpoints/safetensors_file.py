"""Files of safetensors, as numpy arrays with the file's own texts."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from latentedit.checkpoints.flat_arrays import flat_array, shaped, widened
from latentedit.errors import CheckpointError

_LENGTH_BYTES = 8
_MAX_HEADER_BYTES = 8 << 20
_BFLOAT16 = "BF16"
_DTYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    _BFLOAT16: "<u2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "u1",
    "BOOL": "b1",
}


def is_safetensors(data: bytes, size: int | None = None) -> bool:
    """Whether a file of ``size`` bytes, those of ``data`` when None, begins as safetensors do: with the length of a header that is an object and
    lies within it."""
    size = len(data) if size is None else size
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    return size > _LENGTH_BYTES + 1 and 2 <= length <= size - _LENGTH_BYTES and data[_LENGTH_BYTES : _LENGTH_BYTES + 1] == b"{"


def texts_of_safetensors(path: Path) -> dict[str, str]:
    """The texts of a file's ``__metadata__``, without reading its tensors.

    Raises:
        CheckpointError: it cannot be read, or is no such file.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            header = file.read(length) if length <= _MAX_HEADER_BYTES else b""
    except OSError as error:
        raise CheckpointError(f"{path.name} cannot be read: {error.strerror}.") from error
    try:
        texts = json.loads(header).get("__metadata__") or {}
        return {key: value for key, value in texts.items() if isinstance(value, str)}
    except (ValueError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{path.name} is no safetensors file.") from error


def arrays_from_safetensors(data: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """The tensors by name, and the texts of the file's ``__metadata__``.

    Raises:
        CheckpointError: it is damaged, or holds numbers of a kind that is not read.
    """
    from safetensors import SafetensorError, deserialize

    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    if length > _MAX_HEADER_BYTES:
        raise CheckpointError(f"It is a safetensors file with a header of more than {_MAX_HEADER_BYTES >> 20} MiB.")
    try:
        entries = deserialize(data)  # type: ignore[no-untyped-call]  # it checks that the offsets lie in the file and fit the shapes
    except (SafetensorError, ValueError, OverflowError) as error:
        raise CheckpointError("It is a damaged safetensors file.") from error
    arrays: dict[str, Any] = {}
    for name, entry in entries:
        code = _DTYPES.get(entry["dtype"])
        if code is None:
            raise CheckpointError(f"It holds numbers of the type {entry['dtype']}, which is not read.")
        array = shaped(flat_array(entry["data"], code, math.prod(entry["shape"])), entry["shape"])
        arrays[name] = widened(array) if entry["dtype"] == _BFLOAT16 else array
    header = json.loads(data[_LENGTH_BYTES : _LENGTH_BYTES + length])  # the library has read it as JSON already
    return arrays, header.get("__metadata__") or {}
