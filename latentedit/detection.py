"""Finding faces and their 68 landmarks with dlib, at any size and at any angle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import dlib  # type: ignore[import-untyped, unused-ignore]
import numpy as np

from latentedit.alignment import ffhq_quad, quad_side
from latentedit.detection_views import CHIP_PX, Array, Detection, Scales, View, turned, upright_cut

WORKING_SIDE = 3000
"""Large photographs are searched at this many pixels on the long side: faces down to 1/37 of it are found."""

_TURNED_SIDE = 1200
"""The search for turned faces costs seven looks, so each is at a smaller size."""

_BESIDE_SIDE = 800
"""Where there is an upright face, turned ones are only looked for at this size: down to 1/10 of the long side."""

_ENLARGED = 2.0
"""Small photographs are enlarged this much at most, since the detector's smallest face has 80 pixels: a face whose FFHQ square
has 70 is still found, less than is worth projecting."""

_TURNS = (45.0, -45.0, 90.0, -90.0, 135.0, -135.0, 180.0)
"""Degrees, clockwise. The detector tolerates about 25 to either side, so that these leave no angle out."""

_QUARTER_TURNS = (90.0, -90.0, 180.0)

_CERTAIN = 0.7
"""What a face has to score when it is looked at with its head upright, unless nothing better is in the picture."""

_DOUBTFUL = 0.3
"""What the only face of a picture has to score where the neural detector cannot be asked."""

_CNN_TURNS = (0.0, 45.0, -45.0, 90.0, -90.0)
"""Turns (degrees) at which the neural detector finds faces; it knows none on their head."""

_FAINT = -0.5
"""A score at which the first detector would call nothing a face, though few things that are none come close."""

_SIZES = (0.88, 0.94, 1.0, 1.06, 1.12)
"""Sizes of the cut at which a face is looked at again."""

_SURPRISING_TURN = 40.0
"""Landmarks that turn a face by more degrees than this against the look that found it are not believed at once."""

_CNN_PIXELS = 500_000
"""The neural detector takes 7 s and 1 GB for each million pixels: it sees the photograph at half a million."""

_CNN_FACE_PX = 80
"""The neural detector's smallest face; it breaks off when a picture is much smaller."""

_CNN_CERTAIN = 0.4
"""What a face has to score with the neural detector, whose scores go up to about 1."""

_BOX_IN_QUAD, _BOX_BELOW_QUAD = 0.61, 0.1
"""Side of the first detector's box and how far its centre lies below the FFHQ square's, in sides of that square: means over 20
portraits, with standard deviations of 0.04 and 0.025 (2026-11-25)."""

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


class Detector:
    """dlib's detectors and landmark model.

    Args:
        landmarks_path: ``shape_predictor_68_face_landmarks.dat``.
        find_cnn: asked for ``mmod_human_face_detector.dat`` when no other way finds a face; may give None.
    """

    def __init__(self, landmarks_path: Path, find_cnn: Callable[[], Path | None] | None = None) -> None:
        self._find_cnn = find_cnn
        self._hog = dlib.get_frontal_face_detector()
        self._predictor = dlib.shape_predictor(str(landmarks_path))

    def detect(self, scales: Scales) -> list[Detection]:
        """Find all faces of a photograph, upright and turned ones.

        In no special order; each with the turn of its head and a box fitted with the head held upright.
        """
        doubtful: list[Detection] = []
        for search in (self._at_all_angles, self._at_quarter_turns):
            settled = self._settled(scales, search(scales))
            certain = [face for face in settled if face.score >= _CERTAIN]
            if certain:
                return certain
            doubtful += [face for face in settled if face.score >= _DOUBTFUL]
        judged = self._with_cnn(scales)
        # Where it could be asked it has the last word: doubtful patterns that it did not see were none of them faces.
        return _best_first(doubtful)[:1] if judged is None else judged

    def landmarks(self, scales: Scales, face: Detection) -> Array:
        """Fit the 68 landmarks [68, 2] (photograph pixels) of a detected face on an upright cut around it."""
        cut = upright_cut(scales, face)
        fits = []
        for dx, dy, grow in _JITTER:
            # The detector's box is quantised to its grid; the mean over boxes like it is steadier than one fit.
            half = CHIP_PX / 4 * (1 + grow)
            x, y = CHIP_PX / 2 + dx * half, CHIP_PX / 2 + dy * half
            box = dlib.rectangle(round(x - half), round(y - half), round(x + half) - 1, round(y + half) - 1)
            shape: Any = self._predictor(cut.pixels, box)
            fits.append([(p.x, p.y) for p in shape.parts()])
        return cut.place(np.mean(np.array(fits, dtype=np.float64), axis=0))

    def _at_all_angles(self, scales: Scales) -> Iterator[Detection]:
        """Upright faces at full working size, turned ones at a smaller; beside an upright one only large ones."""
        upright = list(self._look(scales.whole(_scale(scales, WORKING_SIDE))))
        yield from upright
        beside = any(face.score >= _CERTAIN for face in upright)
        view = scales.whole(max(_scale(scales, _BESIDE_SIDE), 1.0) if beside else _scale(scales, _TURNED_SIDE))
        for angle in _TURNS:
            yield from self._look(turned(view, angle))

    def _at_quarter_turns(self, scales: Scales) -> Iterator[Detection]:
        """Photographs of small faces that lie on their side as a whole, because their file does not say so."""
        if max(scales.size) > _TURNED_SIDE / _ENLARGED:
            view = scales.whole(_scale(scales, WORKING_SIDE))
            for angle in _QUARTER_TURNS:
                yield from self._look(turned(view, angle))

    def _look(self, view: View, at_least: float = 0.0) -> Iterator[Detection]:
        boxes, scores, _ = self._hog.run(np.ascontiguousarray(view.pixels), 0, at_least)
        for box, score in zip(boxes, scores, strict=True):
            yield _detection(view, box, score)

    def _settled(self, scales: Scales, found: Iterable[Detection]) -> list[Detection]:
        """Look at each face again with its head upright: the box gets exact, and patterns show what they are.

        What lies on a face that is certain already is not looked at: the same face, seen from another angle.
        """
        settled: list[Detection] = []
        for face in _best_first(found):
            if not any(known.score >= _CERTAIN and _same(face, known) for known in settled):
                again = self._confirmed(scales, face)
                if again is not None:
                    settled.append(again)
        return _merged(settled)

    def _confirmed(self, scales: Scales, face: Detection) -> Detection | None:
        straight = replace(face, angle=self._turn_of_eyes(scales, face))
        again = self._closest(scales, straight)
        if again is None and abs(_between(straight.angle, face.angle)) > _SURPRISING_TURN:
            again = self._closest(scales, face)
        if again is None:
            return face if face.score >= _CERTAIN else None
        # One more round: a box found askew gives a rough turn, this one a good one.
        straight = replace(again, angle=self._turn_of_eyes(scales, again))
        return self._closest(scales, straight, _SIZES) or again

    def _closest(self, scales: Scales, face: Detection, sizes: tuple[float, ...] = (1.0,)) -> Detection | None:
        """Find the face again on its upright cut; None when the detector sees none at that place and of that size.

        The detector tries sizes in steps of a fifth, and the landmarks follow the size that it gives; the mean over cuts
        of several sizes, weighted by score, is steadier.
        """
        seen = [
            there
            for factor in sizes
            for there in self._look(upright_cut(scales, replace(face, side=face.side * factor)))
            if np.hypot(there.x - face.x, there.y - face.y) < 0.4 * face.side and 0.55 < there.side / face.side < 1.8
        ]
        if not seen:
            return None
        best = max(there.score for there in seen)
        # Sizes that the detector likes much less than the best have no say.
        weights = np.array([max(there.score - best / 2, 0.0) + 1e-6 for there in seen])
        x, y, side = (float(v) for v in weights @ [(s.x, s.y, s.side) for s in seen] / weights.sum())
        return Detection(x, y, side, face.angle, best)

    def _turn_of_eyes(self, scales: Scales, face: Detection) -> float:
        """Clockwise turn of the head in degrees, by the line between the eyes' centres."""
        points = self.landmarks(scales, face)
        across = points[42:48].mean(axis=0) - points[36:42].mean(axis=0)
        return float(np.degrees(np.arctan2(across[1], across[0])))

    def _with_cnn(self, scales: Scales) -> list[Detection] | None:
        """Ask the neural detector, which also knows faces that are turned away, half hidden or blurred.

        Returns:
            Its faces, or None where it cannot be asked.
        """
        width, height = scales.size
        view = scales.whole(max((width * height / _CNN_PIXELS) ** 0.5, 1 / _ENLARGED))
        if self._find_cnn is None or min(view.size) < _CNN_FACE_PX:
            return None
        path = self._find_cnn()
        if path is None:
            return None
        model = dlib.cnn_face_detection_model_v1(str(path))
        seen = [_detection(view, one.rect, one.confidence) for one in model(view.pixels, 0)]
        certain = [face for face in seen if face.score >= _CNN_CERTAIN]
        return _merged(self._boxed(scales, self._faced(scales, face)) for face in certain)

    def _faced(self, scales: Scales, face: Detection) -> Detection:
        """Turn a face that was seen at an unknown angle: to where the first detector comes closest to seeing it."""
        looks = []
        for angle in _CNN_TURNS:
            facing = replace(face, angle=angle)
            near = (there.score for there in self._look(upright_cut(scales, facing), _FAINT) if _same(there, face))
            looks.append((max(near, default=_FAINT), facing))
        return max(looks, key=lambda look: look[0])[1]

    def _boxed(self, scales: Scales, face: Detection) -> Detection:
        """Give a face the turn and the box that the first detector would, going by its landmarks.

        The landmark model was trained on that detector's boxes; the neural one's lie on a coarse grid and know no turn.
        """
        for _ in range(3):
            quad = ffhq_quad(self.landmarks(scales, face))
            across, down = quad[3] - quad[0], quad[1] - quad[0]
            x, y = quad.mean(axis=0) + _BOX_BELOW_QUAD * down
            angle = float(np.degrees(np.arctan2(across[1], across[0])))
            face = Detection(float(x), float(y), _BOX_IN_QUAD * quad_side(quad), angle, face.score)
        return face


def _scale(scales: Scales, side: int) -> float:
    """At what scale the photograph's long side has ``side`` pixels, if it need not be enlarged too much for that."""
    return max(max(scales.size) / side, 1 / _ENLARGED)


def _detection(view: View, box: Any, score: float) -> Detection:
    """What a detector of dlib's saw in a view, in the photograph's pixels."""
    x, y = view.place(np.array([(box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2]))
    return Detection(float(x), float(y), box.width() * view.scale, view.angle, float(score))


def _best_first(found: Iterable[Detection]) -> list[Detection]:
    return sorted(found, key=lambda d: (-d.score, d.x, d.y, d.angle))


def _same(one: Detection, other: Detection) -> bool:
    """Whether two detections lie on one face."""
    return bool(np.hypot(one.x - other.x, one.y - other.y) <= 0.5 * max(one.side, other.side))


def _merged(found: Iterable[Detection]) -> list[Detection]:
    """Keep the best-scored of detections that lie on one face."""
    kept: list[Detection] = []
    for one in _best_first(found):
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _between(one: float, other: float) -> float:
    """Difference of two directions in degrees, -180 to 180."""
    return (one - other + 180) % 360 - 180
