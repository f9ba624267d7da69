"""PNG files of drawn pictures."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latentedit.image_io import writing, xmp
from latentedit.image_io.colour import ColourSpace
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import from_array


def encode_png(image_uint8: NDArray[np.uint8], *, mark_ai: bool = False) -> bytes:
    """The PNG file of a picture [H, W, 3] in sRGB, or [H, W, 1] of greys; the same bytes for the same picture.

    Args:
        mark_ai: note in it that a trained model made the picture.
    """
    carried = Metadata(xmp=xmp.marked(None, xmp.GENERATED) if mark_ai else None)
    model: Literal["rgb", "grey"] = "rgb" if image_uint8.shape[2] == 3 else "grey"
    return writing.convert(from_array(image_uint8, model, False, ColourSpace(model, 255)), "PNG", carried, lossless=True)
