"""Skin and hair of a face, told by their colours.

Landmarks say where skin and hair usually are; the colours of those places say what else is of them. Three mixtures of Gaussians in CIELAB
(skin, hair, everything else) are fitted to the picture, each weighted by how likely a place belongs to it, and places are judged anew by
colour and position together: expectation maximisation over the picture, with a guided filter between the rounds so that neighbours of one
colour agree. Measured on eight photographs with hand-drawn outlines (docs/results/masks.md), it overlaps the hair about twice as well as an
ellipse around the face does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.gaussian_mixture import fit_mixture
from latentedit.guided_filter import guided_filter
from latentedit.outlines import BROWS, CHIN, JAW, Points, face_outline, filled

WORKING_PX = 64
"""Side at which colours are judged; their edges are sharpened at the picture's own."""
ROUNDS = 4
COMPONENTS = (2, 2, 4)
"""Gaussians of skin, hair, and the rest."""
NOTICEABLE = 9.0
"""Variance in CIELAB within which colours of one thing differ anyway."""
TRUST = 0.5
"""How much of what colours say counts: neighbours do not tell independently of each other."""
SHARPENED = 1.5
"""Power of a place's likelihood in its weight for the mixtures: they are made of what is surest."""
EDGE_VARIANCE = 1e-3
"""Of the guided filter, in hundredths of CIELAB."""

_SKIN, _HAIR = 0, 1
Array = NDArray[np.float64]


def skin_and_hair(rgb_uint8: NDArray[np.uint8], landmarks: Points, features: Array) -> tuple[Array, Array]:
    """How likely each pixel is skin of the face, and hair: two [S, S] in [0, 1].

    Args:
        rgb_uint8: the aligned square as a picture [S, S, 3], sRGB.
        landmarks: the 68 iBUG points [68, 2] on [0, 1]^2.
        features: [S, S] in [0, 1]: eyes, brows and mouth, whose colours say nothing of skin.
    """
    size = (WORKING_PX, WORKING_PX)
    small = cielab(np.asarray(Image.fromarray(rgb_uint8).resize(size, Image.Resampling.BOX)))
    hidden = np.asarray(Image.fromarray(features.astype(np.float32)).resize(size, Image.Resampling.BOX))
    prior, core = _usual_places(landmarks, WORKING_PX)
    samples = small.reshape(-1, 3)
    likely = prior
    for _ in range(ROUNDS):
        weights = likely**SHARPENED * (1 - 0.98 * hidden[..., None])
        weights[..., _SKIN] *= np.maximum(core, 0.05)
        mixtures = [
            fit_mixture(samples, weights[..., k].ravel() + 1e-8, components, floor=NOTICEABLE)
            for k, components in enumerate(COMPONENTS)
        ]
        told = np.stack([mixture.log_density(samples) for mixture in mixtures], axis=-1).reshape(prior.shape)
        judged = TRUST * told + np.log(prior)
        judged = np.exp(judged - judged.max(axis=-1, keepdims=True))
        judged /= judged.sum(axis=-1, keepdims=True)
        likely = guided_filter(small / 100, judged, WORKING_PX // 32, EDGE_VARIANCE).clip(1e-3, 1)
        likely /= likely.sum(axis=-1, keepdims=True)
    whole = (rgb_uint8.shape[1], rgb_uint8.shape[0])
    enlarged = [
        Image.fromarray(likely[..., k].astype(np.float32)).resize(whole, Image.Resampling.BICUBIC) for k in (_SKIN, _HAIR)
    ]
    masks = np.stack([np.asarray(image, dtype=np.float64) for image in enlarged], axis=-1)
    sharp = guided_filter(cielab(rgb_uint8) / 100, masks, rgb_uint8.shape[0] // 32, EDGE_VARIANCE).clip(0, 1)
    return sharp[..., _SKIN], sharp[..., _HAIR]


def cielab(rgb_uint8: NDArray[np.uint8]) -> Array:
    """sRGB [..., 3] as CIE 1976 L*a*b* with the white of D65 (IEC 61966-2-1, CIE 15)."""
    linear = _LINEAR[rgb_uint8]
    relative = linear @ _TO_XYZ.T / _TO_XYZ.sum(axis=1)
    f = np.where(relative > (6 / 29) ** 3, np.cbrt(relative), relative / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _usual_places(landmarks: Points, size: int) -> tuple[Array, Array]:
    """How likely skin, hair and the rest are at each place of the square, [size, size, 3], and the surely bare part of the face."""
    centres = (np.arange(size) + 0.5) / size
    places = np.stack(np.meshgrid(centres, centres), axis=-1)
    brows = landmarks[BROWS].mean(axis=0)
    up = brows - landmarks[CHIN]
    height = max(float(np.hypot(*up)), 1e-6)
    up = up / height
    across = np.array([-up[1], up[0]])
    half_width = max(float(np.ptp(landmarks[JAW] @ across)) / 2, 1e-6)
    middle = (brows + landmarks[JAW][[0, -1]].mean(axis=0)) / 2
    # 0 at the brows and -1 at the chin; -1 and 1 at the jaw's sides.
    y, x = (places - brows) @ up / height, (places - middle) @ across / half_width
    face = np.asarray(filled([face_outline(landmarks)], size), dtype=np.float64) / 255
    core = face * _rises(0.05 - y, 20) * _rises(0.92 - np.abs(x), 25)
    reach = np.hypot(x / 1.35, np.where(y > 0, y / 1.15, y / 2.2))
    near = _rises(1 - reach, 8)
    below = _rises(-y - 0.95, 12) * (np.abs(x) < 0.9)
    skin = face * (0.25 + 0.55 * _rises(0.3 - y, 10)) * _rises(0.5 - y, 14) + 0.5 * core + 0.02
    hair = near * (1 - core) * (1 - 0.55 * face * _rises(0.25 - y, 12)) * 0.65 + 0.01
    hair = hair * (1 - 0.8 * below) * (1 - 0.2 * _rises(-y - 0.3, 8))
    rest = (1 - near) * 0.9 + 0.3 + 0.5 * below
    likely = np.stack([skin, hair, rest], axis=-1)
    return likely / likely.sum(axis=-1, keepdims=True), core


def _rises(value: Array, steepness: float) -> Array:
    """From 0 far below zero to 1 far above."""
    return np.asarray(1 / (1 + np.exp(-np.clip(value * steepness, -30, 30))))


def _linear_levels() -> Array:
    levels = np.arange(256) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


_LINEAR = _linear_levels()
_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
