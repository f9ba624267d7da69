"""The tag directories of TIFF files and EXIF blocks: reading, rebuilding, and patching single values in place.

Layout after TIFF 6.0, section 2, and EXIF 2.3, section 4.6. Values are kept as raw bytes in the byte order of their source, so
that what is not understood survives unchanged.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from typing import Literal

WIDTH, HEIGHT, BITS, SAMPLES, EXTRA_SAMPLES = 256, 257, 258, 277, 338
X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 282, 283, 296
ORIENTATION = 0x0112
EXIF_IFD = 0x8769
GPS_IFD = 0x8825
INTEROP_IFD = 0xA005
XMP = 700
ICC = 34675
PHOTOSHOP = 34377

BYTE, SHORT, LONG, RATIONAL, UNDEFINED = 1, 3, 4, 5, 7

Order = Literal["<", ">"]

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_POINTERS = (EXIF_IFD, GPS_IFD, INTEROP_IFD)
_MAX_ENTRIES = 4096
_MAX_DIRECTORIES = 8
"""Of one file: a first one, and what it points to (EXIF, GPS, interoperability), with room to spare."""


@dataclass(frozen=True)
class Entry:
    """One tag: its TIFF type, the number of values, the raw bytes of all of them, and where these lie in the source."""

    type: int
    count: int
    value: bytes
    position: int = 0


@dataclass(frozen=True)
class Directory:
    """A tag directory with the directories that it points to.

    Attributes:
        order: byte order of all raw values, as :mod:`struct` spells it.
        entries: tag to entry; pointers to known sub-directories are in ``children`` instead.
        children: pointer tag (EXIF, GPS, interoperability) to directory.
        next_position: where in the source the offset of the next directory stands.
    """

    order: Order
    entries: dict[int, Entry] = field(default_factory=dict)
    children: dict[int, Directory] = field(default_factory=dict)
    next_position: int = 0

    def integer(self, tag: int) -> int | None:
        """The first value of an integer tag, or None when it is absent or of another type."""
        values = self.integers(tag)
        return values[0] if values else None

    def integers(self, tag: int) -> tuple[int, ...]:
        """All values of an integer tag; empty when it is absent or of another type."""
        entry = self.entries.get(tag)
        code = {1: "B", 3: "H", 4: "I", 16: "Q"}.get(entry.type) if entry else None
        if entry is None or code is None:
            return ()
        return struct.unpack(f"{self.order}{entry.count}{code}", entry.value)

    def without(self, *tags: int) -> Directory:
        """The same directory less some tags (entries or children)."""
        return replace(
            self,
            entries={t: e for t, e in self.entries.items() if t not in tags},
            children={t: d for t, d in self.children.items() if t not in tags},
        )

    def with_entry(self, tag: int, type_: int, *values: int) -> Directory:
        """The same directory with an integer tag set."""
        code = {BYTE: "B", SHORT: "H", LONG: "I"}[type_]
        return self.with_bytes(tag, struct.pack(f"{self.order}{len(values)}{code}", *values), type_)

    def with_bytes(self, tag: int, value: bytes, type_: int = UNDEFINED) -> Directory:
        """The same directory with a tag of raw values set."""
        return replace(self, entries={**self.entries, tag: Entry(type_, len(value) // _SIZES[type_], value)})


def read_directory(data: bytes) -> Directory | None:
    """Read the first directory of a TIFF file or of an EXIF block (which starts at its ``II`` or ``MM``).

    Entries that point outside the data, are of an unknown type, or come a second time are left out, and so is what would make the values of all together
    larger than the data, and a directory that was met before: files made to take up the reader's time and memory do that. BigTIFF is read too.

    Returns:
        The directory, or None when the data does not start like one.
    """
    if data[:2] not in (b"II", b"MM") or len(data) < 8:
        return None
    order: Order = "<" if data[:2] == b"II" else ">"
    (version,) = struct.unpack_from(order + "H", data, 2)
    if version == 42:
        (offset,) = struct.unpack_from(order + "I", data, 4)
        return _read(data, order, offset, big=False, reading=_Reading(len(data)))
    if version == 43 and len(data) >= 16:
        (offset,) = struct.unpack_from(order + "Q", data, 8)
        return _read(data, order, offset, big=True, reading=_Reading(len(data)))
    return None


@dataclass
class _Reading:
    """What is left of the room for values, and the directories met, of one file."""

    room: int
    met: set[int] = field(default_factory=set)


def _read(data: bytes, order: Order, offset: int, *, big: bool, reading: _Reading) -> Directory | None:
    count_size, entry_size, word = (8, 20, "Q") if big else (2, 12, "I")
    if offset < 8 or offset + count_size > len(data) or offset in reading.met:
        return None
    reading.met.add(offset)
    (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, offset)
    if count > _MAX_ENTRIES:
        return None
    entries: dict[int, Entry] = {}
    children: dict[int, Directory] = {}
    for index in range(count):
        position = offset + count_size + index * entry_size
        if position + entry_size > len(data):
            break
        tag, type_, number = struct.unpack_from(order + "HH" + word, data, position)
        size = _SIZES.get(type_, 0) * number
        inline = position + (12 if big else 8)
        if size == 0 or tag in entries or tag in children:
            continue
        start = inline if size <= (8 if big else 4) else struct.unpack_from(order + word, data, inline)[0]
        if start + size > len(data):
            continue
        if tag in _POINTERS:
            target = int.from_bytes(data[start : start + size], "little" if order == "<" else "big")
            child = _read(data, order, target, big=big, reading=reading) if len(reading.met) < _MAX_DIRECTORIES else None
            if child is not None:
                children[tag] = child
        elif size <= reading.room:
            reading.room -= size
            entries[tag] = Entry(type_, number, data[start : start + size], start)
    return Directory(order, entries, children, offset + count_size + count * entry_size)


def serialise(directory: Directory, base: int) -> bytes:
    """Write a directory, its long values and its sub-directories as one block for position ``base`` of a classic TIFF.

    64-bit entries (BigTIFF) have no place there and are left out. The offset of the next directory is zero.
    """
    order = directory.order
    kept = {t: e for t, e in directory.entries.items() if e.type < 16}
    tags = sorted([*kept, *directory.children])
    head_size = 2 + 12 * len(tags) + 4
    head = bytearray(struct.pack(order + "H", len(tags)))
    tail = bytearray()
    for tag in tags:
        tail += b"\0" * (-(base + head_size + len(tail)) % 2)
        where = base + head_size + len(tail)
        if tag in kept:
            entry = kept[tag]
            head += struct.pack(order + "HHI", tag, entry.type, entry.count)
            if len(entry.value) <= 4:
                head += entry.value.ljust(4, b"\0")
            else:
                head += struct.pack(order + "I", where)
                tail += entry.value
        else:
            head += struct.pack(order + "HHII", tag, LONG, 1, where)
            tail += serialise(directory.children[tag], where)
    return bytes(head + b"\0\0\0\0" + tail)


def header(order: Order, first_directory: int) -> bytes:
    """The 8 bytes that a classic TIFF or an EXIF block starts with."""
    return (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, first_directory)


def exif_block(directory: Directory) -> bytes:
    """Write a directory as a free-standing EXIF block."""
    return header(directory.order, 8) + serialise(directory, 8)


def read_at(data: bytes, order: Order, offset: int) -> Directory | None:
    """Read the directory at a known place of a classic TIFF or EXIF block."""
    return _read(data, order, offset, big=False, reading=_Reading(len(data)))
