"""Attributes from the geometry of dlib's 68 landmarks (iBUG 300-W numbering, from 0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers.base import Scores

LEFT_EYE, RIGHT_EYE = slice(36, 42), slice(42, 48)
MOUTH_CORNERS = (48, 54)
INNER_LIPS = (62, 66)
NOSE_TIP, CHIN = 30, 8
JAW_ENDS = (1, 15)


def find_landmarks(rgb_uint8: npt.NDArray[np.uint8], detector: object, predictor: object) -> npt.NDArray[np.float64] | None:
    """The 68 landmarks [68, 2] (x, y in px) of the largest face, or None when there is none."""
    boxes = detector(rgb_uint8, 0)  # type: ignore[operator]
    if not boxes:
        return None
    shape = predictor(rgb_uint8, max(boxes, key=lambda box: box.area()))  # type: ignore[operator]
    return np.array([[point.x, point.y] for point in shape.parts()], dtype=np.float64)


def geometry(landmarks: npt.NDArray[np.float64]) -> dict[str, float]:
    """Scale-free measures of [68, 2] landmarks.

    ``smile``: how far the mouth's corners are raised above its middle, and how wide it is; ``mouth_open``: the gap between the inner lips;
    ``eyes_open``: height over width of the eyes; each in units of the distance between the eyes. ``yaw``: the nose's place between the ends of
    the jaw, positive when the face turns toward the picture's right; ``pitch``: its place between eyes and chin, positive when the face looks up.
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
    }


def _aspect(eye: npt.NDArray[np.float64]) -> float:
    """Height over width of six points around an eye."""
    height = (np.linalg.norm(eye[1] - eye[5]) + np.linalg.norm(eye[2] - eye[4])) / 2
    return float(height / max(float(np.linalg.norm(eye[0] - eye[3])), 1e-6))


class LandmarkScorer:
    """Scores by :func:`geometry`."""

    names = ("smile", "mouth_open", "eyes_open", "yaw", "pitch")

    def __init__(self, predictor_path: Path) -> None:
        import dlib

        self._detector = dlib.get_frontal_face_detector()
        self._predictor = dlib.shape_predictor(str(predictor_path))

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        landmarks = find_landmarks(np.ascontiguousarray(rgb_uint8), self._detector, self._predictor)
        return {} if landmarks is None else geometry(landmarks)
