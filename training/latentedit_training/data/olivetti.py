"""The Olivetti faces (AT&T Laboratories Cambridge): 40 people, 10 grey pictures of 64 x 64 pixels of each, in a file of MATLAB 5.

Only what such a file needs is read: a compressed or plain matrix of two dimensions, real, stored in unsigned bytes (MATLAB's "MAT-File Format", 2000s,
chapter 1: Level 5). Each column of ``faces`` is a picture, stored column by column.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from latentedit.errors import InputError
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import Labels
from latentedit_training.data.fitting import Fit
from latentedit_training.networks.base import ImageShape

START = b"MATLAB 5.0 MAT-file"
MAX_BYTES = 1 << 26
SIDE, PEOPLE, PICTURES = 64, 40, 10
_HEADER_BYTES = 128
_MATRIX, _COMPRESSED = 14, 15
_UINT8, _INT8, _INT32, _UINT32 = 2, 1, 5, 6
_COMPLEX = 0x08


class Element(NamedTuple):
    """A piece of data: its type's number and its bytes."""

    kind: int
    data: bytes


def open_olivetti(path: Path, *, wanted: ImageShape | None = None, fit: Fit = "crop") -> ArrayImages:
    """The 400 faces, with the person as class: [400, 1, 64, 64] in the file's order, ten of each person.

    Raises:
        InputError: it is not there, damaged, or holds something else.
    """
    faces = read_matrix(path, "faces")
    if faces.shape != (SIDE * SIDE, PEOPLE * PICTURES):
        raise _damaged(path, f"its faces are {list(faces.shape)} bytes")
    upright = np.ascontiguousarray(faces.T.reshape(-1, SIDE, SIDE).transpose(0, 2, 1))
    names = tuple(f"person {number}" for number in range(1, PEOPLE + 1))
    people = torch.arange(PEOPLE).repeat_interleave(PICTURES)
    return ArrayImages(torch.from_numpy(upright)[:, None], Labels("class", names, people), wanted, fit)


def read_matrix(path: Path, name: str) -> NDArray[np.uint8]:
    """The matrix [rows, columns] of unsigned bytes of that name in a MATLAB 5 file.

    Raises:
        InputError: the file is not there, too large, damaged, or has no such matrix.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).", hint="Check the path.") from error
    if len(data) > MAX_BYTES or not data.startswith(START):
        raise _damaged(path, "it is too large" if len(data) > MAX_BYTES else "it does not begin as one")
    order = {b"IM": "<", b"MI": ">"}.get(data[126:128])
    if order is None:
        raise _damaged(path, "its order of bytes is unknown")
    try:
        for element in _elements(data[_HEADER_BYTES:], order, padded=False):
            matrix = _unpacked(element, order)
            if matrix.kind == _MATRIX and (found := _matrix_named(matrix.data, order, name)) is not None:
                return found
    except (struct.error, zlib.error, ValueError) as error:
        raise _damaged(path, str(error)) from error
    raise _damaged(path, f"it has no matrix {name}")


def _elements(data: bytes, order: str, *, padded: bool = True) -> Iterator[Element]:
    """The elements that follow each other. Within a matrix each begins at a multiple of 8 bytes; compressed ones do not."""
    at = 0
    while at + 8 <= len(data):
        (word,) = struct.unpack_from(f"{order}I", data, at)
        if word >> 16:  # a small element: its length and type in one word, its data in the next
            kind, length, begin = word & 0xFFFF, word >> 16, at + 4
            if length > 4:
                raise ValueError("a small element is too long")
            following = at + 8
        else:
            kind, (length,), begin = word, struct.unpack_from(f"{order}I", data, at + 4), at + 8
            following = begin + length + (-length % 8 if padded or kind != _COMPRESSED else 0)
        if begin + length > len(data):
            raise ValueError("an element reaches beyond its end")
        yield Element(kind, data[begin : begin + length])
        at = following


def _unpacked(element: Element, order: str) -> Element:
    if element.kind != _COMPRESSED:
        return element
    machine = zlib.decompressobj()
    data = machine.decompress(element.data, MAX_BYTES)  # no more is unpacked, whatever is in it
    if not machine.eof:
        raise ValueError("a compressed element is too large or truncated")
    return next(_elements(data, order), Element(0, b""))


def _matrix_named(data: bytes, order: str, name: str) -> NDArray[np.uint8] | None:
    elements = list(_elements(data, order))
    if len(elements) < 4:
        raise ValueError("a matrix is incomplete")
    flags, dimensions, called, values = elements[:4]
    if called.kind != _INT8 or called.data.decode("ascii", "replace") != name:
        return None
    if flags.kind != _UINT32 or dimensions.kind != _INT32 or len(dimensions.data) != 8:
        raise ValueError("the matrix has not two dimensions")
    (about,) = struct.unpack_from(f"{order}I", flags.data)
    # MATLAB stores whole numbers of any class in the smallest type that holds them: the faces are doubles in bytes.
    if about >> 8 & _COMPLEX or values.kind != _UINT8:
        raise ValueError("the matrix is not stored in unsigned bytes")
    rows, columns = struct.unpack(f"{order}2i", dimensions.data)
    if rows < 0 or columns < 0 or rows * columns != len(values.data):
        raise ValueError("the matrix has another size than it declares")
    return np.frombuffer(bytearray(values.data), dtype=np.uint8).reshape(columns, rows).T


def _damaged(path: Path, problem: str) -> InputError:
    return InputError(f"{path} is no file of the Olivetti faces: {problem}.", hint="Download it again.")
