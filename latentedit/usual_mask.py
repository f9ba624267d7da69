"""Where in the square a drawing goes into the photograph when nobody says where.

A change of the latent changes background and clothes as well. Nobody asked for that, they go on beyond the square, and it would end there as a visible box.
So a residual goes where the head is, in the photograph or in the drawing: where it was, something else is to be seen now. A replacement takes the face, which the
photograph has no use for, and of the rest of the head only what the edits change: hair that stays as it is stays the photograph's.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from torch import Tensor

from latentedit.edits import CompositingMode
from latentedit.face_parser import parts_of_drawing
from latentedit.morphology import Grey, eroded, grown
from latentedit.outlines import NOSE, Points
from latentedit.regions import REGION_PX, FaceRegions, Parts, head_of

AROUND, EDGE = 0.02, 0.03
"""How far beyond what was seen a drawing goes, since hair is finer than that, and how softly it ends: shares of the side."""
JITTER = 0.015
"""Two outlines that are no further apart are one."""
TURNED = 0.1
"""A head has turned when so much of the square is another's than before."""
COMPARED_PX, VISIBLE = 64, 0.16
"""Side at which drawings are compared, and the mean difference (of [-1, 1]) from which one sees it."""


def usual_mask(mode: CompositingMode, regions: FaceRegions, edited: Tensor, unedited: Tensor) -> NDArray[np.float32]:
    """Soft, [256, 256] in [0, 1], not yet ending at the square's border.

    Args:
        regions: of the photograph, of a face that was found.
        edited, unedited: drawings [1, 3, R, R] in [-1, 1].

    Raises:
        UsageError: the face was chosen as a square.
    """
    after, face = parts_of_drawing(edited, REGION_PX), np.asarray(regions.shape("face"))
    shape = usual_shape(mode, regions.seen, after, face, regions.landmarks, lambda: _changed(edited, unedited))
    wider = Image.fromarray(grown(shape, _px(AROUND)))
    soft = wider.filter(ImageFilter.GaussianBlur(EDGE * REGION_PX / 2))
    return np.asarray(soft, dtype=np.float32) / np.float32(255)


def usual_shape(
    mode: CompositingMode, before: Parts, after: Parts, face: Grey, landmarks: Points, changed: Callable[[], NDArray[np.bool_]]
) -> Grey:
    """What a drawing takes, white on black [S, S].

    Args:
        before, after: what is where in the photograph and in the drawing.
        face: the face's outline in the photograph, white.
        changed: tells where the drawing visibly changed, [S, S].
    """
    head_before, head_after = (_bytes(head_of(parts, landmarks) + parts["neck"]) for parts in (before, after))
    came_or_went = _without_lines((head_before > 127) != (head_after > 127))
    heads = np.maximum(head_before, head_after)
    if mode != "residual":
        shape = np.maximum.reduce([_bytes(after["skin"]), face, came_or_went, _without_lines(changed()) & heads])
        return _with_what_touches(shape, landmarks)
    shape = np.maximum(heads, face)
    if came_or_went.mean() < TURNED * 255:
        # What is worn on a head that stays where it is stays as well: the generator knows few hats, and draws hair through them.
        shape = np.minimum(shape, 255 - _without_lines(_bytes(before["clothes"]) > 127))
    return _with_what_touches(shape, landmarks)


def _changed(edited: Tensor, unedited: Tensor) -> NDArray[np.bool_]:
    """Where two drawings differ visibly, [256, 256]."""
    apart = (edited - unedited).detach().float().cpu().abs().mean(dim=1, keepdim=True)
    small = F.interpolate(apart, size=(COMPARED_PX, COMPARED_PX), mode="area")
    return (F.interpolate(small, size=(REGION_PX, REGION_PX), mode="bilinear", align_corners=False)[0, 0] > VISIBLE).numpy()


def _without_lines(where: NDArray[np.bool_]) -> Grey:
    """White [S, S] where something is, but for lines, and a little around it."""
    return grown(eroded(where.astype(np.uint8) * 255, _px(JITTER)), _px(2 * JITTER))


def _with_what_touches(shape: Grey, landmarks: Points) -> Grey:
    """A shape without what does not touch the face: somebody else, or a plant that was taken for hair."""
    small = (
        Image.fromarray(shape).resize((COMPARED_PX, COMPARED_PX), Image.Resampling.BOX).point(lambda level: 255 * (level > 127))
    )
    x, y = (landmarks[NOSE].mean(axis=0) * COMPARED_PX).clip(0, COMPARED_PX - 1).astype(int).tolist()
    inside = np.asarray(small) > 0
    if not inside[y, x]:
        return shape
    touching = np.zeros_like(inside)
    touching[y, x] = True
    while True:
        wider = touching.copy()
        wider[1:] |= touching[:-1]
        wider[:-1] |= touching[1:]
        wider[:, 1:] |= touching[:, :-1]
        wider[:, :-1] |= touching[:, 1:]
        wider &= inside
        if np.array_equal(wider, touching):
            break
        touching = wider
    near = Image.fromarray(grown(touching.astype(np.uint8) * 255, 1)).resize((REGION_PX, REGION_PX), Image.Resampling.BILINEAR)
    return np.minimum(shape, np.asarray(near))


def _bytes(likely: NDArray[np.float64]) -> Grey:
    return np.rint(likely.clip(0, 1) * 255).astype(np.uint8)


def _px(share: float) -> int:
    return max(1, round(share * REGION_PX))
