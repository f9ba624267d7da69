"""Masks are soft, whole in the middle and exactly zero at the square's border."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import FACE, average_face, hair_outline

from latentedit.brush import Brush
from latentedit.edits import Compositing, CompositingMode, EditMask, Region
from latentedit.errors import UsageError
from latentedit.masks import FaceInSquare, compositing_mask, edit_mask, soft_square, softened_brush
from latentedit.outlines import LEFT_EYE, MOUTH, RIGHT_EYE, face_outline, filled, hull


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
    mask = compositing_mask(Compositing("replace", feather), FACE)
    assert mask.shape == (256, 256) and mask.dtype == np.float32
    assert mask.min() >= 0 and mask.max() <= 1
    for x, y in [(0.5, 0.5), (0.4, 0.45), (0.5, 0.7)]:
        assert mask[int(y * 256), int(x * 256)] > 0.85
    assert mask[int(0.34 * 256), 128] > 0.7  # the forehead belongs to it
    border = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert border.max() < 0.03
    assert np.abs(np.diff(mask, axis=1)).max() < 2 / (feather * 256) + 0.02  # no jagged line


def test_face_mask_covers_less_than_the_square() -> None:
    assert compositing_mask(Compositing("replace", 0.1), FACE).mean() < 0.6 * soft_square(0.1).mean()


@pytest.mark.parametrize("region", get_args(Region))
@pytest.mark.parametrize("size", [32, 256, 1024])
def test_edit_masks_and_their_inverse_are_everything(region: Region, size: int) -> None:
    mask, rest = (edit_mask(EditMask(region, 0.05, inverted), FACE, size) for inverted in (False, True))
    assert mask.shape == (size, size) and mask.dtype == np.float32
    assert mask.min() >= 0 and mask.max() <= 1 and (mask.min() < 0.1 or region == "square")
    assert mask.max() > 0.6 or region in ("neck", "clothes")  # the drawing has none
    assert np.allclose(mask + rest, 1, atol=1e-5)


@pytest.mark.parametrize("mode", get_args(CompositingMode))
@pytest.mark.parametrize("region", [None, *get_args(Region)])
@pytest.mark.parametrize("inverted", [False, True])
def test_compositing_masks_end_before_the_border(mode: CompositingMode, region: Region | None, inverted: bool) -> None:
    if region is None and inverted:
        return  # there is nothing to invert, and the edit state refuses it
    mask = compositing_mask(Compositing(mode, 0.05, region, inverted), FACE)
    assert mask.dtype == np.float32 and mask.min() >= 0 and mask.max() <= 1
    assert max(mask[0].max(), mask[-1].max(), mask[:, 0].max(), mask[:, -1].max()) < 0.05
    assert mask.any() or (region == "square" and inverted)


def test_regions_lie_where_they_should() -> None:
    shapes = {region: np.asarray(FACE.regions.shape(region)) > 127 for region in get_args(Region)}
    for part in (LEFT_EYE, RIGHT_EYE, MOUTH):
        bare = np.asarray(filled([hull(FACE.regions.landmarks[part])], 256)) > 127
        assert not (shapes["skin"] & bare).any()
    for part in ("eyes", "mouth", "nose"):
        assert (shapes[part] & ~shapes["face"]).mean() < 0.01
    assert (shapes["face"] <= shapes["head"]).all() and (shapes["face"] <= shapes["person"]).all()
    assert (shapes["hair"] <= shapes["head"]).all() and (shapes["head"] <= shapes["person"]).mean() > 0.99
    assert np.array_equal(shapes["background"], ~shapes["person"])
    assert shapes["square"].all()
    height = {part: np.nonzero(shape)[0].mean() for part, shape in shapes.items()}
    assert height["hair"] < height["brows"] < height["eyes"] < height["nose"] < height["mouth"]


def test_skin_and_hair_are_told_from_the_wall_even_in_a_flat_drawing() -> None:
    face = np.asarray(filled([face_outline(average_face())], 256)) > 127
    hair = (np.asarray(filled([hair_outline()], 256)) > 127) & ~face
    for region, place in (("skin", face), ("hair", hair)):
        found = np.asarray(FACE.regions.shape(region)) > 127
        assert found.any() and (found & place).sum() > 0.8 * found.sum()


PAINTED = st.builds(
    lambda seed, size, grain: np.kron(
        np.random.default_rng(seed).choice([0, 0, 255, 128], (size, size)), np.ones((grain, grain))
    ).astype(np.uint8),
    st.integers(0, 100),
    st.integers(2, 8),
    st.integers(4, 16),
)


@given(PAINTED, st.floats(0, 0.5))
def test_a_painted_mask_stays_inside_its_paint(pixels: np.ndarray, feather: float) -> None:
    soft = softened_brush(pixels, feather)
    assert soft.shape == pixels.shape and soft.min() >= 0 and soft.max() <= 1
    assert not soft[pixels == 0].any()
    assert (soft <= pixels / 255 + 1e-6).all()
    # Interpolated between pixels, it is still nothing where nothing was painted.
    unpainted = np.argwhere(pixels == 0)
    for row, column in unpainted[:20]:
        assert not soft[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2].any()


def test_a_painted_disc_is_whole_in_the_middle() -> None:
    y, x = np.mgrid[:256, :256]
    disc = (((x - 128) ** 2 + (y - 128) ** 2) < 80**2).astype(np.uint8) * 255
    brush = Brush(disc)
    face = FaceInSquare(FACE.regions, {brush.region: brush})
    mask = edit_mask(EditMask(brush.region, 0.1), face, 512)
    rest = edit_mask(EditMask(brush.region, 0.1, True), face, 512)
    assert mask[256, 256] == 1 and rest[256, 256] == 0 and mask[0, 0] == 0 and rest[40, 40] == 1
    along = mask[256, 256:]
    assert (np.diff(along) <= 1e-6).all() and np.abs(np.diff(along)).max() < 0.1
    assert compositing_mask(Compositing(region=brush.region, feather=0.1), face).max() == 1


def test_what_was_not_painted_is_told() -> None:
    with pytest.raises(UsageError, match="painted mask"):
        edit_mask(EditMask("brush:" + "0" * 64), FACE, 64)
