"""Any set of images, told by what it is, not by what it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from latentedit.errors import InputError
from latentedit_training.data.base import ImageSet
from latentedit_training.data.idx import is_idx, read_idx_images

_MNIST_IMAGES = "train-images*"


def open_images(
    path: Path,
    *,
    resolution: int | None = None,
    channels: int | None = None,
    labels: Literal["class", "attributes"] | None = None,
) -> ImageSet:
    """Open MNIST's folder (its training images), or one of its files.

    Args:
        path: a folder or file.
        resolution: height and width that the images shall have.
        channels: 1 for grey, 3 for colour.
        labels: which must be there.

    Raises:
        InputError: it is nothing that is known, damaged, or has other images.
    """
    if not path.exists():
        raise InputError(f"{path} is not there.", hint="Name a folder or a file of images.")
    named = sorted(path.glob(_MNIST_IMAGES)) if path.is_dir() else [path]
    if not named or not is_idx(named[0]):
        raise InputError(f"{path} holds no images that are known.", hint="MNIST's idx files are.")
    images = read_idx_images(named[0])
    shape = images.shape
    if resolution not in (None, shape.height) or channels not in (None, shape.channels):
        raise InputError(
            f"The images are of {shape.width} x {shape.height} pixels in {shape.channels} channel.", hint="Set images.resolution."
        )
    return images
