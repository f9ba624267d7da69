"""Painted masks: known by their content, and cut out of a mask of the whole photograph."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import square

from latentedit.alignment import apply_homography, quad_side, quad_to_square
from latentedit.brush import Brush, brush_from_photo_mask
from latentedit.edits import EditMask
from latentedit.errors import UsageError


def test_a_brush_is_known_by_its_content() -> None:
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8)
    brush = Brush(pixels)
    assert brush.region == Brush(pixels.copy()).region != Brush(pixels.T).region
    assert EditMask(brush.region).region == brush.region
    pixels[0, 0] = 9
    assert brush.pixels[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        brush.pixels[0, 0] = 1


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((8, 9), np.uint8),
        np.zeros((8, 8, 3), np.uint8),
        np.zeros((7, 7), np.uint8),
        np.zeros((1025, 1025), np.uint8),
        np.zeros((8, 8), np.float32),
        np.zeros((8, 8), bool),
    ],
)
def test_what_is_no_brush_is_refused(pixels: Any) -> None:
    with pytest.raises(UsageError):
        Brush(pixels)


@settings(max_examples=40)
@given(st.floats(-60, 260), st.floats(-60, 200), st.floats(10, 150), st.floats(-np.pi, np.pi), st.integers(0, 99))
def test_a_photographs_mask_lands_where_it_was_painted(x: float, y: float, half: float, angle: float, seed: int) -> None:
    """Each pixel of the brush shows what the mask has there, within a pixel's reach."""
    quad = square(x, y, half, angle)
    rng = np.random.default_rng(seed)
    mask = np.kron(rng.choice([0, 255], (14, 20)), np.ones((10, 10))).astype(np.uint8)
    brush = brush_from_photo_mask(mask, quad).pixels
    places = apply_homography(quad_to_square(quad), np.stack(np.meshgrid(np.arange(200.0), np.arange(140.0)), -1))
    # Where the mask is of one colour for some pixels around, the brush is of that colour.
    window = np.lib.stride_tricks.sliding_window_view(mask, (7, 7))
    plain = np.zeros(mask.shape, bool)
    plain[3:-3, 3:-3] = window.min(axis=(2, 3)) == window.max(axis=(2, 3))
    inside = (places > 0.02).all(axis=-1) & (places < 0.98).all(axis=-1) & plain
    columns, rows = (places[inside] * len(brush)).astype(int).T
    assert np.array_equal(brush[rows, columns], mask[inside])


def test_a_large_face_has_a_brush_of_bounded_size() -> None:
    quad = square(1500, 1500, 1400, 0.2)
    mask = np.zeros((3000, 3000), np.uint8)
    mask[1498:1502] = 255  # a thin stroke
    brush = brush_from_photo_mask(mask, quad)
    assert brush.pixels.shape == (1024, 1024) and quad_side(quad) > 2000
    assert brush.pixels.mean() == pytest.approx(255 * 4 / 2800 / np.cos(0.2), rel=0.05)


def test_outside_of_the_photograph_nothing_is_painted() -> None:
    white = np.full((100, 100), 255, np.uint8)
    brush = brush_from_photo_mask(white, square(0, 50, 40, 0.0)).pixels
    assert not brush[:, : len(brush) // 2 - 2].any() and (brush[:, len(brush) // 2 + 2 :] == 255).all()
