"""Putting a drawing back: where it lands, what stays, and that nothing is made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapes import FACE, square, waves
from torch import Tensor

from latentedit.alignment import apply_homography, crop_quad, quad_to_square, square_to_quad
from latentedit.compose import Mode, paste
from latentedit.edits import Compositing
from latentedit.image_io.patching import Patch
from latentedit.images import to_image
from latentedit.masks import Mask, compositing_mask
from latentedit.photo_sampling import PhotoSquare

MODES: list[Mode] = list(get_args(Mode))


@dataclass(frozen=True)
class Picture:
    rgb_uint8: NDArray[np.uint8]


def mask_of(mode: Mode) -> Mask:
    return compositing_mask(Compositing(mode), FACE)


def put(rgb: NDArray[np.uint8], quad: NDArray[np.float64], edited: Tensor, reference: Tensor, mode: Mode) -> Patch:
    patch = paste(Picture(rgb), quad, mask_of(mode), edited, reference, mode=mode)
    assert patch is not None
    return patch


def noise_image(size: int, seed: int) -> Tensor:
    return torch.rand((1, 3, size, size), generator=torch.Generator().manual_seed(seed)) * 2 - 1


quads = st.builds(square, st.floats(-60, 260), st.floats(-60, 200), st.floats(20, 150), st.floats(-np.pi, np.pi))


@settings(max_examples=40)
@given(quads, st.sampled_from([32, 100]), st.integers(0, 1000))
def test_an_edit_of_nothing_changes_nothing(quad: NDArray[np.float64], size: int, seed: int) -> None:
    drawn = noise_image(size, seed)
    patch = paste(Picture(waves(140, 200)), quad, mask_of("residual"), drawn, drawn.clone())
    assert patch is None or not patch.delta.any()


@settings(max_examples=40)
@given(quads, st.sampled_from(MODES), st.integers(0, 1000))
def test_outside_the_square_nothing_changes(quad: NDArray[np.float64], mode: Mode, seed: int) -> None:
    rgb = waves(140, 200)
    patch = paste(Picture(rgb), quad, mask_of(mode), noise_image(64, seed), noise_image(64, seed + 1), mode=mode)
    if patch is None:
        return
    left, top, right, bottom = patch.box
    assert 0 <= left < right <= 200 and 0 <= top < bottom <= 140
    assert np.isfinite(patch.delta).all()
    y, x = np.mgrid[top:bottom, left:right]
    places = apply_homography(quad_to_square(quad), np.stack([x, y], -1).astype(float))
    outside = ((places < -1e-5) | (places > 1 + 1e-5)).any(axis=-1)
    assert not patch.delta[outside].any()
    if patch.coverage is not None:
        assert not patch.coverage[outside].any()
    # What the patch leaves out lies outside of what the mask lets through: nothing is forgotten.
    mask = mask_of(mode)
    whole = np.stack(np.meshgrid(np.arange(200.0), np.arange(140.0)), -1)
    column, row = np.moveaxis(np.floor(apply_homography(quad_to_square(quad), whole) * len(mask)).astype(int), -1, 0)
    within = (column >= 0) & (column < len(mask)) & (row >= 0) & (row < len(mask))
    let_through = within & (mask[row.clip(0, len(mask) - 1), column.clip(0, len(mask) - 1)] > 0)
    let_through[top:bottom, left:right] = False
    assert not let_through.any()


def test_a_face_outside_the_photograph_is_no_patch() -> None:
    quad = square(900, 40, 50, 0.1)
    assert paste(Picture(waves(100, 100)), quad, mask_of("residual"), noise_image(32, 0), noise_image(32, 1)) is None


@pytest.mark.parametrize("half", [30.0, 110.0])  # smaller and larger than the drawing's 128 pixels
@pytest.mark.parametrize("angle", [0.0, 0.5, 2.5])
@pytest.mark.parametrize("mode", MODES)
def test_a_change_lands_where_it_was_drawn(half: float, angle: float, mode: Mode) -> None:
    quad = square(200, 150, half, angle)
    reference = torch.zeros(1, 3, 128, 128)
    spot = (0.55, 0.45)  # x, y in the square
    y, x = (torch.arange(128) + 0.5) / 128 - spot[1], (torch.arange(128) + 0.5) / 128 - spot[0]
    edited = reference + 0.8 * torch.exp(-(y[:, None] ** 2 + x[None] ** 2) / (2 * 0.06**2))
    grey = np.full((320, 400, 3), 127, dtype=np.uint8)  # what a drawing of zero is, but for half a level
    patch = put(grey, quad, edited, reference, mode)
    weight = patch.delta[..., 0].clip(0.01, None) - 0.01
    ys, xs = np.mgrid[patch.box[1] : patch.box[3], patch.box[0] : patch.box[2]]
    centre = np.array([(xs * weight).sum(), (ys * weight).sum()]) / weight.sum()
    found = apply_homography(quad_to_square(quad), centre)
    assert np.abs(found - spot).max() < 0.004
    assert patch.delta.max() == pytest.approx(0.4, abs=0.03)  # half, since [-1, 1] is twice [0, 1]


@pytest.mark.parametrize("half", [40.0, 64.0, 130.0])
def test_replacing_by_the_cut_itself_hardly_changes_anything(half: float) -> None:
    rgb = waves(320, 400)
    quad = square(190.4, 160.2, half, 0.3)
    cut = to_image(crop_quad(rgb, quad, 256))
    patch = put(rgb, quad, cut, cut, "replace")
    assert np.abs(patch.delta).mean() < 0.01
    assert np.abs(patch.delta).max() < 0.08


def test_a_small_face_gets_the_mean_of_fine_detail() -> None:
    board = (torch.arange(512)[:, None] + torch.arange(512)[None]) % 2 * 2.0 - 1  # one-pixel checks, mean zero
    edited = board.expand(1, 3, 512, 512)
    patch = put(np.full((100, 100, 3), 128, np.uint8), square(50, 50, 20, 0.2), edited, torch.zeros_like(edited), "residual")
    assert np.abs(patch.delta).max() < 0.02


def test_drawings_beyond_the_range_do_not_shine_through() -> None:
    quad = square(50, 50, 40, 0.0)
    patch = put(
        np.zeros((100, 100, 3), np.uint8), quad, torch.full((1, 3, 64, 64), 3.0), torch.full((1, 3, 64, 64), 1.0), "residual"
    )
    assert not patch.delta.any()


def test_strips_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb, quad = waves(140, 200), square(100, 70, 60, 0.3)
    whole = put(rgb, quad, noise_image(64, 1), noise_image(64, 2), "replace")
    monkeypatch.setattr("latentedit.compose._PIXELS_AT_ONCE", 500)
    strips = put(rgb, quad, noise_image(64, 1), noise_image(64, 2), "replace")
    assert whole.box == strips.box
    assert np.allclose(whole.delta, strips.delta, atol=1e-6)


def test_a_seamless_drawing_takes_the_photographs_colours() -> None:
    """The same picture under another light comes back under the photograph's."""
    rgb = waves(260, 260)
    quad = square(130, 130, 100, 0.2)
    cut = to_image(crop_quad(rgb, quad, 256))
    tinted = (cut + torch.tensor([0.15, -0.1, 0.05]).view(1, 3, 1, 1)).clamp(-1, 1)
    changed = {mode: np.abs(put(rgb, quad, tinted, cut, mode).delta).mean() for mode in ("seamless", "replace")}
    assert changed["seamless"] < 0.5 * changed["replace"]


@given(quads, st.integers(0, 9))
def test_a_square_knows_what_its_photograph_shows(quad: NDArray[np.float64], seed: int) -> None:
    square = PhotoSquare(np.zeros((50, 60, 3), np.uint8), quad)
    box = square.box((0.0, 0.0, 1.0, 1.0))
    if box is not None:
        assert bool(square.covers(square.places(box)).all())
    places = torch.rand(40, 2, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    x, y = apply_homography(square_to_quad(quad), (places.double().numpy() + 1) / 2).T
    shown = (x >= -0.5) & (x <= 59.5) & (y >= -0.5) & (y <= 49.5)
    assert np.array_equal(square.covers(places).numpy(), shown)


def test_a_seamless_drawing_is_not_tinted_by_what_stands_behind_it() -> None:
    """Where the drawing shows a wall and the photograph a red curtain, the difference is none of light."""
    rgb = np.full((260, 260, 3), 130, np.uint8)
    rgb[:, 185:] = (200, 30, 30)
    quad = square(130, 130, 100, 0.0)
    drawing = torch.full((1, 3, 256, 256), 130 / 127.5 - 1)
    patch = put(rgb, quad, drawing, drawing, "seamless")
    left, top, _, _ = patch.box
    assert np.abs(patch.delta[130 - top, 100 - left : 160 - left]).max() < 0.02
