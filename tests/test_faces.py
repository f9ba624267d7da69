"""Choosing among faces, and finding them at any angle with dlib's real models."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from shapes import square, waves

from latentedit.alignment import ffhq_quad
from latentedit.assets import AssetStore
from latentedit.detection import Detection, Detector, shrink, upright_chip
from latentedit.errors import AssetError, FaceTooSmallError, NoFaceError, UsageError
from latentedit.faces import MIN_QUAD_SIDE_PX, Face, find_faces, load_detector, require_projectable, select_faces
from latentedit.images import Photo

FACES = ["astronaut.png", "biden.jpg", "grace_hopper.jpg", "obama.jpg", "obama_standing.jpg"]


def photo_of(rgb: NDArray[np.uint8] | Image.Image, name: str = "photo.png") -> Photo:
    picture = rgb if isinstance(rgb, Image.Image) else Image.fromarray(rgb)
    data = io.BytesIO()
    picture.save(data, "PNG", compress_level=1)
    return Photo.from_bytes(data.getvalue(), name)


def face(index: int, half: float = 100.0) -> Face:
    return Face(index, (0, 0, 9, 9), np.zeros((68, 2)), square(50, 50, half, 0.0), photo_of(waves(100, 100)))


@pytest.fixture(scope="module")
def detector(user_store: AssetStore) -> Detector:
    try:
        return load_detector(user_store)
    except AssetError as error:
        pytest.skip(f"dlib's landmark model cannot be had: {error}")


@pytest.fixture
def portrait(shared_data: Path) -> Callable[[str], Image.Image]:
    return lambda name: Image.open(shared_data / "photos" / name).convert("RGB")


def test_selection() -> None:
    faces = [face(0), face(1), face(2)]
    assert select_faces(faces) == [faces[0]]
    assert select_faces(faces, "all") == faces
    assert select_faces(faces, "2") == [faces[2]]
    with pytest.raises(NoFaceError, match="no face 3") as error:
        select_faces(faces, "3")
    assert "2" in error.value.hint
    with pytest.raises(NoFaceError) as error:
        select_faces([], "all")
    assert error.value.hint and error.value.exit_code == 3
    for nonsense in ("", "-1", "biggest", "1.5"):
        with pytest.raises(UsageError):
            select_faces(faces, nonsense)


def test_a_face_needs_pixels() -> None:
    enough = face(0, MIN_QUAD_SIDE_PX / 2)
    assert require_projectable(enough) is enough
    with pytest.raises(FaceTooSmallError, match=str(MIN_QUAD_SIDE_PX)) as error:
        require_projectable(face(0, MIN_QUAD_SIDE_PX / 2 - 1))
    assert error.value.hint


def test_a_crop_is_an_image() -> None:
    crop = face(0, 30).crop(48)
    assert crop.shape == (1, 3, 48, 48)
    assert -1 <= crop.min() < 0 < crop.max() <= 1


@pytest.mark.parametrize("factor", [1, 2, 3, 7])
def test_shrinking_takes_means(factor: int) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (30, 43, 3)).astype(np.uint8)
    small = shrink(rgb, factor)
    assert small.shape == (30 // factor, 43 // factor, 3)
    block = rgb[factor : 2 * factor, 2 * factor : 3 * factor].astype(float)
    assert np.abs(small[1, 2] - block.mean(axis=(0, 1))).max() <= 0.5


@pytest.mark.parametrize("angle", [0.0, 90.0, -130.0, 20.0])
@pytest.mark.parametrize("side", [60.0, 150.0, 500.0])
def test_the_upright_cut_knows_where_its_pixels_are(angle: float, side: float) -> None:
    y, x = np.mgrid[:900, :1000]
    ramp = np.rint(np.stack([x * 0.25, y * 0.25, 0 * x], 2)).astype(np.uint8)
    seen = Detection(480.3, 420.8, side, angle, 1.0)
    (rising, to_photo), (falling, _) = upright_chip(ramp, seen), upright_chip(255 - ramp, seen)
    # Pillow rounds down; the mean of a ramp's cut and its negative's is free of that.
    shown = (rising.astype(float) + 255 - falling)[..., :2] / 2 / 0.25
    middle = np.arange(100, 284, 4)
    rows, columns = np.meshgrid(middle, middle, indexing="ij")
    places = np.stack([columns, rows, np.ones_like(rows)], -1) @ to_photo.T
    assert np.abs(shown[rows, columns] - places).max() < 1 / 0.25  # one level
    assert np.abs((shown[rows, columns] - places).mean(axis=(0, 1))).max() < 0.3  # pixels


@pytest.mark.assets
@pytest.mark.parametrize("name", FACES)
def test_portraits_have_one_face_of_sound_proportions(
    detector: Detector, portrait: Callable[[str], Image.Image], name: str
) -> None:
    photo = photo_of(portrait(name), name)
    (found,) = find_faces(photo, detector=detector)
    left, top, right, bottom = found.box
    assert 0 <= left < right <= photo.width and 0 <= top < bottom <= photo.height
    assert found.landmarks.shape == (68, 2) and found.landmarks.dtype == np.float64
    assert np.array_equal(found.quad, ffhq_quad(found.landmarks))
    assert found.index == 0 and found.photo is photo
    crop = found.crop(64)
    assert crop.shape == (1, 3, 64, 64)
    eyes, mouth = found.landmarks[36:48].mean(axis=0), found.landmarks[48:].mean(axis=0)
    assert mouth[1] > eyes[1]
    again = find_faces(photo, detector=detector)
    assert np.array_equal(again[0].landmarks, found.landmarks)


@pytest.mark.assets
@pytest.mark.parametrize(
    ("name", "angle"),
    [
        *(("astronaut.png", angle) for angle in (90, 180, 270, 25, -25, 45, -60, 130)),
        *(("grace_hopper.jpg", angle) for angle in (25, 130)),
        ("obama.jpg", 25),
    ],
)
def test_turned_photographs_have_the_same_face(
    detector: Detector, portrait: Callable[[str], Image.Image], name: str, angle: int
) -> None:
    upright = portrait(name)
    (expected,) = find_faces(photo_of(upright), detector=detector)
    turned = upright.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90))
    (found,) = find_faces(photo_of(turned), detector=detector)
    turn = np.radians(angle)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    middle, new_middle = np.array(upright.size) / 2 - 0.5, np.array(turned.size) / 2 - 0.5
    mapped = (expected.landmarks - middle) @ rotation + new_middle
    apart = np.hypot(*(found.landmarks - mapped).T) / expected.side_px
    assert apart.mean() < 0.015
    corners = (expected.quad - middle) @ rotation + new_middle
    assert np.hypot(*(found.quad - corners).T).max() / expected.side_px < 0.04


@pytest.mark.assets
def test_all_faces_are_found_largest_first(detector: Detector, portrait: Callable[[str], Image.Image]) -> None:
    one, other = portrait("obama.jpg").resize((455, 568)), portrait("biden.jpg").resize((970, 2204))
    scene = Image.new("RGB", (1600, 2204), (120, 130, 140))
    scene.paste(one, (1050, 200))
    scene.paste(other, (0, 0))
    found = find_faces(photo_of(scene), detector=detector)
    assert [f.index for f in found] == [0, 1]
    assert found[0].side_px > found[1].side_px
    assert found[0].landmarks[:, 0].max() < 970 and found[1].landmarks[:, 0].min() > 1050


@pytest.mark.assets
@pytest.mark.parametrize("size", [110, 2500])
def test_size_does_not_matter(detector: Detector, portrait: Callable[[str], Image.Image], size: int) -> None:
    cut = portrait("obama.jpg").crop((250, 20, 750, 520))
    (expected,) = find_faces(photo_of(cut), detector=detector)
    (found,) = find_faces(photo_of(cut.resize((size, size), Image.Resampling.LANCZOS)), detector=detector)
    scale = size / 500
    mapped = (expected.landmarks + 0.5) * scale - 0.5
    assert np.hypot(*(found.landmarks - mapped).T).mean() / found.side_px < 0.015


@pytest.mark.assets
@pytest.mark.parametrize("kind", ["noise", "waves", "flat", "tiny"])
def test_no_face_is_no_error(detector: Detector, kind: str) -> None:
    pictures = {
        "noise": np.random.default_rng(0).integers(0, 256, (400, 500, 3)).astype(np.uint8),
        "waves": waves(400, 500),
        "flat": np.full((300, 300, 3), 200, np.uint8),
        "tiny": np.full((1, 1, 3), 200, np.uint8),
    }
    assert find_faces(photo_of(pictures[kind]), detector=detector) == []
