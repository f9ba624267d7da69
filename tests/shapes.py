"""Quads, pictures and a drawn face that tests of alignment and compositing share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.masks import FaceInSquare
from latentedit.outlines import face_outline, filled
from latentedit.regions import FaceRegions

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


def average_face() -> np.ndarray:
    """All 68 landmarks of a plain face on [0, 1]^2, near enough to the mean of FFHQ's."""
    points = face_points()

    def ring(x: float, y: float, across: float, down: float, count: int) -> np.ndarray:
        turn = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi
        return np.stack([x + across * np.cos(turn), y + down * np.sin(turn)], 1)

    points[27:31] = np.stack([np.full(4, 0.5), np.linspace(0.48, 0.58, 4)], 1)
    points[31:36] = np.stack([np.linspace(0.46, 0.54, 5), np.full(5, 0.6)], 1)
    points[36:42], points[42:48] = ring(0.4, 0.48, 0.035, 0.015, 6), ring(0.6, 0.48, 0.035, 0.015, 6)
    points[48:60], points[60:68] = ring(0.5, 0.7, 0.08, 0.03, 12), ring(0.5, 0.7, 0.06, 0.015, 8)
    return points


SKIN, HAIR, WALL = (215, 165, 140), (60, 40, 25), (120, 140, 170)


def portrait(size: int) -> NDArray[np.uint8]:
    """:func:`average_face` under dark hair before a wall, flat colours with a little noise: [size, size, 3]."""
    canvas = Image.new("RGB", (size, size), WALL)
    canvas.paste(HAIR, mask=filled([hair_outline()], size))
    canvas.paste(SKIN, mask=filled([face_outline(average_face())], size))
    noise = np.random.default_rng(0).integers(-6, 7, (size, size, 3))
    return (np.asarray(canvas) + noise).clip(0, 255).astype(np.uint8)


def hair_outline() -> Array:
    """A helmet around the face, down to the jaw: nothing that the landmarks tell of."""
    turn = np.linspace(np.pi * 0.95, np.pi * 2.05, 40)
    return np.stack([0.5 + 0.31 * np.cos(turn), 0.5 + 0.4 * np.sin(turn)], 1)


FACE = FaceInSquare(FaceRegions(average_face(), portrait))
