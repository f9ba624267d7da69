"""Small changes inside EXIF blocks, in place, so that what cameras put there with absolute offsets stays valid."""

from __future__ import annotations

import struct

from latentedit.image_io import ifd

_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH = 513, 514


def without_thumbnail(block: bytes) -> bytes:
    """Blank the embedded preview and unlink it: it shows the photograph as it was before the edit."""
    first = ifd.read_directory(block)
    if first is None or first.next_position + 4 > len(block):
        return block
    changed = bytearray(block)
    (second_at,) = struct.unpack_from(first.order + "I", block, first.next_position)
    struct.pack_into(first.order + "I", changed, first.next_position, 0)
    second = ifd.read_at(block, first.order, second_at)
    offset, length = (second.integer(t) if second else None for t in (_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH))
    if offset is not None and length is not None and offset >= 8 and offset + length <= len(block):
        changed[offset : offset + length] = bytes(length)
    return bytes(changed)


def upright(block: bytes) -> bytes:
    """Set the orientation of an EXIF block or TIFF file to 1, the samples' own; one without the tag stays as it is."""
    first = ifd.read_directory(block)
    entry = first.entries.get(ifd.ORIENTATION) if first is not None else None
    if first is None or entry is None or entry.type not in (ifd.SHORT, ifd.LONG):
        return block
    value = struct.pack(first.order + ("H" if entry.type == ifd.SHORT else "I"), 1)
    return block[: entry.position] + value + block[entry.position + len(value) :]
