"""Any set of images by its path: what it is, is told by what is in it, not by what it is called."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
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

LabelSource = Literal["class", "attributes", "folders", "none"] | Path
_REQUIRED = ("class", "attributes")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class _Request:
    """What is wanted of a set: the arguments of :func:`open_images`."""

    resolution: int | None
    channels: int | None
    labels: LabelSource | None
    fit: Fit
    transparent: str

    @property
    def own_labels(self) -> bool:
        """Whether the labels that the set brings along are wanted."""
        return self.labels is None or self.labels in _REQUIRED


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
        labels: None for those that the set brings along, if any (``dataset.json``, MNIST's file beside the images, the Olivetti people);
            ``class`` or ``attributes`` where there must be labels of that kind, and of a folder that brings none, ``class`` is by subfolder;
            ``folders`` for classes by subfolder in any case; ``none`` for none; or the path of a ``dataset.json`` or of an idx file.
        fit: whether pictures of other proportions are cropped in the middle or set between black bars.
        transparent: whether see-through pictures are laid over white, or refused.

    Raises:
        InputError: it is not there, or of no known kind; some images cannot be read; they differ in size and no ``resolution`` is given; the
            labels are not there or do not fit. All headers are looked at before this returns.
        UsageError: there is no such resolution or number of channels, or the set has no folders.
    """
    path = Path(path)
    require_request(resolution, channels)
    if labels == "folders" and not path.is_dir():
        raise UsageError(f"{path} has no subfolders to tell classes.", hint="Leave labels out, or name a folder.")
    images = _opened(path, _Request(resolution, channels, labels, fit, transparent))
    if labels in _REQUIRED and (images.labels is None or images.labels.kind != labels):
        found = "no labels" if images.labels is None else f"labels of the kind {images.labels.kind}"
        raise InputError(f"{path} has {found}, not {labels}.", hint="Choose a recipe without labels, or name a file of labels.")
    return images


def _opened(path: Path, request: _Request) -> ImageSet:
    if path.is_dir():
        mnist = idx.training_images(path)
        return _open_folder(path, request) if mnist is None else _open_idx(mnist, request)
    head = _head(path)
    if head.startswith((archive.START, archive.EMPTY_START)):
        return _open_archive(path, request)
    if head.startswith(olivetti.START):
        return _shaped(olivetti.open_olivetti(path), request)
    if idx.is_idx(head):
        return _open_idx(path, request)
    raise InputError(
        f"{path} is no set of images.", hint="Name a folder, a zip of images, an idx file of MNIST, or the Olivetti faces."
    )


def _open_folder(path: Path, request: _Request) -> ImageSet:
    files, beside = FolderFiles.find(path), path / LABELS_NAME
    known: Labels | None = None
    if request.own_labels and beside.is_file():
        known = _read_label_file(beside, files.names)
    elif request.labels in ("folders", "class") and files.names:
        known = folder_labels(files)
    elif isinstance(request.labels, Path):
        known = _read_label_file(request.labels, files.names)
    return _encoded(files, known, request)


def _open_archive(path: Path, request: _Request) -> ImageSet:
    files = ArchiveFiles(path)
    known: Labels | None = None
    if request.own_labels and (own := files.read_labels_file()) is not None:
        known = read_labels(own, files.names, str(path))
    elif isinstance(request.labels, Path):
        known = _read_label_file(request.labels, files.names)
    return _encoded(files, known, request)


def _open_idx(path: Path, request: _Request) -> ArrayImages:
    return _shaped(idx.open_idx(path, idx.labels_beside(path) if request.own_labels else None), request)


def _encoded(files: FolderFiles | ArchiveFiles, labels: Labels | None, request: _Request) -> EncodedImages:
    report = check_images(files)
    require_usable(report, refuse_transparent=request.transparent == "refuse")
    return EncodedImages(files, shape_of(report, request.resolution, request.channels), labels, request.fit)


def _shaped(images: ArrayImages, request: _Request) -> ArrayImages:
    shape, side = images.shape, request.resolution
    wanted = ImageShape(request.channels or shape.channels, side or shape.height, side or shape.width)
    known = images.labels if request.own_labels else None
    if isinstance(request.labels, Path):
        known = _read_label_file(request.labels, [str(number) for number in range(len(images))])
    return replace(images, labels=known, wanted=wanted, fit=request.fit)


def _read_label_file(path: Path, names: Sequence[str]) -> Labels | None:
    """The labels in a ``dataset.json``, or the class numbers in an idx file."""
    if idx.is_idx(_head(path)):
        return idx.read_class_numbers(path, len(names))
    try:
        with path.open("rb") as file:
            return read_labels(file.read(MAX_LABELS_BYTES + 1), names, str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).", hint="Check the path.") from error


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
