"""Where a drawing goes when nobody says where: told by two pictures of a drawn head, before and after."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from shapes import FACE, portrait
from torch import Tensor

from latentedit.edits import Compositing, CompositingMode, EditMask
from latentedit.masks import compositing_mask
from latentedit.usual_mask import usual_mask

SIDE = 256
Pixels = NDArray[np.uint8]


def as_drawing(pixels: Pixels) -> Tensor:
    return torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1


BEFORE = portrait(SIDE)
"""FACE is of this picture."""


def shifted(pixels: Pixels, right: int) -> Pixels:
    return np.roll(pixels, right, axis=1)


def repainted(pixels: Pixels, place: tuple[slice, slice]) -> Pixels:
    result = pixels.copy()
    result[place] = (90, 20, 130)
    return result


def at(mask: NDArray[np.float32], x: float, y: float) -> float:
    return float(mask[int(y * len(mask)), int(x * len(mask))])


@pytest.mark.parametrize("mode", ["residual", "seamless", "replace"])
def test_the_face_is_in_it_and_the_wall_is_not(mode: CompositingMode) -> None:
    mask = usual_mask(mode, FACE.regions, as_drawing(BEFORE), as_drawing(BEFORE))
    assert mask.shape == (SIDE, SIDE) and mask.dtype == np.float32 and mask.min() >= 0 and mask.max() <= 1
    assert min(at(mask, 0.5, 0.55), at(mask, 0.4, 0.5), at(mask, 0.5, 0.75)) > 0.99
    assert max(at(mask, 0.03, 0.5), at(mask, 0.97, 0.9), at(mask, 0.02, 0.98)) < 0.01


def test_hair_is_the_photographs_own_unless_it_changes() -> None:
    hair = (0.5, 0.17)
    same = usual_mask("replace", FACE.regions, as_drawing(BEFORE), as_drawing(BEFORE))
    dyed = BEFORE.copy()
    dyed[: int(0.3 * SIDE)][(BEFORE[: int(0.3 * SIDE)] < 80).all(axis=-1)] = (150, 110, 60)
    changed = usual_mask("replace", FACE.regions, as_drawing(dyed), as_drawing(BEFORE))
    residual = usual_mask("residual", FACE.regions, as_drawing(BEFORE), as_drawing(BEFORE))
    assert at(same, *hair) < 0.05 and at(changed, *hair) > 0.95 and at(residual, *hair) > 0.95


@pytest.mark.parametrize("mode", ["residual", "seamless", "replace"])
def test_where_the_head_was_and_where_it_goes(mode: CompositingMode) -> None:
    still = usual_mask(mode, FACE.regions, as_drawing(BEFORE), as_drawing(BEFORE))
    moved = usual_mask(mode, FACE.regions, as_drawing(shifted(BEFORE, 30)), as_drawing(BEFORE))
    row = int(0.55 * SIDE)
    outline = np.flatnonzero(still[row] > 0.5)
    assert moved[row, outline[0] + 12] > 0.7 and moved[row, outline[-1] + 15] > 0.7 > 0.1 > still[row, outline[-1] + 15]


def test_what_does_not_touch_the_face_is_left_out() -> None:
    """Somebody else's head at the border."""
    with_another = Image.fromarray(BEFORE)
    small = Image.fromarray(BEFORE).crop((60, 20, 196, 240)).resize((34, 55))
    with_another.paste(small, (0, 120))
    mask = usual_mask("residual", FACE.regions, as_drawing(np.asarray(with_another)), as_drawing(BEFORE))
    assert mask[120:175, :20].max() < 0.05


def recoloured_wall(pixels: Pixels) -> Pixels:
    result = pixels.copy()
    result[:, :20] = (250, 240, 60)
    return result


@pytest.mark.parametrize("change", [recoloured_wall, lambda pixels: repainted(pixels, np.s_[230:, :30])])
def test_what_happens_to_the_background_stays_out(change: Callable[[Pixels], Pixels]) -> None:
    drawings = (as_drawing(change(BEFORE)), as_drawing(BEFORE))
    mask = compositing_mask(Compositing(), FACE, drawings=drawings)
    assert mask[:, :15].max() < 0.02 and mask[235:, :25].max() < 0.02
    # Unless an edit was confined to it.
    wall = compositing_mask(Compositing(), FACE, drawings=drawings, places=[EditMask("background")])
    assert at(wall, 0.15, 0.5) > 0.9
    # And a region that is asked for is that region.
    assert np.array_equal(
        compositing_mask(Compositing(region="mouth"), FACE, drawings=drawings),
        compositing_mask(Compositing(region="mouth"), FACE),
    )


def test_a_hat_goes_with_the_head_and_a_collar_does_not() -> None:
    dressed = Image.fromarray(BEFORE)
    draw = ImageDraw.Draw(dressed)
    draw.rectangle((70, 12, 186, 60), fill=(40, 60, 160))
    draw.rectangle((60, 232, 196, 256), fill=(40, 60, 160))
    mask = usual_mask("residual", FACE.regions, as_drawing(np.asarray(dressed)), as_drawing(BEFORE))
    assert mask[30, 128] > 0.9 and mask[252, 128] < 0.3
