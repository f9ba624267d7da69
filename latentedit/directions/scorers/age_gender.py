"""Age and gender by Cydral's small residual networks (dlib-models, CC0), run by onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers.base import Scores
from latentedit.directions.scorers.landmark_finder import LandmarkFinder, finder_for
from latentedit.errors import ResourceError

CHIP_PADDING = 0.2
CHANNEL_MEANS = np.array([122.781998, 117.000999, 104.297997], dtype=np.float32)
AGE_CHIP_PX, GENDER_CHIP_PX = 64, 32
AGES = np.array([0.25, *range(1, 81)], dtype=np.float64)
"""The age in years that each of the age network's 81 outputs stands for."""


class AgeGenderScorer:
    """``age``: expected age in years; ``gender``: log-odds of looking male.

    The networks repeat the biases of what they were trained on; they serve to find directions, not to judge people.
    """

    names = ("age", "gender")

    def __init__(self, age_path: Path, gender_path: Path, landmarks: LandmarkFinder | Path) -> None:
        import dlib

        try:
            import onnxruntime
        except ImportError as error:
            raise ResourceError(
                "Measuring age and gender needs onnxruntime.", hint="Install it: pip install 'latentedit[discover]'."
            ) from error
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        self._age = onnxruntime.InferenceSession(str(age_path), options, providers=providers)
        self._gender = onnxruntime.InferenceSession(str(gender_path), options, providers=providers)
        self._finder = finder_for(landmarks)
        self._chip = dlib.get_face_chip

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        rgb_uint8 = np.ascontiguousarray(rgb_uint8)  # dlib reads nothing else
        shape = self._finder.shape(rgb_uint8)
        if shape is None:
            return {}
        age = self._run(self._age, rgb_uint8, shape, AGE_CHIP_PX)
        gender = self._run(self._gender, rgb_uint8, shape, GENDER_CHIP_PX)
        female, male = np.clip(gender, 1e-6, 1.0)
        return {"age": float(age @ AGES), "gender": float(np.log(male / female))}

    def _run(self, session: object, rgb_uint8: npt.NDArray[np.uint8], shape: object, size: int) -> npt.NDArray[np.float64]:
        chip = self._chip(rgb_uint8, shape, size=size, padding=CHIP_PADDING).astype(np.float32)
        images = ((chip - CHANNEL_MEANS) / 256.0).transpose(2, 0, 1)[None]
        probabilities = session.run(None, {"images": np.ascontiguousarray(images)})[0]  # type: ignore[attr-defined]
        return np.asarray(probabilities[0], dtype=np.float64)
