"""Cut the 150-pixel picture that dlib's face descriptor looks at out of an aligned image, differentiably.

The place follows from the landmarks by a least-squares similarity to a mean face, and the picture is sampled bilinearly after
halving by a binomial filter, both as dlib's ``get_face_chip`` does. Two things differ: nothing is rounded to whole colours, and
halving does not move the picture (dlib loses up to two chip pixels when it halves; the descriptor hardly minds).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit.identity_net import CHIP_PX

__all__ = ["ChipPlace", "chip_place", "extract_chip"]

PADDING = 0.25
"""Space around the mean face, as a share of its size; what the descriptor was trained with."""

Array = NDArray[np.float64]

# Which of the 68 landmarks count: nose, eyes, mouth without the lower lip, which moves with the jaw.
_USED = (*range(27, 55), *range(60, 65))
# Where the mean face of dlib (interpolation.h, get_face_chip_details; Boost Software License 1.0) has these, in its box.
_MEAN_X = (
    *(0.490127, 0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373),  # nose
    *(0.121737, 0.187122, 0.265825, 0.334606, 0.260918, 0.182743),  # left eye in the picture
    *(0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335),  # right eye
    *(0.254149, 0.340985, 0.428858, 0.490127, 0.551395, 0.639268, 0.726104),  # upper lip, outside
    *(0.290379, 0.428096, 0.490127, 0.552157, 0.689874),  # upper lip, inside
)
_MEAN_Y = (
    *(0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326),
    *(0.216423, 0.178758, 0.179852, 0.231733, 0.245099, 0.244077),
    *(0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099),
    *(0.780233, 0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233),
    *(0.784792, 0.778746, 0.785343, 0.778746, 0.784792),
)
_BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
_REACH = len(_BINOMIAL) // 2


@dataclass(frozen=True)
class ChipPlace:
    """Where the chip lies in the image; whole numbers are pixel centres.

    Attributes:
        x, y: the chip's centre, in the image's pixels.
        step_x, step_y: how far one chip pixel to the right moves in the image; one down moves by (-step_y, step_x).
    """

    x: float
    y: float
    step_x: float
    step_y: float

    @property
    def scale(self) -> float:
        """Image pixels per chip pixel."""
        return math.hypot(self.step_x, self.step_y)

    def resized(self, factor: float) -> ChipPlace:
        """The same place in the image enlarged by ``factor``."""
        x, y = ((v + 0.5) * factor - 0.5 for v in (self.x, self.y))
        return ChipPlace(x, y, self.step_x * factor, self.step_y * factor)

    def grid(self) -> Array:
        """The image position of each chip pixel's centre, [150, 150, 2] as x, y."""
        offsets = np.arange(CHIP_PX) - (CHIP_PX - 1) / 2
        across, down = np.meshgrid(offsets, offsets)
        x = self.x + across * self.step_x - down * self.step_y
        y = self.y + across * self.step_y + down * self.step_x
        return np.stack([x, y], axis=-1)


def chip_place(landmarks: Array) -> ChipPlace:
    """Find where dlib would cut the chip.

    The similarity that takes the mean face to the landmarks with the least squared error (Umeyama, 1991), in closed form.

    Args:
        landmarks: the 68 points of the iBUG scheme, [68, 2], in pixels.

    Raises:
        ValueError: another number of points, or all in one spot.
    """
    if landmarks.shape != (68, 2):
        raise ValueError(f"expected 68 landmarks, got an array of shape {landmarks.shape}")
    mean = (np.array([_MEAN_X, _MEAN_Y]).T + PADDING) / (1 + 2 * PADDING) * CHIP_PX
    source = mean[:, 0] + 1j * mean[:, 1]  # as complex numbers a similarity is z -> step * z + shift
    found = landmarks[list(_USED)]
    target = found[:, 0] + 1j * found[:, 1]
    centred = source - source.mean()
    step = complex(np.vdot(centred, target - target.mean()) / np.vdot(centred, centred))
    if not abs(step) > 0:
        raise ValueError("the landmarks do not span a face")
    centre = complex(target.mean() + step * (CHIP_PX / 2 * (1 + 1j) - source.mean()))
    # dlib counts the box's width in pixels, so its last pixel is one less than a width away from its first: that moves its
    # centre by half a pixel; and it lays the outermost chip pixels' centres on the box's corners.
    centre -= 0.5 + 0.5j
    step *= (CHIP_PX - 1 / abs(step)) / (CHIP_PX - 1)
    return ChipPlace(centre.real, centre.imag, step.real, step.imag)


def extract_chip(image: Tensor, place: ChipPlace | Array) -> Tensor:
    """Cut the chip.

    Args:
        image: [N, 3, H, W] in [-1, 1]; gradients flow into it.
        place: where, in this image's pixels, or the landmarks [68, 2] to find it by.

    Returns:
        [N, 3, 150, 150] in [0, 255]; black outside the image.
    """
    if not isinstance(place, ChipPlace):
        place = chip_place(place)
    grid = place.grid()
    halvings = max(math.ceil(math.log2(place.scale)) - 1, 0)
    region, left, top = _cut(image, grid, margin=2 + _REACH * (2**halvings - 1))
    grid = grid - [left, top]
    x = (region + 1) * 127.5
    for _ in range(halvings):
        x = _halve(x)
        grid = (grid - _REACH) / 2
    size = np.array([x.shape[3], x.shape[2]])
    normalised = torch.tensor((grid + 0.5) / size * 2 - 1, dtype=x.dtype, device=x.device)
    return F.grid_sample(x, normalised.expand(x.shape[0], -1, -1, -1), mode="bilinear", padding_mode="zeros", align_corners=False)


def _cut(image: Tensor, grid: Array, *, margin: int) -> tuple[Tensor, int, int]:
    """The part of the image that the chip draws from, black where it leaves the image; and where its corner lies."""
    height, width = image.shape[2:]
    left, top = (math.floor(v) - margin for v in grid.min(axis=(0, 1)))
    right, bottom = (math.ceil(v) + margin + 1 for v in grid.max(axis=(0, 1)))
    inside = image[:, :, max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    missing = [max(-left, 0), max(right - width, 0), max(-top, 0), max(bottom - height, 0)]
    return (F.pad(inside, missing, value=-1.0) if any(missing) else inside), left, top


def _halve(x: Tensor) -> Tensor:
    """Filter with 1 4 6 4 1 both ways and keep each second pixel; pixel 0 of the result is pixel 2 of ``x``."""
    count, channels, height, width = x.shape
    line = torch.tensor(_BINOMIAL, dtype=x.dtype, device=x.device)
    planes = x.reshape(count * channels, 1, height, width)  # one plane at a time is five times faster than grouped channels
    halved = F.conv2d(planes, torch.outer(line, line)[None, None], stride=2)
    return halved.view(count, channels, *halved.shape[2:])
