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
from latentedit.detection import Detector
from latentedit.detection_views import Detection, Scales, View, brightened, shrink, turned, upright_cut
from latentedit.errors import AssetError, FaceTooSmallError, NoFaceError, UsageError
from latentedit.faces import (
    CNN_ASSET,
    CNN_MEMBER,
    LANDMARKS_ASSET,
    LANDMARKS_MEMBER,
    MIN_QUAD_SIDE_PX,
    Face,
    find_faces,
    load_detector,
    require_projectable,
    select_faces,
)
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


def assert_pixels_know_their_places(draw: Callable[[Scales], View], inside: int) -> None:
    """Draw a view of a picture whose colours are places; its pixels must lie where the view says, but for ``inside`` at the rim."""
    y, x = np.mgrid[:900, :1000]
    ramp = np.rint(np.stack([x * 0.25, y * 0.25, 0 * x + 255], 2)).astype(np.uint8)  # so much blue needs no brightening
    # Pillow rounds down; the mean of a ramp's view and its negative's is free of that.
    rising, falling = draw(Scales(ramp)), draw(Scales(np.where([True, True, False], 255 - ramp, ramp)))
    shown = (rising.pixels.astype(float) + 255 - falling.pixels)[..., :2] / 2 / 0.25
    rows, columns = np.mgrid[: rising.size[1], : rising.size[0]]
    places = rising.place(np.stack([columns, rows], -1))
    rim = (places.min(axis=-1) < 10) | (places[..., 0] > 989) | (places[..., 1] > 889)  # the picture's, where nothing is shown
    rim[[*range(inside), *range(-inside, 0)]] = True
    rim[:, [*range(inside), *range(-inside, 0)]] = True
    assert (~rim).mean() > 0.2
    apart = (shown - places)[~rim]
    assert np.abs(apart).max() < 1.01 / 0.25  # one level
    assert np.abs(apart.mean(axis=0)).max() < max(0.3, 0.15 * rising.scale)  # pixels


@pytest.mark.parametrize("factor", [1, 2, 3, 7])
def test_shrinking_takes_means(factor: int) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (1030, 43, 3)).astype(np.uint8)
    small = shrink(rgb, factor)
    assert small.shape == (-(-1030 // factor), -(-43 // factor), 3)
    for row, column in ((0, 0), (1, 2), (len(small) // 2 + 8, 1), (len(small) - 1, small.shape[1] - 1)):  # the last is incomplete
        block = rgb[row * factor : (row + 1) * factor, column * factor : (column + 1) * factor].astype(float)
        assert np.abs(small[row, column] - block.mean(axis=(0, 1))).max() < 0.6  # Pillow divides a little inexactly


def test_only_dark_pictures_are_brightened() -> None:
    ordinary = waves(80, 80)
    assert brightened(ordinary) is ordinary
    dark = (ordinary * 0.1).astype(np.uint8)
    lit = brightened(dark)
    assert np.percentile(lit, 99) == pytest.approx(160, abs=8)
    assert np.abs(lit / lit.max() - dark / dark.max()).max() < 0.02  # all of it by one factor
    black = np.zeros((3, 5, 3), np.uint8)
    assert np.array_equal(brightened(black), black)


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.3, 2.0, 4.7])
@pytest.mark.parametrize("angle", [0.0, 45.0, -90.0, 180.0, 135.0])
def test_the_whole_photograph_is_shown_in_place(scale: float, angle: float) -> None:
    def draw(scales: Scales) -> View:
        return turned(scales.whole(scale), angle)

    assert_pixels_know_their_places(draw, inside=1)
    view = draw(Scales(waves(900, 1000)))
    assert view.scale == pytest.approx(scale, rel=0.01)
    assert (view.angle - angle + 180) % 360 - 180 == pytest.approx(0, abs=0.2)
    corners = view.place(np.array([[0, 0], [0, view.size[1]], [view.size[0], 0], view.size]) - 0.5)
    assert corners.min() <= -0.5 + scale and (corners.max(axis=0) >= [999.5 - scale, 899.5 - scale]).all()  # nothing is left out


@pytest.mark.parametrize("angle", [0.0, 90.0, -130.0, 20.0])
@pytest.mark.parametrize("side", [60.0, 150.0, 500.0, 900.0])
def test_the_upright_cut_knows_where_its_pixels_are(angle: float, side: float) -> None:
    seen = Detection(480.3, 420.8, side, angle, 1.0)
    assert_pixels_know_their_places(lambda scales: upright_cut(scales, seen), inside=2)
    cut = upright_cut(Scales(waves(900, 1000)), seen)
    assert cut.scale * cut.size[0] == pytest.approx(2 * side)
    assert (cut.angle - angle + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("x", "y"), [(-20.0, 50.0), (99.0, 99.0), (130.0, 40.0)])
def test_a_face_at_the_very_edge_can_be_cut(x: float, y: float) -> None:
    cut = upright_cut(Scales(waves(100, 100)), Detection(x, y, 30.0, 10.0, 1.0))
    assert cut.place(np.array([191.5, 191.5])) == pytest.approx([x, y])


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
@pytest.mark.parametrize("turn", [90, 180, 50])
def test_a_turned_face_is_found_beside_an_upright_one(
    detector: Detector, portrait: Callable[[str], Image.Image], turn: int
) -> None:
    upright, other = portrait("obama.jpg").crop((250, 0, 750, 600)), portrait("grace_hopper.jpg")
    scene = Image.new("RGB", (1300, 900), (120, 130, 140))
    scene.paste(upright, (20, 100))
    scene.paste(other.rotate(turn, expand=True, fillcolor=(120, 130, 140)), (520, 50))
    found = find_faces(photo_of(scene), detector=detector)
    assert len(found) == 2
    tilts = [np.degrees(np.arctan2(*(f.quad[3] - f.quad[0])[::-1])) for f in sorted(found, key=lambda f: f.quad[:, 0].mean())]
    assert (tilts[1] + turn - tilts[0] + 180) % 360 - 180 == pytest.approx(0, abs=12)


@pytest.mark.assets
def test_small_faces_of_a_crowd_are_found(detector: Detector, portrait: Callable[[str], Image.Image]) -> None:
    one = portrait("obama.jpg").crop((250, 0, 750, 600)).resize((175, 210), Image.Resampling.LANCZOS)  # the square has 145
    scene = Image.new("RGB", (2100, 1300), (120, 130, 140))
    corners = [(60 + 400 * column, 50 + 440 * row) for column in range(5) for row in range(3)]
    for left, top in corners:
        scene.paste(one, (left, top))
    found = find_faces(photo_of(scene), detector=detector)
    middles = np.array([f.quad.mean(axis=0) for f in found])
    inside = [((middles > corner) & (middles < np.add(corner, (175, 210)))).all(axis=1) for corner in corners]
    assert len(found) == 15 and np.array(inside).sum(axis=1).tolist() == [1] * 15


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
@pytest.mark.parametrize("name", ["astronaut.png", "obama.jpg"])
def test_a_face_in_the_dark_is_found(detector: Detector, portrait: Callable[[str], Image.Image], name: str) -> None:
    (expected,) = find_faces(photo_of(portrait(name)), detector=detector)
    (found,) = find_faces(photo_of(portrait(name).point(lambda level: level * 0.08)), detector=detector)
    assert np.hypot(*(found.quad - expected.quad).T).max() / expected.side_px < 0.05


@pytest.mark.assets
@pytest.mark.parametrize("kind", ["noise", "waves", "flat", "tiny", "line"])
def test_no_face_is_no_error(detector: Detector, kind: str) -> None:
    pictures = {
        "noise": np.random.default_rng(0).integers(0, 256, (400, 500, 3)).astype(np.uint8),
        "waves": waves(400, 500),
        "flat": np.full((300, 300, 3), 200, np.uint8),
        "tiny": np.full((1, 1, 3), 200, np.uint8),
        "line": np.full((1, 20000, 3), 200, np.uint8),
    }
    assert find_faces(photo_of(pictures[kind]), detector=detector) == []


@pytest.fixture
def half_hidden(portrait: Callable[[str], Image.Image]) -> Image.Image:
    """A face of which the right third is covered: the first detector sees none."""
    picture = portrait("astronaut.png").crop((100, 0, 350, 250))
    picture.paste((70, 110, 60), (141, 60, 200, 210))
    return picture


@pytest.mark.assets
def test_the_neural_detector_is_fetched_only_when_nothing_else_finds_a_face(
    detector: Detector, user_store: AssetStore, portrait: Callable[[str], Image.Image], half_hidden: Image.Image
) -> None:
    asked: list[str] = []

    def find_cnn() -> None:
        asked.append("yes")

    reluctant = Detector(user_store.path(LANDMARKS_ASSET, LANDMARKS_MEMBER), find_cnn)
    assert len(find_faces(photo_of(portrait("astronaut.png")), detector=reluctant)) == 1
    assert not asked
    assert find_faces(photo_of(half_hidden), detector=reluctant) == []
    assert asked == ["yes"]


@pytest.mark.assets
def test_offline_the_search_does_without_the_neural_detector(
    user_store: AssetStore, tmp_path: Path, half_hidden: Image.Image
) -> None:
    try:
        landmarks = user_store.path(LANDMARKS_ASSET, LANDMARKS_MEMBER)
    except AssetError as error:
        pytest.skip(f"dlib's landmark model cannot be had: {error}")
    store = AssetStore(tmp_path, offline=True)
    copy = store.folder(LANDMARKS_ASSET) / LANDMARKS_MEMBER
    copy.parent.mkdir(parents=True)
    copy.symlink_to(landmarks)
    assert find_faces(photo_of(half_hidden), store=store) == []


@pytest.mark.assets
@pytest.mark.parametrize("turn", [0, 60])
def test_the_neural_detector_finds_a_half_hidden_face(
    detector: Detector, portrait: Callable[[str], Image.Image], half_hidden: Image.Image, turn: int
) -> None:
    (whole,) = find_faces(photo_of(portrait("astronaut.png").crop((100, 0, 350, 250))), detector=detector)
    picture = half_hidden.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90))
    (found,) = find_faces(photo_of(picture), detector=detector)
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    back = (found.quad - np.array(picture.size) / 2 + 0.5) @ np.array([[cos, sin], [-sin, cos]]) + np.array([124.5, 124.5])
    assert np.hypot(*(back - whole.quad).T).max() / whole.side_px < 0.25


@pytest.mark.assets
@pytest.mark.parametrize("can_be_asked", [True, False])
def test_the_neural_detector_has_the_last_word_on_a_doubtful_face(
    detector: Detector, user_store: AssetStore, monkeypatch: pytest.MonkeyPatch, can_be_asked: bool
) -> None:
    doubtful = Detection(150.0, 150.0, 100.0, 0.0, 0.5)
    judge = Detector(
        user_store.path(LANDMARKS_ASSET, LANDMARKS_MEMBER),
        lambda: user_store.path(CNN_ASSET, CNN_MEMBER) if can_be_asked else None,
    )
    monkeypatch.setattr(judge, "_settled", lambda scales, found: [doubtful])
    assert judge.detect(Scales(waves(200, 200))) == ([] if can_be_asked else [doubtful])
