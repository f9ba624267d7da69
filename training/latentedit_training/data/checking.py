"""A look at the headers of all images before training starts, so that what is wrong is told then and not after hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from latentedit.errors import InputError, PhotoError, UsageError
from latentedit.image_io import header, ifd
from latentedit.image_io.kinds import Kind
from latentedit.images import Photo
from latentedit_training.data.encoded import ImageFiles
from latentedit_training.networks.base import ImageShape

HEAD_BYTES = 1 << 16
"""How much of a JPEG is read at first; its size stands near the beginning unless a large profile or thumbnail comes before."""

_PHOTOMETRIC, _EXTRA_SAMPLES = 262, 338
_GREY_PHOTOMETRICS = (0, 1)
_OPACITY = {1, 2}


@dataclass(frozen=True)
class Header:
    """What a file tells of its image: kind, upright size in pixels, whether it is grey, may be transparent, and is turned by EXIF."""

    kind: Kind
    width: int
    height: int
    grey: bool
    transparent: bool
    turned: bool


@dataclass(frozen=True)
class ImageReport:
    """What the headers of a set tell.

    Attributes:
        where: what was looked at.
        count: of all files.
        sizes: how many images there are of each upright (width, height).
        kinds: how many of each kind of file.
        grey, transparent, turned: how many are so.
        problems: name and reason of each that cannot be read.
    """

    where: str
    count: int
    sizes: Mapping[tuple[int, int], int]
    kinds: Mapping[str, int]
    grey: int
    transparent: int
    turned: int
    problems: tuple[tuple[str, str], ...]

    def told(self) -> str:
        """The counts in one line."""
        sizes = sorted(self.sizes, key=lambda size: (-self.sizes[size], size))
        said = ", ".join(f"{self.sizes[size]} of {size[0]} x {size[1]}" for size in sizes[:3])
        said += f" and {len(sizes) - 3} other sizes" if len(sizes) > 3 else ""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        more = {"grey": self.grey, "perhaps transparent": self.transparent, "turned": self.turned}
        noted = "".join(f"; {count} {what}" for what, count in more.items() if count)
        bad = f"; {len(self.problems)} cannot be read" if self.problems else ""
        return f"{self.count} images: {said or 'none that can be read'} ({kinds or 'no kind'}){noted}{bad}"


def check_images(files: ImageFiles) -> ImageReport:
    """Read the headers of all images; no sample is decoded, so that damage further on is told only by :meth:`read`."""
    sizes: Counter[tuple[int, int]] = Counter()
    kinds: Counter[str] = Counter()
    grey = transparent = turned = 0
    problems = []
    for index, name in enumerate(files.names):
        try:
            found = _header_of(files, index)
        except InputError as error:
            problems.append((name, str(error)))
            continue
        sizes[found.width, found.height] += 1
        kinds[found.kind] += 1
        grey, transparent, turned = grey + found.grey, transparent + found.transparent, turned + found.turned
    return ImageReport(files.where, len(files.names), sizes, kinds, grey, transparent, turned, tuple(problems))


def require_usable(report: ImageReport, *, refuse_transparent: bool = False) -> None:
    """Refuse a set of which something cannot be learned from, in one sentence.

    Raises:
        InputError: there are no images, some cannot be read, or some may be transparent where that is refused.
    """
    if not report.count:
        raise InputError(f"There are no images in {report.where}.", hint="Name a folder or an archive with images.")
    if report.problems:
        _, reason = report.problems[0]
        raise InputError(
            f"{len(report.problems)} of {report.count} images in {report.where} cannot be read. The first: {reason}",
            hint="Remove or replace them.",
        )
    if refuse_transparent and report.transparent:
        raise InputError(
            f"{report.transparent} of {report.count} images in {report.where} may be transparent.",
            hint="Flatten them, or have them laid over white.",
        )


def shape_of(report: ImageReport, resolution: int | None, channels: int | None) -> ImageShape:
    """The shape of a set's images: as told, else what all of them have.

    Args:
        resolution: width and height that is wanted, in pixels.
        channels: 1 or 3; when None, 1 if all images are grey.

    Raises:
        UsageError: no such resolution or number of channels.
        InputError: no resolution is wanted, and the images have several sizes.
    """
    require_request(resolution, channels)
    chosen = channels or (1 if report.grey == report.count else 3)
    if resolution is not None:
        return ImageShape(chosen, resolution, resolution)
    if len(report.sizes) > 1:
        raise InputError(
            f"The images in {report.where} differ in size. {report.told()}.", hint="Name a resolution to resize them to."
        )
    ((width, height),) = report.sizes
    return ImageShape(chosen, height, width)


def require_request(resolution: int | None, channels: int | None) -> None:
    """Refuse what no image set can be.

    Raises:
        UsageError: a resolution outside 1 to 8192 pixels, or another number of channels than 1 and 3.
    """
    if resolution is not None and not 1 <= resolution <= 8192:
        raise UsageError(f"Images of {resolution} pixels cannot be made.", hint="Name a resolution from 1 to 8192.")
    if channels not in (None, 1, 3):
        raise UsageError(f"Images cannot have {channels} channels.", hint="Choose 1 (grey) or 3 (colour).")


def read_header(data: bytes, name: str) -> Header:
    """What the beginning of a file tells; for kinds other than JPEG all of its bytes are needed, as marks of turning may stand at the end.

    Raises:
        PhotoError: it is no image, or its header is damaged.
    """
    photo = Photo.from_bytes(data, name)
    if photo.kind == "TIFF":
        grey, transparent = _tiff_facts(data)
    else:
        image = header.open_lazily(data, photo.kind, name)
        grey = image.mode in ("1", "L", "LA", "La") or image.mode.startswith("I")
        transparent = image.mode.endswith(("A", "a")) or "transparency" in image.info
    return Header(photo.kind, photo.width, photo.height, grey, transparent, photo.orientation != 1)


def _tiff_facts(data: bytes) -> tuple[bool, bool]:
    first = ifd.read_directory(data)
    assert first is not None  # Photo.from_bytes has read it
    extra = set(first.integers(_EXTRA_SAMPLES))
    return first.integer(_PHOTOMETRIC) in _GREY_PHOTOMETRICS, bool(extra & _OPACITY)


def _header_of(files: ImageFiles, index: int) -> Header:
    name = files.names[index]
    head = files.read_bytes(index, HEAD_BYTES)
    if len(head) == HEAD_BYTES:
        if head.startswith(b"\xff\xd8\xff"):
            try:
                return read_header(head, name)
            except PhotoError:  # the size comes later
                pass
        head = files.read_bytes(index)
    return read_header(head, name)
