"""Quads, pictures and a drawn face that tests of alignment and compositing share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def square(x: float, y: float, half: float, angle: float) -> Array:
    right = half * np.array([np.cos(angle), np.sin(angle)])
    down = np.array([-right[1], right[0]])
    return np.array([x, y]) + np.stack([-right - down, -right + down, right + down, right - down])


def waves(height: int, width: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[:height, :width]
    return np.stack([128 + 100 * np.sin(x / 9), 128 + 100 * np.cos(y / 7), 128 + 90 * np.sin((x + y) / 11)], 2).astype(np.uint8)


def face_points() -> np.ndarray:
    """A drawn face on [0, 1]^2: a half circle of a jaw, brows above, the rest in between."""
    points = np.full((68, 2), 0.55)
    turn = np.linspace(np.pi, 0, 17)
    points[:17] = np.stack([0.5 + 0.22 * np.cos(turn), 0.5 + 0.32 * np.sin(turn)], 1)
    points[17:27] = np.stack([np.linspace(0.32, 0.68, 10), np.full(10, 0.42)], 1)
    return points
