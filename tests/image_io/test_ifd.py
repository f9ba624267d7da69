"""Directories of tags: what hostile ones may cost."""

import struct
import tracemalloc

import pytest

from latentedit.image_io import ifd


def directory(*entries: tuple[int, int, int, int], filler: int = 0) -> bytes:
    """A little-endian block with one directory at 8: (tag, type, count, value or place) each."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II" + struct.pack("<HI", 42, 8) + struct.pack("<H", len(entries)) + body + bytes(4 + filler)


@pytest.mark.parametrize("pointer", [ifd.EXIF_IFD, ifd.GPS_IFD, ifd.INTEROP_IFD])
def test_a_directory_that_points_to_itself_is_read_once(pointer: int) -> None:
    block = directory(*[(pointer, ifd.LONG, 1, 8)] * 4000, (ifd.ORIENTATION, 3, 1, 6))
    found = ifd.read_directory(block)
    assert found is not None and found.integer(ifd.ORIENTATION) == 6 and not found.children


def test_the_values_of_all_entries_take_no_more_than_the_file() -> None:
    size = 100_000
    block = directory(*[(40_000 + n, 1, size, 8) for n in range(2000)], (ifd.ORIENTATION, 3, 1, 6), filler=size)
    tracemalloc.start()
    found = ifd.read_directory(block)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found is not None and len(found.entries) > 0 and sum(len(e.value) for e in found.entries.values()) <= len(block)
    assert peak < 4 * len(block)


def test_the_first_of_two_entries_counts() -> None:
    found = ifd.read_directory(directory((ifd.ORIENTATION, 3, 1, 6), (ifd.ORIENTATION, 3, 1, 3)))
    assert found is not None and found.integer(ifd.ORIENTATION) == 6
