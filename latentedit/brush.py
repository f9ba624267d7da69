"""A region that the user painted, over a face's aligned square.

Edit states only name it, by its content's hash; sessions and project files hold what was painted, so that undo and redo find it.
This module needs numpy but not torch.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.alignment import quad_side, square_to_quad
from latentedit.edits.edit import BRUSH, MAX_NAME, Region
from latentedit.errors import UsageError

MIN_BRUSH_PX, MAX_BRUSH_PX = 8, 1024
MAX_BRUSHES = 1024
"""Of one project, its history's included: one for each undo, and as many again."""

_Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Brush:
    """What was painted, read-only.

    Attributes:
        pixels: [S, S] uint8 over the face's square, S from 8 to 1024: 0 is outside, 255 inside.
        called: what people call it, such as the name of the file that it was read from; empty where nothing is known. It says nothing about what it is.

    Raises:
        UsageError: another shape or kind of numbers, or a name that cannot be shown.
    """

    pixels: _Bytes
    called: str = ""

    def __post_init__(self) -> None:
        pixels = np.array(self.pixels, order="C")
        square = pixels.ndim == 2 and pixels.shape[0] == pixels.shape[1] and MIN_BRUSH_PX <= pixels.shape[0] <= MAX_BRUSH_PX
        if not square or pixels.dtype != np.uint8:
            raise UsageError(f"A painted mask is a square of {MIN_BRUSH_PX} to {MAX_BRUSH_PX} grey pixels of 8 bits.")
        if self.called and not can_be_called(self.called):
            raise UsageError(
                f"A painted mask cannot be called {self.called!r}.", hint=f"Use 1 to {MAX_NAME} printable characters."
            )
        pixels.setflags(write=False)
        object.__setattr__(self, "pixels", pixels)

    @cached_property
    def region(self) -> str:
        """The name under which edits and compositing refer to it: ``brush:`` and the sha256 of its side and its pixels."""
        side = len(self.pixels)
        return BRUSH + hashlib.sha256(f"{side}:".encode() + self.pixels.tobytes()).hexdigest()


def can_be_called(name: str) -> bool:
    """Whether a painted mask may have this name: it can be shown, and is not that of another region."""
    return 0 < len(name) <= MAX_NAME and name.isprintable() and name not in get_args(Region) and not name.startswith(BRUSH)


def known_brush(brushes: Mapping[str, Brush], region: str) -> Brush:
    """The one of this region.

    Raises:
        UsageError: there is none.
    """
    if region not in brushes:
        raise UsageError("A painted mask that the edits name is not there.", hint="Paint it again, or choose another region.")
    return brushes[region]


def brush_from_photo_mask(mask: _Bytes, quad: NDArray[np.float64], called: str = "") -> Brush:
    """The part of a mask of the whole photograph that lies over a face's square.

    Args:
        mask: [H, W] in the upright photograph's size; what lies outside of the photograph counts as 0.
        quad: the face's FFHQ square in it, [4, 2].
        called: what people call it.
    """
    side = quad_side(quad)
    size = min(max(math.ceil(side), MIN_BRUSH_PX), MAX_BRUSH_PX)
    # Drawn at no less than the photograph's own size, then averaged: thin strokes keep their weight.
    factor = math.ceil(side / size)
    to_photo = square_to_quad(quad, size * factor)
    # Pillow counts pixels from their outer edge, quads from the centre.
    to_photo[:2] += 0.5 * to_photo[2:]
    coefficients = tuple((to_photo / to_photo[2, 2]).ravel()[:8])
    fine = Image.fromarray(mask).transform(
        (size * factor,) * 2, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR
    )
    return Brush(np.asarray(fine.reduce(factor) if factor > 1 else fine, dtype=np.uint8), called)
