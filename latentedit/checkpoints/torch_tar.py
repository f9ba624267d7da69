"""Files of ``torch.save`` of torch 0.1: a tar archive of pickles, among which the numbers lie.

Its members, as ``torch.serialization`` still reads them:

* ``sys_info``: a dictionary, with the order of bytes;
* ``storages``: how many; for each its key, place and type, the count of its numbers, and they; then a list of those that are parts of others;
* ``tensors``: how many; for each its key, its storage's key and its type, then dimensions (4 bytes, and 4 of nothing), sizes, strides and offset;
* ``pickle``: what was saved, referring to tensors and storages by their keys.
"""

from __future__ import annotations

import re
import struct
from typing import Any

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.flat_arrays import MAX_DIMENSIONS
from latentedit.checkpoints.pickle_instructions import unsafe
from latentedit.checkpoints.pickle_machine import Names, run_pickle
from latentedit.checkpoints.torch_tensors import Storage, TensorView, storage_kind, storage_names
from latentedit.errors import CheckpointError

_BLOCK = 512
_MAGIC_AT, _MAGIC = 257, b"ustar"
_NAME, _SIZE, _KIND = slice(0, 100), slice(124, 136), slice(156, 157)
_FILE, _MORE_ABOUT = (b"0", b"\0"), (b"x", b"g")
_OCTAL = re.compile(rb"[ 0]*([0-7]{1,11})[ \0]*")
_PARTS = ("sys_info", "storages", "tensors", "pickle")
_KEY = re.compile(r"-?\d{1,20}", re.ASCII)


def is_tar(data: bytes) -> bool:
    """Whether a file is a tar archive."""
    return data.startswith(_MAGIC, _MAGIC_AT)


def tree_from_torch_tar(data: bytes, names: Names, budget: Budget) -> Any:
    """What was saved, not finished yet (see :func:`latentedit.checkpoints.pickle_machine.finish`).

    Raises:
        CheckpointError: it is damaged, another tar archive, or asks for anything but data.
    """
    starts = _starts(data)
    about, _ = run_pickle(data, starts["sys_info"], names={}, budget=budget)
    if not isinstance(about, dict):
        raise CheckpointError("It was saved by a version of torch that is not read.")
    storages = _storages(data, starts["storages"], "<" if about.get("little_endian", True) else ">", budget)
    tensors = _tensors(data, starts["tensors"], storages, budget)

    def known(reference: Any) -> TensorView | Storage:
        key = _key(reference)
        return tensors[key] if key in tensors else storages[key]

    tree, _ = run_pickle(data, starts["pickle"], names=names, budget=budget, persistent=known)
    return tree


def _starts(data: bytes) -> dict[str, int]:
    """Where each part begins. Python's ``tarfile`` is not asked: it knows links, devices and sparse files, and has been made to loop."""
    starts: dict[str, int] = {}
    at = 0
    while at + _BLOCK <= len(data) and data[at]:
        header = data[at : at + _BLOCK]
        found = _OCTAL.fullmatch(header[_SIZE])
        name = header[_NAME].rstrip(b"\0").decode("latin-1")
        if found is None or header[_KIND] not in (*_FILE, *_MORE_ABOUT) or name in starts:
            raise CheckpointError("It is a tar archive that is damaged, or not one of torch.")
        at += _BLOCK
        if header[_KIND] in _FILE and name in _PARTS:
            starts[name] = at
        at += -(-int(found[1], 8) // _BLOCK) * _BLOCK
    if len(starts) < len(_PARTS):
        raise CheckpointError("It is a tar archive, but not one of torch, or truncated.")
    return starts


def _storages(data: bytes, at: int, order: str, budget: Budget) -> dict[str, Storage]:
    storages: dict[str, Storage] = {}
    count, at = run_pickle(data, at, names={}, budget=budget)
    for _ in range(_count(count)):
        entry, at = run_pickle(data, at, names=storage_names(), budget=budget)
        key, _place, kind = _parts(entry, 3)
        (length,) = _unpacked("<q", data, at)
        storages[_key(key)] = storage = Storage(storage_kind(kind), _count(length), order)
        at = storage.take(data, at)
    views, _ = run_pickle(data, at, names={}, budget=budget)
    parts: dict[str, Storage] = {}
    for view in budget.copy(views):
        key, root, offset, length = _parts(view, 4)
        parts[_key(key)] = _at(storages, root).part(_count(offset), _count(length))  # never a part of a part, without end
    return {**storages, **parts}


def _tensors(data: bytes, at: int, storages: dict[str, Storage], budget: Budget) -> dict[str, TensorView]:
    tensors: dict[str, TensorView] = {}
    kinds: Names = {
        (module, name.replace("Storage", "Tensor")): None for _, name in storage_names() for module in ("torch", "torch.cuda")
    }
    count, at = run_pickle(data, at, names={}, budget=budget)
    for _ in range(_count(count)):
        entry, at = run_pickle(data, at, names=kinds, budget=budget)
        key, storage, _kind = _parts(entry, 3)
        (dimensions,) = _unpacked("<i", data, at)
        if not 0 <= dimensions <= MAX_DIMENSIONS:
            raise CheckpointError("The file holds a tensor of a kind that is not read.")
        *numbers, offset = _unpacked(f"<8x{2 * dimensions + 1}q", data, at)
        at += 8 * (2 * dimensions + 2)
        size, stride = tuple(numbers[:dimensions]), tuple(numbers[dimensions:])
        tensors[_key(key)] = TensorView(_at(storages, storage), offset, size, stride, budget)
    return tensors


def _unpacked(form: str, data: bytes, at: int) -> tuple[int, ...]:
    if at + struct.calcsize(form) > len(data):
        raise CheckpointError("The file is truncated.")
    return struct.unpack_from(form, data, at)


def _parts(entry: Any, count: int) -> tuple[Any, ...]:
    if not isinstance(entry, tuple) or len(entry) != count:
        raise CheckpointError("The file's list of storages and tensors is damaged.")
    return entry


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**40:
        raise CheckpointError("The file's list of storages and tensors is damaged.")
    return value


def _key(value: Any) -> str:
    """The key, an address in the memory of long ago, as text: what was saved has it as text, the lists as a number."""
    if type(value) not in (int, str) or not _KEY.fullmatch(key := f"{value}"):
        raise unsafe("objects outside itself")
    return key


def _at(storages: dict[str, Storage], key: Any) -> Storage:
    if _key(key) not in storages:
        raise CheckpointError("The file lacks the numbers of a tensor.")
    return storages[_key(key)]
