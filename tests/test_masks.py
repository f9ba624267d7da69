"""Masks are soft, whole in the middle and exactly zero at the square's border."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import average_face, face_points

from latentedit.edits import EditMask, Region
from latentedit.masks import edit_mask, face_mask, region_shape, soft_square


@given(st.floats(0.02, 0.5), st.integers(8, 300))
def test_soft_square(feather: float, size: int) -> None:
    mask = soft_square(feather, size)
    assert mask.dtype == np.float32 and mask.shape == (size, size)
    assert mask.min() >= 0 and mask.max() <= 1
    assert np.allclose(mask, mask.T) and np.allclose(mask, mask[::-1])
    half = mask[size // 2, : size // 2]
    assert (np.diff(half) >= -1e-6).all()
    beyond = (np.arange(size // 2) + 0.5) / size >= feather
    assert np.allclose(half[beyond], half[-1], atol=1e-6)


@pytest.mark.parametrize("feather", [0.02, 0.1, 0.15, 0.3])
def test_face_mask(feather: float) -> None:
    mask = face_mask(face_points(), feather, 256)
    assert mask.shape == (256, 256) and mask.dtype == np.float32
    assert mask.min() >= 0 and mask.max() <= 1
    for x, y in [(0.5, 0.5), (0.4, 0.45), (0.5, 0.7)]:
        assert mask[int(y * 256), int(x * 256)] > 0.85
    assert mask[int(0.34 * 256), 128] > 0.7  # the forehead belongs to it
    border = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert border.max() < 0.03
    assert np.abs(np.diff(mask, axis=1)).max() < 2 / (feather * 256) + 0.02  # no jagged line


def test_face_mask_covers_less_than_the_square() -> None:
    assert face_mask(face_points(), 0.1).mean() < 0.6 * soft_square(0.1).mean()


@pytest.mark.parametrize("region", get_args(Region))
@pytest.mark.parametrize("size", [32, 256, 1024])
def test_edit_masks_and_their_inverse_are_everything(region: Region, size: int) -> None:
    mask, rest = (edit_mask(EditMask(region, 0.05, inverted), average_face(), size) for inverted in (False, True))
    assert mask.shape == (size, size) and mask.dtype == np.float32
    assert mask.min() >= 0 and mask.max() <= 1 and mask.max() > 0.6 and mask.min() < 0.1
    assert np.allclose(mask + rest, 1, atol=1e-5)


def test_regions_lie_where_they_should() -> None:
    shapes = {region: np.asarray(region_shape(region, average_face())) > 127 for region in get_args(Region)}
    assert not (shapes["skin"] & (shapes["eyes"] | shapes["mouth"] | shapes["brows"])).any()
    for part in ("skin", "eyes", "mouth", "nose"):
        assert (shapes[part] & ~shapes["face"]).mean() < 0.01
    assert not (shapes["face"] & shapes["hair"]).any()
    assert np.array_equal(shapes["background"], ~(shapes["face"] | shapes["hair"]))
    height = {part: np.nonzero(shape)[0].mean() for part, shape in shapes.items()}
    assert height["hair"] < height["brows"] < height["eyes"] < height["nose"] < height["mouth"]
