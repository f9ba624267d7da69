"""The chunks of a PNG file, wherever they stand: metadata may come behind the samples, where Pillow finds it only after decoding them.

Portable Network Graphics specification (third edition), sections 5 (chunks) and 11.3.3 (text); XMP specification, part 3, section 1.1.5.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP_KEYWORD = b"XML:com.adobe.xmp\0"
_MAX_XMP = 2**24


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of every chunk in turn; the samples' (IDAT) content is left out."""
    position = len(SIGNATURE)
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name = data[position + 4 : position + 8]
        yield name, b"" if name == b"IDAT" else data[position + 8 : position + 8 + length]
        if name == b"IEND":
            return
        position += length + 12


def is_xmp(name: bytes, content: bytes) -> bool:
    """Whether a chunk holds an XMP packet."""
    return name == b"iTXt" and content.startswith(XMP_KEYWORD)


def xmp_packet(content: bytes) -> bytes | None:
    """The packet of an XMP chunk; None when it is damaged, or unpacks to more than 16 MiB."""
    compressed, method = content[len(XMP_KEYWORD) : len(XMP_KEYWORD) + 1], content[len(XMP_KEYWORD) + 1 : len(XMP_KEYWORD) + 2]
    texts = content[len(XMP_KEYWORD) + 2 :].split(b"\0", 2)
    if len(texts) < 3:
        return None
    if compressed != b"\1":
        return texts[2] or None
    if method != b"\0":
        return None
    unpacker = zlib.decompressobj()
    try:
        packet = unpacker.decompress(texts[2], _MAX_XMP)
    except zlib.error:
        return None
    return packet if packet and unpacker.eof else None


def xmp_chunk(packet: bytes) -> tuple[bytes, bytes]:
    """A chunk that holds a packet."""
    # No compression, no language, no translated keyword.
    return b"iTXt", XMP_KEYWORD + b"\0\0\0\0" + packet
