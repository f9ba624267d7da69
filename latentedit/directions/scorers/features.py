"""Lips, teeth, glasses and gaze."""

from __future__ import annotations

import numpy as np

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.face_picture import FacePicture

NAMES = ("lip_redness", "teeth", "glasses", "gaze")
OUTER_LIPS, INNER_LIPS = slice(48, 60), slice(60, 68)
LEFT_EYE, RIGHT_EYE = slice(36, 42), slice(42, 48)
TOOTH_LIGHTNESS = 0.8
"""Of the skin's: what is lighter between the lips, and nearly grey, is teeth."""
TOOTH_CHROMA = 25.0
MIN_PIXELS = 8


def features(face: FacePicture) -> Scores:
    """``lip_redness``: a* of the lips above that of the cheeks (lipstick, or fresh skin); ``teeth``: how much lightness the teeth show, per area
    of the face; ``glasses``: how steep L* changes (per px, downward) on the bridge of the nose between the eyes, where a frame crosses it;
    ``gaze``: where the pupils are between the corners of the eyes, positive toward the picture's right."""
    lips = face.inside(face.landmarks[OUTER_LIPS]) & ~face.inside(face.landmarks[INNER_LIPS])
    scores = {
        "lip_redness": float(face.colour_of(lips)[1] - face.skin[1]),
        "teeth": _teeth(face),
        "glasses": _glasses(face),
    }
    pupils = [_pupil(face, face.landmarks[eye]) for eye in (LEFT_EYE, RIGHT_EYE)]
    return scores | {"gaze": float(np.mean(pupils))}


def _teeth(face: FacePicture) -> float:
    between = face.lab[face.inside(face.landmarks[INNER_LIPS])]
    lighter = (between[:, 0] - TOOTH_LIGHTNESS * face.skin[0]).clip(0)
    grey = np.hypot(between[:, 1], between[:, 2]) < TOOTH_CHROMA
    return float((lighter * grey).sum() / max(float(face.frame.across @ face.frame.across), 1e-6))


def _glasses(face: FacePicture) -> float:
    left, right = face.landmarks[39], face.landmarks[42]  # the inner corners of the eyes
    inward, down = 0.15 * (right - left), face.frame.down
    upper, lower = -0.16 * down, 0.12 * down
    bridge = np.stack([left + inward + upper, right - inward + upper, right - inward + lower, left + inward + lower])
    steepness = np.abs(np.gradient(face.lab[..., 0], axis=0))[face.inside(bridge)]
    return float(steepness.mean()) if len(steepness) >= MIN_PIXELS else float("nan")


def _pupil(face: FacePicture, eye: np.ndarray) -> float:
    """The centre of an eye's darkness between its corners, -0.5 to 0.5."""
    where = face.inside(eye)
    rows, columns = np.nonzero(where)
    if len(rows) < MIN_PIXELS:
        return float("nan")
    lightness = face.lab[where][:, 0]
    # Squared: the iris is to outweigh the shadow of the lids.
    darkness = (np.percentile(lightness, 80) - lightness).clip(0) ** 2
    middle = np.array([(columns * darkness).sum(), (rows * darkness).sum()]) / max(float(darkness.sum()), 1e-6)
    along = eye[3] - eye[0]
    return float((middle - eye[0]) @ along / max(float(along @ along), 1e-6)) - 0.5
