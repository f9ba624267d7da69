"""Colours of skin, hair and background, and the light on the face."""

from __future__ import annotations

import numpy as np

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.cielab import chroma
from latentedit.directions.scorers.face_picture import MIN_PIXELS, FacePicture

REGIONS = ("skin", "hair", "background")
QUALITIES = ("lightness", "redness", "warmth", "chroma")
NAMES = (*(f"{region}_{quality}" for region in REGIONS for quality in QUALITIES), "light_from_right", "contrast")
MAX_TURN = 0.5
"""Of :attr:`FacePicture.turn`: a face that is turned further hides one cheek."""
JAW, BROWS = slice(0, 17), slice(17, 27)


def colours(face: FacePicture) -> Scores:
    """Median colours, and the light.

    ``REGION_lightness`` is L*, ``REGION_redness`` a* (green to red), ``REGION_warmth`` b* (blue to yellow), and ``REGION_chroma`` how colourful the
    region is. ``light_from_right``: how much lighter the cheek on the picture's right is than the other; ``contrast``: the deviation of L* over
    the face, large in hard light.
    """
    scores: dict[str, float] = {}
    for region, colour in (("skin", face.skin), ("hair", face.hair), ("background", face.background)):
        values = (*(float(value) for value in colour), chroma(colour))
        scores |= {f"{region}_{quality}": value for quality, value in zip(QUALITIES, values, strict=True)}
    left, right = (face.colour(cheek) for cheek in face.cheeks)
    if abs(face.turn) < MAX_TURN:
        scores["light_from_right"] = float(right[0] - left[0])
    lightness = face.lab[face.inside(np.concatenate([face.landmarks[JAW], face.landmarks[BROWS][::-1]]))][:, 0]
    if len(lightness) >= MIN_PIXELS:
        scores["contrast"] = float(lightness.std())
    return scores
