"""From the drawn face back into the photograph.

What goes into the photograph by default is the difference between the edited and the unedited drawing, so that an edit
of nothing changes nothing, and what the generator cannot draw (skin texture, glasses, hands, background) stays.
"""

from __future__ import annotations

import math
from typing import Literal, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit.alignment import apply_homography, crop_quad, quad_side, quad_to_square
from latentedit.edits import Compositing
from latentedit.image_io.patching import Patch
from latentedit.masks import Mask, face_mask, soft_square
from latentedit.seamless import membrane

Mode = Literal["residual", "seamless", "replace"]
FEATHER = 0.15
INSIDE = 0.1
"""What a mask lets through where a seamless drawing meets the photograph: further out hardly anything of it is seen."""
MIN_FEATHER = 0.01
"""Below it the mask's edge would be a jagged line."""

_PIXELS_AT_ONCE = 1 << 20


class Pixels(Protocol):
    """A photograph, as far as compositing cares."""

    @property
    def rgb_uint8(self) -> NDArray[np.uint8]:
        """Upright sRGB [H, W, 3]."""
        ...


class Placed(Protocol):
    """A face, as far as compositing cares."""

    @property
    def quad(self) -> NDArray[np.float64]: ...
    @property
    def landmarks(self) -> NDArray[np.float64]: ...


def paste(
    photo: Pixels,
    quad: NDArray[np.float64],
    landmarks: NDArray[np.float64],
    edited: Tensor,
    reference: Tensor,
    *,
    mode: Mode = "residual",
    feather: float = FEATHER,
) -> Patch | None:
    """The change that puts a drawing into the photograph; None when the face lies wholly outside.

    Args:
        photo: the photograph.
        quad: the face's FFHQ square in it, [4, 2].
        landmarks: the face's 68 points in it.
        edited: the drawing [1, 3, R, R] in [-1, 1].
        reference: the drawing without edits; what ``residual`` compares with.
        mode: ``residual`` adds ``edited - reference`` in a soft square; ``replace`` puts the
            drawing itself in a soft mask of the face; ``seamless`` first gives it the photograph's colours on the mask's border.
        feather: the softness of the mask's border, a share of the square's side.
    """
    rgb = photo.rgb_uint8
    box = _bounding_box(quad, rgb.shape[1], rgb.shape[0])
    if box is None:
        return None
    left, top, right, bottom = box
    side = quad_side(quad)
    if mode == "residual":
        mask = soft_square(feather)
        drawing = _at_photo_size((edited.clamp(-1, 1) - reference.clamp(-1, 1)) / 2, side)
    else:
        mask = face_mask(_in_square(landmarks, quad), feather)
        drawing = (edited.clamp(-1, 1) + 1) / 2
        if mode == "seamless":
            drawing = _in_the_colours_around(drawing, rgb, quad, mask)
        drawing = _at_photo_size(drawing, side)
    delta = np.empty((bottom - top, right - left, 3), dtype=np.float32)
    coverage = None if mode == "residual" else np.empty(delta.shape[:2], dtype=np.float32)
    # Strip by strip, so that a face that fills a huge photograph needs little more than the patch itself.
    rows = max(_PIXELS_AT_ONCE // (right - left), 1)
    for start in range(top, bottom, rows):
        strip = (left, start, right, min(start + rows, bottom))
        inside = slice(strip[1] - top, strip[3] - top)
        grid = _grid(quad, strip)
        alpha = _warp_mask(mask, grid)
        change = _warp(drawing, grid)
        if coverage is not None:
            current = rgb[strip[1] : strip[3], left:right].astype(np.float32) / np.float32(255)
            change = change.clip(0, 1) - current
            coverage[inside] = alpha
        delta[inside] = change * alpha[..., None]
    return Patch(box, delta, coverage)


def face_patch(photo: Pixels, face: Placed, *, edited: Tensor, unedited: Tensor, compositing: Compositing) -> Patch | None:
    """:func:`paste` for a face with its compositing settings."""
    feather = max(compositing.feather, MIN_FEATHER)
    return paste(photo, face.quad, face.landmarks, edited, unedited, mode=compositing.mode, feather=feather)


def _in_the_colours_around(drawing: Tensor, rgb: NDArray[np.uint8], quad: NDArray[np.float64], mask: Mask) -> Tensor:
    """The drawing [1, 3, R, R] in [0, 1] plus a membrane, so that it meets the photograph where the mask ends."""
    size = min(mask.shape[-1], drawing.shape[-1])
    photograph = torch.from_numpy(crop_quad(rgb, quad, size)).permute(2, 0, 1)[None].float() / 255
    small = F.interpolate(drawing.detach().float().cpu(), size=(size, size), mode="area")
    inside = F.interpolate(torch.from_numpy(mask)[None, None], size=(size, size), mode="area") > INSIDE
    over = membrane(photograph - small, inside.to(small))
    return drawing + F.interpolate(over, size=drawing.shape[-2:], mode="bilinear", align_corners=False).to(drawing)


def _bounding_box(quad: NDArray[np.float64], width: int, height: int) -> tuple[int, int, int, int] | None:
    left, top = (max(0, math.floor(n)) for n in quad.min(axis=0))
    right, bottom = min(width, math.ceil(quad[:, 0].max()) + 1), min(height, math.ceil(quad[:, 1].max()) + 1)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _in_square(points: NDArray[np.float64], quad: NDArray[np.float64]) -> NDArray[np.float64]:
    return apply_homography(quad_to_square(quad), points)


def _grid(quad: NDArray[np.float64], box: tuple[int, int, int, int]) -> Tensor:
    """For every pixel of the box its place in the square, [1, h, w, 2] in [-1, 1] as ``grid_sample`` wants it."""
    left, top, right, bottom = box
    y, x = np.mgrid[top:bottom, left:right].astype(np.float64)
    places = _in_square(np.stack([x.ravel(), y.ravel()], axis=1), quad)
    return torch.from_numpy((places * 2 - 1).astype(np.float32)).view(1, bottom - top, right - left, 2)


def _at_photo_size(image: Tensor, side_px: float) -> Tensor:
    """``image`` [1, 3, R, R] averaged over areas where the photograph is coarser, so that sampling it does not alias."""
    image = image.detach().float().cpu()
    target = max(8, math.ceil(side_px))
    return F.interpolate(image, size=(target, target), mode="area") if target < image.shape[-1] else image


def _warp(image: Tensor, grid: Tensor) -> NDArray[np.float32]:
    """``image`` [1, 3, R, R] at the grid's places, [h, w, 3]."""
    sampled = F.grid_sample(image, grid, mode="bicubic", padding_mode="border", align_corners=False)
    return np.ascontiguousarray(sampled[0].permute(1, 2, 0).numpy())


def _warp_mask(mask: Mask, grid: Tensor) -> Mask:
    """The mask at the grid's places, [h, w]; exactly zero outside the square."""
    sampled = F.grid_sample(torch.from_numpy(mask)[None, None], grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    alpha = sampled[0, 0].clamp(0, 1)
    outside = (grid[0].abs() > 1).any(dim=-1)
    return np.ascontiguousarray(alpha.masked_fill(outside, 0.0).numpy())
