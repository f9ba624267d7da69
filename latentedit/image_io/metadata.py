"""What a photograph carries besides its pixels: EXIF, XMP, colour profile, resolution."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from latentedit.image_io import gif_blocks, header, ifd, png_chunks
from latentedit.image_io.kinds import Kind


@dataclass(frozen=True)
class Metadata:
    """What all kinds of file can carry.

    Attributes:
        exif: an EXIF block, starting at its ``II`` or ``MM``.
        xmp: an XMP packet.
        icc: a colour profile.
        dpi: horizontal and vertical resolution, dots per inch.
        orientation: EXIF orientation, 1 to 8.
    """

    exif: bytes | None = None
    xmp: bytes | None = None
    icc: bytes | None = None
    dpi: tuple[float, float] | None = None
    orientation: int = 1


# Tags that describe how a TIFF file lays out its pixels; they mean nothing in another file.
TIFF_STRUCTURE = frozenset(
    [
        *range(254, 260),
        262,
        *range(263, 267),
        273,
        *range(277, 282),
        284,
        *range(288, 294),
        301,
        *range(317, 326),
        330,
        332,
        334,
        *range(338, 343),
        347,
        *range(512, 516),
        *range(517, 522),
        *range(529, 533),
        37724,
    ]
)
# Carried by other means than the EXIF block.
_TIFF_BLOCKS = (ifd.XMP, ifd.ICC, ifd.PHOTOSHOP, 33723)


def read(data: bytes, kind: Kind, name: str) -> Metadata:
    """Read what a file carries. Damaged metadata counts as absent: the picture is what matters.

    Raises:
        PhotoError: the file's header is damaged.
    """
    if kind == "TIFF":
        return _from_tiff(data)
    image = header.open_lazily(data, kind, name)
    with header.reading(name):
        info = image.info
        exif = _bytes(info.get("exif"))
        if exif is not None:
            exif = exif.removeprefix(b"Exif\x00\x00")
        xmp = _bytes(info.get("xmp"))
        icc = _bytes(info.get("icc_profile"))
        dpi = info.get("dpi")
    if kind == "PNG":
        for chunk, content in png_chunks.chunks(data):
            if chunk == b"eXIf":
                exif = content or exif
            elif png_chunks.is_xmp(chunk, content):
                xmp = png_chunks.xmp_packet(content) or xmp
    if kind == "GIF":
        xmp = gif_blocks.xmp_packet(data)
    directory = ifd.read_directory(exif) if exif is not None else None
    return Metadata(exif if directory is not None else None, xmp, icc, _dpi(dpi), _orientation(directory))


def _from_tiff(data: bytes) -> Metadata:
    directory = ifd.read_directory(data)
    if directory is None:
        return Metadata()
    xmp, icc = directory.entries.get(ifd.XMP), directory.entries.get(ifd.ICC)
    portable = directory.without(*TIFF_STRUCTURE, *_TIFF_BLOCKS)
    exif = ifd.exif_block(portable) if portable.entries or portable.children else None
    return Metadata(exif, xmp.value if xmp else None, icc.value if icc else None, _tiff_dpi(directory), _orientation(directory))


def _tiff_dpi(directory: ifd.Directory) -> tuple[float, float] | None:
    values = []
    for tag in (ifd.X_RESOLUTION, ifd.Y_RESOLUTION):
        entry = directory.entries.get(tag)
        if entry is None or entry.type != ifd.RATIONAL:
            return None
        above, below = struct.unpack_from(directory.order + "II", entry.value)
        values.append(above / max(below, 1))
    per_inch = {2: 1.0, 3: 2.54}.get(directory.integer(ifd.RESOLUTION_UNIT) or 2)
    return _dpi((values[0] * per_inch, values[1] * per_inch)) if per_inch else None


def _orientation(directory: ifd.Directory | None) -> int:
    value = directory.integer(ifd.ORIENTATION) if directory is not None else None
    return value if value is not None and 1 <= value <= 8 else 1


def _dpi(value: object) -> tuple[float, float] | None:
    if not isinstance(value, tuple) or len(value) != 2:
        return None
    x, y = float(value[0]), float(value[1])
    return (x, y) if 1 <= x <= 65535 and 1 <= y <= 65535 else None


def _bytes(value: object) -> bytes | None:
    if isinstance(value, str):
        value = value.encode()
    return bytes(value) if isinstance(value, bytes | bytearray) and value else None
