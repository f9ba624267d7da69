"""Files of ``torch.save``, the zip ones (torch 1.6 and later) and the older ones, as numpy arrays.

``torch.load(weights_only=True)`` runs nothing, but it allocates what a file of a few bytes asks for: two gigabytes by a call of ``bytearray``,
any amount by a compressed storage. Here the data must be in the file.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.flat_arrays import MAX_DIMENSIONS, flat_array, shaped, widened
from latentedit.checkpoints.numpy_pickle import numpy_names
from latentedit.checkpoints.pickle_machine import Name, Names, Pending, finish, run_pickle, unsafe
from latentedit.checkpoints.zip_members import ZipMembers
from latentedit.errors import CheckpointError

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
LEGACY_START = b"\x80\x02\x8a\x0a" + LEGACY_MAGIC.to_bytes(10, "little")
_LEGACY_VERSION = 1001
_PICKLE = "data.pkl"
_ENTRY_BYTES = 100  # of a dictionary, about
_BFLOAT16 = "bfloat16"
_STORAGES = {
    "FloatStorage": "f4",
    "DoubleStorage": "f8",
    "HalfStorage": "f2",
    "BFloat16Storage": _BFLOAT16,
    "LongStorage": "i8",
    "IntStorage": "i4",
    "ShortStorage": "i2",
    "CharStorage": "i1",
    "ByteStorage": "u1",
    "BoolStorage": "b1",
}


def is_torch_zip(names: tuple[str, ...]) -> bool:
    """Whether a zip file with these members is one of ``torch.save``, or a TorchScript program."""
    return any(name.rpartition("/")[2] == _PICKLE for name in names)


def tree_from_torch_zip(members: ZipMembers, budget: Budget) -> Any:
    """What was saved, as nested dictionaries and lists of arrays, texts and numbers.

    Raises:
        CheckpointError: it is damaged, too large, a program, or holds what is not read.
    """
    (first, *others) = [name for name in members.names if name.rpartition("/")[2] == _PICKLE]
    folder = first.removesuffix(_PICKLE)
    if others or any(name.startswith((f"{folder}code/", f"{folder}constants.pkl")) for name in members.names):
        raise CheckpointError("It is a TorchScript program, which is not run.", hint="Save the tensor itself with torch.save.")
    order = members.read(f"{folder}byteorder") if f"{folder}byteorder" in members.names else b"little"
    storages: dict[str, _Storage] = {}

    def storage(reference: Any) -> _Storage:
        kind, key, count = _reference(reference)
        if key not in storages:
            storages[key] = _Storage(kind, count, ">" if order == b"big" else "<", members.read(f"{folder}data/{key}"))
        return _same(storages[key], kind, count)

    tree, _ = run_pickle(members.read(first), names=_names(budget), persistent=storage)
    return finish(tree)


def tree_from_legacy_torch(data: bytes, budget: Budget) -> Any:
    """As :func:`tree_from_torch_zip`, of a file that begins with :data:`LEGACY_START`: pickles in a row, then the storages."""
    storages: dict[str, _Storage] = {}

    def storage(reference: Any) -> _Storage:
        kind, key, count = _reference(reference)
        return _same(storages.setdefault(key, _Storage(kind, count, order)), kind, count)

    order = "<"
    _, at = run_pickle(data, names={})
    version, at = run_pickle(data, at, names={})
    about, at = run_pickle(data, at, names={})
    if version != _LEGACY_VERSION or not isinstance(about, dict):
        raise CheckpointError("It was saved by a version of torch that is not read.")
    order = "<" if about.get("little_endian", True) else ">"
    tree, at = run_pickle(data, at, names=_names(budget), persistent=storage)
    keys, at = run_pickle(data, at, names={})
    if not isinstance(keys, list):
        raise CheckpointError("The file's list of storages is damaged.")
    for key in keys:
        if not isinstance(key, str) or key not in storages:
            raise CheckpointError("The file holds a storage that nothing in it uses.")
        at = storages[key].take(data, at)
    return finish(tree)


@dataclass
class _Storage:
    """Numbers in a row, which tensors look at; its bytes may come after the tensors."""

    kind: str
    count: int
    order: str
    data: bytes | memoryview | None = None

    def take(self, data: bytes, at: int) -> int:
        """Find the bytes at ``data[at:]``, behind their count; returns the offset behind them."""
        head = struct.Struct("<q")
        start = at + head.size
        if start > len(data) or head.unpack_from(data, at)[0] != self.count:
            raise CheckpointError("The file is truncated, or its storages are damaged.")
        end = start + self.count * np.dtype(self.dtype).itemsize
        self.data = memoryview(data)[start:end]
        return end

    @property
    def dtype(self) -> str:
        return self.order + ("u2" if self.kind == _BFLOAT16 else self.kind)

    def flat(self) -> NDArray[Any]:
        """The numbers [count], bfloat16 as its bits."""
        if self.data is None:
            raise CheckpointError("The file lacks the numbers of a tensor.")
        return flat_array(self.data, self.dtype, self.count)


@dataclass
class _Tensor(Pending):
    """What ``torch._utils._rebuild_tensor_v2`` is told: a view of a storage."""

    storage: _Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]
    budget: Budget

    def __post_init__(self) -> None:
        if not (
            isinstance(self.storage, _Storage)
            and _are_counts((self.offset,))
            and _are_counts(self.size)
            and _are_counts(self.stride)
            and len(self.size) == len(self.stride) <= MAX_DIMENSIONS
        ):
            raise CheckpointError("The file holds a tensor of a kind that is not read.")

    def finish(self) -> NDArray[Any]:
        flat = self.storage.flat()
        count = math.prod(self.size)
        last = self.offset + sum((size - 1) * stride for size, stride in zip(self.size, self.stride, strict=True))
        if count and last >= len(flat):
            raise CheckpointError("A tensor in the file is larger than its storage.")
        # An expanded tensor may be many times its storage, a float32 is twice a bfloat16.
        self.budget.spend(count * max(flat.itemsize, 4))
        if not count:
            return shaped(flat[:0], self.size)
        strides = tuple(stride * flat.itemsize for stride in self.stride)
        view = as_strided(flat[self.offset :], self.size, strides, writeable=False).copy()
        return widened(view) if self.storage.kind == _BFLOAT16 else view


def _are_counts(values: Any) -> bool:
    return isinstance(values, tuple) and all(type(value) is int and 0 <= value < 2**40 for value in values)


def _reference(reference: Any) -> tuple[str, str, int]:
    """The type code, key and length of a storage, of what a pickle refers to it by: (storage, type, key, device, count)."""
    if not (isinstance(reference, tuple) and len(reference) in (5, 6) and reference[0] == "storage"):
        raise unsafe("objects outside itself")
    _, kind, key, _, count, *view = reference
    if not (isinstance(kind, Name) and kind.name in _STORAGES and isinstance(key, str) and _are_counts((count,))):
        raise CheckpointError("The file holds a storage of a kind that is not read.")
    if any(part is not None for part in view):
        raise CheckpointError("The file holds a storage that is part of another, which is not read.")
    return _STORAGES[kind.name], key, count


def _same(storage: _Storage, kind: str, count: int) -> _Storage:
    if (storage.kind, storage.count) != (kind, count):
        raise CheckpointError("The file describes a storage in two ways.")
    return storage


def _names(budget: Budget) -> Names:
    """What files of tensors name."""

    def tensor(storage: Any, offset: Any, size: Any, stride: Any, *_: object) -> _Tensor:
        return _Tensor(storage, offset, size, stride, budget)

    def size(sizes: Any) -> tuple[Any, ...]:
        budget.spend(len(sizes) * _ENTRY_BYTES)  # a pickle can make copies of one list without end
        return tuple(sizes)

    def ordered(pairs: Any = ()) -> dict[str, Any]:
        budget.spend(len(pairs) * _ENTRY_BYTES)
        if any(not isinstance(key, str) for key, _ in pairs):
            raise CheckpointError("The file holds a dictionary with keys that are not text.")
        return dict(pairs)

    called: dict[tuple[str, str], Callable[..., Any] | None] = {
        ("torch._utils", "_rebuild_tensor"): tensor,
        ("torch._utils", "_rebuild_tensor_v2"): tensor,
        ("torch._utils", "_rebuild_parameter"): lambda data, *_: data,
        ("torch", "Size"): size,
        ("collections", "OrderedDict"): ordered,
    }
    return {**numpy_names(budget), **called, **{("torch", name): None for name in _STORAGES}}
