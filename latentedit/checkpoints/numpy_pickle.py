"""Read a pickle that holds nothing but dictionaries, lists and numpy arrays.

A pickle is a program; this reader lets it call exactly four things, each replaced by code of ours, and refuses any other name before anything
is run. That is an allow-list of (module, name) pairs, never a block-list.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from latentedit.errors import CheckpointError

MAX_BYTES = 2 << 30
_DTYPES = frozenset({"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"})


class _PendingArray:
    """An array between numpy's ``_reconstruct`` and its ``BUILD``; ``array`` is set by the state."""

    def __init__(self, *_: object) -> None:
        self.array: np.ndarray[Any, Any] | None = None

    def __setstate__(self, state: tuple[object, ...]) -> None:
        _, shape, dtype, fortran, data = state
        if not isinstance(dtype, _PendingDtype) or not isinstance(data, bytes) or not isinstance(shape, tuple):
            raise CheckpointError("The pickle holds an array of a kind that is not read.")
        flat = np.frombuffer(data, dtype=dtype.dtype())
        self.array = flat.reshape(shape, order="F" if fortran else "C")


class _PendingDtype:
    """A dtype between its constructor and its ``BUILD``, which brings the byte order."""

    def __init__(self, code: str, *_: object) -> None:
        if code not in _DTYPES:
            raise CheckpointError(f"The pickle holds an array of the type {code!r}, which is not read.")
        self.code = code
        self.order = "<"

    def __setstate__(self, state: tuple[object, ...]) -> None:
        order = state[1]
        self.order = order if order in ("<", ">", "|") else "<"

    def dtype(self) -> np.dtype[Any]:
        return np.dtype(self.order + self.code)


class _NdarrayMarker:
    """Stands for the class ``numpy.ndarray`` where it is only an argument."""


_ALLOWED: dict[tuple[str, str], Callable[..., object] | type] = {
    ("numpy.core.multiarray", "_reconstruct"): _PendingArray,
    ("numpy._core.multiarray", "_reconstruct"): _PendingArray,
    ("numpy", "ndarray"): _NdarrayMarker,
    ("numpy", "dtype"): _PendingDtype,
}


class _ArrayUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise CheckpointError(
                f"The file asks for {module}.{name}, which a file of arrays does not need; nothing of it was run.",
                hint="Do not trust this file.",
            ) from None

    def persistent_load(self, pid: Any) -> Any:
        raise CheckpointError("The file refers to objects outside itself; nothing of it was run.")


def read_arrays(path: Path) -> Any:
    """Read ``path`` into nested dictionaries and lists of numpy arrays.

    Raises:
        CheckpointError: it is too large, damaged, or asks for anything but arrays.
    """
    if path.stat().st_size > MAX_BYTES:
        raise CheckpointError(f"{path.name} is larger than {MAX_BYTES >> 30} GiB.")
    try:
        tree = _ArrayUnpickler(io.BytesIO(path.read_bytes())).load()
    except CheckpointError:
        raise
    except Exception as error:
        # A damaged pickle can fail with nearly any exception: all of them mean the same to the user.
        raise CheckpointError(f"{path.name} is damaged: {error}") from error
    return _finish(tree)


def _finish(tree: Any) -> Any:
    if isinstance(tree, _PendingArray):
        if tree.array is None:
            raise CheckpointError("The pickle holds an array without values.")
        return tree.array
    if isinstance(tree, dict):
        return {key: _finish(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_finish(value) for value in tree]
    return tree
