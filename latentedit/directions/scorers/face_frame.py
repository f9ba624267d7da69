"""Coordinates that go with a head, and outlines in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
JAW_ENDS, CHIN = (1, 15), 8


@dataclass(frozen=True, eq=False)
class FaceFrame:
    """Coordinates that go with the head: ``u`` is -1 and 1 at the ends of the jaw beside the ears (the picture's left and right), ``v`` is 0 between
    them and 1 at the chin; brows are near -0.35, the hairline near -0.8, the top of the head near -1.2.

    Attributes:
        origin, across, down: [2] in px.
    """

    origin: Points
    across: Points
    down: Points

    @classmethod
    def of(cls, landmarks: Points) -> FaceFrame:
        """The frame of 68 landmarks [68, 2] in px."""
        left, right = landmarks[list(JAW_ENDS)]
        middle = (left + right) / 2
        return cls(middle, (right - left) / 2, landmarks[CHIN] - middle)

    def points(self, uv: Sequence[tuple[float, float]]) -> Points:
        """Frame coordinates [N, 2] in px."""
        u, v = np.array(uv, dtype=np.float64).T
        return self.origin + u[:, None] * self.across + v[:, None] * self.down

    def box(self, u: tuple[float, float], v: tuple[float, float]) -> Points:
        """The corners [4, 2] of a box of the frame, in px."""
        return self.points([(u[0], v[0]), (u[1], v[0]), (u[1], v[1]), (u[0], v[1])])

    def boxes(self, u: tuple[float, float], v: tuple[float, float]) -> tuple[Points, Points]:
        """The same box at both sides of the head; ``u`` is given for the picture's right."""
        return self.box((-u[1], -u[0]), v), self.box(u, v)


def ellipse(centre: Points, across: Points, down: Points) -> Points:
    """Points [24, 2] around ``centre`` [2] with half axes ``across`` and ``down`` [2]."""
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)[:, None]
    return np.asarray(centre + np.cos(turn) * across + np.sin(turn) * down)
