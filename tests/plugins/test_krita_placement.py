"""Which changes of an image move its faces away, and which do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from latentedit_plugins.krita.placement import SIDE, Placement, step_for

FACE = (178, 72, 270, 190)
MIDDLE = (224, 131)
Change = Callable[[Image.Image], Image.Image]


@pytest.fixture(scope="module")
def photograph() -> Image.Image:
    return Image.open(Path(__file__).resolve().parents[2] / "examples" / "astronaut.png").convert("RGB")


class Row:
    """A row as Krita gives it: a QImage of blue, green, red and opacity."""

    Format_ARGB32_Premultiplied = 6

    def __init__(self, samples: bytes) -> None:
        self.samples = samples

    def convertToFormat(self, wanted: int) -> Row:
        assert wanted == self.Format_ARGB32_Premultiplied
        return self

    def constBits(self) -> Row:
        return self

    def setsize(self, size: int) -> None:
        assert size == len(self.samples)

    def __bytes__(self) -> bytes:
        return self.samples


class Document:
    """One of Krita's that shows an image."""

    def __init__(self, image: Image.Image) -> None:
        self.pixels = np.array(image.convert("RGBA"))[..., [2, 1, 0, 3]]

    def waitForDone(self) -> None:
        pass

    def width(self) -> int:
        return self.pixels.shape[1]

    def height(self) -> int:
        return self.pixels.shape[0]

    def projection(self, left: int, top: int, width: int, height: int) -> Row:
        return Row(self.pixels[top : top + height, left : left + width].tobytes())


def painted(share: float) -> Change:
    """A part of the face is painted over."""

    def paint(image: Image.Image) -> Image.Image:
        right = round(FACE[0] + (FACE[2] - FACE[0]) * share)
        ImageDraw.Draw(image).rectangle((FACE[0], FACE[1], right, FACE[3]), fill=(200, 30, 30))
        return image

    return paint


def moved(across: int, down: int) -> Change:
    return lambda image: image.transform(image.size, Image.Transform.AFFINE, (1, 0, across, 0, 1, down))


def scaled(share: float) -> Change:
    """About the face's middle."""
    matrix = (1 / share, 0, MIDDLE[0] * (1 - 1 / share), 0, 1 / share, MIDDLE[1] * (1 - 1 / share))
    return lambda image: image.transform(image.size, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BILINEAR)


def elsewhere(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle((0, 200, 511, 511), fill=(0, 0, 255))
    return image


STAYS: dict[str, Change] = {
    "nothing": lambda image: image,
    "painted elsewhere": elsewhere,
    "painted on": painted(0.3),
    "grey": lambda image: image.convert("L"),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "duller": lambda image: ImageEnhance.Contrast(image).enhance(0.6),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(1)),
    "sharper": lambda image: image.filter(ImageFilter.SHARPEN),
}
MOVES: dict[str, Change] = {
    "a pixel": moved(1, 0),
    "three pixels": moved(-3, 2),
    "far": moved(40, 10),
    "turned": lambda image: image.rotate(23, center=MIDDLE, resample=Image.Resampling.BILINEAR),
    "turned a little": lambda image: image.rotate(5, center=MIDDLE, resample=Image.Resampling.BILINEAR),
    "upside down": lambda image: image.rotate(180, center=MIDDLE),
    "larger": scaled(1.1),
    "smaller": scaled(0.5),
    "mirrored": lambda image: ImageOps.mirror(image),
    "mirrored about the face": lambda image: image.transform(image.size, Image.Transform.AFFINE, (-1, 0, 2 * MIDDLE[0], 0, 1, 0)),
    "cropped": lambda image: image.crop((0, 0, 511, 512)),
    "covered": painted(1.0),
    "gone": lambda image: Image.new("RGBA", image.size),
}


@pytest.mark.parametrize("name", STAYS)
def test_faces_stay_where_they_are(photograph: Image.Image, name: str) -> None:
    before, now = Placement.of(Document(photograph)), Placement.of(Document(STAYS[name](photograph.copy())))
    assert not before.differs(now, [FACE])


@pytest.mark.parametrize("name", MOVES)
def test_faces_are_elsewhere_after_changes_that_move_them(photograph: Image.Image, name: str) -> None:
    before, now = Placement.of(Document(photograph)), Placement.of(Document(MOVES[name](photograph.copy())))
    assert before.differs(now, [FACE])


def test_only_the_faces_that_are_meant_matter(photograph: Image.Image) -> None:
    before, now = Placement.of(Document(photograph)), Placement.of(Document(elsewhere(photograph.copy())))
    below = (100, 300, 300, 500)
    assert before.differs(now, [FACE, below]) and before.differs(now, [below]) and not before.differs(now, [])


def test_faces_at_the_edge_and_tiny_ones_can_be_compared(photograph: Image.Image) -> None:
    before = Placement.of(Document(photograph))
    now = Placement.of(Document(moved(40, 10)(photograph)))
    for face in [(-40, -40, 60, 60), (480, 480, 600, 600), (200, 100, 203, 102)]:
        assert not before.differs(before, [face])
        assert isinstance(before.differs(now, [face]), bool)


def test_where_nothing_was_to_be_seen_nothing_may_have_come(photograph: Image.Image) -> None:
    plain, darker = (Placement.of(Document(Image.new("RGB", photograph.size, colour))) for colour in ("white", "grey"))
    assert not plain.differs(darker, [FACE])
    assert plain.differs(Placement.of(Document(photograph)), [FACE])


def test_of_large_pictures_some_rows_are_enough(photograph: Image.Image) -> None:
    assert [step_for(SIDE, 1), step_for(1, SIDE + 1), step_for(9000, 6000)] == [1, 2, 5]
    large = photograph.resize((SIDE + 512, 512))
    placement = Placement.of(Document(large))
    assert len(placement.rows) == 256 and len(placement.rows[0]) == (SIDE + 512) // 2
    face = [FACE[0] * 5, FACE[1], FACE[2] * 5, FACE[3]]
    assert not placement.differs(Placement.of(Document(painted(0.0)(large))), [face])
    assert placement.differs(Placement.of(Document(moved(40, 10)(large))), [face])
