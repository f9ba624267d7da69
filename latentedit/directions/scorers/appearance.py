"""All that colours tell about a face, from one conversion of its picture."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers import colours, facial_hair, features, hair
from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.cielab import to_lab
from latentedit.directions.scorers.face_picture import FacePicture
from latentedit.directions.scorers.landmark_finder import LandmarkFinder, Points, finder_for


def appearance(rgb_uint8: npt.NDArray[np.uint8], landmarks: Points) -> dict[str, float]:
    """Scores of a picture [H, W, 3] with its [68, 2] landmarks in px; without those that could not be measured."""
    face = FacePicture(to_lab(rgb_uint8), landmarks)
    measured = {**colours.colours(face), **hair.hair(face), **facial_hair.facial_hair(face), **features.features(face)}
    return {name: value for name, value in measured.items() if math.isfinite(value)}


class AppearanceScorer:
    """Scores by :func:`appearance`."""

    names = (*colours.NAMES, *hair.NAMES, *facial_hair.NAMES, *features.NAMES)

    def __init__(self, landmarks: LandmarkFinder | Path) -> None:
        self._finder = finder_for(landmarks)

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        landmarks = self._finder.landmarks(rgb_uint8)
        return {} if landmarks is None else appearance(rgb_uint8, landmarks)
