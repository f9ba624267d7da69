"""Tensors in pickles of torch: views of storages, which are numbers in a row, as numpy arrays.

``torch.load(weights_only=True)`` runs nothing, but it allocates what a file of a few bytes asks for: two gigabytes by a call of ``bytearray``,
any amount by a compressed storage. Here the data must be in the file.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.flat_arrays import MAX_DIMENSIONS, flat_array, shaped, widened
from latentedit.checkpoints.pickle_instructions import unsafe
from latentedit.checkpoints.pickle_machine import Name, Names, Pending
from latentedit.checkpoints.stored_array import LARGE_BYTES, StoredArray
from latentedit.errors import CheckpointError

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
_DTYPES = ("float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool")
_SHOWN = 20


@dataclass
class Storage(Pending):
    """Numbers in a row, which tensors look at; its bytes may come after the tensors."""

    kind: str
    count: int
    order: str
    read: Callable[[], bytes | memoryview] | None = None

    def take(self, data: bytes, at: int) -> int:
        """Find the bytes at ``data[at:]``, behind their count; returns the offset behind them."""
        head = struct.Struct("<q")
        start = at + head.size
        if start > len(data) or head.unpack_from(data, at)[0] != self.count:
            raise CheckpointError("The file is truncated, or its storages are damaged.")
        end = start + self.count * np.dtype(self.dtype).itemsize
        self.read = lambda: memoryview(data)[start:end]
        return end

    def part(self, offset: int, count: int) -> Storage:
        """``count`` of the numbers, from one of them on; what they lack is told when they are read."""
        size = np.dtype(self.dtype).itemsize
        return Storage(self.kind, count, self.order, lambda: self.raw[offset * size : (offset + count) * size])

    @property
    def dtype(self) -> str:
        return self.order + ("u2" if self.kind == _BFLOAT16 else self.kind)

    @cached_property
    def flat(self) -> NDArray[Any]:
        """The numbers [count], bfloat16 as its bits; remembered, since other tensors may look at them."""
        return self.numbers()

    def numbers(self) -> NDArray[Any]:
        """As :attr:`flat`, read anew."""
        return flat_array(self.raw, self.dtype, self.count)

    @property
    def raw(self) -> bytes | memoryview:
        if self.read is None:
            raise CheckpointError("The file lacks the numbers of a tensor.")
        return self.read()

    def finish(self) -> Any:
        raise CheckpointError("The file holds numbers that belong to no tensor, which are not read.")


@dataclass
class TensorView(Pending):
    """What ``torch._utils._rebuild_tensor_v2`` is told: a view of a storage."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]
    budget: Budget

    def __post_init__(self) -> None:
        if not (
            isinstance(self.storage, Storage)
            and _are_counts((self.offset,))
            and _are_counts(self.size)
            and _are_counts(self.stride)
            and len(self.size) == len(self.stride) <= MAX_DIMENSIONS
        ):
            raise CheckpointError("The file holds a tensor of a kind that is not read.")

    def finish(self) -> NDArray[Any]:
        return self._array(self.storage.flat)

    def stored(self) -> Any:
        """What stays in the file is no part of a storage, which other parts would read again, but all of one."""
        is_whole = self.offset == 0 and math.prod(self.size) == self.storage.count
        if not is_whole or self.storage.count * np.dtype(self.storage.dtype).itemsize < LARGE_BYTES:
            return self.finish()
        return StoredArray(self.size, lambda: self._array(self.storage.numbers()))

    def _array(self, flat: NDArray[Any]) -> NDArray[Any]:
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


def storage_reference(reference: Any) -> tuple[str, str, int]:
    """The type code, key and length of a storage, of what a pickle refers to it by: (storage, type, key, device, count)."""
    if not (isinstance(reference, tuple) and len(reference) in (5, 6) and reference[0] == "storage"):
        raise unsafe("objects outside itself")
    _, kind, key, _, count, *view = reference
    if not (isinstance(key, str) and _are_counts((count,))):
        raise CheckpointError("The file holds a storage of a kind that is not read.")
    if any(part is not None for part in view):
        raise CheckpointError("The file holds a storage that is part of another, which is not read.")
    return storage_kind(kind), key, count


def storage_kind(kind: Any) -> str:
    """The type code of a storage, of the name of its type."""
    if not (isinstance(kind, Name) and kind.name in _STORAGES):
        raise CheckpointError("The file holds a storage of a kind that is not read.")
    return _STORAGES[kind.name]


def same_storage(storage: Storage, kind: str, count: int) -> Storage:
    if (storage.kind, storage.count) != (kind, count):
        raise CheckpointError("The file describes a storage in two ways.")
    return storage


def storage_names() -> Names:
    """The types of storages, which references to them name."""
    return {("torch", name): None for name in _STORAGES}


def torch_names(budget: Budget) -> Names:
    """What files of tensors name."""

    def tensor(storage: Any, offset: Any, size: Any, stride: Any, *_: object) -> TensorView:
        return TensorView(storage, offset, size, stride, budget)

    def size(sizes: Any) -> tuple[Any, ...]:
        return tuple(budget.copy(sizes))

    def device(kind: Any, *_: object) -> str:
        if not isinstance(kind, str):
            raise CheckpointError("The file names a device that is none.")
        return kind[:_SHOWN]

    def ordered(pairs: Any = ()) -> dict[str, Any]:
        copied = budget.copy(pairs)
        if any(not isinstance(key, str) for key, _ in copied):
            raise CheckpointError("The file holds a dictionary with keys that are not text.")
        return dict(copied)

    called: dict[tuple[str, str], Callable[..., Any] | None] = {
        ("torch._utils", "_rebuild_tensor"): tensor,
        ("torch._utils", "_rebuild_tensor_v2"): tensor,
        ("torch._utils", "_rebuild_parameter"): lambda data, *_: data,
        ("torch", "Size"): size,
        ("torch", "device"): device,
        ("collections", "OrderedDict"): ordered,
    }
    return {**storage_names(), **called, **{("torch", name): None for name in _DTYPES}}
