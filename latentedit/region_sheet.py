"""What the parts of a face are, to look at before something is edited: each tinted over the face."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from latentedit.captioned_grid import captioned_grid
from latentedit.edits import EditMask, Region

if TYPE_CHECKING:
    from latentedit.masks import Mask
    from latentedit.session_face import SessionFace

PICTURE_PX = 256
COLUMNS = 4
PARTS: tuple[Region, ...] = tuple(region for region in get_args(Region) if region != "square")
TINT = (255, 80, 0)
TINTED = 0.6
"""How much of the tint covers the face where a region is whole."""


def region_sheet(known: SessionFace) -> NDArray[np.uint8]:
    """All parts of a face, each under its name: [H, W, 3].

    Raises:
        UsageError: the face was chosen as a square, not found.
    """
    return captioned_grid(list(region_pictures(known)), COLUMNS)


def region_pictures(known: SessionFace, size: int = PICTURE_PX) -> Iterator[tuple[Region, NDArray[np.uint8]]]:
    """The face's square [size, size, 3] for each part, tinted as far as an edit on it may change the face.

    Raises:
        UsageError: the face was chosen as a square, not found.
    """
    from latentedit.alignment import crop_quad
    from latentedit.masks import FaceInSquare, edit_mask

    picture = crop_quad(known.face.photo.rgb_uint8, known.face.quad, size)
    inside = FaceInSquare(known.regions)
    for region in PARTS:
        yield region, tinted(picture, edit_mask(EditMask(region), inside, size))


def tinted(picture: NDArray[np.uint8], mask: Mask) -> NDArray[np.uint8]:
    """A picture [S, S, 3] in grey, so that the tint is the only colour, with a mask [S, S] in [0, 1] laid over it."""
    from latentedit.image_io.colour import LUMA

    grey = (picture.astype(np.float32) @ LUMA.astype(np.float32))[..., None]
    share = TINTED * mask[..., None]
    return np.rint(grey * (1 - share) + np.array(TINT, dtype=np.float32) * share).clip(0, 255).astype(np.uint8)
