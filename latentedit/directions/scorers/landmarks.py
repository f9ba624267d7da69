"""Expression and pose from the geometry of dlib's 68 landmarks (iBUG 300-W numbering, from 0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.landmark_finder import LandmarkFinder, finder_for

LEFT_EYE, RIGHT_EYE = slice(36, 42), slice(42, 48)
MOUTH_CORNERS = (48, 54)
INNER_LIPS = (62, 66)
NOSE_TIP, CHIN = 30, 8
JAW_ENDS = (1, 15)


def geometry(landmarks: npt.NDArray[np.float64]) -> dict[str, float]:
    """Scale-free measures of [68, 2] landmarks.

    ``smile``: how far the mouth's corners are raised above its middle, and how wide it is; ``mouth_open``: the gap between the inner lips;
    ``eyes_open``: height over width of the eyes; each in units of the distance between the eyes. ``yaw``: the nose's place between the ends of
    the jaw, positive when the face turns toward the picture's right; ``pitch``: its place between eyes and chin, positive when the face looks up;
    ``roll``: how far the line through the eyes falls toward the picture's right, in degrees. The other measures do not depend on it.
    """
    left, right = landmarks[LEFT_EYE], landmarks[RIGHT_EYE]
    eyes = (left.mean(axis=0) + right.mean(axis=0)) / 2
    between_eyes = float(np.linalg.norm(right.mean(axis=0) - left.mean(axis=0)))
    # Rotate the head's tilt away, so that up is up.
    across = (right.mean(axis=0) - left.mean(axis=0)) / between_eyes
    down = np.array([-across[1], across[0]])
    upper, lower = landmarks[list(INNER_LIPS)]
    corners = landmarks[list(MOUTH_CORNERS)]
    lift = float(((upper + lower) / 2 - corners.mean(axis=0)) @ down) / between_eyes
    width = float((corners[1] - corners[0]) @ across) / between_eyes
    nose = landmarks[NOSE_TIP]
    to_left, to_right = (abs(float((nose - landmarks[i]) @ across)) for i in JAW_ENDS)
    eyes_to_nose = float((nose - eyes) @ down)
    eyes_to_chin = float((landmarks[CHIN] - eyes) @ down)
    return {
        "smile": lift + 0.5 * width,
        "mouth_open": float((lower - upper) @ down) / between_eyes,
        "eyes_open": (_aspect(left) + _aspect(right)) / 2,
        "yaw": (to_left - to_right) / max(to_left + to_right, 1e-6),
        "pitch": -eyes_to_nose / max(eyes_to_chin, 1e-6),
        "roll": float(np.degrees(np.arctan2(across[1], across[0]))),
    }


def _aspect(eye: npt.NDArray[np.float64]) -> float:
    """Height over width of six points around an eye."""
    height = (np.linalg.norm(eye[1] - eye[5]) + np.linalg.norm(eye[2] - eye[4])) / 2
    return float(height / max(float(np.linalg.norm(eye[0] - eye[3])), 1e-6))


class LandmarkScorer:
    """Scores by :func:`geometry`."""

    names = ("smile", "mouth_open", "eyes_open", "yaw", "pitch", "roll")

    def __init__(self, landmarks: LandmarkFinder | Path) -> None:
        self._finder = finder_for(landmarks)

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        landmarks = self._finder.landmarks(rgb_uint8)
        return {} if landmarks is None else geometry(landmarks)
