"""Metadata of a PNG that stands behind its samples."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentedit.image_io import png_chunks
from latentedit.image_io.patching import Patch
from latentedit.images import open_photo, write_edited

PACKET = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description/></rdf:RDF></x:xmpmeta>"
EXIF = b"II" + struct.pack("<HIHHHIIi", 42, 8, 1, 274, 3, 1, 6, 0)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.fixture
def behind(tmp_path: Path) -> Path:
    """A 4 by 3 picture whose EXIF (turned by a quarter) and XMP come after the samples, as the standard allows."""
    png = io.BytesIO()
    Image.fromarray(np.arange(36, dtype=np.uint8).reshape(3, 4, 3)).save(png, "png")
    data = png.getvalue()
    end = data.index(b"IEND") - 4
    path = tmp_path / "behind.png"
    path.write_bytes(data[:end] + chunk(b"eXIf", EXIF) + chunk(*png_chunks.xmp_chunk(PACKET)) + data[end:])
    return path


def test_a_picture_is_turned_by_what_stands_behind_it(behind: Path) -> None:
    assert open_photo(behind).rgb_uint8.shape == (4, 3, 3)


@pytest.mark.parametrize("mark_ai", [True, False])
def test_its_packet_stays(behind: Path, tmp_path: Path, mark_ai: bool) -> None:
    change = Patch((0, 0, 2, 2), np.full((2, 2, 3), 0.4, np.float32), None)
    write_edited(open_photo(behind), [change], tmp_path / "out.png", mark_ai=mark_ai)
    packets = [
        png_chunks.xmp_packet(c)
        for name, c in png_chunks.chunks((tmp_path / "out.png").read_bytes())
        if png_chunks.is_xmp(name, c)
    ]
    assert len(packets) == 1 and packets[0] is not None and b"rdf:Description" in packets[0]
    assert (b"DigitalSourceType" in packets[0]) == mark_ai


def test_packed_packets_are_read_and_bombs_are_not() -> None:
    packed = png_chunks.XMP_KEYWORD + b"\1\0\0\0" + zlib.compress(PACKET)
    assert png_chunks.xmp_packet(packed) == PACKET
    assert png_chunks.xmp_packet(png_chunks.XMP_KEYWORD + b"\1\0\0\0" + zlib.compress(bytes(2**25))) is None
    assert png_chunks.xmp_packet(png_chunks.XMP_KEYWORD + b"\1\0\0\0broken") is None
    assert png_chunks.xmp_packet(png_chunks.xmp_chunk(PACKET)[1]) == PACKET


def test_a_clear_grey_stays_clear(tmp_path: Path) -> None:
    Image.new("L", (8, 8), 5).save(tmp_path / "clear.gif", transparency=5)
    write_edited(open_photo(tmp_path / "clear.gif"), [], tmp_path / "out.gif")
    with Image.open(tmp_path / "out.gif") as written:
        assert np.asarray(written.convert("RGBA"))[..., 3].max() == 0
