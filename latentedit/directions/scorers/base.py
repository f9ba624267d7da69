"""The protocol by which users add scorers of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

Scores = Mapping[str, float]
"""Attribute name -> score. An attribute that cannot be measured on an image is missing."""


class Scorer(Protocol):
    """Measures attributes of one aligned face."""

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes that it can measure."""
        ...

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        """Scores of an aligned face [H, W, 3]; empty when no face is found in it."""
        ...
