"""PNG's chunks: what to carry from one file into the next, and encoding 8 and 16 bits."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.image_io.metadata import Metadata

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_KEYWORD = b"XML:com.adobe.xmp\x00"
# Made anew with the pixels, or (animation, content credentials, histogram) no longer true of them.
_NOT_CARRIED = frozenset([b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"caBX", b"hIST"])
# These have to stand before the palette.
_COLOUR_CHUNKS = frozenset([b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"])

Chunk = tuple[bytes, bytes]


def chunks(data: bytes) -> Iterator[Chunk]:
    """Yield type and content of each chunk."""
    position = len(SIGNATURE)
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        yield data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        position += 12 + length


def kept_chunks(data: bytes) -> list[Chunk]:
    """What a file says besides its pixels and its XMP, word for word."""
    return [
        (type_, content)
        for type_, content in chunks(data)
        if type_ not in _NOT_CARRIED and not (type_ == b"iTXt" and content.startswith(_XMP_KEYWORD))
    ]


def metadata_chunks(metadata: Metadata) -> list[Chunk]:
    """Say in PNG's way what came from another kind of file."""
    result: list[Chunk] = []
    if metadata.icc is not None:
        result.append((b"iCCP", b"ICC profile\x00\x00" + zlib.compress(metadata.icc)))
    if metadata.dpi is not None:
        per_metre = [round(v / 0.0254) for v in metadata.dpi]
        result.append((b"pHYs", struct.pack(">IIB", *per_metre, 1)))
    if metadata.exif is not None:
        result.append((b"eXIf", metadata.exif))
    return result


def encode(pixels: Image.Image | NDArray[np.uint16], carried: list[Chunk], packet: bytes | None, options: dict[str, Any]) -> bytes:
    """Encode, with the carried chunks and the XMP packet where the PNG specification wants them.

    Args:
        pixels: Pillow image, or [H, W, C] uint16.
        carried: from :func:`kept_chunks` or :func:`metadata_chunks`.
        packet: an XMP packet.
        options: Pillow's save options, for an 8-bit image.
    """
    if isinstance(pixels, np.ndarray):
        bare = bytes(imagecodecs.png_encode(np.ascontiguousarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels), level=6))
    else:
        file = io.BytesIO()
        pixels.save(file, "PNG", **options)
        bare = file.getvalue()
    if packet is not None:
        carried = [*carried, (b"iTXt", _XMP_KEYWORD + b"\x00\x00\x00\x00" + packet)]
    first = [c for c in carried if c[0] in _COLOUR_CHUNKS]
    second = [c for c in carried if c[0] not in _COLOUR_CHUNKS]
    result = bytearray(SIGNATURE)
    for type_, content in chunks(bare):
        if type_ == b"IDAT":
            result += b"".join(_written(c) for c in second)
            second = []
        if type_ in _NOT_CARRIED:
            result += _written((type_, content))
        if type_ == b"IHDR":
            result += b"".join(_written(c) for c in first)
    return bytes(result)


def _written(chunk: Chunk) -> bytes:
    type_, content = chunk
    return struct.pack(">I", len(content)) + type_ + content + struct.pack(">I", zlib.crc32(type_ + content))
