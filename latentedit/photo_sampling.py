"""A face's square in its photograph: from pixels to places in the square, and the colours at places beside them.

Everything here is [h, w, C], as photographs are stored. Places are in [-1, 1]^2 over the square, as ``grid_sample`` wants them.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit.alignment import apply_homography, crop_quad, quad_side, quad_to_square, square_to_quad
from latentedit.image_io.orientation import Box

Interpolation = Literal["bilinear", "bicubic"]
Extent = tuple[float, float, float, float]
"""Left, top, right, bottom in shares of the square's side."""
_AT_ONCE = 2
"""Parts that are sampled side by side: torch divides the pictures of a batch among its threads, never one picture's rows."""
_BICUBIC_REACH_PX = 3
_FLAT = 1e-9
"""A square's quad is seen without perspective but for rounding."""


class PhotoSquare:
    """A photograph [H, W, 3] (upright sRGB, uint8) with the FFHQ square [4, 2] of a face in it."""

    def __init__(self, rgb_uint8: NDArray[np.uint8], quad: NDArray[np.float64]) -> None:
        self.rgb_uint8, self.quad = rgb_uint8, quad
        self.side = quad_side(quad)
        """Of the square, in the photograph's pixels."""

    @cached_property
    def _to_photo(self) -> NDArray[np.float64]:
        return square_to_quad(self.quad)

    @cached_property
    def _to_square(self) -> NDArray[np.float64]:
        return quad_to_square(self.quad)

    def box(self, extent: Extent) -> Box | None:
        """The pixels that a part of the square touches; None if there are none in the photograph."""
        left, top, right, bottom = extent
        if not (left < right and top < bottom):
            return None
        corners = apply_homography(self._to_photo, np.array([[left, top], [left, bottom], [right, bottom], [right, top]]))
        height, width = self.rgb_uint8.shape[:2]
        x_min, y_min = (max(0, math.floor(n)) for n in corners.min(axis=0))
        x_max, y_max = (min(n, math.ceil(m) + 1) for n, m in zip((width, height), corners.max(axis=0), strict=True))
        return (x_min, y_min, x_max, y_max) if x_min < x_max and y_min < y_max else None

    def places(self, box: Box) -> Tensor:
        """Where in the square the pixels of a box lie, [h, w, 2] float32."""
        left, top, right, bottom = box
        # Sums of a row's and a column's part in double precision: nothing of the photograph's size is computed but the sums.
        x, y = np.arange(left, right, dtype=np.float64), np.arange(top, bottom, dtype=np.float64)
        u, v, w = (
            torch.from_numpy((a * x).astype(np.float32))[None] + torch.from_numpy((b * y + c).astype(np.float32))[:, None]
            for a, b, c in self._to_square
        )
        return torch.stack([u, v], dim=-1).div_(w[..., None]).mul_(2).sub_(1)

    def covers(self, places: Tensor) -> Tensor:
        """Which places [..., 2] of the square the photograph shows, [...]."""
        x, y = torch.from_numpy(apply_homography(self._to_photo, (places.double().numpy() + 1) / 2)).unbind(dim=-1)
        height, width = self.rgb_uint8.shape[:2]
        return (x >= -0.5) & (x <= width - 0.5) & (y >= -0.5) & (y <= height - 0.5)

    def colours(self, box: Box) -> Tensor:
        """The photograph's colours in a box, [h, w, 3] in [0, 1]."""
        left, top, right, bottom = box
        return torch.from_numpy(self.rgb_uint8[top:bottom, left:right].astype(np.float32)).div_(255)

    def colours_displaced(self, box: Box, places: Tensor, flow: Tensor) -> Tensor:
        """The colours [h, w, 3] at the box's ``places`` plus ``flow`` [h, w, 2] (shares of the side), cubic between pixels."""
        left, top, right, bottom = box
        columns, rows = torch.arange(left, right, dtype=torch.float32), torch.arange(top, bottom, dtype=torch.float32)[:, None]
        along, down = flow[..., 0], flow[..., 1]
        # From H(p + f) - H(p) of a homography H = (numerator / depth); zero exactly where nothing moves.
        (a, b, _), (c, d, _), (g, h, _) = self._to_photo.tolist()
        x, y = a * along + b * down, c * along + d * down
        if abs(g) + abs(h) > _FLAT:
            away = g * along + h * down
            depth = away + (g * places[..., 0] + h * places[..., 1] + (g + h)) / 2 + 1
            x, y = (x - columns * away) / depth, (y - rows * away) / depth
        x, y = x + columns, y + rows
        height, width = self.rgb_uint8.shape[:2]
        x_min, y_min = (
            max(0, math.floor(float(n.min())) - _BICUBIC_REACH_PX) for n in (x.clamp_(0, width - 1), y.clamp_(0, height - 1))
        )
        x_max, y_max = (math.ceil(float(n.max())) + 1 + _BICUBIC_REACH_PX for n in (x, y))
        around = np.ascontiguousarray(self.rgb_uint8[y_min:y_max, x_min:x_max].transpose(2, 0, 1)).astype(np.float32)
        inside = torch.stack([(x - x_min + 0.5) / around.shape[2], (y - y_min + 0.5) / around.shape[1]], dim=-1).mul_(2).sub_(1)
        return sampled(torch.from_numpy(around)[None], inside, "bicubic").div_(255)

    def cut(self, size: int) -> NDArray[np.uint8]:
        """The square as a picture [size, size, 3]."""
        return crop_quad(self.rgb_uint8, self.quad, size)


def sampled(image: Tensor, places: Tensor, mode: Interpolation, *, outside: Literal["border", "zeros"] = "border") -> Tensor:
    """``image`` [1, C, S, S] at places [h, w, 2], as [h, w, C]."""
    height, width = places.shape[:2]
    parts = _AT_ONCE if height % _AT_ONCE == 0 else 1
    grid = places.view(parts, height // parts, width, 2)
    found = F.grid_sample(image.expand(parts, -1, -1, -1), grid, mode=mode, padding_mode=outside, align_corners=False)
    return found.permute(0, 2, 3, 1).reshape(height, width, -1)
