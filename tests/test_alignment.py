"""The FFHQ square: its place, the maps both ways, and the cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from shapes import square, waves

from latentedit.alignment import (
    apply_homography,
    crop_quad,
    ffhq_quad,
    gaussian_blur,
    is_square_seen,
    quad_side,
    quad_to_square,
    square_to_quad,
)
from latentedit.errors import PhotoError

Array = NDArray[np.float64]
angles = st.floats(-np.pi, np.pi)


def points_with(left_eye: Array, right_eye: Array, mouth: Array) -> Array:
    points = np.zeros((68, 2))
    points[36:42], points[42:48] = left_eye, right_eye
    points[[48, 54]] = mouth + np.array([[-10, 0], [10, 0]])
    return points


def test_quad_of_a_known_face() -> None:
    # Worked by hand: eye to eye (40, 0), eye to mouth (0, 50), so x points along (90, 0), scaled to max(80, 90).
    quad = ffhq_quad(points_with(np.array([80, 100]), np.array([120, 100]), np.array([100, 150])))
    assert np.allclose(quad, [[10, 15], [10, 195], [190, 195], [190, 15]])
    # Closely set mouth: the eyes decide, 2 * 40.
    quad = ffhq_quad(points_with(np.array([80, 100]), np.array([120, 100]), np.array([100, 120])))
    assert np.allclose(quad, [[20, 22], [20, 182], [180, 182], [180, 22]])


@given(angles, st.floats(0.2, 20), st.floats(-500, 500), st.floats(-500, 500), st.integers(0, 2**31))
def test_quad_follows_the_face(angle: float, scale: float, x: float, y: float, seed: int) -> None:
    base = points_with(np.array([-20.0, 0]), np.array([20.0, 0]), np.array([0, 50.0]))
    base = base + np.random.default_rng(seed).normal(size=(68, 2))
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert np.allclose(ffhq_quad(base @ turn.T + np.array([x, y])), ffhq_quad(base) @ turn.T + np.array([x, y]), atol=1e-6)


@pytest.mark.parametrize("points", [np.zeros((68, 2)), np.full((68, 2), np.nan), np.zeros((5, 2))])
def test_no_quad_without_a_face(points: Array) -> None:
    with pytest.raises(ValueError):
        ffhq_quad(points)


@given(
    st.floats(-3000, 3000),
    st.floats(-3000, 3000),
    st.floats(10, 3000),
    angles,
    st.sampled_from([1.0, 256.0, 1024.0]),
    st.integers(0, 2**31),
)
def test_maps_are_inverse(x: float, y: float, half: float, angle: float, size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    quad = square(x, y, half, angle) + rng.uniform(-0.2, 0.2, (4, 2)) * half  # general quads too
    to_photo, to_square = square_to_quad(quad, size), quad_to_square(quad, size)
    corners = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * size
    assert np.allclose(apply_homography(to_photo, corners), quad, atol=1e-6 * half)
    inside = rng.uniform(0, size, (20, 2))
    assert np.allclose(apply_homography(to_square, apply_homography(to_photo, inside)), inside, atol=1e-6 * size)


def test_a_line_is_no_quad() -> None:
    with pytest.raises(ValueError, match="area"):
        square_to_quad(np.array([[0.0, 0], [0, 0], [0, 0], [0, 0]]))


@pytest.mark.parametrize("size", [32, 64, 128])
@pytest.mark.parametrize("angle", [0.0, 0.4, -2.0])
@pytest.mark.parametrize("half", [40.0, 83.3, 190.7])
def test_every_pixel_of_the_cut_shows_its_place(size: int, angle: float, half: float) -> None:
    y, x = np.mgrid[:600, :700]
    ramp = np.rint(np.stack([x * 0.3, y * 0.3, 0 * x], 2)).astype(np.uint8)  # a pixel's colour is its place
    quad = square(350.3, 301.7, half, angle)
    # Pillow rounds down; the mean of a ramp's cut and its negative's is free of that.
    rising, falling = crop_quad(ramp, quad, size).astype(float), crop_quad(255 - ramp, quad, size).astype(float)
    shown = ((rising + 255 - falling) / 2)[..., :2] / 0.3
    rows, columns = np.mgrid[:size, :size] + 0.5
    places = apply_homography(square_to_quad(quad, size), np.stack([columns, rows], -1))
    assert np.abs(shown - places).max() < 1 / 0.3  # one level
    # On average, a twentieth of a pixel of the cut, or little of a pixel of the photograph.
    assert np.abs((shown - places).mean(axis=(0, 1))).max() < max(0.15, 0.05 * 2 * half / size)


def published_crop(picture: Image.Image, landmarks: Array, size: int) -> NDArray[np.uint8]:
    """The FFHQ preparation again, written from the published one step by step (Karras et al., ffhq-dataset,
    recreate_aligned_images): on the whole picture, and with nothing of ours.
    """
    left, right = landmarks[36:42].mean(axis=0), landmarks[42:48].mean(axis=0)
    eye, mouth = (left + right) / 2, (landmarks[48] + landmarks[54]) / 2
    x = (right - left) - np.flipud(mouth - eye) * [-1, 1]
    x *= max(np.hypot(*(right - left)) * 2, np.hypot(*(mouth - eye)) * 1.8) / np.hypot(*x)
    y = np.flipud(x) * [-1, 1]
    centre = eye + (mouth - eye) * 0.1
    quad = np.stack([centre - x - y, centre - x + y, centre + x + y, centre + x - y])
    side = np.hypot(*x) * 2
    shrink = int(np.floor(side / size * 0.5))
    if shrink > 1:
        small = (round(picture.width / shrink), round(picture.height / shrink))
        picture, quad, side = picture.resize(small, Image.Resampling.LANCZOS), quad / shrink, side / shrink
    border = max(round(side * 0.1), 3)
    (x0, y0), (x1, y1) = np.floor(quad.min(axis=0)).astype(int), np.ceil(quad.max(axis=0)).astype(int)
    x0, y0 = max(x0 - border, 0), max(y0 - border, 0)
    picture = picture.crop((x0, y0, min(x1 + border, picture.width), min(y1 + border, picture.height)))
    quad = quad - [x0, y0]
    (x0, y0), (x1, y1) = np.floor(quad.min(axis=0)).astype(int), np.ceil(quad.max(axis=0)).astype(int)
    pad = np.maximum([-x0 + border, -y0 + border, x1 - picture.width + border, y1 - picture.height + border], 0)
    if pad.max() > border - 4:
        pad = np.maximum(pad, round(side * 0.3))
        wide = np.pad(np.float32(picture), ((pad[1], pad[3]), (pad[0], pad[2]), (0, 0)), "reflect")
        rows, columns = np.ogrid[: wide.shape[0], : wide.shape[1]]
        across = 1 - np.minimum(columns / pad[0], columns[:, ::-1] / pad[2])
        down = 1 - np.minimum(rows / pad[1], rows[::-1] / pad[3])
        mask = np.maximum(across, down)[..., None]
        at = np.arange(-int(4 * side * 0.02 + 0.5), int(4 * side * 0.02 + 0.5) + 1)
        bell = np.exp(-((at / (side * 0.02)) ** 2) / 2)
        blurred = np.pad(wide, ((len(at) // 2,) * 2, (len(at) // 2,) * 2, (0, 0)), "symmetric")
        for axis in (0, 1):
            blurred = np.apply_along_axis(np.convolve, axis, blurred, bell / bell.sum(), "valid")
        wide = wide + (blurred - wide) * np.clip(mask * 3 + 1, 0, 1)
        wide += (np.median(wide, axis=(0, 1)) - wide) * np.clip(mask, 0, 1)
        picture, quad = Image.fromarray(np.uint8(np.clip(np.rint(wide), 0, 255))), quad + pad[:2]
    corners = tuple((quad + 0.5).flatten().tolist())
    drawn = picture.transform((4 * size, 4 * size), Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
    return np.array(drawn.resize((size, size), Image.Resampling.LANCZOS))


PLACES = ["inside", "over an edge", "over a corner", "over all edges"]
CASES = [(48, place, shrink, angle) for place in PLACES for shrink in (1, 2, 3) for angle in (0.0, 0.5, 3.0)]


@pytest.mark.parametrize(("size", "place", "shrink", "angle"), [*CASES, (176, "over a corner", 1, 0.5)])  # the last: a wide blur
def test_the_cut_is_the_published_one(size: int, place: str, shrink: int, angle: float) -> None:
    reach = size * (shrink + 0.3)  # half of the square's side
    whole = 12 * 56  # the published script stretches sides that are no multiple of the factor
    x, y = {"inside": (340, 330), "over an edge": (0.6 * reach, 330), "over a corner": (640, 630)}.get(place, (0, 0))
    picture = Image.fromarray(waves(whole, whole))
    if place == "over all edges":
        picture = picture.crop((0, 0, 12 * round(0.14 * reach), 12 * round(0.13 * reach)))
        x, y = 0.8 * reach, 0.75 * reach
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]]) * reach / 90
    points = points_with(np.array([-20.0, 0]), np.array([20.0, 0]), np.array([0, 50.0])) @ turn.T + [x, y]
    quad = ffhq_quad(points)
    assert max(int(quad_side(quad) / size / 2), 1) == shrink  # the case is what it says
    # The published division moves a shrunk square by half of what a pixel grew, under a quarter of the cut's pixel; ours does
    # not, because the way back has to meet the same pixels. Landmarks that are moved back first give the same square.
    expected = published_crop(picture, points - (shrink - 1) / 2, size).astype(float)
    apart = np.abs(crop_quad(np.asarray(picture), quad, size) - expected)
    # A level from rounding; where the padding begins, a region that is cut a pixel wider reflects another pixel.
    assert apart.max() <= (1 if place == "inside" else 10)
    assert apart.mean() < 1


def test_a_cut_does_not_depend_on_what_lies_far_away() -> None:
    small = waves(400, 400)
    large = np.zeros((1200, 1500, 3), dtype=np.uint8)
    large[300:700, 500:900] = small
    quad = square(200, 200, 100, 0.2)
    assert np.array_equal(crop_quad(small, quad, 64), crop_quad(large, quad + np.array([500, 300]), 64))


def test_outside_the_photograph_is_a_soft_reflection() -> None:
    cut = crop_quad(waves(200, 200), square(20, 100, 80, 0.0), 128).astype(float)
    assert cut.shape == (128, 128, 3)
    outside, inside = cut[:, :20], cut[:, 70:]
    assert outside.min() > 20  # nothing black was made up
    assert outside[..., 1].std() < 0.5 * inside[..., 1].std()  # and it is soft


@pytest.mark.parametrize("shape", [(1, 300), (300, 1), (5, 5)])
def test_a_sliver_of_a_photograph_can_be_cut(shape: tuple[int, int]) -> None:
    rgb = np.full((*shape, 3), 77, dtype=np.uint8)
    assert (crop_quad(rgb, square(2, 2, 30, 0.3), 16) == 77).all()


@pytest.mark.parametrize(
    "quad", [square(-500, 50, 40, 0.0), square(50, 900, 40, 0.0), square(50, 50, 0.2, 0.0), np.full((4, 2), np.nan)]
)
def test_what_cannot_be_cut_is_refused(quad: Array) -> None:
    with pytest.raises((ValueError, PhotoError)):
        crop_quad(waves(100, 100), quad, 32)


@pytest.mark.parametrize(
    ("corners", "seen"),
    [
        ([(0, 0), (0, 9), (9, 9), (9, 0)], True),
        ([(0, 0), (9, 0), (9, 9), (0, 9)], True),  # mirrored
        ([(0, 0), (1, 9), (9, 7), (8, 2)], True),
        ([(0, 0), (0, 0), (9, 9), (9, 0)], False),
        ([(0, 0), (0, 9), (9, 9), (4.5, 4.5)], False),
        ([(0, 0), (0, 9), (3, 3), (9, 0)], False),  # a dart
        ([(0, 0), (9, 9), (0, 9), (9, 0)], False),  # crossed
        ([(0, 0), (0, 9), (9e6, 9), (9e6, 0)], False),
        ([(0, 0), (0, 1), (1, 1), (1, 0)], False),
    ],
)
def test_quads_that_show_a_square(corners: list[tuple[float, float]], seen: bool) -> None:
    assert is_square_seen(np.array(corners, dtype=np.float64)) is seen


def test_blur_is_gaussian() -> None:
    impulse = np.zeros((81, 81), dtype=np.float32)
    impulse[40, 40] = 1
    at = np.arange(81) - 40
    bell = np.exp(-(at**2) / (2 * 3.5**2))
    assert np.abs(gaussian_blur(impulse, 3.5) - np.outer(bell, bell) / bell.sum() ** 2).max() < 1e-5
    flat = np.full((9, 13), 5, dtype=np.float32)
    assert np.allclose(gaussian_blur(flat, 4.0), 5)


def test_a_wide_blur_drawn_small_is_the_blur() -> None:
    rgb = waves(500, 500)
    quad = square(160, 250, 220, 0.0)  # reaches out on the left; the blur is 8.8 pixels wide and drawn at half size
    cut = crop_quad(rgb, quad, 256).astype(float)
    side, pad = quad_side(quad), round(quad_side(quad) * 0.3)
    wide = np.pad(rgb.astype(np.float32), ((pad, pad), (pad, pad), (0, 0)), "reflect")
    blurred = gaussian_blur(wide, side * 0.02)
    # At the photograph's left edge FFHQ shows the blur alone; the edge is 60 of 440 pixels into the square.
    column = round(60 / side * 256)
    rows = ((np.arange(40, 216) + 0.5) / 256 * side + 30).astype(int) + pad
    assert np.abs(cut[40:216, column] - blurred[rows, pad]).mean() < 4


def test_a_huge_photograph_is_not_copied() -> None:
    row = waves(1, 20000)
    huge = np.broadcast_to(row, (20000, 20000, 3))  # 1.2 GB if it were
    assert Image.fromarray(crop_quad(huge, square(9000, 9000, 200, 0.1), 64)).size == (64, 64)
