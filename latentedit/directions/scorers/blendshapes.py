"""Expressions as the blendshapes of MediaPipe's face landmarker (a .task file that the user names; needs ``latentedit[blendshapes]``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers.base import Scores
from latentedit.errors import InputError, ResourceError

_PAIRED = (
    *(
        "browDown",
        "browOuterUp",
        "cheekSquint",
        "eyeBlink",
        "eyeLookDown",
        "eyeLookIn",
        "eyeLookOut",
        "eyeLookUp",
        "eyeSquint",
        "eyeWide",
    ),
    *("mouthDimple", "mouthFrown", "mouthLowerDown", "mouthPress", "mouthSmile", "mouthStretch", "mouthUpperUp", "noseSneer"),
)
_SINGLE = (
    *(
        "_neutral",
        "browInnerUp",
        "cheekPuff",
        "jawForward",
        "jawLeft",
        "jawOpen",
        "jawRight",
        "mouthClose",
        "mouthFunnel",
        "mouthLeft",
    ),
    *("mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper"),
)
BLENDSHAPES = (*_SINGLE, *(f"{pair}{side}" for pair in _PAIRED for side in ("Left", "Right")))
"""The 52 names that the model gives; left and right are the person's own."""


class BlendshapeScorer:
    """The 52 blendshapes, each from 0 to 1, and under the name without its side the mean of each pair. To be closed after use."""

    names = (*BLENDSHAPES, *_PAIRED)

    def __init__(self, task_path: Path) -> None:
        """Load the model.

        Raises:
            ResourceError: mediapipe is not installed, or the file is not there.
            InputError: the file is no such model.
        """
        try:
            import mediapipe
            from mediapipe.tasks.python.core.base_options import BaseOptions
            from mediapipe.tasks.python.vision.face_landmarker import FaceLandmarker, FaceLandmarkerOptions
        except ImportError as error:
            raise ResourceError(
                "Measuring blendshapes needs mediapipe.", hint="Install it: pip install 'latentedit[blendshapes]'."
            ) from error
        if not task_path.is_file():
            raise ResourceError(
                f"There is no file {task_path}.", hint="Name MediaPipe's face_landmarker_v2_with_blendshapes.task, downloaded."
            )
        options = FaceLandmarkerOptions(
            # As bytes: mediapipe looks for relative paths in its own folder.
            base_options=BaseOptions(model_asset_buffer=task_path.read_bytes()),
            output_face_blendshapes=True,
        )
        try:
            self._landmarker: Any = FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            raise InputError(f"{task_path.name} is no face landmarker with blendshapes.", hint="Download it again.") from error
        self._image, self._format = mediapipe.Image, mediapipe.ImageFormat.SRGB

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        found = self._landmarker.detect(self._image(self._format, np.ascontiguousarray(rgb_uint8))).face_blendshapes
        if not found:
            return {}
        scores = {shape.category_name: float(shape.score) for shape in found[0]}
        return scores | {pair: (scores[f"{pair}Left"] + scores[f"{pair}Right"]) / 2 for pair in _PAIRED}

    def close(self) -> None:
        """End the model's threads."""
        self._landmarker.close()
