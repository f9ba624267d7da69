"""A face's edits seen at once: composited in the face's own square, at a few hundred pixels, from the generator's preview."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from latentedit.compose import mask_in_photo, paste
from latentedit.edits import FaceEdits
from latentedit.image_io.patching import apply_to_picture
from latentedit.masks import FaceInSquare, Mask
from latentedit.session_face import drawing_mask

MOTION_PX = 128
"""Half of what the whole composite takes: a third of its time."""
NEAR = 0.25
"""Amounts so little apart leave the head where it is."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A face's square of a photograph as if it were all of it.

    Attributes:
        rgb_uint8: [S, S, 3].
    """

    rgb_uint8: NDArray[np.uint8]

    @property
    def quad(self) -> NDArray[np.float64]:
        """The corners, as those of a face's square in a photograph."""
        # Whole numbers are at pixel centres.
        return np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * float(len(self.rgb_uint8)) - 0.5


@dataclass(eq=False)
class LastMask:
    """The mask of a quick look, which serves the next as long as the same edits stand at about the same amounts.

    Attributes:
        of: the edits but for their amounts.
        amounts: of each.
        mask: [S, S]; None before the first.
    """

    of: Hashable = None
    amounts: tuple[float, ...] = ()
    mask: Mask | None = None

    def serves(self, of: Hashable, amounts: tuple[float, ...]) -> bool:
        """Whether it is near enough."""
        near = len(amounts) == len(self.amounts) and all(abs(a - b) <= NEAR for a, b in zip(amounts, self.amounts, strict=True))
        return self.mask is not None and of == self.of and near


def quick_look(
    cut: NDArray[np.uint8],
    edits: FaceEdits,
    inside: FaceInSquare,
    edited: Tensor,
    unedited: Tensor,
    last: LastMask | None = None,
) -> NDArray[np.uint8]:
    """What the edits make of a face's square.

    Args:
        cut: the square of the photograph, [S, S, 3] sRGB.
        edits: for how they go back into the photograph.
        inside: what masks are made of.
        edited, unedited: previews [1, 3, P, P] in about [-1, 1].
        last: the mask of the look before, of the same face; it is replaced when it is too far away.

    Returns: [S, S, 4] sRGB with straight alpha: where nothing may change it is the photograph's square, transparent.

    Raises:
        UsageError: a painted mask is not there.
    """
    square = Cut(cut)
    size = len(cut)
    result = np.dstack([cut, np.zeros((size, size), dtype=np.uint8)])
    mask = _mask(edits, inside, edited, unedited, last)
    patch = paste(square, square.quad, mask, edited, unedited, mode=edits.compositing.mode, motion_px=MOTION_PX)
    if patch is None:
        return result
    result[..., :3] = apply_to_picture(cut, [patch])
    # Opaque well before anything changes: the softness is in the colours already.
    let = mask_in_photo(square, square.quad, mask, (0, 0, size, size))
    result[..., 3] = np.rint(np.minimum(let * 8, 1) * 255).astype(np.uint8)
    return result


def _mask(edits: FaceEdits, inside: FaceInSquare, edited: Tensor, unedited: Tensor, last: LastMask | None) -> Mask:
    drawn = edits.drawn()
    of = (edits.compositing, edits.noise_mode, tuple((edit.key, edit.mask) for edit in drawn.edits))
    amounts = (edits.truncation_psi, *(amount for edit in drawn.edits for amount in edit.amounts))
    if last is not None and last.serves(of, amounts):
        assert last.mask is not None
        return last.mask
    mask = drawing_mask(edits, inside, edited, unedited)
    if last is not None:
        last.of, last.amounts, last.mask = of, amounts, mask
    return mask
