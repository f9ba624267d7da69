"""The FFHQ square of a face: from landmarks to a quad, from the quad to a square picture, and the maps
between.

Coordinates are in pixels with whole numbers at pixel *centres*, as face landmarks are given; a quad is [4, 2]
float64, the places of the square's corners in the photograph: top left, bottom left, bottom right, top right.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.errors import PhotoError

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_LEFT_EYE, _RIGHT_EYE = slice(36, 42), slice(42, 48)
_MOUTH_CORNERS = (48, 54)

_SUPERSAMPLING = 4
"""FFHQ draws 4096 pixels for each 1024 of the result; the ratio is kept for other sizes."""

_ROWS_AT_ONCE = 256

_MIN_SIDE_PX = 2.0
_MAX_SIDES_RATIO = 16.0
_MIN_SINE = 0.02
"""Of a quad's corners: about one degree from a straight line."""


def ffhq_quad(landmarks: Array) -> Array:
    """Compute the square that FFHQ cuts around a face.

    Karras et al., "A Style-Based Generator Architecture for Generative Adversarial Networks", appendix C:
    turned with the line of the eyes, sized by eye distance or eye-to-mouth distance, centred a little below
    the eyes.

    Args:
        landmarks: the 68 points of the iBUG scheme, [68, 2].

    Returns:
        The quad [4, 2]. It may reach outside the photograph.

    Raises:
        ValueError: another number of points, or eyes and mouth in one spot.
    """
    if landmarks.shape != (68, 2):
        raise ValueError(f"expected 68 landmarks, got an array of shape {landmarks.shape}")
    left, right = landmarks[_LEFT_EYE].mean(axis=0), landmarks[_RIGHT_EYE].mean(axis=0)
    mouth = landmarks[list(_MOUTH_CORNERS)].mean(axis=0)
    eyes = (left + right) / 2
    eye_to_eye, eye_to_mouth = right - left, mouth - eyes
    x = eye_to_eye - _quarter_turn(eye_to_mouth)
    length = np.hypot(*x)
    if not length > 0:
        raise ValueError("the landmarks do not span a face")
    x *= max(np.hypot(*eye_to_eye) * 2.0, np.hypot(*eye_to_mouth) * 1.8) / length
    y = _quarter_turn(x)
    centre = eyes + eye_to_mouth * 0.1
    return np.stack([centre - x - y, centre - x + y, centre + x + y, centre + x - y])


def quad_side(quad: Array) -> float:
    """Length of the quad's left side in pixels: how many photograph pixels the square's side has."""
    return float(np.hypot(*(quad[1] - quad[0])))


def is_square_seen(quad: Array) -> bool:
    """Whether a quad can be a square in a photograph, perhaps in perspective: every corner turns the same way, no side is under two pixels or many
    times longer than another. All others have no homography, or one that needs endless pictures."""
    sides = np.roll(quad, -1, axis=0) - quad
    lengths = np.hypot(*sides.T)
    if not (lengths.min() >= _MIN_SIDE_PX and lengths.max() <= _MAX_SIDES_RATIO * lengths.min()):
        return False
    before = np.roll(sides, 1, axis=0)
    sines = (before[:, 0] * sides[:, 1] - before[:, 1] * sides[:, 0]) / (lengths * np.roll(lengths, 1))
    return bool(min(abs(sines.min()), abs(sines.max())) >= _MIN_SINE and sines.min() * sines.max() > 0)


def square_to_quad(quad: Array, size: float = 1.0) -> Array:
    """Homography from the square [0, size]^2 to the photograph.

    Square coordinates are continuous: 0 and ``size`` are its outer edges, so that pixel i is centred at i +
    0.5. Photograph coordinates are those of the quad.

    Returns:
        H [3, 3] with H[2, 2] = 1; ``apply_homography(H, points)`` maps points.

    Raises:
        ValueError: three corners on a line.
    """
    square = np.array([[0, 0], [0, size], [size, size], [size, 0]], dtype=np.float64)
    rows = []
    for (u, v), (x, y) in zip(square, quad, strict=True):
        rows.append([u, v, 1, 0, 0, 0, -u * x, -v * x])
        rows.append([0, 0, 0, u, v, 1, -u * y, -v * y])
    try:
        solution = np.linalg.solve(np.array(rows), np.asarray(quad, dtype=np.float64).reshape(8))
    except np.linalg.LinAlgError as error:
        raise ValueError("the quad has no area") from error
    return np.append(solution, 1.0).reshape(3, 3)


def quad_to_square(quad: Array, size: float = 1.0) -> Array:
    """Inverse of :func:`square_to_quad`: homography from the photograph to the square [0, size]^2."""
    inverse = np.linalg.inv(square_to_quad(quad, size))
    return np.asarray(inverse / inverse[2, 2])


def apply_homography(matrix: Array, points: Array) -> Array:
    """Map points [..., 2] by a homography [3, 3]."""
    mapped = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(mapped[..., :2] / mapped[..., 2:])


def crop_quad(rgb_uint8: Pixels, quad: Array, size: int) -> Pixels:
    """Cut the quad out of a photograph as the FFHQ preparation does.

    The surroundings of the quad are cut out first (so a large photograph costs no more than a small one),
    shrunk by a whole factor when they are four times too large or more, padded by reflection with a blur that
    grows outwards where the quad leaves the photograph, and drawn through a bilinear transform at four times
    the size.

    Args:
        rgb_uint8: [H, W, 3].
        quad: [4, 2] in the photograph's pixels.
        size: side of the result in pixels.

    Returns:
        [size, size, 3] uint8.

    Raises:
        ValueError: the quad is not finite, or under 2 pixels wide.
        PhotoError: it lies wholly outside the photograph.
    """
    side = quad_side(quad)
    if not np.isfinite(quad).all() or side < _MIN_SIDE_PX:
        raise ValueError("the quad has no area")
    shrink = max(int(np.floor(side / size * 0.5)), 1)
    region, quad = _cut(rgb_uint8, quad, shrink, side)
    side /= shrink
    region, quad = _pad(region, quad, side)
    fine = size * _SUPERSAMPLING
    picture = Image.fromarray(np.ascontiguousarray(region))
    # Pillow counts from the outer edge of the first pixel, landmarks from its centre.
    matrix = square_to_quad(quad + 0.5, fine)
    if np.abs(matrix[2, :2]).max() < 1e-12 / fine:
        corners = tuple((quad + 0.5).flatten().tolist())
        drawn = picture.transform((fine, fine), Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
    else:
        coefficients = tuple(matrix.flatten()[:8].tolist())
        drawn = picture.transform((fine, fine), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    return np.array(drawn.resize((size, size), Image.Resampling.LANCZOS))


def _quarter_turn(vector: Array) -> Array:
    return np.array([-vector[1], vector[0]])


def _cut(rgb: Pixels, quad: Array, shrink: int, side: float) -> tuple[Pixels, Array]:
    """Cut out the quad's bounding box with a border, shrunk by a whole factor; the quad in its pixels."""
    height, width = rgb.shape[:2]
    border = max(int(np.rint(side * 0.1)), 3 * shrink)
    low, high = np.floor(quad.min(axis=0)), np.ceil(quad.max(axis=0))
    if (high < 0).any() or low[0] > width - 1 or low[1] > height - 1:
        raise PhotoError(
            "The face's square lies wholly outside of the photograph.", hint="Find the faces of the photograph again."
        )
    # Multiples of the factor, so that the cut shrinks onto the same grid as the whole photograph would.
    left, top = (max(int(v) - border, 0) // shrink * shrink for v in low)
    right, bottom = (min(-(-(int(v) + border) // shrink) * shrink, n) for v, n in zip(high, (width, height), strict=True))
    region = np.ascontiguousarray(rgb[top:bottom, left:right])
    moved = quad - [left, top]
    if shrink == 1:
        return region, moved
    size = (max(region.shape[1] // shrink, 1), max(region.shape[0] // shrink, 1))
    extent = (0.0, 0.0, min(size[0] * shrink, region.shape[1]), min(size[1] * shrink, region.shape[0]))
    small = Image.fromarray(region).resize(size, Image.Resampling.LANCZOS, box=extent)
    # Whole numbers are pixel centres. (The published script divides plainly, which is off by under half a
    # shrunk pixel; here the way back into the photograph has to meet the same pixels.)
    return np.asarray(small), (moved + 0.5) / shrink - 0.5


def _pad(region: Pixels, quad: Array, side: float) -> tuple[Pixels, Array]:
    """Where the quad leaves the region, add reflected surroundings that fade into blur, then the median
    colour.
    """
    height, width = region.shape[:2]
    border = max(int(np.rint(side * 0.1)), 3)
    low, high = np.floor(quad.min(axis=0)), np.ceil(quad.max(axis=0))
    missing = np.array([-low[0], -low[1], high[0] - width, high[1] - height], dtype=int) + border
    if missing.max() <= border - 4:
        return region, quad
    left, top, right, bottom = np.maximum(missing, int(np.rint(side * 0.3))).tolist()
    mode: Literal["reflect", "edge"] = "reflect" if min(height, width) > 1 else "edge"
    padded = np.pad(region, ((top, bottom), (left, right), (0, 0)), mode)
    rows, columns = np.arange(padded.shape[0]), np.arange(padded.shape[1])
    # 1 at the rim, 0 at the photograph's edge, negative inside it.
    down = 1 - np.minimum(rows / top, rows[::-1] / bottom)
    across = 1 - np.minimum(columns / left, columns[::-1] / right)
    _fade_to_blur(padded, down, across, side * 0.02)
    median = np.median(padded[:: max(padded.shape[0] // 1024, 1)], axis=(0, 1)).astype(np.float32)
    for strip in _strips(len(rows)):
        weight = np.clip(np.maximum(down[strip, None], across), 0, 1).astype(np.float32)[..., None]
        padded[strip] = np.rint(padded[strip] + (median - padded[strip]) * weight)
    return padded, quad + np.array([left, top])


def _fade_to_blur(padded: Pixels, down: Array, across: Array, sigma: float) -> None:
    """Mix the picture with its blur, in place: all of it at the photograph's edge, none a third of a
    padding inside.
    """
    # A wide blur is drawn small and enlarged: nearly the same, and the only way that is quick at full size.
    factor = max(int(sigma / 4), 1)
    small = np.asarray(Image.fromarray(padded).reduce(factor), dtype=np.float32)
    small = gaussian_blur(small, sigma / factor)
    height, width = padded.shape[:2]
    channels = [Image.fromarray(np.ascontiguousarray(small[..., channel])) for channel in range(3)]
    for strip in _strips(height):
        box = (0.0, strip.start / factor, width / factor, min(strip.stop, height) / factor)
        box = (0.0, box[1], min(box[2], small.shape[1]), min(box[3], small.shape[0]))
        rows = min(strip.stop, height) - strip.start
        blurred = np.stack(
            [np.asarray(one.resize((width, rows), Image.Resampling.BILINEAR, box=box)) for one in channels],
            axis=-1,
        )
        weight = np.clip(np.maximum(down[strip, None], across) * 3 + 1, 0, 1).astype(np.float32)[..., None]
        padded[strip] = np.rint((padded[strip] + (blurred - padded[strip]) * weight).clip(0, 255))


def gaussian_blur(picture: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Gaussian blur of [H, W, ...] along height and width, the picture mirrored at its edges."""
    radius = max(int(4 * sigma + 0.5), 1)
    offsets = np.arange(-radius, radius + 1)
    kernel = np.exp(-0.5 * (offsets / max(sigma, 1e-6)) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    for axis in (0, 1):
        length = picture.shape[axis]
        borders = [(radius, radius) if axis == a else (0, 0) for a in range(picture.ndim)]
        wide = np.moveaxis(np.pad(picture, borders, "symmetric"), axis, 0)
        blurred = np.zeros((length, *wide.shape[1:]), dtype=np.float32)
        for start, weight in enumerate(kernel):
            blurred += wide[start : start + length] * weight
        picture = np.moveaxis(blurred, 0, axis)
    return np.ascontiguousarray(picture)


def _strips(length: int) -> list[slice]:
    return [slice(start, start + _ROWS_AT_ONCE) for start in range(0, length, _ROWS_AT_ONCE)]
