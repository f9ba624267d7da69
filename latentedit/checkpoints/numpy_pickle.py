"""Pickles of numpy arrays, alone or in dictionaries, lists and other arrays, as ``np.save`` of objects and ``pickle.dump`` write them."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.flat_arrays import DTYPES, flat_array, shaped
from latentedit.checkpoints.pickle_machine import Names, Pending, finish, run_pickle
from latentedit.errors import CheckpointError

_OBJECT = "O8"


class _PickledDtype(Pending):
    """A dtype between its constructor and its ``BUILD``, which brings the byte order."""

    def __init__(self, code: Any, *_: object) -> None:
        if not isinstance(code, str):
            raise CheckpointError("The pickle holds an array of a type that is none.")
        if code not in DTYPES and code != _OBJECT:
            raise CheckpointError(f"The pickle holds an array of the type {code[:20]!r}, which is not read.")
        self.code = code
        self.order = "<"

    def build(self, state: Any) -> None:
        order = state[1]
        self.order = order if order in ("<", ">", "|") else "<"

    def finish(self) -> str:
        return self.order + self.code


class _PickledArray(Pending):
    """An array between numpy's ``_reconstruct`` and its ``BUILD``, which brings shape, type and values."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.array: NDArray[Any] | None = None
        self.objects: list[Any] | None = None

    def build(self, state: Any) -> None:
        _, shape, dtype, fortran, data = state
        if isinstance(dtype, _PickledDtype) and dtype.code == _OBJECT and isinstance(data, list):
            self.objects = data
            return
        self.take(_as_bytes(data, self.budget), dtype, shape, "F" if fortran else "C")

    def take(self, data: Any, dtype: Any, shape: Any, order: Any) -> _PickledArray:
        if not (isinstance(dtype, _PickledDtype) and isinstance(shape, tuple) and isinstance(data, bytes | bytearray)):
            raise CheckpointError("The pickle holds an array of a kind that is not read.")
        if dtype.code == _OBJECT:
            raise CheckpointError("The pickle holds an array of objects without a list of them.")
        flat = flat_array(data, dtype.order + dtype.code, len(data) // int(dtype.code[1:]))
        self.array = shaped(flat, shape, "F" if order == "F" else "C")
        return self

    def finish(self) -> Any:
        """The array; of an array of objects, the list of them, or the only one."""
        if self.objects is not None:
            return self.objects[0] if len(self.objects) == 1 else self.objects
        if self.array is None:
            raise CheckpointError("The pickle holds an array without values.")
        return self.array


def numpy_names(budget: Budget) -> Names:
    """What a pickle of arrays names: numpy's own, and how Python 3 writes bytes for Python 2."""

    def reconstruct(*_: object) -> _PickledArray:
        return _PickledArray(budget)

    def from_buffer(data: Any, dtype: Any, shape: Any, order: Any, *_: object) -> _PickledArray:
        return _PickledArray(budget).take(data, dtype, shape, order)

    def encode(text: Any, encoding: Any) -> bytes:
        if not isinstance(text, str) or encoding not in ("latin1", "latin-1"):
            raise CheckpointError("The pickle holds bytes in an encoding that is not read.")
        return _latin(text, budget)

    def scalar(dtype: Any, data: Any = b"") -> Any:
        return _PickledArray(budget).take(_as_bytes(data, budget), dtype, (), "C").finish().item()

    return {
        **{(module, "scalar"): scalar for module in ("numpy.core.multiarray", "numpy._core.multiarray")},
        **{(module, "_reconstruct"): reconstruct for module in ("numpy.core.multiarray", "numpy._core.multiarray")},
        **{(module, "_frombuffer"): from_buffer for module in ("numpy.core.numeric", "numpy._core.numeric")},
        ("numpy", "ndarray"): None,
        ("numpy", "dtype"): _PickledDtype,
        ("_codecs", "encode"): encode,
        ("__builtin__", "bytes"): lambda: b"",
    }


def arrays_from_pickle(data: bytes, budget: Budget, at: int = 0) -> Any:
    """The pickle at ``data[at:]`` as nested dictionaries and lists of numpy arrays.

    Raises:
        CheckpointError: it is damaged, or asks for anything but arrays.
    """
    return finish(run_pickle(data, at, names=numpy_names(budget), budget=budget)[0])


def _latin(text: str, budget: Budget) -> bytes:
    """The bytes that a text stands for; copied each time that the pickle names it, hence the budget."""
    budget.spend(len(text))
    return text.encode("latin-1")


def _as_bytes(data: Any, budget: Budget) -> Any:
    """Python 2 wrote bytes as text."""
    return _latin(data, budget) if isinstance(data, str) else data
