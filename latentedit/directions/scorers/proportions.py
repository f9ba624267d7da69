"""Sizes and places of a face's parts, from dlib's 68 landmarks (iBUG 300-W numbering, from 0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.landmark_finder import LandmarkFinder, Points, finder_for

BROWS, LEFT_BROW, RIGHT_BROW = slice(17, 27), slice(17, 22), slice(22, 27)
LEFT_EYE, RIGHT_EYE = slice(36, 42), slice(42, 48)
CHIN = 8


def proportions(landmarks: Points) -> dict[str, float]:
    """Scale-free measures of [68, 2] landmarks in px; widths are in units of the jaw's width at the ears, heights in those from brows to chin.

    ``face_width``: the jaw's width over the height from brows to chin; ``jaw_width``: the jaw's width beside the mouth; ``chin_length``: from the
    lower lip to the chin; ``nose_length``, ``nose_width``; ``eye_size``: the width of the eyes; ``eye_distance``: between their inner corners;
    ``brows_raised``: the height of the brows above the eyes' corners; ``brow_tilt``: how far the brows' outer ends hang below the inner
    ones, compared with the eyes' corners;
    ``mouth_width``; ``mouth_height``: how near the mouth is to the nose; ``lip_fullness``: the height of both lips without the gap.
    """
    left_eye, right_eye = landmarks[LEFT_EYE], landmarks[RIGHT_EYE]
    across = right_eye.mean(axis=0) - left_eye.mean(axis=0)
    across = across / max(float(np.hypot(*across)), 1e-6)
    down = np.array([-across[1], across[0]])

    def right_of(a: int, b: int) -> float:
        return float((landmarks[b] - landmarks[a]) @ across)

    def below(a: int, b: int) -> float:
        return float((landmarks[b] - landmarks[a]) @ down)

    width = max(right_of(1, 15), 1e-6)
    height = max(float((landmarks[CHIN] - landmarks[BROWS].mean(axis=0)) @ down), 1e-6)
    eye_corners = (left_eye[[0, 3]].mean(axis=0) + right_eye[[0, 3]].mean(axis=0)) / 2
    return {
        "face_width": width / height,
        "jaw_width": right_of(4, 12) / width,
        "chin_length": below(57, CHIN) / height,
        "nose_length": below(27, 33) / height,
        "nose_width": right_of(31, 35) / width,
        "eye_size": (right_of(36, 39) + right_of(42, 45)) / 2 / width,
        "eye_distance": right_of(39, 42) / width,
        "brows_raised": float((eye_corners - landmarks[BROWS].mean(axis=0)) @ down) / height,
        "brow_tilt": (below(21, 17) + below(22, 26) - below(39, 36) - below(42, 45)) / 2 / height,
        "mouth_width": right_of(48, 54) / width,
        "mouth_height": -below(33, 51) / height,
        "lip_fullness": (below(51, 62) + below(66, 57)) / height,
    }


class ProportionScorer:
    """Scores by :func:`proportions`."""

    names = (
        *("face_width", "jaw_width", "chin_length", "nose_length", "nose_width", "eye_size", "eye_distance"),
        *("brows_raised", "brow_tilt", "mouth_width", "mouth_height", "lip_fullness"),
    )

    def __init__(self, landmarks: LandmarkFinder | Path) -> None:
        self._finder = finder_for(landmarks)

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        landmarks = self._finder.landmarks(rgb_uint8)
        return {} if landmarks is None else proportions(landmarks)
