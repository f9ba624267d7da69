"""Scorers on painted faces, whose colours and geometry are known."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from latentedit.assets import AssetStore
from latentedit.directions.scorers import (
    AgeGenderScorer,
    AppearanceScorer,
    LandmarkFinder,
    LandmarkScorer,
    ProportionScorer,
    Scorer,
    attribute_effects,
    load_scorers,
)
from latentedit.directions.scorers.appearance import appearance
from latentedit.directions.scorers.cielab import to_lab
from latentedit.directions.scorers.face_frame import FaceFrame
from latentedit.directions.scorers.landmarks import geometry
from latentedit.directions.scorers.proportions import proportions
from latentedit.errors import UsageError
from tests.shapes import average_face

PX = 256
SKIN, HAIR, WALL = (200, 150, 130), (60, 40, 30), (90, 120, 200)
LIPS, BROWS = (190, 90, 90), (90, 60, 50)
LANDMARKS = average_face() * PX
FRAME = FaceFrame.of(LANDMARKS)
Paint = Callable[[ImageDraw.ImageDraw], None]


def polygon(draw: ImageDraw.ImageDraw, points: np.ndarray, colour: tuple[int, int, int]) -> None:
    draw.polygon([(float(x), float(y)) for x, y in points], fill=colour)


def painted(*more: Paint, skin: Any = SKIN, hair: Any = HAIR, wall: Any = WALL) -> np.ndarray:
    """A face as flat areas of colour: short hair, brows, lips; and what is painted over it."""
    picture = Image.new("RGB", (PX, PX), wall)
    draw = ImageDraw.Draw(picture)
    polygon(draw, FRAME.box((-1.1, 1.1), (-1.25, -0.2)), hair)
    polygon(draw, np.concatenate([LANDMARKS[:17], FRAME.points([(0.9, -0.8), (-0.9, -0.8)])]), skin)
    for first in (17, 22):
        brow = LANDMARKS[first : first + 5]
        polygon(draw, np.concatenate([brow - 0.02 * FRAME.down, (brow + 0.02 * FRAME.down)[::-1]]), BROWS)
    polygon(draw, LANDMARKS[48:60], LIPS)
    for paint in more:
        paint(draw)
    return np.asarray(picture)


def scores(*more: Paint, **colours: Any) -> dict[str, float]:
    return appearance(painted(*more, **colours), LANDMARKS)


def test_lab_of_known_colours() -> None:
    known = {
        (255, 255, 255): (100, 0, 0),
        (0, 0, 0): (0, 0, 0),
        (255, 0, 0): (53.24, 80.09, 67.20),
        (0, 0, 255): (32.30, 79.19, -107.86),
    }
    for rgb, lab in known.items():
        assert to_lab(np.array(rgb, dtype=np.uint8)) == pytest.approx(lab, abs=0.05)


colour = st.tuples(*[st.integers(0, 255)] * 3)


@given(colour, colour, colour)
def test_regions_have_the_colours_that_they_were_painted_with(skin: Any, hair: Any, wall: Any) -> None:
    found = scores(skin=skin, hair=hair, wall=wall)
    for region, rgb in (("skin", skin), ("hair", hair), ("background", wall)):
        lab = to_lab(np.array(rgb, dtype=np.uint8))
        names = (f"{region}_lightness", f"{region}_redness", f"{region}_warmth", f"{region}_chroma")
        assert [found[name] for name in names] == pytest.approx([*lab, math.hypot(lab[1], lab[2])], abs=1e-3)
    assert found["light_from_right"] == pytest.approx(0, abs=1e-3)


def light(draw: ImageDraw.ImageDraw) -> None:
    polygon(draw, FRAME.box((0.2, 0.8), (0.0, 0.6)), (240, 200, 180))


def beard(draw: ImageDraw.ImageDraw) -> None:
    polygon(draw, np.concatenate([LANDMARKS[3:14], FRAME.points([(0.6, 0.35), (-0.6, 0.35)])]), (80, 60, 50))


def fringe(draw: ImageDraw.ImageDraw) -> None:
    polygon(draw, FRAME.box((-0.8, 0.8), (-0.85, -0.5)), HAIR)


def long_hair(draw: ImageDraw.ImageDraw) -> None:
    for box in FRAME.boxes((1.05, 1.5), (-1.0, 1.4)):
        polygon(draw, box, HAIR)


def thick_brows(draw: ImageDraw.ImageDraw) -> None:
    for first in (17, 22):
        brow = LANDMARKS[first : first + 5]
        polygon(draw, np.concatenate([brow - 0.05 * FRAME.down, (brow + 0.05 * FRAME.down)[::-1]]), BROWS)


def dark_brows(draw: ImageDraw.ImageDraw) -> None:
    for first in (17, 22):
        brow = LANDMARKS[first : first + 5]
        polygon(draw, np.concatenate([brow - 0.02 * FRAME.down, (brow + 0.02 * FRAME.down)[::-1]]), (10, 10, 10))


def lipstick(draw: ImageDraw.ImageDraw) -> None:
    polygon(draw, LANDMARKS[48:60], (200, 20, 40))


def teeth(draw: ImageDraw.ImageDraw) -> None:
    polygon(draw, LANDMARKS[60:68], (250, 250, 245))


def glasses(draw: ImageDraw.ImageDraw) -> None:
    left, right = LANDMARKS[36], LANDMARKS[45]
    draw.line([*left, *right], fill=(20, 20, 20), width=5)


def look_right(draw: ImageDraw.ImageDraw) -> None:
    for first in (36, 42):
        eye = LANDMARKS[first : first + 6]
        polygon(draw, eye, (240, 240, 240))
        x, y = eye[2]
        draw.ellipse([x - 3, y - 1, x + 3, y + 5], fill=(20, 10, 10))


@pytest.mark.parametrize(
    ("name", "paint"),
    [
        ("light_from_right", light),
        ("contrast", light),
        ("beard", beard),
        ("fringe", fringe),
        ("hair_length", long_hair),
        ("hair_volume", long_hair),
        ("brow_thickness", thick_brows),
        ("brow_darkness", dark_brows),
        ("lip_redness", lipstick),
        ("teeth", teeth),
        ("glasses", glasses),
        ("gaze", look_right),
    ],
)
def test_what_a_score_names_raises_it(name: str, paint: Paint) -> None:
    plain, more = scores(), scores(paint)
    scale = {"fringe": 0.5, "hair_length": 0.5, "hair_volume": 0.1, "brow_thickness": 0.02, "teeth": 0.01, "gaze": 0.05}
    assert more[name] - plain.get(name, 0.0) > scale.get(name, 1.0)
    mirrored = appearance(painted(paint)[:, ::-1], mirror(LANDMARKS))
    expected = -more[name] if name in ("light_from_right", "gaze") else more[name]
    assert mirrored[name] == pytest.approx(expected, rel=0.15, abs=0.02)


def mirror(points: np.ndarray) -> np.ndarray:
    """The landmarks of the mirrored picture, numbered as landmarks are."""
    order = [
        *range(16, -1, -1),
        *range(26, 16, -1),
        *range(27, 31),
        *range(35, 30, -1),
        45,
        44,
        43,
        42,
        47,
        46,
        39,
        38,
        37,
        36,
        41,
        40,
    ]
    order += [54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65]
    turned = points[order].copy()
    turned[:, 0] = PX - 1 - turned[:, 0]
    return turned


def test_proportions_follow_the_landmarks() -> None:
    plain = proportions(LANDMARKS)
    moved = {
        "nose_width": ([31, 35], [[-4, 0], [4, 0]]),
        "mouth_width": ([48, 54], [[-4, 0], [4, 0]]),
        "eye_distance": ([39, 42], [[-3, 0], [3, 0]]),
        "jaw_width": ([4, 12], [[-5, 0], [5, 0]]),
        "brows_raised": (list(range(17, 27)), [[0, -4]] * 10),
        "brow_tilt": ([17, 26], [[0, 4], [0, 4]]),
        "lip_fullness": ([51, 57], [[0, -3], [0, 3]]),
    }
    for name, (indices, by) in moved.items():
        points = LANDMARKS.copy()
        points[indices] += by
        assert proportions(points)[name] > plain[name] + 0.01, name


@given(st.floats(-0.5, 0.5), st.floats(0.3, 3.0), st.floats(-50, 50))
def test_proportions_do_not_depend_on_size_place_or_tilt(angle: float, scale: float, shift: float) -> None:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert proportions(LANDMARKS @ turn.T * scale + shift) == pytest.approx(proportions(LANDMARKS), abs=1e-9)
    assert geometry(LANDMARKS @ turn.T * scale + shift)["roll"] == pytest.approx(np.degrees(angle), abs=1e-6)


class KnownLandmarks(LandmarkFinder):
    """A finder that was told where the face is."""

    def __init__(self, landmarks: np.ndarray | None) -> None:
        self.known = landmarks

    def landmarks(self, rgb_uint8: np.ndarray) -> np.ndarray | None:
        return self.known


@pytest.mark.parametrize("kind", [LandmarkScorer, ProportionScorer, AppearanceScorer])
def test_a_scorer_gives_the_scores_that_it_names(kind: Callable[[LandmarkFinder], Scorer]) -> None:
    scorer = kind(KnownLandmarks(LANDMARKS))
    picture = painted(beard, long_hair, look_right)
    found = scorer.score(picture)
    assert set(found) == set(scorer.names) and all(math.isfinite(value) for value in found.values())
    assert scorer.score(picture) == found
    assert kind(KnownLandmarks(None)).score(picture) == {}


def test_a_face_at_the_border_gives_no_wrong_numbers() -> None:
    for shift in ((200, 0), (-200, 0), (0, 220), (0, -220), (900, 900)):
        found = appearance(painted(), LANDMARKS + shift)
        assert all(math.isfinite(value) for value in found.values())


def test_landmarks_are_found_once_and_again_when_the_picture_changes(fetched: AssetStore) -> None:
    finder = LandmarkFinder(fetched.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat"))
    photograph = np.asarray(Image.open(Path(__file__).parents[2] / "examples" / "astronaut.png").convert("RGB"))
    face = finder.shape(photograph)
    assert finder.shape(photograph.copy()) is face
    mirrored = photograph.copy()
    mirrored[:] = photograph[:, ::-1]
    points, other = finder.landmarks(photograph), finder.landmarks(mirrored)
    assert points is not None and other is not None
    assert abs(points[30, 0] + other[30, 0] - photograph.shape[1]) < 5
    assert finder.landmarks(np.zeros((64, 64, 3), dtype=np.uint8)) is None


def test_the_registry_knows_every_scorer_and_attribute() -> None:
    kinds: list[Any] = [LandmarkScorer, ProportionScorer, AppearanceScorer, AgeGenderScorer]
    named = [name for kind in kinds for name in kind.names]
    assert sorted(named) == sorted(attribute_effects()) and len(set(named)) == len(named)
    assert all(attribute_effects().values())


def test_scorers_are_loaded_by_their_attributes(fetched: AssetStore) -> None:
    (scorer,) = load_scorers(fetched, ["glasses", "beard"])
    assert isinstance(scorer, AppearanceScorer)
    assert [type(scorer) for scorer in load_scorers(fetched, ["smile", "nose_width"])] == [LandmarkScorer, ProportionScorer]
    with pytest.raises(UsageError, match="no attribute beauty"):
        load_scorers(fetched, ["smile", "beauty"])
