"""How long and full hair is, and whether it covers the forehead, told by its colour."""

from __future__ import annotations

import numpy as np

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.face_picture import Colour, FacePicture, Pixels

NAMES = ("fringe", "hair_length", "hair_volume")
FOREHEAD_U, FOREHEAD_V = (-0.55, 0.55), (-0.75, -0.45)
BESIDE_JAW_U, BESIDE_JAW_V = (1.05, 1.5), (0.35, 1.25)
BESIDE_HEAD_U, BESIDE_HEAD_V = (1.1, 1.6), (-1.1, 0.0)
ABOVE_HEAD_U, ABOVE_HEAD_V = (-1.1, 1.1), (-1.6, -1.2)
MIN_CONTRAST = 15.0
"""Between hair and skin (CIELAB): where they are nearer, a forehead does not tell which of them it shows."""
SOFTNESS = 5.0
"""The difference of two distances in CIELAB that makes a pixel e times as likely to be hair."""
MIN_PIXELS = 30


def hair(face: FacePicture) -> Scores:
    """``fringe``: how far the forehead's colour is from that of the cheeks to that of the hair (0 to 1; a hat counts as hair); ``hair_length`` and
    ``hair_volume``: the share of hair's colour beside jaw and neck, and around the head, against the colours of skin and background. Clothes
    and a background of the hair's colour are mistaken for it."""
    frame = face.frame
    around = (*frame.boxes(BESIDE_HEAD_U, BESIDE_HEAD_V), frame.box(ABOVE_HEAD_U, ABOVE_HEAD_V))
    scores = {
        "hair_length": _share_of_hair(face, face.inside(*frame.boxes(BESIDE_JAW_U, BESIDE_JAW_V))),
        "hair_volume": _share_of_hair(face, face.inside(*around)),
    }
    from_skin_to_hair = face.hair - face.skin
    contrast = float(np.linalg.norm(from_skin_to_hair))
    forehead = face.lab[face.inside(frame.box(FOREHEAD_U, FOREHEAD_V))]
    if contrast > MIN_CONTRAST and len(forehead):
        places = (forehead - face.skin) @ from_skin_to_hair / contrast**2
        scores["fringe"] = float(places.clip(0, 1).mean())
    return scores


def _share_of_hair(face: FacePicture, where: Pixels) -> float:
    """How many of some pixels look like hair rather than skin or background, from 0 to 1; not-a-number when few are in the picture."""
    pixels = face.lab[where]
    if len(pixels) < MIN_PIXELS:
        return float("nan")

    def distance(colour: Colour) -> np.ndarray:
        return np.linalg.norm(pixels - colour, axis=1)

    nearer = np.minimum(distance(face.skin), distance(face.background)) - distance(face.hair)
    return float(np.mean(1 / (1 + np.exp(-nearer / SOFTNESS))))
