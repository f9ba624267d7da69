"""Finding faces and their 68 landmarks with dlib, at any size and at any angle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dlib  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.float64]

WORKING_SIDE = 2000
"""Large photographs are searched at up to this many pixels on the long side: faces down to 1/25 of it are
found.
"""

_TURNED_SIDE = 1200
"""The search for turned faces costs seven looks, so each is at a smaller size."""

_TURNS = (45.0, -45.0, 90.0, -90.0, 135.0, -135.0, 180.0)
"""Degrees, anticlockwise. The detector tolerates about 25 to either side, so that these leave no angle
out.
"""

_CONFIDENT = 0.3
"""Scores of dlib's detector above this are hardly ever wrong; below it, a turned look may know better."""

_CERTAIN = 0.7
"""What a face has to score when it is looked at again with its head upright, and one that is then not seen must have
scored before, unless nothing better is in the picture."""

_SIZES = (0.88, 0.94, 1.0, 1.06, 1.12)
"""Sizes of the cut at which a face is looked at again."""

_SURPRISING_TURN = 40.0
"""Landmarks that turn a face by more degrees than this against the look that found it are not believed at
once.
"""

_CHIP_PX = 384
"""Landmarks are fitted on a square of this side around the face, of which the detector's box takes half."""

_JITTER = (
    (0.0, 0.0, 0.0),
    (0.05, 0.0, 0.0),
    (-0.05, 0.0, 0.0),
    (0.0, 0.05, 0.0),
    (0.0, -0.05, 0.0),
    (0.0, 0.0, 0.06),
    (0.0, 0.0, -0.06),
)
"""Shifts right and down, and growth, of the box from which landmarks are fitted, in halves of its side."""


@dataclass(frozen=True)
class Detection:
    """A face that the detector saw: centre and side of its box in photograph pixels, clockwise turn
    (degrees), score.
    """

    x: float
    y: float
    side: float
    angle: float
    score: float


class Detector:
    """dlib's detector and landmark model, loaded once.

    Attributes:
        landmarks_path: ``shape_predictor_68_face_landmarks.dat``.
        cnn_path: ``mmod_human_face_detector.dat``; asked only where the first detector finds nothing: it is
        slow.
    """

    def __init__(self, landmarks_path: Path, cnn_path: Path | None = None) -> None:
        self.landmarks_path = landmarks_path
        self.cnn_path = cnn_path
        self._hog = dlib.get_frontal_face_detector()
        self._predictor = dlib.shape_predictor(str(landmarks_path))

    def detect(self, rgb_uint8: NDArray[np.uint8]) -> list[Detection]:
        """Find all faces of a picture [H, W, 3]: upright ones if there are any, else turned ones.

        In no special order; each with the turn of its head and a box fitted with the head held upright.
        """
        upright = _merged(list(self._look(rgb_uint8, WORKING_SIDE, 0.0)))
        if any(d.score >= _CONFIDENT for d in upright):
            return self._settled(rgb_uint8, upright)
        found = [*upright]
        for angle in _TURNS:
            found += self._look(rgb_uint8, _TURNED_SIDE, angle)
        if not found and self.cnn_path is not None:
            found += self._look_again(rgb_uint8, self.cnn_path)
        return self._settled(rgb_uint8, _merged(found))

    def landmarks(self, rgb_uint8: NDArray[np.uint8], face: Detection) -> Array:
        """Fit the 68 landmarks [68, 2] (photograph pixels) of a detected face on an upright cut around it."""
        return self._fit(rgb_uint8, face)

    def _settled(self, rgb: NDArray[np.uint8], found: list[Detection]) -> list[Detection]:
        """Look at each face again with its head upright: the box gets exact, and patterns show what they are."""
        settled = []
        for face in found:
            straight = replace(face, angle=_turn_of_eyes(self._fit(rgb, face)))
            again = self._closest(rgb, straight)
            if again is None and abs(_between(straight.angle, face.angle)) > _SURPRISING_TURN:
                again = self._closest(rgb, face)
            if again is not None:
                # One more round: a box found askew gives a rough turn, this one a good one.
                turned = replace(again, angle=_turn_of_eyes(self._fit(rgb, again)))
                settled.append(self._closest(rgb, turned, _SIZES) or again)
            elif face.score >= _CERTAIN:
                settled.append(face)
        merged = _merged(settled)
        return [d for d in merged if d.score >= _CERTAIN] or [d for d in merged[:1] if d.score >= _CONFIDENT]

    def _closest(self, rgb: NDArray[np.uint8], face: Detection, sizes: tuple[float, ...] = (1.0,)) -> Detection | None:
        """Find the face again on its upright cut; None when the detector sees none at that place and of that size.

        The detector tries sizes in steps of a fifth, and the landmarks follow the size that it gives; the mean over cuts
        of several sizes, weighted by score, is steadier.
        """
        seen = []
        for factor in sizes:
            chip, to_photo = upright_chip(rgb, replace(face, side=face.side * factor))
            scale = 2 * face.side * factor / _CHIP_PX
            boxes, scores, _ = self._hog.run(chip, 0, 0.0)
            for box, score in zip(boxes, scores, strict=True):
                x, y = to_photo @ [(box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2, 1.0]
                side = box.width() * scale
                if np.hypot(x - face.x, y - face.y) < 0.4 * face.side and 0.55 < side / face.side < 1.8:
                    seen.append((float(score), float(x), float(y), float(side)))
        if not seen:
            return None
        table = np.array(seen)
        best = float(table[:, 0].max())
        # Sizes that the detector likes much less than the best have no say.
        weights = np.maximum(table[:, 0] - best / 2, 0) + 1e-6
        x, y, side = (float(v) for v in weights @ table[:, 1:] / weights.sum())
        return Detection(x, y, side, face.angle, best)

    def _look(self, rgb: NDArray[np.uint8], side: int, angle: float) -> Iterator[Detection]:
        factor = max(-(-max(rgb.shape[:2]) // side), 1)
        picture = Image.fromarray(shrink(rgb, factor))
        turned = picture.rotate(angle, Image.Resampling.BILINEAR, expand=True) if angle else picture
        # The detector's smallest face has 80 pixels; small photographs are enlarged for it.
        doublings = min(max(int(np.log2(side / max(turned.size))), 0), 2)
        boxes, scores, _ = self._hog.run(np.asarray(turned), doublings, 0.0)
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        for box, score in zip(boxes, scores, strict=True):
            dx = (box.left() + box.right() + 1) / 2 - turned.width / 2
            dy = (box.top() + box.bottom() + 1) / 2 - turned.height / 2
            x = cos * dx - sin * dy + picture.width / 2
            y = sin * dx + cos * dy + picture.height / 2
            yield Detection(x * factor - 0.5, y * factor - 0.5, box.width() * factor, angle, float(score))

    def _look_again(self, rgb: NDArray[np.uint8], cnn_path: Path) -> Iterator[Detection]:
        factor = max(-(-max(rgb.shape[:2]) // 800), 1)
        model = dlib.cnn_face_detection_model_v1(str(cnn_path))
        for seen in model(np.ascontiguousarray(shrink(rgb, factor)), 1 if max(rgb.shape[:2]) <= 400 else 0):
            box = seen.rect
            x, y = (box.left() + box.right() + 1) / 2, (box.top() + box.bottom() + 1) / 2
            # Its score has another scale; where it is asked nothing else was found, so that it only has to
            # pass.
            score = max(float(seen.confidence), _CONFIDENT)
            yield Detection(x * factor - 0.5, y * factor - 0.5, box.width() * factor, 0.0, score)

    def _fit(self, rgb: NDArray[np.uint8], face: Detection) -> Array:
        chip, to_photo = upright_chip(rgb, face)
        fits = []
        for dx, dy, grow in _JITTER:
            # The detector's box is quantised to its grid; the mean over boxes like it is steadier than one
            # fit.
            half = _CHIP_PX / 4 * (1 + grow)
            x, y = _CHIP_PX / 2 + dx * half, _CHIP_PX / 2 + dy * half
            box = dlib.rectangle(round(x - half), round(y - half), round(x + half) - 1, round(y + half) - 1)
            shape: Any = self._predictor(chip, box)
            fits.append([(p.x, p.y) for p in shape.parts()])
        points = np.mean(np.array(fits, dtype=np.float64), axis=0)
        return np.asarray(points @ to_photo[:, :2].T + to_photo[:, 2])


def upright_chip(rgb: NDArray[np.uint8], face: Detection) -> tuple[NDArray[np.uint8], Array]:
    """Cut a square around a face with the head upright, twice as wide as the detector's box.

    Returns:
        The cut [_CHIP_PX, _CHIP_PX, 3], and the affine map [2, 3] from its pixels (centres) to the
        photograph's.
    """
    reach = face.side * 1.5  # half of the cut's diagonal and a little more
    height, width = rgb.shape[:2]
    factor = max(int(2 * face.side / _CHIP_PX), 1)
    left, top = (max(int(v - reach), 0) // factor * factor for v in (face.x, face.y))
    right, bottom = min(int(face.x + reach) + 2, width), min(int(face.y + reach) + 2, height)
    small = shrink(rgb[top:bottom, left:right], factor)
    scale = 2 * face.side / _CHIP_PX
    cos, sin = np.cos(np.radians(face.angle)) * scale, np.sin(np.radians(face.angle)) * scale
    middle = (_CHIP_PX - 1) / 2
    to_photo = np.array(
        [
            [cos, -sin, face.x - (cos - sin) * middle],
            [sin, cos, face.y - (sin + cos) * middle],
        ]
    )
    # Pillow wants the map from the cut's outer-edge coordinates to those of the shrunken region.
    linear = to_photo[:, :2] / factor
    offset = (to_photo[:, 2] - [left, top] + 0.5) / factor - linear @ [0.5, 0.5]
    coefficients = (*linear[0].tolist(), float(offset[0]), *linear[1].tolist(), float(offset[1]))
    cut = Image.fromarray(small).transform((_CHIP_PX, _CHIP_PX), Image.Transform.AFFINE, coefficients, Image.Resampling.BICUBIC)
    return np.array(cut), to_photo


def shrink(rgb_uint8: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Shrink [H, W, 3] by a whole factor, each new pixel the mean of a block.

    Incomplete blocks at the far edges are dropped, but kept where a side has less than one block.
    """
    if factor == 1:
        return np.ascontiguousarray(rgb_uint8)
    height, width = rgb_uint8.shape[:2]
    down, across = min(factor, height), min(factor, width)
    rows, columns = height // down, width // across
    result = np.empty((rows, columns, 3), dtype=np.uint8)
    for row in range(rows):  # a row of blocks at a time keeps the sums small
        strip = rgb_uint8[row * down : (row + 1) * down, : columns * across]
        sums = strip.sum(axis=0, dtype=np.uint32).reshape(columns, across, 3).sum(axis=1)
        result[row] = (sums + down * across // 2) // (down * across)
    return result


def _merged(found: list[Detection]) -> list[Detection]:
    """Keep the best-scored of detections that lie on one face."""
    kept: list[Detection] = []
    for one in sorted(found, key=lambda d: (-d.score, d.x, d.y, d.angle)):
        if all(np.hypot(one.x - k.x, one.y - k.y) > 0.5 * max(one.side, k.side) for k in kept):
            kept.append(one)
    return kept


def _between(one: float, other: float) -> float:
    """Difference of two directions in degrees, -180 to 180."""
    return (one - other + 180) % 360 - 180


def _turn_of_eyes(points: Array) -> float:
    """Clockwise turn of the head in degrees, by the line between the eyes' centres."""
    across = points[42:48].mean(axis=0) - points[36:42].mean(axis=0)
    return float(np.degrees(np.arctan2(across[1], across[0])))
