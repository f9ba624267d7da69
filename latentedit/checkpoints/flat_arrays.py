"""Numbers that lie in a file one behind another, as arrays; what a file promises is believed when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from latentedit.errors import CheckpointError

MAX_DIMENSIONS = 8
DTYPES = frozenset({"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"})
"""The kinds of numbers that are read, by numpy's codes; bfloat16, which numpy has not, beside them."""


def flat_array(data: bytes | bytearray | memoryview, dtype: str, count: int) -> NDArray[Any]:
    """The first ``count`` numbers of ``data`` as [count], without a copy; ``dtype`` is one of :data:`DTYPES` behind its byte order.

    Raises:
        CheckpointError: there are fewer, or ``dtype`` is none.
    """
    if dtype.lstrip("<>|=") not in DTYPES:
        raise CheckpointError(f"It holds numbers of the type {dtype[:20]!r}, which is not read.")
    kind = np.dtype(dtype)
    if not 0 <= count * kind.itemsize <= len(data):
        raise CheckpointError(f"It is truncated: {len(data)} bytes do not hold {count} numbers of {kind.itemsize} bytes.")
    return np.frombuffer(data, kind, count) if count else np.empty(0, kind)


def shaped(flat: NDArray[Any], shape: Sequence[int], order: Literal["C", "F"] = "C") -> NDArray[Any]:
    """``flat`` [count] in another shape.

    Raises:
        CheckpointError: the shape holds another number of numbers, or has too many dimensions.
    """
    if len(shape) > MAX_DIMENSIONS:
        raise CheckpointError(f"It holds an array of {len(shape)} dimensions.")
    if not all(type(size) is int and size >= 0 for size in shape):  # -1 would be guessed
        raise CheckpointError("It holds an array whose shape is damaged.")
    try:
        return flat.reshape(tuple(shape), order=order)
    except (ValueError, TypeError, OverflowError) as error:
        raise CheckpointError("It holds an array whose shape is damaged.") from error


def widened(bits: NDArray[np.uint16]) -> NDArray[np.float32]:
    """The bits of bfloat16 numbers as float32, whose upper half they are."""
    return (bits.astype(np.uint32) << 16).view(np.float32)
