"""Read values as dlib's ``serialize`` writes them, without dlib and without running anything.

Whole numbers: a control byte (bit 7: negative; low four bits: how many bytes follow), then the magnitude, low byte first.
Floating point: mantissa and exponent as whole numbers. Truth values: ``0`` or ``1`` as text. Text: length, then bytes.
Tensors: version 2, four sizes, then float32 values, low byte first. (The head comments of dlib's ``serialize.h`` document
the first three; the rest follows from files.)
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from latentedit.errors import CheckpointError

__all__ = ["DlibReader"]

_TENSOR_VERSION = 2
_ALIAS_VERSION = 1
_MAX_INTEGER_BYTES = 8
_MAX_TEXT = 256
_NEGATIVE, _LENGTH = 0x80, 0x0F
_INFINITY, _MINUS_INFINITY = 32000, 32001
_MAX_EXPONENT = 1100


class DlibReader:
    """A cursor over the bytes of a file that dlib wrote; every method reads one value and moves behind it.

    All methods raise CheckpointError where the bytes cannot be what is asked for; sizes are never trusted before the bytes
    that they promise are known to be there.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data = memoryview(data)
        self._name = name
        self._at = 0

    @property
    def remaining(self) -> int:
        """Bytes behind the cursor."""
        return len(self._data) - self._at

    def integer(self) -> int:
        """A whole number of any C++ type but char."""
        control = self._take(1)[0]
        length = control & _LENGTH
        if not 1 <= length <= _MAX_INTEGER_BYTES or control & ~(_NEGATIVE | _LENGTH):
            raise self.error("a number begins with an impossible byte")
        magnitude = int.from_bytes(self._take(length), "little")
        return -magnitude if control & _NEGATIVE else magnitude

    def boolean(self) -> bool:
        """A truth value."""
        byte = bytes(self._take(1))
        if byte not in (b"0", b"1"):
            raise self.error("a truth value is neither 0 nor 1")
        return byte == b"1"

    def floating(self) -> float:
        """A float or double."""
        mantissa, exponent = self.integer(), self.integer()
        if exponent in (_INFINITY, _MINUS_INFINITY) or abs(exponent) > _MAX_EXPONENT:
            raise self.error("a number is not finite")
        return math.ldexp(mantissa, exponent)

    def text(self) -> str:
        """A short string; dlib begins each part of a network with its name."""
        length = self.integer()
        if not 0 <= length <= _MAX_TEXT:
            raise self.error("a name has an impossible length")
        try:
            return bytes(self._take(length)).decode("ascii")
        except UnicodeDecodeError as error:
            raise self.error("a name is not text") from error

    def tensor(self) -> NDArray[np.float32]:
        """A tensor, [num_samples, k, nr, nc] float32; may be empty."""
        self.expect(_TENSOR_VERSION, self.integer(), "tensor version")
        shape = self._shape()
        raw = self._take(4 * math.prod(shape))
        values = np.frombuffer(raw, dtype="<f4").astype(np.float32).reshape(shape)
        if not np.isfinite(values).all():
            raise self.error("a tensor holds values that are not finite")
        return values

    def alias(self) -> tuple[int, int, int, int]:
        """The sizes of a tensor that is a part of another's values."""
        self.expect(_ALIAS_VERSION, self.integer(), "alias version")
        return self._shape()

    def expect(self, wanted: object, got: object, what: str) -> None:
        """Raise CheckpointError unless the two are equal."""
        if got != wanted:
            raise self.error(f"{what} is {got!r} where {wanted!r} belongs")

    def error(self, problem: str) -> CheckpointError:
        """The error to raise for a problem at the cursor."""
        return CheckpointError(
            f"{self._name} is not the dlib network that it should be: {problem} (byte {self._at}).",
            hint="Fetch the file again.",
        )

    def _shape(self) -> tuple[int, int, int, int]:
        sizes = (self.integer(), self.integer(), self.integer(), self.integer())
        if min(sizes) < 0:
            raise self.error("a tensor has a negative size")
        return sizes

    def _take(self, count: int) -> memoryview:
        if count > self.remaining:
            raise self.error("the file ends too early")
        self._at += count
        return self._data[self._at - count : self._at]
