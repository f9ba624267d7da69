"""Pictures as hosts have them: raw samples in a file, described by numbers; and as they get them."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from latentedit.errors import InputError, UsageError
from latentedit.image_io import png_writer, tiff_writer
from latentedit.image_io.colour import ColourSpace, Samples, matches
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import from_array
from latentedit.images import MAX_FILE_BYTES, Photo
from latentedit.serve.params import Params

ORDERS = {"RGB": (0, 1, 2), "RGBA": (0, 1, 2, 3), "BGR": (2, 1, 0), "BGRA": (2, 1, 0, 3), "GRAY": (0,), "GRAYA": (0, 1)}
"""How the channels of a pixel lie in a file, and which of them are red, green, blue, or grey, and opacity."""
MAX_SIDE = 65535


def photo_of_samples(raw: Params, name: str) -> Photo:
    """A photograph made of raw samples: rows from above, no gaps, numbers of 16 bits with the low byte first.

    Raises:
        UsageError: a parameter is wrong.
        InputError: the file cannot be read, or is not as long as the numbers say; the profile fits no such samples.
    """
    path = raw.path("path")
    width, height = (raw.integer(side, least=1, most=MAX_SIDE) for side in ("width", "height"))
    order = ORDERS[raw.choice("channels", tuple(ORDERS), "RGBA")]
    dtype = np.dtype({"8": "u1", "16": "<u2"}[raw.choice("depth", ("8", "16"), "8")])
    icc = _profile(raw, "grey" if len(order) < 3 else "rgb")
    raw.require_all_used()
    size = width * height * len(order) * dtype.itemsize
    if size > MAX_FILE_BYTES:
        raise UsageError(f"{width} x {height} pixels are too many.", hint="Send a smaller picture.")
    try:
        if path.stat().st_size != size:
            raise InputError(f"{path.name} has {path.stat().st_size} bytes and not {size}.", hint="Give its real size.")
        samples = np.fromfile(path, dtype).reshape(height, width, len(order))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", hint="Write it before it is sent.") from error
    samples = samples[..., list(order)].astype(dtype.newbyteorder("="), copy=False)
    alpha = len(order) in (2, 4)
    space = ColourSpace("grey" if len(order) < 3 else "rgb", int(np.iinfo(samples.dtype).max), icc)
    # Not compressed: it is read once, here.
    data = tiff_writer.encode(from_array(samples, space.model, alpha, space), Metadata(icc=icc), compressed=False)
    return Photo.from_bytes(data, name)


def _profile(raw: Params, model: str) -> bytes | None:
    if raw.maybe_text("icc") is None:
        return None
    path = raw.path("icc")
    try:
        icc = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The profile {path} cannot be read: {error.strerror or error}.", hint="Leave it out for sRGB."
        ) from error
    if not matches(icc, model):
        raise InputError(f"The profile {path.name} is not one of such samples.", hint="Convert the picture to RGB.")
    return icc


def write_raw(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write pixels [h, w, C] as they lie."""
    with path.open("wb") as file:
        pixels.tofile(file) if pixels.flags.c_contiguous else file.write(pixels.tobytes())


def write_png(path: Path, samples: Samples, icc: bytes | None = None) -> None:
    """Write samples [h, w, 1, 2, 3 or 4] as a PNG file."""
    channels = samples.shape[2]
    space = ColourSpace("grey" if channels < 3 else "rgb", int(np.iinfo(samples.dtype).max), icc)
    path.write_bytes(png_writer.encode(from_array(samples, space.model, channels in (2, 4), space), Metadata(icc=icc)))


def read_selection(raw: Params, size: tuple[int, int]) -> NDArray[np.uint8]:
    """A selection as an array [H, W] of the picture's size (width, height): 255 where it is selected.

    Either ``box`` [left, top, right, bottom], or ``path``, a file of one byte for each pixel.

    Raises:
        UsageError, InputError: it is neither, or not of this size.
    """
    width, height = size
    box = raw.integers("box", 4, None)
    if box is not None:
        raw.require_all_used()
        left, top, right, bottom = (int(value) for value in np.clip(box, 0, (width, height, width, height)))
        selected = np.zeros((height, width), np.uint8)
        selected[top:bottom, left:right] = 255
        return selected
    path = raw.path("path")
    raw.require_all_used()
    try:
        if os.path.getsize(path) != width * height:  # noqa: PTH202  # one call, and the same error as reading
            raise InputError(f"The selection {path.name} is not of {width} x {height} bytes.", hint="One byte for each pixel.")
        return np.fromfile(path, np.uint8).reshape(height, width)
    except OSError as error:
        raise InputError(f"The selection {path} cannot be read: {error.strerror or error}.", hint="Write it first.") from error
