"""The XMP packet of a GIF file.

GIF89a, sections 17 to 26 (blocks); XMP specification, part 3, section 1.1.2: the packet stands in an application extension as it is, not cut
into blocks; what follows it leads those who skip blocks, wherever they land in it, to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_APPLICATION = b"XMP DataXMP"
_TRAILER = bytes([1, *range(255, -1, -1), 0])
_APPLICATION_BLOCK, _COMMENT_BLOCK = b"\x21\xff", b"\x21\xfe"
_HEAD = 13


class _Extension(NamedTuple):
    """Where an extension lies, and the name of the application that it is of, if it is of one."""

    start: int
    end: int
    application: bytes


def xmp_packet(data: bytes) -> bytes | None:
    """The packet before the first picture, if there is one."""
    for found in _extensions(data):
        if found.application == _APPLICATION:
            content = data[found.start + 3 + len(_APPLICATION) : found.end]
            return content.removesuffix(_TRAILER) or None
    return None


def with_xmp(data: bytes, packet: bytes) -> bytes:
    """The file with a packet before its first picture, behind what else stands there. A packet may not hold zeros; those at its end are left out.

    Raises:
        ValueError: it holds some.
    """
    packet = packet.rstrip(b"\0")
    if 0 in packet:
        raise ValueError("an XMP packet with zeros in it")
    kept = b"".join(data[found.start : found.end] for found in _extensions(data) if found.application != _APPLICATION)
    begin, end = _colours_end(data), max((found.end for found in _extensions(data)), default=_colours_end(data))
    block = _APPLICATION_BLOCK + bytes([len(_APPLICATION)]) + _APPLICATION + packet + _TRAILER
    # Extensions came with the version of 1989.
    return b"GIF89a" + data[6:begin] + kept + block + data[end:]


def _colours_end(data: bytes) -> int:
    """Where the colours of all pictures end."""
    packed = data[10] if len(data) > 10 else 0
    return _HEAD + (3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0)


def _extensions(data: bytes) -> Iterator[_Extension]:
    """The extensions of applications, and comments, that stand before everything else."""
    position = _colours_end(data)
    while data[position : position + 2] in (_APPLICATION_BLOCK, _COMMENT_BLOCK):
        start, position = position, position + 2
        named = data[start:position] == _APPLICATION_BLOCK and position < len(data)
        application = data[position + 1 : position + 1 + data[position]] if named else b""
        while position < len(data) and data[position]:
            position += 1 + data[position]
        if position >= len(data):  # cut off
            return
        position += 1
        yield _Extension(start, position, application)
