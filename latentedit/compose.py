"""From the drawn face back into the photograph.

What goes into the photograph by default is the difference between the edited and the unedited drawing, so that an edit
of nothing changes nothing, and what the generator cannot draw (skin texture, glasses, hands, background) stays or goes along
with what moves (:mod:`latentedit.motion`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Literal, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit.image_io.orientation import Box
from latentedit.image_io.patching import Patch
from latentedit.masks import Mask
from latentedit.motion import KEPT_PX, Carried, carried_detail, displaced
from latentedit.photo_sampling import Interpolation, PhotoSquare, sampled
from latentedit.seamless import membrane

Mode = Literal["residual", "seamless", "replace"]
INSIDE = 0.1
"""What a mask lets through where a seamless drawing meets the photograph: further out hardly anything of it is seen."""

BORDER_SHARE, ANOTHER_THING, ANOTHER_LIGHT = 0.03, 0.15, 0.35
"""Around a seamless drawing, over so much of its side, differences (levels of [0, 1]) so much unlike the usual one there, or so large, are none of light alone."""

WHOLE = 1 - 1e-4
"""More than this share of the detail is all of it: interpolation rounds."""

_PIXELS_AT_ONCE = 1 << 18
"""Strips of about so many stay in the processor's cache between the steps of the work."""


class Pixels(Protocol):
    """A photograph, as far as compositing cares."""

    @property
    def rgb_uint8(self) -> NDArray[np.uint8]:
        """Upright sRGB [H, W, 3]."""
        ...


Change = Callable[[Tensor, Tensor, Box], tuple[Tensor, Tensor | None]]
"""(places in the square [h, w, 2], colours there [h, w, 3], their box) -> (change of colour [h, w, 3], share replaced [h, w, 1] or None
where all is shifted), as if the mask let everything through."""


def paste(
    photo: Pixels,
    quad: NDArray[np.float64],
    mask: Mask,
    edited: Tensor,
    reference: Tensor,
    *,
    mode: Mode = "residual",
    motion_px: int = KEPT_PX,
) -> Patch | None:
    """The change that puts a drawing into the photograph; None when nothing of what the mask lets through lies in it.

    Args:
        photo: the photograph.
        quad: the face's FFHQ square in it, [4, 2].
        mask: where in the square the photograph may change, [S, S] in [0, 1].
        edited: the drawing [1, 3, R, R] in [-1, 1].
        reference: the drawing without edits; what ``residual`` compares with.
        mode: ``residual`` adds ``edited - reference``, and moves what the photograph has besides along with it; ``replace`` puts the
            drawing itself there; ``seamless`` first gives it the photograph's colours on the mask's border.
        motion_px: side at which it is looked for what moves; smaller is quicker.
    """
    square = PhotoSquare(photo.rgb_uint8, quad)
    box = square.box(_extent(mask))
    if box is None:
        return None
    edited, reference = (image.detach().float().cpu().clamp(-1, 1) for image in (edited, reference))
    if mode == "residual":
        change = _residual(square, edited, reference, motion_px)
    else:
        drawing = (edited + 1) / 2
        change = _replacement(square, _in_the_colours_around(drawing, square, mask) if mode == "seamless" else drawing)
    return _masked(square, box, mask, change)


def in_photo(photo: Pixels, quad: NDArray[np.float64]) -> bool:
    """Whether any of a face's square lies in the photograph."""
    return PhotoSquare(photo.rgb_uint8, quad).box((0.0, 0.0, 1.0, 1.0)) is not None


def mask_in_photo(photo: Pixels, quad: NDArray[np.float64], mask: Mask, box: Box) -> Mask:
    """What a mask [S, S] of the square lets through in a box of the photograph, [h, w]; exactly zero outside of the square."""
    square = PhotoSquare(photo.rgb_uint8, quad)
    soft = torch.from_numpy(mask)[None, None]
    result = np.empty((box[3] - box[1], box[2] - box[0]), dtype=np.float32)
    for strip, rows in _strips(box):
        result[rows] = _alpha(soft, square.places(strip))[..., 0].numpy()
    return result


def _masked(square: PhotoSquare, box: Box, mask: Mask, change: Change) -> Patch:
    """What a change amounts to under a mask, strip by strip: a face that fills a huge photograph needs little more than the patch."""
    soft = torch.from_numpy(mask)[None, None]
    delta = np.empty((box[3] - box[1], box[2] - box[0], 3), dtype=np.float32)
    coverage: NDArray[np.float32] | None = None
    for strip, rows in _strips(box):
        places = square.places(strip)
        alpha = _alpha(soft, places)
        if not alpha.any():
            delta[rows] = 0
            continue
        moved, replaced = change(places, square.colours(strip), strip)
        torch.mul(moved, alpha, out=torch.from_numpy(delta[rows]))
        if replaced is not None:
            coverage = np.zeros(delta.shape[:2], dtype=np.float32) if coverage is None else coverage
            torch.mul(replaced[..., 0], alpha[..., 0], out=torch.from_numpy(coverage[rows]))
    return Patch(box, delta, coverage)


def _alpha(soft: Tensor, places: Tensor) -> Tensor:
    """A mask [1, 1, S, S] at places of the square, [h, w, 1]."""
    inside = (places[..., :1].abs() <= 1) & (places[..., 1:].abs() <= 1)
    return sampled(soft, places, "bilinear", outside="zeros").clamp_(0, 1).mul_(inside.float())


def _strips(box: Box) -> Iterator[tuple[Box, slice]]:
    """A box in strips, with their rows counted from the top of the box."""
    left, top, right, bottom = box
    rows = max(_PIXELS_AT_ONCE // (right - left) // 2 * 2, 2)
    for start in range(top, bottom, rows):
        end = min(start + rows, bottom)
        yield (left, start, right, end), slice(start - top, end - top)


def _replacement(square: PhotoSquare, drawing: Tensor) -> Change:
    """A drawing [1, 3, R, R] in [0, 1] in the place of what is there."""
    small = _at_photo_size(drawing, square.side)

    def change(places: Tensor, colours: Tensor, box: Box) -> tuple[Tensor, Tensor | None]:
        return sampled(small, places, "bicubic").clamp_(0, 1).sub_(colours), torch.ones(())[None, None, None]

    return change


def _residual(square: PhotoSquare, edited: Tensor, reference: Tensor, motion_px: int) -> Change:
    """What the edited drawing [1, 3, R, R] in [-1, 1] has more than the unedited one, the photograph's own detail moved along."""
    carried = carried_detail(reference, edited, square.covers, kept_px=motion_px)
    if carried is None:
        difference = _at_photo_size((edited - reference) / 2, square.side)
        return lambda places, colours, box: (sampled(difference, places, "bicubic"), None)
    # Brought to the photograph's size together: what is taken from the drawing is what the photograph's share is left out of.
    parts = _at_photo_size(_without_detail(edited, reference, carried), square.side)
    # Enlarged, motion is smooth enough for the quicker way; reduced, it needs the same as the drawing.
    smooth: Interpolation = "bilinear" if square.side >= edited.shape[-1] else "bicubic"

    def change(places: Tensor, colours: Tensor, box: Box) -> tuple[Tensor, Tensor | None]:
        bare, carriage = sampled(parts[:, :3], places, "bicubic"), sampled(parts[:, 3:], places, smooth)
        flow, kept = carriage[..., :2], carriage[..., 2:].clamp(0, 1)
        # Rounding aside it would add nothing where nothing moves; it must add nothing at all there.
        still = (flow[..., :1] == 0) & (flow[..., 1:] == 0) & (kept > WHOLE)
        if bool(still.all()):
            return bare, None
        detail = square.colours_displaced(box, places, flow).mul_(kept).sub_(colours)
        return bare + detail.masked_fill_(still, 0), 1 - kept

    return change


def _without_detail(edited: Tensor, reference: Tensor, carried: Carried) -> Tensor:
    """[1, 6, R, R]: what to add to the photograph's colours, moved by the flow and by as much as is kept (the edited drawing without
    what it has in common with them); that flow; what is kept."""
    size = (edited.shape[-1],) * 2
    flow, kept = (F.interpolate(x, size=size, mode="bilinear", align_corners=False) for x in (carried.flow, carried.kept))
    bare = (edited + 1) / 2 - kept * (displaced(reference, flow) + 1) / 2
    still = (flow == 0).all(dim=1, keepdim=True) & (kept == 1)
    return torch.cat([torch.where(still, (edited - reference) / 2, bare), flow, kept], dim=1)


def _in_the_colours_around(drawing: Tensor, square: PhotoSquare, mask: Mask) -> Tensor:
    """The drawing [1, 3, R, R] in [0, 1] plus a membrane, so that it meets the photograph where the mask ends."""
    size = min(mask.shape[-1], drawing.shape[-1])
    photograph = torch.from_numpy(square.cut(size)).permute(2, 0, 1)[None].float() / 255
    small = F.interpolate(drawing, size=(size, size), mode="area")
    inside = F.interpolate(torch.from_numpy(mask)[None, None], size=(size, size), mode="area") > INSIDE
    apart = photograph - small
    over = membrane(apart, (inside | _of_something_else(apart, inside)).to(small))
    return drawing + F.interpolate(over, size=drawing.shape[-2:], mode="bilinear", align_corners=False)


def _of_something_else(apart: Tensor, inside: Tensor) -> Tensor:
    """Where the drawing and the photograph around it show different things, [1, 1, S, S]: an ear and the curtain behind it. Their colours tell nothing of the
    light, so that a membrane must not begin there.

    Args:
        apart: photograph minus drawing, [1, 3, S, S].
        inside: [1, 1, S, S].
    """
    reach = max(round(BORDER_SHARE * apart.shape[-1]), 1)
    around = (F.max_pool2d(inside.float(), 2 * reach + 1, 1, reach) > 0) & ~inside
    if not bool(around.any()):
        return torch.zeros_like(inside)
    usual = torch.stack([channel[around[0, 0]].median() for channel in apart[0]])
    unusual = (apart - usual[None, :, None, None]).abs() > ANOTHER_THING
    return (unusual | (apart.abs() > ANOTHER_LIGHT)).any(dim=1, keepdim=True)


def _extent(mask: Mask) -> tuple[float, float, float, float]:
    """Left, top, right and bottom (shares of the side) of what a mask lets through; without area when that is nothing."""
    columns, rows = (np.flatnonzero(mask.any(axis=axis)) for axis in (0, 1))
    if not len(columns):
        return 0.0, 0.0, 0.0, 0.0
    # Between pixels the mask is linear: it ends in the middle of the neighbours.
    low = np.maximum(np.array([columns[0], rows[0]]) - 0.5, 0) / mask.shape[0]
    high = np.minimum(np.array([columns[-1], rows[-1]]) + 1.5, mask.shape[0]) / mask.shape[0]
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _at_photo_size(image: Tensor, side_px: float) -> Tensor:
    """``image`` [1, 3, R, R] averaged over areas where the photograph is coarser, so that sampling it does not alias."""
    target = max(8, math.ceil(side_px))
    return F.interpolate(image, size=(target, target), mode="area") if target < image.shape[-1] else image
