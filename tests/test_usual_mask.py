"""Where a drawing goes when nobody says where: with parts that are laid out by hand, and with the network on a drawn head."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from shapes import FACE, average_face, portrait

from latentedit.edits import Compositing, CompositingMode, EditMask
from latentedit.face_parser import PARTS, Part
from latentedit.masks import compositing_mask
from latentedit.outlines import face_outline, filled
from latentedit.usual_mask import usual_mask, usual_shape

SIDE = 256
MODES: list[CompositingMode] = ["residual", "seamless", "replace"]
Box = tuple[float, float, float, float]
HEAD: dict[Part, Box] = {"hair": (0.25, 0.12, 0.75, 0.5), "skin": (0.3, 0.3, 0.7, 0.85), "neck": (0.4, 0.85, 0.6, 0.92)}
DRESSED: dict[Part, Box] = {**HEAD, "clothes": (0.1, 0.92, 0.9, 1.0)}
HATTED: dict[Part, Box] = {**DRESSED, "clothes": (0.25, 0.1, 0.75, 0.32)}
OUTLINE = np.asarray(filled([face_outline(average_face())], SIDE))


def laid_out(boxes: dict[Part, Box], right: float = 0.0) -> dict[Part, NDArray[np.float64]]:
    """Parts as boxes, later ones over earlier ones; the rest is background."""
    drawn = Image.new("L", (SIDE, SIDE), PARTS.index("background"))
    for part, (left, top, end, bottom) in boxes.items():
        place = [(left + right) * SIDE, top * SIDE, (end + right) * SIDE - 1, bottom * SIDE - 1]
        ImageDraw.Draw(drawn).rectangle(place, fill=PARTS.index(part))
    return {part: (np.asarray(drawn) == index).astype(np.float64) for index, part in enumerate(PARTS)}


def shape_of(
    mode: CompositingMode,
    before: dict[Part, NDArray[np.float64]],
    after: dict[Part, NDArray[np.float64]],
    changed: NDArray[np.bool_] | None = None,
) -> NDArray[np.uint8]:
    none = np.zeros((SIDE, SIDE), dtype=bool)
    return usual_shape(mode, before, after, OUTLINE, average_face(), lambda: none if changed is None else changed)


def at(mask: NDArray[np.generic], x: float, y: float) -> float:
    return float(mask[int(y * SIDE), int(x * SIDE)]) / (255 if mask.dtype == np.uint8 else 1)


@pytest.mark.parametrize("mode", MODES)
def test_the_face_is_in_it_and_background_and_collar_are_not(mode: CompositingMode) -> None:
    shape = shape_of(mode, laid_out(DRESSED), laid_out(DRESSED))
    assert at(shape, 0.5, 0.5) == at(shape, 0.5, 0.7) == 1
    assert at(shape, 0.05, 0.5) == at(shape, 0.95, 0.1) == at(shape, 0.5, 0.97) == 0


def test_hair_is_the_photographs_own_unless_it_changes() -> None:
    same, crown = laid_out(DRESSED), (0.5, 0.17)
    assert at(shape_of("residual", same, same), *crown) == 1
    assert at(shape_of("replace", same, same), *crown) == 0
    assert at(shape_of("replace", same, same, same["hair"] > 0), *crown) == 1
    assert not (shape_of("replace", same, same, np.ones((SIDE, SIDE), dtype=bool)) > 0)[:, :10].any()  # only of the head


@pytest.mark.parametrize("mode", MODES)
def test_where_the_head_was_and_where_it_goes(mode: CompositingMode) -> None:
    shape = shape_of(mode, laid_out(DRESSED), laid_out(DRESSED, 0.15))
    assert at(shape, 0.28, 0.3) == at(shape, 0.87, 0.3) == 1
    assert at(shape, 0.1, 0.3) == at(shape, 0.99, 0.3) == 0


def test_what_does_not_touch_the_face_is_left_out() -> None:
    after = laid_out({**DRESSED})
    after["hair"][120:175, :20] = 1
    assert not shape_of("residual", laid_out(DRESSED), after)[120:175, :20].any()


def test_a_hat_stays_on_a_head_that_stays_and_goes_with_one_that_turns() -> None:
    hatted, grown = laid_out(HATTED), laid_out({**DRESSED, "hair": (0.25, 0.1, 0.75, 0.5)})
    crown = (0.5, 0.2)
    assert at(shape_of("residual", hatted, hatted), *crown) == 0
    assert at(shape_of("residual", hatted, grown), *crown) == 0  # nor does drawn hair come through
    assert at(shape_of("residual", hatted, laid_out(HATTED, 0.2)), *crown) == 1


def as_drawing(pixels: NDArray[np.uint8]) -> torch.Tensor:
    return torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1


@pytest.mark.parametrize("mode", MODES)
def test_with_the_network(mode: CompositingMode) -> None:
    drawing = as_drawing(portrait(SIDE))
    mask = usual_mask(mode, FACE.regions, drawing, drawing)
    assert mask.shape == (SIDE, SIDE) and mask.dtype == np.float32 and mask.min() >= 0 and mask.max() <= 1
    assert min(at(mask, 0.5, 0.55), at(mask, 0.4, 0.5), at(mask, 0.5, 0.75)) > 0.99
    assert max(at(mask, 0.03, 0.5), at(mask, 0.97, 0.9), at(mask, 0.02, 0.98)) < 0.01


def test_what_is_asked_for_goes_before_it() -> None:
    drawings = (as_drawing(portrait(SIDE)), as_drawing(portrait(SIDE)))
    mask = compositing_mask(Compositing(), FACE, drawings=drawings)
    assert at(mask, 0.1, 0.5) < 0.05
    # An edit that is confined to the background goes there.
    wall = compositing_mask(Compositing(), FACE, drawings=drawings, places=[EditMask("background")])
    assert at(wall, 0.1, 0.5) > 0.9
    # And a region that is asked for is that region.
    mouth = Compositing(region="mouth")
    assert np.array_equal(compositing_mask(mouth, FACE, drawings=drawings), compositing_mask(mouth, FACE))
