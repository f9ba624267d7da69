"""Arrays to images and back."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtGui import QColor, QColorSpace, QImage

from latentedit_gui.pixels import image_of, rgb_of, rgba_of, shared_image


@given(st.integers(1, 70), st.integers(1, 140), st.sampled_from([3, 4]), st.integers(0, 99))
def test_there_and_back_is_the_same(width: int, height: int, channels: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)
    back = rgb_of if channels == 3 else rgba_of
    np.testing.assert_array_equal(back(shared_image(pixels)), pixels)
    if channels == 3:
        np.testing.assert_array_equal(rgb_of(image_of(pixels)), pixels)


def test_alpha_is_premultiplied_for_painting_and_straight_in_arrays() -> None:
    pixels = np.array([[[200, 100, 50, 128], [200, 100, 50, 0], [200, 100, 50, 255]]], dtype=np.uint8)
    image = image_of(pixels)
    assert image.format() == QImage.Format.Format_ARGB32_Premultiplied
    memory = image.constBits()
    assert memory is not None
    stored = np.frombuffer(memory.asstring(image.sizeInBytes()), dtype=np.uint32).reshape(-1)
    assert (stored[0] >> 16) & 255 == pytest.approx(200 * 128 / 255, abs=1) and stored[1] == 0
    back = rgba_of(image).astype(int)
    np.testing.assert_array_equal(back[..., 3], pixels[..., 3])
    assert np.abs(back[0, [0, 2]] - pixels[0, [0, 2]]).max() <= 1


def test_transparent_is_seen_on_white() -> None:
    pixels = np.array([[[0, 0, 0, 0], [255, 0, 0, 255], [0, 0, 0, 51]]], dtype=np.uint8)
    np.testing.assert_array_equal(rgb_of(shared_image(pixels))[0], [[255, 255, 255], [255, 0, 0], [204, 204, 204]])


def test_a_shared_image_keeps_its_array_and_lets_it_go() -> None:
    pixels = np.full((4, 6, 3), 9, dtype=np.uint8)
    seen_by = weakref.ref(pixels)
    image = shared_image(pixels)
    again = QImage(image)
    del image, pixels
    gc.collect()
    assert seen_by() is not None and again.pixelColor(5, 3) == QColor(9, 9, 9)
    del again
    gc.collect()
    assert seen_by() is None


def test_sharing_copies_nothing_and_copying_shares_nothing() -> None:
    pixels = np.zeros((4, 6, 3), dtype=np.uint8)
    shared, own = shared_image(pixels), image_of(pixels)
    pixels[0, 0] = 200
    assert shared.pixelColor(0, 0).red() == 200 and own.pixelColor(0, 0).red() == 0


@pytest.mark.parametrize("view", [np.s_[::2, ::3], np.s_[:, ::-1], np.s_[1:, 2:]])
def test_any_strides(view: tuple[slice, slice]) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (9, 13, 3), dtype=np.uint8)[view]
    np.testing.assert_array_equal(rgb_of(image_of(pixels)), pixels)
    np.testing.assert_array_equal(rgb_of(shared_image(pixels)), pixels)


def test_colours_come_back_in_srgb() -> None:
    image = QImage(1, 1, QImage.Format.Format_RGB888)
    image.fill(QColor(0, 200, 0))
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    red, green, _ = rgb_of(image)[0, 0].tolist()
    assert red == 0 and green > 200


@pytest.mark.parametrize("shape", [(4,), (4, 4, 2), (0, 4, 3), (1, 4, 4, 3)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected 8-bit pixels"):
        image_of(np.zeros(shape, dtype=np.uint8))
