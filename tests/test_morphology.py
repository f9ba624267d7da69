"""Growing and shrinking by squares, against Pillow's filters and the plain definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageFilter

from latentedit.morphology import eroded, grown

PICTURES = arrays.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20)))


@given(PICTURES, st.integers(0, 30))
def test_the_least_of_a_square_around_each_pixel(pixels: np.ndarray, radius: int) -> None:
    padded = np.pad(pixels, radius, "edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * radius + 1,) * 2)
    assert np.array_equal(eroded(pixels, radius), windows.min(axis=(2, 3)))
    assert np.array_equal(grown(pixels, radius), windows.max(axis=(2, 3)))


@given(arrays.arrays(np.uint8, (24, 24)), st.integers(1, 5))
def test_growing_is_pillows_filter(pixels: np.ndarray, radius: int) -> None:
    peer = Image.fromarray(pixels).filter(ImageFilter.MaxFilter(2 * radius + 1))
    assert np.array_equal(grown(pixels, radius), np.asarray(peer))
