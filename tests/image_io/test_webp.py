"""What WebP files tell of how they were coded, on files by Pillow's encoder (libwebp)."""

from __future__ import annotations

import io

import numpy as np
import photographs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from latentedit.image_io import webp
from latentedit.image_io.writing import quality_again


def coded(**options: object) -> bytes:
    noise = np.random.default_rng(0).normal(0, 12, (160, 160, 3))
    smooth = np.asarray(Image.fromarray(photographs.picture()).resize((160, 160)))
    buffer = io.BytesIO()
    Image.fromarray((smooth + noise * (np.arange(160) > 80)[:, None]).clip(0, 255).astype(np.uint8)).save(
        buffer, "WEBP", **options
    )
    return buffer.getvalue()


@pytest.mark.parametrize("extra", [{}, {"method": 6}, {"method": 0}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}])
@pytest.mark.parametrize("quality", [20, 50, 75, 85, 92, 100])
def test_the_quality_is_told_from_the_quantisers(quality: int, extra: dict[str, object]) -> None:
    told = webp.quality_of(coded(quality=quality, **extra))
    assert told is not None and abs(told - quality) <= 12
    assert not webp.is_lossless(coded(quality=quality, **extra))


def test_finer_files_are_told_from_coarser_ones() -> None:
    told = [webp.quality_of(coded(quality=quality)) or 0 for quality in range(10, 101, 10)]
    assert told == sorted(told) and len(set(told)) == len(told)


def test_lossless_files_have_no_quality() -> None:
    data = coded(lossless=True)
    assert webp.is_lossless(data) and webp.quality_of(data) is None


@given(st.integers(0, 400), st.binary(max_size=30))
def test_damaged_files_are_told_as_they_can_be(cut: int, tail: bytes) -> None:
    told = webp.quality_of(coded(quality=75)[:cut] + tail)
    assert told is None or 0 <= told <= 100


def test_a_photograph_is_coded_again_about_as_well_as_it_was() -> None:
    assert quality_again(coded(quality=92), "WEBP") == webp.quality_of(coded(quality=92))
    assert quality_again(coded(quality=30), "WEBP") == 80
    assert quality_again(b"", "WEBP") == quality_again(b"", "AVIF") == 95
