"""Pictures in files: those that a client gives, and those that it is given."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from latentedit.atomic_file import replacing
from latentedit.errors import PhotoError
from latentedit.image_io import metadata, png_writer, tiff_writer, writing
from latentedit.image_io.colour import ColourSpace, Samples, colour_space
from latentedit.image_io.native import decode, from_array
from latentedit.image_io.orientation import upright
from latentedit.image_io.patching import apply_to_samples
from latentedit.images import Photo, open_photo, read_mask
from latentedit.serve.params import Params
from latentedit.serve.protocol import ProtocolError

if TYPE_CHECKING:
    from latentedit.scene import Scene

CHANNELS = {"gray": 1, "rgb": 3, "rgba": 4}
ORDERS = {"gray": (0,), "graya": (0, 1), "rgb": (0, 1, 2), "rgba": (0, 1, 2, 3), "bgr": (2, 1, 0), "bgra": (2, 1, 0, 3)}
"""What clients give: where in a pixel red, green and blue are, or grey, and then opacity."""
FORMATS = ("png", "raw")
FLOAT = "float32"
MAX_SIDE = 100_000
RAW_SUFFIX = ".raw"
SELECTION = frozenset({"box", "mask"})
MAX_PROFILE_BYTES = 2**24
_NAMES = {count: name for name, count in CHANNELS.items()}
_DTYPES: dict[object, str] = {8: "u1", 16: "<u2", FLOAT: "<f4"}
_PIXELS = frozenset({"path", "width", "height", "channels", "depth", "profile", "name"})


@dataclass(frozen=True)
class Written:
    """A picture in a file.

    Attributes:
        path: where.
        format: ``png``, or ``raw`` as docs/serve.md describes it.
        width, height: in pixels.
        channels: ``gray``, ``rgb`` or ``rgba``.
        depth: bits of a sample, 8 or 16.
    """

    path: Path
    format: str
    width: int
    height: int
    channels: str
    depth: int

    def facts(self) -> dict[str, Any]:
        """As the protocol tells it."""
        told = {"path": str(self.path), "format": self.format, "width": self.width, "height": self.height}
        return {**told, "channels": self.channels, "depth": self.depth}


def photo_of(params: Params) -> Photo:
    """The picture that a request gives, as a photograph.

    Raises:
        ProtocolError: it gives none, or describes it wrongly.
        PhotoError: the file cannot be read, or is shorter or longer than it is said to be.
    """
    if "pixels" not in params:
        return open_photo(params.path("path"))
    if "path" in params:
        raise ProtocolError("A picture is given by path or by pixels, not by both.")
    pixels = params.inner("pixels", _PIXELS)
    samples = read_raw(pixels)
    profile = _profile(pixels.path("profile")) if "profile" in pixels else None
    model: Literal["grey", "rgb"] = "grey" if samples.shape[2] < 3 else "rgb"
    space = colour_space(model, int(np.iinfo(samples.dtype).max), profile)
    native = from_array(samples, model, samples.shape[2] in (2, 4), space)
    # Compressing what a host has in memory would take longer than all else that opening does.
    data = tiff_writer.encode(native, metadata.Metadata(icc=profile), compressed=False)
    return Photo.from_bytes(data, pixels.text("name", "picture.tif"))


def read_raw(pixels: Params) -> Samples:
    """Samples [H, W, C] uint8 or uint16 of a raw file.

    Raises:
        ProtocolError: it is described wrongly.
        PhotoError: the file cannot be read, or has another size than the description.
    """
    width, height = (pixels.whole(name, low=1, high=MAX_SIDE) for name in ("width", "height"))
    order = ORDERS[pixels.choice("channels", tuple(ORDERS))]
    channels = len(order)
    depth = pixels.raw("depth")
    if isinstance(depth, bool) or not isinstance(depth, int | str) or depth not in _DTYPES:
        raise ProtocolError("The parameter depth is not 8, 16 or float32.")
    dtype = np.dtype(_DTYPES[depth])
    path = pixels.path("path")
    expected = width * height * channels * dtype.itemsize
    try:
        size = path.stat().st_size if path.is_file() else None
        if size != expected:
            found = "is no file" if size is None else f"has {size} bytes"
            raise PhotoError(f"{path} {found}; {expected} bytes were announced.", hint="Check width, height, channels and depth.")
        samples = np.fromfile(path, dtype).reshape(height, width, channels)[..., list(order)]
    except OSError as error:
        raise PhotoError(f"{path} cannot be read ({error.strerror}).", hint="Check the file and its folder.") from error
    if depth == FLOAT:
        peak = np.float32(np.iinfo(np.uint16).max)
        return np.rint(np.nan_to_num(samples, nan=0.0).clip(0, 1) * peak).astype(np.uint16)
    return samples.astype(dtype.newbyteorder("="), copy=False)


def write_picture(path: Path, samples: Samples, format_: str, profile: bytes | None = None) -> Written:
    """Write samples [H, W, 1, 3 or 4] uint8 or uint16.

    Args:
        path: where; its suffix is the format's.
        format_: ``png`` or ``raw``.
        profile: ICC profile for a PNG; raw files have none.

    Raises:
        StorageError: the file cannot be written.
    """
    height, width, channels = samples.shape
    peak = int(np.iinfo(samples.dtype).max)
    with replacing(path) as file:
        if format_ == "raw":
            file.write(np.ascontiguousarray(samples, samples.dtype.newbyteorder("<")).data)
        else:
            model: Literal["grey", "rgb"] = "grey" if channels == 1 else "rgb"
            native = from_array(samples, model, channels == CHANNELS["rgba"], ColourSpace(model, peak))
            file.write(png_writer.encode(native, metadata.Metadata(icc=profile)))
    return Written(path, format_, width, height, _NAMES[channels], samples.dtype.itemsize * 8)


def edited_samples(scene: Scene) -> tuple[Samples, bytes | None]:
    """The whole edited photograph, upright, in its own depth and colour space: [H, W, 3 or 4], and the ICC profile; sRGB where there is none.

    Raises:
        PhotoError: the photograph's samples are damaged.
        UsageError, DirectionError: an edit names what is unknown.
    """
    photo = scene.photo
    native = decode(photo.data, photo.kind, photo.name)
    native, _ = apply_to_samples(native, scene.patches(), photo.rgb_uint8, photo.orientation)
    colour, icc = writing.as_colour(native, metadata.read(photo.data, photo.kind, photo.name))
    return colour.block((0, 0, *colour.size)), icc


def opacity_and_depth(photo: Photo) -> tuple[NDArray[np.float32] | None, int]:
    """How opaque a photograph is, upright [H, W] in [0, 1], None where all of it is; and how many bits its samples have, 8 or 16.

    Raises:
        PhotoError: its samples are damaged.
    """
    native = decode(photo.data, photo.kind, photo.name)
    block = native.block((0, 0, *native.size))
    opacity = native.opacity(block)
    return None if opacity is None else upright(opacity[..., None], photo.orientation)[..., 0], block.dtype.itemsize * 8


def share_of(mask: NDArray[np.uint8] | None, opacity: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
    """How much of a picture is meant, [H, W] in [0, 1]: where it is both selected and there; None for all of it."""
    selected_ = None if mask is None else mask.astype(np.float32) / np.float32(255)
    if selected_ is None or opacity is None:
        return opacity if selected_ is None else selected_
    return selected_ * opacity


def selection_mask(params: Params, size: tuple[int, int]) -> NDArray[np.uint8] | None:
    """The selection that a request gives, as [H, W] of a picture's (width, height): 255 where it is selected; None without one.

    Raises:
        PhotoError: the file cannot be read, or is of another size.
    """
    if "selection" not in params:
        return None
    wanted, (width, height) = params.inner("selection", SELECTION), size
    if "mask" in wanted and "box" in wanted:
        raise ProtocolError("A selection is a box or a mask, not both.")
    if "mask" not in wanted:
        left, top, right, bottom = np.clip(wanted.box("box", 4), 0, (width, height, width, height)).astype(int)
        share = np.zeros((height, width), np.uint8)
        share[top:bottom, left:right] = 255
        return share
    path = wanted.path("mask")
    if path.suffix == RAW_SUFFIX:
        described = Params({"path": str(path), "width": width, "height": height, "channels": "gray", "depth": 8})
        return read_raw(described)[..., 0].astype(np.uint8)
    mask = read_mask(path)
    if mask.shape != (height, width):
        raise PhotoError(
            f"The mask has {mask.shape[1]} x {mask.shape[0]} pixels, the photograph {width} x {height}.",
            hint="Write the selection as large as the photograph.",
        )
    return mask


def selected(mask: NDArray[np.uint8], x: float, y: float) -> bool:
    """Whether a mask [H, W] is rather white than black at a place; nothing is selected outside of it."""
    column, row = math.floor(x), math.floor(y)
    inside = 0 <= row < mask.shape[0] and 0 <= column < mask.shape[1]
    return inside and cast(int, mask[row, column]) >= 128


def _profile(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > MAX_PROFILE_BYTES:
            raise PhotoError(f"{path} is no colour profile.", hint="Give an ICC profile's file.")
        return path.read_bytes()
    except OSError as error:
        raise PhotoError(f"{path} cannot be read ({error.strerror}).", hint="Check the file and its folder.") from error
