"""The XMP packet in GIF files: what is put in comes out, and the pictures stay."""

from __future__ import annotations

import io

import numpy as np
import photographs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from latentedit.image_io.gif_blocks import with_xmp, xmp_packet

PACKETS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=700).map(str.encode)


def gif(count: int, **options: object) -> bytes:
    frames = [Image.fromarray(np.roll(photographs.picture(), 5 * i, axis=1)).quantize(64) for i in range(count)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], **options)
    return buffer.getvalue()


FILES = [gif(1), gif(3, loop=0, duration=50), gif(2, comment=b"hello " * 100, loop=2, duration=20)]


def shown(data: bytes) -> list[object]:
    """Pixels of all frames, and what the file says besides."""
    with Image.open(io.BytesIO(data)) as image:
        frames = []
        for number in range(image.n_frames):
            image.seek(number)
            frames.append(image.convert("RGBA").tobytes())
        image.seek(0)
        return [frames, image.info.get("loop"), image.info.get("duration"), image.info.get("comment")]


@given(packet=PACKETS, data=st.sampled_from(FILES))
def test_a_packet_comes_back_and_nothing_else_changes(packet: bytes, data: bytes) -> None:
    marked = with_xmp(data, packet)
    assert xmp_packet(data) is None and xmp_packet(marked) == packet
    assert shown(marked) == shown(data)
    assert marked.startswith(b"GIF89a") and packet in marked


@given(packets=st.tuples(PACKETS, PACKETS), data=st.sampled_from(FILES))
def test_a_new_packet_takes_the_place_of_the_old(packets: tuple[bytes, bytes], data: bytes) -> None:
    assert with_xmp(with_xmp(data, packets[0]), packets[1]) == with_xmp(data, packets[1])


def test_packets_with_zeros_would_not_be_read_back() -> None:
    assert xmp_packet(with_xmp(FILES[0], b"<a/>\0\0")) == b"<a/>"
    with pytest.raises(ValueError):
        with_xmp(FILES[0], b"<a>\0</a>")


@given(st.integers(0, len(FILES[1])), st.binary(max_size=40))
def test_damaged_files_have_no_packet(cut: int, tail: bytes) -> None:
    assert xmp_packet(FILES[1][:cut] + tail) is None or b"XMP Data" in tail
