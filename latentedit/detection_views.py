"""What the detectors are shown of a photograph: all of it, at a size and turned, or an upright cut around one face.

Every picture cut or drawn from the photograph is a :class:`View`: it knows the way back, so that whatever is found in it
has a place in the photograph. Coordinates are in pixels with whole numbers at pixel centres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

CHIP_PX = 384
"""Side of the upright cut around a face, of which the detector's box takes half."""

_BRIGHT = 160.0

_ROWS_AT_ONCE = 512


@dataclass(frozen=True)
class Detection:
    """A face that a detector saw: centre and side of its box in photograph pixels, clockwise turn of the head (degrees),
    score.
    """

    x: float
    y: float
    side: float
    angle: float
    score: float


@dataclass(frozen=True, eq=False)
class View:
    """A picture drawn from the photograph.

    Attributes:
        pixels: [h, w, 3] uint8.
        to_photo: the affine map [2, 3] from the view's pixels to the photograph's.
    """

    pixels: Pixels
    to_photo: Array

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]

    @property
    def scale(self) -> float:
        """How many pixels of the photograph lie along one of the view's."""
        return float(np.sqrt(abs(np.linalg.det(self.to_photo[:, :2]))))

    @property
    def angle(self) -> float:
        """Clockwise turn, in the photograph, of what stands upright in the view (degrees)."""
        return float(np.degrees(np.arctan2(self.to_photo[1, 0], self.to_photo[0, 0])))

    def place(self, points: Array) -> Array:
        """Where points [..., 2] of the view lie in the photograph."""
        return np.asarray(points @ self.to_photo[:, :2].T + self.to_photo[:, 2])


class Scales:
    """A photograph at its own size, a half, a quarter and so on; each is made when it is first asked for."""

    def __init__(self, rgb_uint8: Pixels) -> None:
        self.rgb_uint8 = rgb_uint8
        self._levels = {0: View(rgb_uint8, np.eye(2, 3))}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the photograph."""
        return self.rgb_uint8.shape[1], self.rgb_uint8.shape[0]

    def level(self, scale: float) -> View:
        """The smallest that still has a pixel, or more, for each of a view of this scale."""
        halvings = max(int(np.log2(max(scale, 1.0)) + 1e-9), 0)
        if halvings not in self._levels:
            factor = 2**halvings
            middle = (factor - 1) / 2
            to_photo = np.array([[factor, 0, middle], [0, factor, middle]], dtype=np.float64)
            self._levels[halvings] = View(shrink(self.rgb_uint8, factor), to_photo)
        return self._levels[halvings]

    def whole(self, scale: float) -> View:
        """The whole photograph with ``scale`` of its pixels along each of the view's; below 1 it is enlarged."""
        width, height = self.size
        size = max(round(width / scale), 1), max(round(height / scale), 1)
        across, down = width / size[0], height / size[1]
        level = self.level(scale)
        pixels = level.pixels
        if level.size != size:
            # The last block of a level may hang over the photograph's edge: the box leaves the overhang out.
            box = (0.0, 0.0, width / level.scale, height / level.scale)
            pixels = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR, box=box))
        return View(brightened(pixels), np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]]))


def turned(view: View, angle: float) -> View:
    """The view in a frame turned clockwise by ``angle`` (degrees), with black corners: what lies so is now upright."""
    across, down = (float(v) for v in _turn(angle) @ [1.0, 0.0])
    width, height = view.size
    size = (
        int(np.ceil(abs(across) * width + abs(down) * height - 1e-6)),
        int(np.ceil(abs(down) * width + abs(across) * height - 1e-6)),
    )
    to_view = _about((np.array(view.size) - 1) / 2, angle, 1.0, size)
    if angle % 90 == 0:  # only pixels that change places: drawn, they would be rounded down
        to_photo = np.column_stack([view.to_photo[:, :2] @ to_view[:, :2], view.place(to_view[:, 2])])
        return View(np.ascontiguousarray(np.rot90(view.pixels, round(angle / 90))), to_photo)
    return _drawn(view, to_view, size, Image.Resampling.BILINEAR)


def upright_cut(scales: Scales, face: Detection) -> View:
    """A square around a face with the head upright, ``CHIP_PX`` wide: twice as wide as the detector's box."""
    scale = 2 * face.side / CHIP_PX
    size = (CHIP_PX, CHIP_PX)
    to_photo = _about(np.array([face.x, face.y]), face.angle, scale, size)
    level = scales.level(scale)
    reach = face.side * 1.5 + 2 * level.scale  # half of the square's diagonal and a little more
    width, height = level.size
    left, top, right, bottom = (
        int(np.clip(round(v / level.scale), 0, limit))
        for v, limit in zip(
            (face.x - reach, face.y - reach, face.x + reach, face.y + reach), (width, height, width, height), strict=True
        )
    )
    # A face may have been seen at the very edge; one row or column is always there to draw from.
    left, top = min(left, width - 1), min(top, height - 1)
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    near = level.to_photo.copy()
    near[:, 2] = level.place(np.array([left, top], dtype=np.float64))
    view = View(level.pixels[top:bottom, left:right], near)
    linear = to_photo[:, :2] / level.scale
    offset = (to_photo[:, 2] - near[:, 2]) / level.scale
    cut = _drawn(view, np.column_stack([linear, offset]), size, Image.Resampling.BICUBIC)
    return View(brightened(cut.pixels), cut.to_photo)


def brightened(pixels: Pixels) -> Pixels:
    """Multiply a dark picture [h, w, 3] until its lightest hundredth reaches the brightness of ordinary photographs.

    The models compare neighbouring pixels with differences that they learnt from well-lit faces.
    """
    light = float(np.percentile(pixels[::4, ::4], 99))
    if light >= _BRIGHT:
        return pixels
    gain = _BRIGHT / max(light, 1.0)
    table = np.minimum(np.rint(np.arange(256) * gain), 255).astype(np.uint8)
    return table[pixels]


def shrink(rgb_uint8: Pixels, factor: int) -> Pixels:
    """Shrink [H, W, 3] by a whole factor, each new pixel the mean of a block; those at the far edges may be incomplete."""
    if factor == 1:
        return rgb_uint8
    rows = factor * max(_ROWS_AT_ONCE // factor, 1)
    # Strip by strip, because Pillow would copy the whole photograph.
    strips = [
        np.asarray(Image.fromarray(np.ascontiguousarray(rgb_uint8[top : top + rows])).reduce(factor))
        for top in range(0, len(rgb_uint8), rows)
    ]
    return np.concatenate(strips)


def _turn(angle: float) -> Array:
    """Matrix [2, 2] of a clockwise turn (degrees) in pictures, where y points down."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[cos, -sin], [sin, cos]])


def _about(centre: Array, angle: float, scale: float, size: tuple[int, int]) -> Array:
    """Affine map [2, 3] from a picture of ``size`` to one where its middle is ``centre`` and its upright is turned."""
    linear = _turn(angle) * scale
    return np.column_stack([linear, centre - linear @ ((np.array(size) - 1) / 2)])


def _drawn(source: View, to_source: Array, size: tuple[int, int], resampling: Image.Resampling) -> View:
    """Draw a view of ``size`` through another one, by the affine map [2, 3] from its pixels to the other's."""
    linear = to_source[:, :2]
    # Pillow counts from the outer edge of the first pixel.
    offset = to_source[:, 2] + 0.5 - linear @ [0.5, 0.5]
    coefficients = (*linear[0].tolist(), float(offset[0]), *linear[1].tolist(), float(offset[1]))
    picture = Image.fromarray(np.ascontiguousarray(source.pixels))
    pixels = np.array(picture.transform(size, Image.Transform.AFFINE, coefficients, resampling))
    return View(pixels, np.column_stack([source.to_photo[:, :2] @ linear, source.place(to_source[:, 2])]))
