"""Any set of images by its path: what it is, is told by what is in it."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Literal

from latentedit.errors import InputError, UsageError
from latentedit_training.data import archive, idx, olivetti
from latentedit_training.data.archive import ArchiveFiles
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import ImageSet, Labels
from latentedit_training.data.checking import check_images, require_request, require_usable, shape_of
from latentedit_training.data.encoded import EncodedImages
from latentedit_training.data.fitting import Fit
from latentedit_training.data.folder import FolderFiles, folder_labels
from latentedit_training.data.label_file import LABELS_NAME, MAX_LABELS_BYTES, read_labels
from latentedit_training.networks.base import ImageShape

LabelSource = Literal["folders", "none"] | Path
_GZIP = b"\x1f\x8b"


def open_images(
    path: str | Path,
    *,
    resolution: int | None = None,
    channels: int | None = None,
    labels: LabelSource | None = None,
    fit: Fit = "crop",
    transparent: Literal["white", "refuse"] = "white",
) -> ImageSet:
    """Open a set of images.

    Args:
        path: a folder of images, NVIDIA's zip of them, an idx file of MNIST (or a folder with its training files), or the Olivetti faces.
        resolution: width and height to resize to, in pixels; as they are when None, where all have the same size.
        channels: 1 for grey, 3 for colour; when None, 1 if all are grey.
        labels: None for those that the set brings along (``dataset.json``, or MNIST's file beside the images, or people); ``folders`` for
            classes by subfolder; ``none`` for none; or the path of a ``dataset.json`` or of an idx file of class numbers.
        fit: whether pictures of other proportions are cropped in the middle or set between black bars.
        transparent: whether see-through pictures are laid over white, or refused.

    Raises:
        InputError: it is not there, or of no known kind; some images cannot be read; they differ in size and no ``resolution`` is given; the
            labels do not fit. All headers are looked at before this returns.
        UsageError: there is no such resolution or number of channels, or the set has no folders.
    """
    path = Path(path)
    require_request(resolution, channels)
    if labels == "folders" and not path.is_dir():
        raise UsageError(f"{path} has no subfolders to tell classes.", hint="Leave labels out, or name a folder.")
    if path.is_dir():
        mnist = idx.training_images(path)
        return (
            _open_folder(path, resolution, channels, labels, fit, transparent)
            if mnist is None
            else _open_idx(mnist, resolution, channels, labels, fit)
        )
    head = _head(path)
    if head.startswith((archive.START, b"PK\x05\x06")):
        files = ArchiveFiles(path)
        own = files.read_labels_file() if labels is None else None
        known = _told_labels(labels, files.names) if own is None else read_labels(own, files.names, str(path))
        return _encoded(files, known, resolution, channels, fit, transparent)
    if head.startswith(olivetti.START):
        people = olivetti.open_olivetti(path)
        return _shaped(people, labels, resolution, channels, fit)
    if idx.is_idx(head):
        return _open_idx(path, resolution, channels, labels, fit)
    raise InputError(
        f"{path} is no set of images.", hint="Name a folder, a zip of images, an idx file of MNIST, or the Olivetti faces."
    )


def _open_folder(
    path: Path, resolution: int | None, channels: int | None, labels: LabelSource | None, fit: Fit, transparent: str
) -> ImageSet:
    files = FolderFiles.find(path)
    if labels == "folders":
        known: Labels | None = folder_labels(files) if files.names else None
    else:
        beside = path / LABELS_NAME
        known = _told_labels(beside if labels is None and beside.is_file() else labels, files.names)
    return _encoded(files, known, resolution, channels, fit, transparent)


def _encoded(
    files: FolderFiles | ArchiveFiles,
    labels: Labels | None,
    resolution: int | None,
    channels: int | None,
    fit: Fit,
    transparent: str,
) -> EncodedImages:
    report = check_images(files)
    require_usable(report, refuse_transparent=transparent == "refuse")
    return EncodedImages(files, shape_of(report, resolution, channels), labels, fit)


def _open_idx(path: Path, resolution: int | None, channels: int | None, labels: LabelSource | None, fit: Fit) -> ArrayImages:
    return _shaped(idx.open_idx(path, idx.labels_beside(path) if labels is None else None), labels, resolution, channels, fit)


def _shaped(
    images: ArrayImages, labels: LabelSource | None, resolution: int | None, channels: int | None, fit: Fit
) -> ArrayImages:
    shape = images.shape
    wanted = ImageShape(channels or shape.channels, resolution or shape.height, resolution or shape.width)
    known = images.labels if labels is None else _told_labels(labels, [str(number) for number in range(len(images))])
    return replace(images, labels=known, wanted=wanted, fit=fit)


def _told_labels(labels: LabelSource | None, names: list[str] | tuple[str, ...]) -> Labels | None:
    if not isinstance(labels, Path):
        return None
    if idx.is_idx(_head(labels)):
        return idx.read_class_numbers(labels, len(names))
    try:
        with labels.open("rb") as file:
            return read_labels(file.read(MAX_LABELS_BYTES + 1), names, str(labels))
    except OSError as error:
        raise InputError(f"{labels} cannot be read ({error.strerror}).", hint="Check the path.") from error


def _head(path: Path) -> bytes:
    """The first bytes of a file, unpacked where it is packed by gzip."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
            if not head.startswith(_GZIP):
                return head
            file.seek(0)
            with gzip.GzipFile(fileobj=file) as unpacked:
                return unpacked.read(64)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path} cannot be unpacked.", hint="Download it again.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).", hint="Check the spelling and the folder.") from error
