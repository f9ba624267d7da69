"""Beard and brows, told by how much darker and greyer than skin they are."""

from __future__ import annotations

import numpy as np

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.cielab import chroma
from latentedit.directions.scorers.face_frame import ellipse
from latentedit.directions.scorers.face_picture import Colour, FacePicture

NAMES = ("beard", "brow_darkness", "brow_thickness")
FAR_SIDE = 0.35
"""Of :attr:`FacePicture.turn`: beyond it the far side of the jaw is hidden."""
LEFT_BROW, RIGHT_BROW = 17, 22
PROFILES = np.linspace(0.8, 3.2, 7)
"""Where brows are crossed, in landmarks from their outer end on the picture's left."""
REACH = np.linspace(-0.16, 0.10, 27)
"""How far a profile goes above and below the brow's landmarks, in heights from ears to chin."""
ABOVE_BROW = 6
MIN_CONTRAST = 8.0
"""Of L* between brow and forehead: where a fringe or a hat hides the brow there is less."""


def facial_hair(face: FacePicture) -> Scores:
    """``beard``: how much darker (L*) and greyer (C*ab) jaw, chin and upper lip are than the cheeks, also by shadow; ``brow_darkness``: the
    difference of L* between forehead and brows; ``brow_thickness``: the height of the brows at half that difference, in heights from ears to chin."""
    scores = {"beard": _beard(face)}
    depths, heights = [], []
    for profile in _brow_profiles(face):
        depth, height = _dip(profile)
        depths.append(depth)
        heights.append(height)
    scores["brow_darkness"] = float(np.median(depths))
    if scores["brow_darkness"] > MIN_CONTRAST:
        scores["brow_thickness"] = float(np.median(heights) * (REACH[1] - REACH[0]))
    return scores


def _beard(face: FacePicture) -> float:
    points, frame = face.landmarks, face.frame
    left_cheek, right_cheek = (_or(face.colour(cheek), face.skin) for cheek in face.cheeks)
    left_jaw, right_jaw = (
        face.colour(ellipse(0.45 * points[mouth] + 0.55 * points[jaw], 0.14 * frame.across, 0.13 * frame.down))
        for mouth, jaw in ((48, 5), (54, 11))
    )
    chin = face.colour(ellipse(0.45 * points[57] + 0.55 * points[8], 0.22 * frame.across, 0.14 * frame.down))
    upper_lip = face.colour(
        *(ellipse((points[a] + points[b]) / 2, 0.07 * frame.across, 0.06 * frame.down) for a, b in ((32, 50), (34, 52)))
    )
    pairs = [(face.skin, chin), (face.skin, upper_lip)]
    if face.turn < FAR_SIDE:
        pairs.append((right_cheek, right_jaw))
    if face.turn > -FAR_SIDE:
        pairs.append((left_cheek, left_jaw))
    differences = [skin[0] - below[0] + chroma(skin) - chroma(below) for skin, below in pairs if np.isfinite(below).all()]
    return float(np.mean(differences)) if differences else float("nan")


def _or(colour: Colour, other: Colour) -> Colour:
    return colour if np.isfinite(colour).all() else other


def _brow_profiles(face: FacePicture) -> list[np.ndarray]:
    """L* [27] from the forehead across each brow to the lid, at seven places of both."""
    height, width = face.lab.shape[:2]
    profiles = []
    for first in (LEFT_BROW, RIGHT_BROW):
        brow = face.landmarks[first : first + 5]
        for place in PROFILES:
            whole = int(place)
            middle = brow[whole] + (place - whole) * (brow[whole + 1] - brow[whole])
            x, y = np.round(middle + REACH[:, None] * face.frame.down).astype(int).T
            profiles.append(face.lab[y.clip(0, height - 1), x.clip(0, width - 1), 0])
    return profiles


def _dip(profile: np.ndarray) -> tuple[float, int]:
    """The depth of a profile's lowest place below its beginning, and how many samples around it are below half of that."""
    top, lowest = float(np.median(profile[:ABOVE_BROW])), int(profile.argmin())
    below = profile < (top + float(profile[lowest])) / 2
    first = lowest - int(np.argmin(below[lowest::-1])) + 1 if not below[: lowest + 1].all() else 0
    last = lowest + int(np.argmin(below[lowest:])) - 1 if not below[lowest:].all() else len(profile) - 1
    return top - float(profile[lowest]), max(last - first + 1, 0)
