"""What Pillow does not read of TIFF: 16-bit colour, 16-bit inks, 16-bit opacity."""

from __future__ import annotations

import io
import logging
from typing import Literal

import numpy as np
import tifffile
from numpy.typing import NDArray

from latentedit.errors import PhotoError
from latentedit.image_io import header, ifd

_SAMPLE_FORMAT = 339
_MAX_SAMPLES = 5
_ROWS_AT_ONCE = 256

# tifffile tells of oddities through logging; with no handler at all, Python would print them.
logging.getLogger("tifffile").addHandler(logging.NullHandler())


def check(data: bytes, name: str) -> tuple[int, int]:
    """Check the first directory before anything is decoded.

    Returns:
        Width and height as stored.

    Raises:
        PhotoError: no directory, too many pixels or channels, or samples that are not unsigned integers of up to 16 bits.
    """
    first = ifd.read_directory(data)
    width, height = (first.integer(ifd.WIDTH), first.integer(ifd.HEIGHT)) if first else (None, None)
    if first is None or width is None or height is None:
        raise PhotoError(f"{name} is a TIFF file without a picture.", hint="The file seems damaged; copy it again.")
    header.check_size(width, height, name)
    bits = first.integers(ifd.BITS) or (1,)
    formats = set(first.integers(_SAMPLE_FORMAT)) or {1}
    samples = first.integer(ifd.SAMPLES) or 1
    if max(bits) > 16 or not formats <= {1, 4} or samples > _MAX_SAMPLES or (max(bits) > 8 and set(bits) != {16}):
        raise header.unsupported(name, f"{samples} channels of {max(bits)} bits, or numbers with a sign or a fraction")
    return width, height


def is_deep(data: bytes) -> bool:
    """Whether the first picture has 16 bits per sample."""
    first = ifd.read_directory(data)
    return first is not None and 16 in first.integers(ifd.BITS)


def read_deep(data: bytes, name: str) -> tuple[Literal["grey", "rgb", "cmyk"], bool, NDArray[np.uint16], bytes | None]:
    """Decode a 16-bit TIFF.

    Returns:
        The colour model, whether the last channel is opacity, the samples [H, W, C] (black is zero, no ink is zero, opacity not
        multiplied in) and the colour profile.

    Raises:
        PhotoError: damaged, or of an unsupported layout.
    """
    with header.reading(name), tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages.first
        photometric = int(page.photometric)
        planar = int(page.planarconfig) == 2 and page.samplesperpixel > 1
        extra = tuple(int(e) for e in page.extrasamples)
        icc = page.iccprofile
        decoded = np.asarray(_pixels(page))
    if decoded.dtype != np.uint16:
        raise PhotoError(f"{name} does not hold the 16-bit samples that it declares.", hint="Save it again as TIFF.")
    deep = np.atleast_3d(np.moveaxis(decoded, 0, -1) if planar else decoded)
    if photometric in (0, 1):
        model: Literal["grey", "rgb", "cmyk"] = "grey"
    elif photometric in (2, 5):
        model = "rgb" if photometric == 2 else "cmyk"
    else:
        raise header.unsupported(name, f"TIFF photometric {photometric}")
    colours = {"grey": 1, "rgb": 3, "cmyk": 4}[model]
    alpha = deep.shape[2] > colours and extra[:1] in ((1,), (2,), (0,))
    deep = deep[..., : colours + int(alpha)]
    if photometric == 0:
        deep = np.concatenate([65535 - deep[..., :1], deep[..., 1:]], axis=2)
    if alpha and extra[:1] == (1,):
        deep = _unassociated(deep)
    return model, alpha, np.require(deep, np.uint16, ["C", "W", "O"]), icc


def _pixels(page: tifffile.TiffPage) -> NDArray[np.generic]:
    try:
        return page.asarray(maxworkers=1)
    except RuntimeError as error:  # the codecs' own exceptions
        raise ValueError(str(error)) from error


def _unassociated(samples: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Divide the opacity out of the colours; opaque pixels stay as they are. In strips, since the quotients take four times the room."""
    result = np.array(samples)
    for start in range(0, len(samples), _ROWS_AT_ONCE):
        strip = result[start : start + _ROWS_AT_ONCE]
        opacity = np.maximum(strip[..., -1:], 1).astype(np.float64)
        strip[..., :-1] = np.rint(strip[..., :-1] * (65535 / opacity)).clip(0, 65535)
    return result
