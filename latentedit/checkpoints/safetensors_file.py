"""Files of safetensors, as numpy arrays with the file's own texts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentedit.checkpoints.byte_stream import ByteStream
from latentedit.checkpoints.flat_arrays import MAX_DIMENSIONS, flat_array, shaped, widened
from latentedit.checkpoints.pickle_instructions import shown
from latentedit.checkpoints.stored_array import LARGE_BYTES, StoredArray
from latentedit.errors import CheckpointError

_LENGTH_BYTES = 8
_MAX_HEADER_BYTES = 8 << 20
_TEXTS = "__metadata__"
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
        texts = json.loads(header).get(_TEXTS) or {}
        return {key: value for key, value in texts.items() if isinstance(value, str)}
    except (ValueError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{path.name} is no safetensors file.") from error


def safetensors_head(shapes: Mapping[str, tuple[int, ...]], texts: Mapping[str, str]) -> bytes:
    """What stands in a file before the numbers of float32 tensors that lie there in this order, little end first."""
    header: dict[str, Any] = {_TEXTS: dict(texts)}
    at = 0
    for name, shape in shapes.items():
        end = at + 4 * math.prod(shape)
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [at, end]}
        at = end
    told = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    told += b" " * (-len(told) % _LENGTH_BYTES)  # so that the numbers lie where they can be mapped
    return len(told).to_bytes(_LENGTH_BYTES, "little") + told


def arrays_from_safetensors(stream: ByteStream, *, stored: bool = False) -> tuple[dict[str, Any], dict[str, str]]:
    """The tensors by name, and the texts of the file's ``__metadata__``.

    The library is not asked: it wants the whole file in memory or mapped into it, where a file that is cut meanwhile ends the program.

    Args:
        stored: leave large tensors in the file.

    Raises:
        CheckpointError: it is damaged, or holds numbers of a kind that is not read.
    """
    length = int.from_bytes(stream.at(0, _LENGTH_BYTES), "little")
    if length > _MAX_HEADER_BYTES:
        raise CheckpointError(f"It is a safetensors file with a header of more than {_MAX_HEADER_BYTES >> 20} MiB.")
    try:
        header = json.loads(stream.at(_LENGTH_BYTES, length).decode("utf-8"), object_pairs_hook=_unlike)
        texts = header.pop(_TEXTS, None) or {}
        entries = {name: _Entry.of(entry) for name, entry in header.items()}
    except RecursionError:  # Python's decoder counts its levels, and ends in good time
        raise CheckpointError("It is a damaged safetensors file: its header is nested without end.") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CheckpointError("It is a damaged safetensors file.") from error
    start = _LENGTH_BYTES + length
    _require_all(entries.values(), stream.size - start)
    if not (isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values())):
        raise CheckpointError("It is a safetensors file whose texts are damaged.")
    arrays: dict[str, Any] = {}
    for name, entry in entries.items():
        array = StoredArray(entry.shape, partial(entry.read, stream, start))
        arrays[name] = array if stored and entry.end - entry.begin >= LARGE_BYTES else array.load()
    return arrays, texts


@dataclass(frozen=True)
class _Entry:
    """A tensor as the header tells it: the type of its numbers, its shape, and where it begins and ends behind the header."""

    kind: str
    shape: tuple[int, ...]
    begin: int
    end: int

    @classmethod
    def of(cls, entry: dict[str, Any]) -> _Entry:
        kind, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
        if not isinstance(kind, str) or len(entry) != 3:
            raise ValueError("a tensor is told by its type, its shape and its place")
        if kind not in _DTYPES:
            raise CheckpointError(f"It holds numbers of the type {shown(kind[:20])}, which is not read.")
        if not all(type(number) is int and 0 <= number < 2**48 for number in (begin, end, *shape)):
            raise ValueError("sizes and places are whole numbers")
        if len(shape) > MAX_DIMENSIONS:
            raise CheckpointError(f"It holds an array of {len(shape)} dimensions.")
        if math.prod(shape) * np.dtype(_DTYPES[kind]).itemsize != end - begin:
            raise ValueError("a tensor has another size than its shape")
        return cls(kind, tuple(shape), begin, end)

    def read(self, stream: ByteStream, start: int) -> NDArray[Any]:
        flat = flat_array(stream.at(start + self.begin, self.end - self.begin), _DTYPES[self.kind], math.prod(self.shape))
        array = shaped(flat, self.shape)
        return widened(array) if self.kind == _BFLOAT16 else array


def _unlike(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, in which no name stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _require_all(entries: Iterable[_Entry], size: int) -> None:
    """Refuse tensors that overlap, or leave bytes to nobody.

    Raises:
        CheckpointError: they do.
    """
    at = 0
    for entry in sorted(entries, key=lambda entry: (entry.begin, entry.end)):
        if entry.begin != at:
            raise CheckpointError("It is a damaged safetensors file.")
        at = entry.end
    if at != size:
        raise CheckpointError("It is a damaged safetensors file.")
