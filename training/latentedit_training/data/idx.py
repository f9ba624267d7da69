"""MNIST's idx files: a magic number, sizes, bytes (http://yann.lecun.com/exdb/mnist), also gzipped."""

from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path
from typing import IO, cast

import numpy as np
import torch
from torch import Tensor

from latentedit.errors import InputError
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import Labels

_UNSIGNED_BYTES = 8
_MAX_BYTES = 8 << 30
_GZIP = b"\x1f\x8b"


def is_idx(path: Path) -> bool:
    """Whether a file begins as idx files of bytes do, of one to four axes."""
    try:
        with _opened(path) as file:
            head = file.read(4)
    except (OSError, EOFError, zlib.error):
        return False
    return len(head) == 4 and head[:2] == b"\0\0" and head[2] == _UNSIGNED_BYTES and 1 <= head[3] <= 4


def read_idx(path: Path) -> Tensor:
    """The array of a file, uint8, of the axes that it tells.

    Raises:
        InputError: it is no such file, or not as long as it tells.
    """
    try:
        with _opened(path) as file:
            head = file.read(4)
            if len(head) < 4 or head[:2] != b"\0\0" or head[2] != _UNSIGNED_BYTES or not 1 <= head[3] <= 4:
                raise InputError(f"{path.name} is no idx file of bytes.", hint="MNIST's files are, also gzipped.")
            sizes = np.frombuffer(file.read(4 * head[3]), ">u4").tolist()
            count = math.prod(sizes)
            if len(sizes) != head[3] or count > _MAX_BYTES:
                raise InputError(f"{path.name} tells a size that cannot be: {sizes}.", hint="Download it again.")
            data = file.read(count + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path.name} cannot be read: {error}.", hint="Download it again.") from error
    if len(data) != count:
        raise InputError(f"{path.name} is damaged: it should hold {count} bytes.", hint="Download it again.")
    return torch.from_numpy(np.frombuffer(data, np.uint8).reshape(sizes).copy())


def read_idx_images(path: Path) -> ArrayImages:
    """Grey images of a file of images, with the classes of the file of labels beside it where there is one (``images-idx3`` and ``labels-idx1``).

    Raises:
        InputError: a file is damaged, or the two do not fit.
    """
    image_uint8 = read_idx(path)
    if image_uint8.dim() != 3:
        raise InputError(f"{path.name} holds no images.", hint="Name the file of images, whose name has idx3 in it.")
    beside = path.with_name(path.name.replace("images", "labels").replace("idx3", "idx1"))
    if beside == path or not beside.is_file():
        return ArrayImages(image_uint8.unsqueeze(1))
    classes = read_idx(beside).long()
    if classes.shape != image_uint8.shape[:1]:
        raise InputError(f"{beside.name} does not have a label for each image of {path.name}.", hint="Download both again.")
    names = tuple(str(number) for number in range(int(classes.max()) + 1))
    return ArrayImages(image_uint8.unsqueeze(1), Labels("class", names, classes))


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        zipped = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path)) if zipped else path.open("rb")
