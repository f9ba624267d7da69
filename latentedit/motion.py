"""Where the photograph's own detail goes when the drawing moves.

A residual edit leaves in place what the generator cannot draw: the photograph minus the drawing of it. Where an edit turns the head or
closes a smile, that detail belongs to what has moved: left behind it shows as a second outline. So the motion from one drawing to the
other is estimated and the detail goes along, and where the new drawing has nothing to carry it (teeth that vanish, background that
comes out from behind the hair) it fades.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

FLOW_PX, COARSEST_PX = 128, 8
"""Sides at which the motion is estimated; it is smooth, so that finer ones would only cost time."""
KEPT_PX = 256
"""Side at which drawings are compared to tell what is carried."""
ROUNDS = 3
WINDOW_PX, SMOOTHING_PX, AROUND_PX = 2, 1, 3
"""Radii, at every size: of the least squares, of the averaging of motions, and of what counts as around a place."""
MIN_STRUCTURE = 2e-3
"""Squared gradient (levels of [-1, 1] a pixel), mean over a window, below which it tells nothing of a motion."""
STILL_WEIGHT = 0.3
"""How strongly a place without structure prefers to stay, against neighbours that move."""
STILL_PX = (0.2, 1.0)
"""Motions (pixels of ``KEPT_PX``) up to the first are none, beyond the second whole; so small edits do not resample the photograph."""
SAME_PX, SAME_CONTRAST = 2.0, 2e-3
"""Radius of the comparison's window, and the variance of what is no structure."""
LOST, SAME = 0.3, 0.9
"""Agreements up to the first carry no detail, beyond the second all of it."""


Photographed = Callable[[Tensor], Tensor]
"""Which places of the square lie in the photograph."""


@dataclass(frozen=True, eq=False)
class Carried:
    """How detail moves with a drawing.

    Attributes:
        flow: [1, 2, S, S]: the detail at a place of the edited drawing comes from that place plus this (x, y; shares of the side).
        kept: [1, 1, S, S] in [0, 1]: how much of it is carried.
    """

    flow: Tensor
    kept: Tensor


def carried_detail(
    reference: Tensor, edited: Tensor, photographed: Photographed | None = None, *, kept_px: int = KEPT_PX
) -> Carried | None:
    """What becomes of the detail that belongs to ``reference`` in ``edited``; None where all of it stays as it is.

    Args:
        reference, edited: drawings [1, 3, R, R] in [-1, 1].
        photographed: tells of places [1, S, S, 2] in [-1, 1] which of them lie in the photograph, [1, S, S]; all when None.
        kept_px: side at which drawings are compared; the motion is estimated at half of it. Smaller is quicker and coarser.
    """
    if torch.equal(reference, edited):
        return None
    before, after = _resized(reference, kept_px), _resized(edited, kept_px)
    flow = _resized(optical_flow(before, after, kept_px * FLOW_PX // KEPT_PX), kept_px)
    flow = flow * _smooth_step(flow.norm(dim=1, keepdim=True) * KEPT_PX, *STILL_PX)
    moved = displaced(before, flow)
    # What would come from outside of the square is not known there.
    places = _grid(kept_px) + 2 * flow.permute(0, 2, 3, 1)
    known = (places.abs() <= 1).all(dim=-1)[:, None]
    if photographed is not None:
        # Where nothing moves nothing comes from anywhere: no seam along the photograph's border.
        known &= photographed(places)[:, None] | (flow == 0).all(dim=1, keepdim=True)
    kept = _box(_smooth_step(_agreement(moved, after), LOST, SAME) * known, 1)
    if bool((kept == 1).all()) and not bool(flow.any()):
        return None
    return Carried(flow, kept)


def optical_flow(reference: Tensor, edited: Tensor, size: int = FLOW_PX) -> Tensor:
    """The motion [1, 2, size, size] with ``edited(place) = reference(place + motion)``, in shares of the side.

    Lucas and Kanade's (1981) least squares in windows, from coarse to fine with the reference warped by what is found so far (Bouguet,
    2000). After each round the motion is averaged with weights that say how well it was determined (normalised convolution; Knutsson &
    Westin, 1993), with a little weight for standing still: so it spreads into places without structure near by, and fades further off.

    Args:
        reference, edited: [1, C, H, W] of one size, at least ``size``.
    """
    motion = torch.zeros(1, 2, COARSEST_PX, COARSEST_PX)
    side = COARSEST_PX
    while side <= size:
        # Without what is around it: a place that only grows brighter does not move.
        before, after = (image - _box(image, AROUND_PX) for image in (_resized(reference, side), _resized(edited, side)))
        motion = _resized(motion, side)
        for _ in range(ROUNDS):
            warped = displaced(before, motion)
            across, down = _gradients((warped + after) / 2)
            missing = after - warped
            products = (across * across, across * down, down * down, across * missing, down * missing)
            sums = _box(torch.cat([p.sum(1, keepdim=True) for p in products], 1), WINDOW_PX)
            xx, xy, yy, x_missing, y_missing = (sums[:, k : k + 1] for k in range(len(products)))
            xx, yy = xx + MIN_STRUCTURE, yy + MIN_STRUCTURE
            determinant = xx * yy - xy * xy
            step = torch.cat([yy * x_missing - xy * y_missing, xx * y_missing - xy * x_missing], 1) / determinant
            motion = motion + step.clamp(-1, 1) / side
            # About the smaller eigenvalue: how well the worse determined direction is known.
            known = (determinant / (xx + yy) / MIN_STRUCTURE - 0.5).clamp_min(0)
            known = known / (1 + known)
            weight = _box(known, SMOOTHING_PX)
            motion = _box(known * motion, SMOOTHING_PX) / (weight + STILL_WEIGHT * (1 - weight) + 1e-6)
        side *= 2
    return motion


def displaced(image: Tensor, flow: Tensor) -> Tensor:
    """``image`` [1, C, S, S] seen at every place plus ``flow`` [1, 2, S, S] (shares of the side), linear between pixels."""
    places = _grid(flow.shape[-1]) + 2 * flow.permute(0, 2, 3, 1)
    return F.grid_sample(image, places, mode="bilinear", padding_mode="border", align_corners=False)


def _agreement(a: Tensor, b: Tensor) -> Tensor:
    """How alike the structure of two images [1, 3, S, S] is around every place, [1, 1, S, S] in [0, 1].

    The product of contrast and structure of SSIM (Wang et al., 2004, equations 9 and 10), over the channels together. Brightness does
    not count: detail goes well with hair that turns grey.
    """
    radius = round(SAME_PX)
    mean_a, mean_b = _box(a, radius), _box(b, radius)
    variance_a = (_box(a * a, radius) - mean_a * mean_a).clamp_min(0)
    variance_b = (_box(b * b, radius) - mean_b * mean_b).clamp_min(0)
    covariance = _box(a * b, radius) - mean_a * mean_b
    shared, all_of_it = 2 * covariance.sum(1, keepdim=True), (variance_a + variance_b).sum(1, keepdim=True)
    return ((shared + SAME_CONTRAST) / (all_of_it + SAME_CONTRAST)).clamp(0, 1)


def _gradients(image: Tensor) -> tuple[Tensor, Tensor]:
    padded = F.pad(image, (1, 1, 1, 1), mode="replicate")
    return (padded[..., 1:-1, 2:] - padded[..., 1:-1, :-2]) / 2, (padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]) / 2


def _box(image: Tensor, radius: int) -> Tensor:
    """Averaged twice over (2 radius + 1)^2 pixels: a triangle's weights."""
    for _ in range(2):
        image = F.avg_pool2d(F.pad(image, (radius,) * 4, mode="replicate"), 2 * radius + 1, 1)
    return image


def _smooth_step(value: Tensor, low: float, high: float) -> Tensor:
    t = ((value - low) / (high - low)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def _resized(image: Tensor, side: int) -> Tensor:
    image = image.detach().float().cpu()
    if side < image.shape[-1]:
        return F.interpolate(image, size=(side, side), mode="area")
    return F.interpolate(image, size=(side, side), mode="bilinear", align_corners=False)


def _grid(side: int) -> Tensor:
    """The places of pixels' centres [1, side, side, 2] in [-1, 1], as ``grid_sample`` wants them."""
    centres = (torch.arange(side) + 0.5) / side * 2 - 1
    y, x = torch.meshgrid(centres, centres, indexing="ij")
    return torch.stack([x, y], dim=-1)[None]
