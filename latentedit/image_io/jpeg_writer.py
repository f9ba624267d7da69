"""Writing JPEG: new samples with the old quantisation, and all other segments as they were.

ITU-T T.81, annex B (segments); XMP specification, part 3, section 1.1.3.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, JpegImagePlugin

from latentedit.image_io import exif as exif_block
from latentedit.image_io import header, xmp
from latentedit.image_io.jpeg_blocks import redraw, stores_rgb
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import Native
from latentedit.side_process import Caller, call_here

_EXIF, _XMP, _ICC = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0"
_MULTI_PICTURE = b"MPF\0"
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT, _START_OF_SCAN = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA
_LARGEST = 65533
_NEW_QUALITY = 95


@dataclass(frozen=True)
class _Segment:
    marker: int
    content: bytes

    def pack(self) -> bytes:
        return struct.pack(">BBH", 0xFF, self.marker, len(self.content) + 2) + self.content


def rewrite(
    original: bytes, native: Native, packet: bytes | None, name: str, *, quality: int | None = None, call: Caller = call_here
) -> bytes:
    """Write a JPEG again with new samples: same quantisation, subsampling, metadata, and blocks where nothing changed.

    Args:
        original: the file that the samples came from.
        native: the samples.
        packet: the XMP packet to carry instead of the original's.
        name: what to call the file in an error.
        quality: 1 to 100: all blocks are coded anew with it, at the original's subsampling; None keeps what nothing changes.
        call: as for :func:`latentedit.image_io.jpeg_blocks.redraw`.
    """
    image = _image(native)
    if quality is None:
        encoded = redraw(original, image, name, call) or _encode(image, **_settings_of(original, name))
    else:
        settings = {key: value for key, value in _settings_of(original, name).items() if key != "qtables"}
        encoded = _encode(image, **settings, quality=quality)
    kept = [_updated(s) for s in _segments(original)[0] if _is_kept(s)]
    if packet is not None:
        at = next((i for i, s in enumerate(kept) if s.marker > _APP1 or s.marker < _APP0), len(kept))
        kept[at:at] = _xmp_segments(packet)
    return _with_segments(encoded, kept)


def encode(native: Native, metadata: Metadata, quality: int | None = None) -> bytes:
    """Write a new JPEG of 8-bit grey, RGB or CMYK samples, at a quality of 1 to 100, 95 if None, and without subsampling."""
    options: dict[str, Any] = {"quality": _NEW_QUALITY if quality is None else quality, "subsampling": 0}
    if metadata.dpi is not None:
        options["dpi"] = tuple(round(value) for value in metadata.dpi)
    encoded = _encode(_image(native), **options)
    added = [s for s in _segments(encoded)[0] if s.marker == _APP0]
    # A block too long for one segment is one that no camera wrote; JPEG has no place for it.
    if metadata.exif is not None and len(metadata.exif) + len(_EXIF) <= _LARGEST:
        added.append(_Segment(_APP1, _EXIF + metadata.exif))
    if metadata.xmp is not None:
        added += _xmp_segments(metadata.xmp)
    if metadata.icc is not None:
        added += _icc_segments(metadata.icc)
    return _with_segments(encoded, added)


def _image(native: Native) -> Image.Image:
    if not isinstance(native.store, Image.Image):
        raise TypeError("JPEG holds 8-bit samples")
    return native.store


def _encode(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    return buffer.getvalue()


def _settings_of(original: bytes, name: str) -> dict[str, Any]:
    image = header.open_jpeg(original, name)
    tables = image.quantization
    # Pillow gives component i the table i; the file may share tables in another way, so they are spelt out.
    used = [layer[3] for layer in image.layer]
    settings: dict[str, Any] = {"progressive": bool(image.info.get("progressive"))}
    settings["qtables"] = [list(tables[number]) for number in used]
    if len(used) == 3 and used[1] == used[2]:
        settings["qtables"].pop()
    if stores_rgb(image):
        settings |= {"keep_rgb": True, "subsampling": 0}
    elif len(used) == 3:
        sampling = JpegImagePlugin.get_sampling(image)
        # Rare ways of subsampling cannot be written; none at all loses nothing.
        settings["subsampling"] = sampling if sampling >= 0 else 0
    return settings


def _is_kept(segment: _Segment) -> bool:
    if segment.marker == _APP14:
        return False  # the encoder's own tells how it coded the colours
    if segment.marker == _APP1 and segment.content.startswith(_XMP):
        return False
    if segment.marker == _APP2 and segment.content.startswith(_MULTI_PICTURE):
        return False  # offsets of further pictures behind this one, which are left out
    return _APP0 <= segment.marker <= _APP15 or segment.marker == _COMMENT


def _updated(segment: _Segment) -> _Segment:
    if segment.marker == _APP1 and segment.content.startswith(_EXIF):
        return _Segment(_APP1, _EXIF + exif_block.without_thumbnail(segment.content[len(_EXIF) :]))
    return segment


def _xmp_segments(packet: bytes) -> Iterator[_Segment]:
    if len(packet) + len(_XMP) > _LARGEST:
        packet = xmp.without_padding(packet)
    if len(packet) + len(_XMP) > _LARGEST:
        # Only the mark fits; it counts more than a history of hundreds of steps.
        packet = xmp.marked(None, xmp.EDITED)
    yield _Segment(_APP1, _XMP + packet)


def _icc_segments(profile: bytes) -> list[_Segment]:
    size = _LARGEST - len(_ICC) - 2
    parts = [profile[i : i + size] for i in range(0, len(profile), size)]
    return [_Segment(_APP2, _ICC + bytes([i + 1, len(parts)]) + part) for i, part in enumerate(parts)]


def _with_segments(encoded: bytes, segments: list[_Segment]) -> bytes:
    """The encoder's file with these application segments instead of its own, except the one about colours."""
    own, scan = _segments(encoded)
    coding = [s for s in own if not (_APP0 <= s.marker <= _APP15 or s.marker == _COMMENT) or s.marker == _APP14]
    return b"\xff\xd8" + b"".join(s.pack() for s in [*segments, *coding]) + encoded[scan:]


def _segments(data: bytes) -> tuple[list[_Segment], int]:
    """The segments before the first scan, and where that begins."""
    found: list[_Segment] = []
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF or data[position + 1] in (0x00, 0xFF):
            position += 1
            continue
        marker = data[position + 1]
        if marker == _START_OF_SCAN:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            position += 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        found.append(_Segment(marker, data[position + 4 : position + 2 + length]))
        position += 2 + length
    return found, position
