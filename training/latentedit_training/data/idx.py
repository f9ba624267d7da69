"""The idx files of MNIST and its relatives: a small header, then unsigned bytes.

Format: http://yann.lecun.com/exdb/mnist, "The IDX file format": two zero bytes, the type (8: unsigned byte), the number of dimensions, each as a
big-endian 32-bit number, and the values, last dimension fastest.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray

from latentedit.errors import InputError
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import Labels
from latentedit_training.data.fitting import Fit
from latentedit_training.networks.base import ImageShape

MAX_BYTES = 1 << 32
_GZIP = b"\x1f\x8b"
_UNSIGNED_BYTE = 8
_DEFLATE_AT_MOST = 1032
"""Deflate makes nothing larger than so many times (zlib's technical notes)."""

_PIECE_BYTES = 1 << 20
_TRAINING = "train-images-idx3-ubyte"
_HINT = "Download it again."


def read_idx(path: Path) -> NDArray[np.uint8]:
    """The array in an idx file, also when it is packed by gzip.

    Its size is compared with the file's before anything is allocated.

    Raises:
        InputError: it is not there, no idx file of bytes, damaged, truncated, or too large.
    """
    try:
        stored_bytes = path.stat().st_size
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            if not packed:
                return _read(raw, path, stored_bytes, stored_bytes)
            with gzip.GzipFile(fileobj=raw) as unpacked:
                return _read(unpacked, path, None, stored_bytes * _DEFLATE_AT_MOST)  # type: ignore[arg-type]  # it reads as files do
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path, "it cannot be unpacked") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}).", hint="Check the path.") from error


def is_idx(head: bytes) -> bool:
    """Whether the first bytes of a file (unpacked) are those of an idx file of bytes with 1 to 4 dimensions."""
    return len(head) >= 4 and head[:3] == bytes([0, 0, _UNSIGNED_BYTE]) and 1 <= head[3] <= 4


def open_idx(path: Path, labels: Path | None = None, *, wanted: ImageShape | None = None, fit: Fit = "crop") -> ArrayImages:
    """The images of an idx file, in memory.

    Args:
        path: a file of ``[N, H, W]`` grey images.
        labels: a file of ``[N]`` class numbers; see :func:`labels_beside`.

    Raises:
        InputError: as :func:`read_idx`; it holds no images, or not as many labels.
    """
    images = read_idx(path)
    if images.ndim != 3 or 0 in images.shape:
        raise InputError(f"{path} holds no images: its dimensions are {list(images.shape)}.", hint="Name a file of images.")
    known = None if labels is None else read_class_numbers(labels, len(images))
    return ArrayImages(torch.from_numpy(images)[:, None], known, wanted, fit)


def read_class_numbers(path: Path, count: int) -> Labels:
    """The class numbers of ``count`` images; the classes are named by their numbers.

    Raises:
        InputError: as :func:`read_idx`, or there is another number of them.
    """
    numbers = read_idx(path)
    if numbers.shape != (count,):
        raise InputError(
            f"{path} labels {list(numbers.shape)} images, not {count}.", hint="Name the file that belongs to the images."
        )
    names = tuple(str(number) for number in range(int(numbers.max(initial=0)) + 1))
    return Labels("class", names, torch.from_numpy(numbers.astype(np.int64)))


def labels_beside(path: Path) -> Path | None:
    """The file of labels that lies beside one of images, by MNIST's names; None when there is none."""
    name = path.name.replace("images-idx3", "labels-idx1").replace("images.idx3", "labels.idx1")
    beside = path.with_name(name)
    return beside if name != path.name and beside.is_file() else None


def training_images(folder: Path) -> Path | None:
    """MNIST's file of training images in a folder, packed or not."""
    return next((path for name in (_TRAINING, f"{_TRAINING}.gz") if (path := folder / name).is_file()), None)


def _read(file: BinaryIO, path: Path, exact_bytes: int | None, most_bytes: int) -> NDArray[np.uint8]:
    head = file.read(4)
    if not is_idx(head):
        raise _damaged(path, "it does not begin as an idx file of bytes")
    dimensions = file.read(4 * head[3])
    if len(dimensions) != 4 * head[3]:
        raise _damaged(path, "it is truncated")
    shape = struct.unpack(f">{head[3]}I", dimensions)
    count = math.prod(shape)  # exact: Python's numbers do not overflow
    whole = len(head) + len(dimensions) + count
    if count > MAX_BYTES or whole > most_bytes or (exact_bytes is not None and whole != exact_bytes):
        raise _damaged(path, f"it declares {' x '.join(map(str, shape))} bytes, which are not in it")
    pieces, left = [], count
    while left and (piece := file.read(min(left, _PIECE_BYTES))):  # memory grows with what is really there
        pieces.append(piece)
        left -= len(piece)
    if left or file.read(1):
        raise _damaged(path, "it is truncated" if left else "something follows its values")
    return np.frombuffer(bytearray(b"".join(pieces)), dtype=np.uint8).reshape(shape)


def _damaged(path: Path, problem: str) -> InputError:
    return InputError(f"{path} is no good idx file: {problem}.", hint=_HINT)
