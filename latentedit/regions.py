"""The parts of a face in its aligned square: grey pictures, white inside, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from latentedit.edits import Region
from latentedit.errors import UsageError
from latentedit.morphology import grown
from latentedit.outlines import (
    JAW,
    LEFT_BROW,
    LEFT_EYE,
    MOUTH,
    NOSE,
    RIGHT_BROW,
    RIGHT_EYE,
    Points,
    face_outline,
    filled,
    hull,
)

if TYPE_CHECKING:
    from latentedit.face_parser import Part

Parts = Mapping["Part", NDArray[np.float64]]
"""How likely each place is of each part, [S, S] in [0, 1]."""
FEATURE_MARGIN = 0.008
"""How far beyond their landmarks eyes, brows and mouth are no skin, and how softly that ends: a share of the side."""
WORN_EDGE = 0.05
"""Over so much of the side, at the eyes, what is worn on the head goes over into what is worn below."""
REGION_PX = 256
"""Regions are smooth: they are made at this size and enlarged where they are used."""

_Bytes = NDArray[np.uint8]


class FaceRegions:
    """What is where in a face's square."""

    def __init__(self, landmarks: Points | None, cut: Callable[[int], _Bytes]) -> None:
        """
        Args:
            landmarks: the 68 iBUG points [68, 2] on [0, 1]^2; None where no face was found, which has no parts but the whole square.
            cut: gives the square of the photograph as a picture [size, size, 3]; only regions that a network sees ask for it.
        """
        self._landmarks = landmarks
        self._cut = cut
        self._shapes: dict[Region, Image.Image] = {}

    @property
    def landmarks(self) -> Points:
        """The face's points.

        Raises:
            UsageError: it was chosen as a square, not found as a face.
        """
        if self._landmarks is None:
            raise UsageError(
                "The parts of a face are known only of a face that was found.", hint="Use the square, or a painted mask."
            )
        return self._landmarks

    @property
    def known(self) -> bool:
        """Whether there are other regions than the square."""
        return self._landmarks is not None

    def key(self, regions: Iterable[str]) -> bytes:
        """Tells these regions of one face from those of another: its landmarks, and its picture where it matters."""
        points = b"" if self._landmarks is None else self._landmarks.tobytes()
        return points + (b"" if SEEN.isdisjoint(regions) else self._picture)

    @cached_property
    def _picture(self) -> bytes:
        return blake2b(self._cut(REGION_PX).tobytes()).digest()

    def shape(self, region: Region) -> Image.Image:
        """A region as white on black, [256, 256]; what the network sees has soft edges."""
        if region not in self._shapes:
            self._shapes[region] = self._made(region)
        return self._shapes[region]

    def _made(self, region: Region) -> Image.Image:
        match region:
            case "square":
                return Image.new("L", (REGION_PX, REGION_PX), 255)
            case "face":
                return filled([face_outline(self.landmarks)], REGION_PX)
            case "skin":
                return _grey((self.seen["skin"] + self.seen["neck"]) * (1 - self._features))
            case "neck" | "hair" | "clothes":
                return _grey(self.seen[region])
            case "head":
                return Image.fromarray(np.maximum(self._face, np.asarray(_grey(head_of(self.seen, self.landmarks)))))
            case "person":
                return Image.fromarray(np.maximum(self._face, np.asarray(_grey(1 - self.seen["background"]))))
            case "background":
                return Image.fromarray(255 - np.asarray(self.shape("person")))
        slices, margin = _PARTS[region]
        width = min(float(np.ptp(self.landmarks[JAW, 0])), 1.0)  # a project's file may hold any landmarks
        return widened(filled([hull(self.landmarks[part]) for part in slices], REGION_PX), margin * width)

    @cached_property
    def seen(self) -> Parts:
        """What the network sees in the square.

        Raises:
            UsageError: it was chosen as a square: the network was made for faces.
        """
        from latentedit.face_parser import parts_of_picture

        _ = self.landmarks
        return parts_of_picture(self._cut(REGION_PX))

    @property
    def _face(self) -> _Bytes:
        return np.asarray(self.shape("face"))

    @property
    def _features(self) -> NDArray[np.float64]:
        outlines = [hull(self.landmarks[part]) for region in _BARE_OF for part in _PARTS[region][0]]
        soft = widened(filled(outlines, REGION_PX), FEATURE_MARGIN).filter(ImageFilter.GaussianBlur(FEATURE_MARGIN * REGION_PX))
        return np.asarray(soft, dtype=np.float64) / 255


def head_of(parts: Parts, landmarks: Points) -> NDArray[np.float64]:
    """Face, ears, hair and what is worn on the head: clothes above the eyes. [S, S] in [0, 1]."""
    side = len(parts["skin"])
    below = (np.arange(side) + 0.5) / side - landmarks[_EYES, 1].mean()
    above_eyes = (0.5 - below / WORN_EDGE).clip(0, 1)[:, None]
    return np.asarray(parts["skin"] + parts["hair"] + parts["clothes"] * above_eyes)


def widened(canvas: Image.Image, margin: float) -> Image.Image:
    """White widened by ``margin``, a share of the side."""
    return Image.fromarray(grown(np.asarray(canvas), max(1, round(margin * canvas.width))))


def _grey(values: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(np.rint(values.clip(0, 1) * 255).astype(np.uint8))


_EYES = [*range(*LEFT_EYE.indices(68)), *range(*RIGHT_EYE.indices(68))]
SEEN = frozenset(["skin", "neck", "hair", "clothes", "head", "person", "background"])
"""Regions that the network sees; the others are told by landmarks."""
_BARE_OF: tuple[Region, ...] = ("eyes", "brows", "mouth")
_PARTS: dict[Region, tuple[tuple[slice, ...], float]] = {
    "eyes": ((LEFT_EYE, RIGHT_EYE), 0.06),
    "brows": ((LEFT_BROW, RIGHT_BROW), 0.04),
    "nose": ((NOSE,), 0.04),
    "mouth": ((MOUTH,), 0.06),
}
"""Which landmarks a part has, and how far its region reaches beyond them, in widths of the jaw: the skin close by moves with them."""
