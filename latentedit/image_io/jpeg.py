"""JPEG's segments: what to carry from one file into the next, and encoding like the original was."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from PIL import Image, JpegImagePlugin

from latentedit.errors import UsageError
from latentedit.image_io import header, xmp

_EXIF, _XMP, _XMP_MORE = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00"
_APP0, _APP1, _APP2, _APP11, _APP13, _APP14, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE, 0xFE
_IRB_THUMBNAILS = (1033, 1036)
_LONGEST_PAYLOAD = 65533


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and payload of each segment before the picture."""
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        if marker == 0xDA:
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:  # these have no payload
            position += 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        if length < 2:
            return
        yield marker, data[position + 4 : position + 2 + length]
        position += 2 + length


def extra_segments(data: bytes) -> bytes:
    """The application and comment segments worth keeping besides EXIF, XMP, profile and resolution, ready to be written.

    Left out are: what the encoder writes itself, tables of further pictures in the file (their offsets no longer hold), and
    content credentials (they vouch for other pixels).
    """
    kept = bytearray()
    for marker, payload in segments(data):
        if marker == _APP13:
            payload = without_thumbnails(payload)
        written_elsewhere = (
            marker in (_APP0, _APP11, _APP14)
            or (marker == _APP1 and payload.startswith((_EXIF, _XMP)))
            or (marker == _APP2 and payload.startswith((b"ICC_PROFILE\x00", b"MPF\x00")))
        )
        if (0xE0 <= marker <= 0xEF or marker == _COMMENT) and not written_elsewhere:
            kept += struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
    return bytes(kept)


def without_thumbnails(resources: bytes) -> bytes:
    """Take the previews out of Photoshop's image resources (Adobe Photoshop File Formats, "Image Resource Blocks")."""
    signature = b"Photoshop 3.0\x00"
    prefix = signature if resources.startswith(signature) else b""
    result = bytearray(prefix)
    position = len(prefix)
    while resources[position : position + 4] == b"8BIM" and position + 12 <= len(resources):
        (number,) = struct.unpack_from(">H", resources, position + 4)
        name = resources[position + 6] + 1
        at = position + 6 + name + name % 2
        if at + 4 > len(resources):
            break
        (size,) = struct.unpack_from(">I", resources, at)
        end = at + 4 + size + size % 2
        if number not in _IRB_THUMBNAILS:
            result += resources[position:end]
        position = end
    return bytes(result + resources[position:])


def like_original(data: bytes, name: str) -> dict[str, Any]:
    """Pillow's save options that encode as the file was: its quantisation tables, subsampling and scan order."""
    image = header.open_lazily(data, "JPEG", name)
    assert isinstance(image, JpegImagePlugin.JpegImageFile)
    options: dict[str, Any] = {"progressive": bool(image.info.get("progressive") or image.info.get("progression"))}
    if image.quantization:
        options["qtables"] = image.quantization
    sampling = JpegImagePlugin.get_sampling(image)
    options["subsampling"] = sampling if sampling >= 0 else 0
    if image.mode == "RGB" and image.info.get("adobe_transform") == 0:
        options["keep_rgb"] = True
    return options


def encode(image: Image.Image, options: dict[str, Any], packet: bytes | None) -> bytes:
    """Encode with Pillow; a too long XMP packet is tightened first.

    Raises:
        UsageError: EXIF or XMP fit no segment.
    """
    if packet is not None:
        if len(packet) > xmp.JPEG_LIMIT:
            packet = xmp.trimmed(packet)
        options = {**options, "xmp": packet}
    if len(packet or b"") > xmp.JPEG_LIMIT or len(options.get("exif", b"")) > _LONGEST_PAYLOAD:
        raise UsageError(
            "The photograph carries more EXIF or XMP than a JPEG file can hold.", hint="Write a PNG or TIFF file instead."
        )
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()
