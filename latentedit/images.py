"""Photographs in, pictures out; the only file that knows how [-1, 1] relates to uint8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from latentedit.atomic_file import replacing
from latentedit.errors import PhotoError, UsageError
from latentedit.image_io import header, metadata, tiff_reader, writing, xmp
from latentedit.image_io.colour import LUMA, ColourSpace
from latentedit.image_io.kinds import Kind, kind_for_suffix, kind_of
from latentedit.image_io.native import Native, decode, from_array
from latentedit.image_io.orientation import Box, stored, swaps_sides, upright
from latentedit.image_io.patching import Patch, apply_in_boxes, apply_to_picture, apply_to_samples
from latentedit.image_io.quality import require_quality
from latentedit.side_process import Caller, call_here

if TYPE_CHECKING:
    from latentedit.faces import Face

__all__ = [
    "Patch",
    "Photo",
    "apply_patches",
    "apply_patches_in_parts",
    "open_photo",
    "read_mask",
    "save_image",
    "to_image",
    "to_uint8",
    "write_edited",
]

MAX_FILE_BYTES = 2**31
"""Larger files are refused before they are read."""

_ROWS_AT_ONCE = 512


@dataclass(frozen=True, eq=False)
class Photo:
    """A photograph: its file's bytes, untouched, and what they show.

    Attributes:
        data: the bytes of the file.
        name: what to call it in messages, usually the file's name.
        kind: what kind of file the bytes are.
        width, height: size of the upright picture, in pixels.
        orientation: EXIF orientation of the stored samples, 1 to 8.
        path: where it was read from, if from a file.
    """

    data: bytes
    name: str
    kind: Kind
    width: int
    height: int
    orientation: int
    path: Path | None = None

    @classmethod
    def from_bytes(cls, data: bytes, name: str, path: Path | None = None) -> Photo:
        """Read the header of a photograph; its samples are decoded when ``rgb_uint8`` is first asked for.

        Raises:
            PhotoError: not an image of a kind that is read, or a header that is damaged or declares too many pixels.
        """
        kind = kind_of(data, name)
        if kind == "TIFF":
            width, height = tiff_reader.check(data, name)
        else:
            width, height = header.open_lazily(data, kind, name).size
        orientation = metadata.read(data, kind, name).orientation
        if swaps_sides(orientation):
            width, height = height, width
        return cls(data, name, kind, width, height, orientation, path)

    @property
    def format(self) -> Kind:
        """The kind of file: ``JPEG``, ``PNG``, ``WEBP``, ``TIFF``, ``BMP``, ``GIF`` or ``AVIF``."""
        return self.kind

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture, in pixels."""
        return self.width, self.height

    @cached_property
    def rgb_uint8(self) -> NDArray[np.uint8]:
        """What the photograph shows: [H, W, 3] sRGB, upright, read-only; transparent parts lie on white.

        Raises:
            PhotoError: the samples are damaged, truncated, or of a format that is not supported.
        """
        with header.reading(self.name):
            return _upright_srgb(decode(self.data, self.kind, self.name), self.orientation)

    def find_faces(self, **options: Any) -> list[Face]:
        """Find all faces; the options are those of :func:`latentedit.faces.find_faces`."""
        from latentedit.faces import find_faces

        return find_faces(self, **options)


def open_photo(path: str | Path) -> Photo:
    """Read and decode a photograph.

    Args:
        path: a JPEG, PNG, WebP, TIFF, BMP, GIF (first picture) or AVIF file, told by its content.

    Raises:
        PhotoError: no such file, a folder, no permission, empty, not an image, damaged, truncated, or too large.
    """
    path = Path(path)
    photo = Photo.from_bytes(_read_file(path), path.name, path)
    _ = photo.rgb_uint8  # damaged samples are told now, not when the work has begun
    return photo


def read_mask(path: str | Path) -> NDArray[np.uint8]:
    """Read a painted mask: [H, W] upright grey, 0 where it is black or transparent, 255 where it is white.

    Args:
        path: any kind of picture that :func:`open_photo` reads; colours count by their lightness.

    Raises:
        PhotoError: as :func:`open_photo`.
    """
    photo = Photo.from_bytes(_read_file(Path(path)), Path(path).name)
    with header.reading(photo.name):
        native = decode(photo.data, photo.kind, photo.name)
        width, height = native.size
        grey = np.empty((height, width), dtype=np.uint8)
        for rows, block in native.bands(_ROWS_AT_ONCE):
            opacity = native.opacity(block)
            lightness = native.to_srgb(block, flatten=False) @ LUMA
            grey[rows] = np.rint(lightness if opacity is None else lightness * opacity)
    return np.ascontiguousarray(upright(grey, photo.orientation))


def to_image(rgb_uint8: NDArray[np.uint8]) -> Tensor:
    """Turn [H, W, 3] uint8 into an image [1, 3, H, W] float32 in [-1, 1]."""
    tensor = torch.tensor(np.ascontiguousarray(rgb_uint8)).permute(2, 0, 1)[None]
    return tensor.to(torch.float32).mul_(2 / 255).sub_(1).contiguous()


def is_finite(image: Tensor) -> bool:
    """Whether a drawing is nothing but numbers."""
    return bool(image.sum(dtype=torch.float32).isfinite())  # one pass, no picture of truth values; a sum of halves would overflow


def require_finite(image: Tensor) -> Tensor:
    """A generator's drawing, if all of it is numbers: latents far from all faces are too much for its arithmetic.

    Raises:
        UsageError: some of it is not.
    """
    if not is_finite(image):
        raise UsageError("The edits lead too far from all faces: nothing can be drawn there.", hint="Give smaller amounts.")
    return image


def to_uint8(image: Tensor) -> NDArray[np.uint8]:
    """Turn one image [1, 3, H, W] or [3, H, W] in [-1, 1] into [H, W, 3] uint8, rounded to nearest; the rest is clamped.

    Raises:
        ValueError: another shape.
    """
    single = image[0] if image.ndim == 4 and image.shape[0] == 1 else image
    if single.ndim != 3 or single.shape[0] != 3:
        raise ValueError(f"expected one image [1, 3, H, W], got {list(image.shape)}")
    scaled = single.detach().to("cpu", torch.float32).add(1).mul(127.5).round().clamp(0, 255).to(torch.uint8)
    array: NDArray[np.uint8] = scaled.permute(1, 2, 0).contiguous().numpy()
    return array


def apply_patches(photo: Photo, patches: Sequence[Patch]) -> NDArray[np.uint8]:
    """Draw patches, in their order, over the upright photograph: [H, W, 3] sRGB, a new array."""
    return apply_to_picture(photo.rgb_uint8, patches)


def apply_patches_in_parts(photo: Photo, patches: Sequence[Patch]) -> list[tuple[Box, NDArray[np.uint8]]]:
    """What :func:`apply_patches` would change of the upright photograph.

    Returns: boxes (left, top, right, bottom) that do not overlap, each with its pixels [h, w, 3], sRGB.
    """
    return apply_in_boxes(photo.rgb_uint8, patches)


def write_edited(
    photo: Photo,
    patches: Sequence[Patch],
    path: str | Path,
    *,
    mark_ai: bool = True,
    quality: int | None = None,
    call: Caller = call_here,
) -> bool:
    """Write the photograph with patches drawn over it, in its own kind of file or in the one that the suffix names.

    In the photograph's own kind, everything that the patches do not visibly change comes back as it was: sample values at their
    full depth (lossless kinds), palette, opacity, profile, EXIF, resolution. A JPEG's blocks of 8 x 8 (16 x 16 where chroma is
    halved) keep their coefficients where nothing changes, so samples move only in the changed ones and, by the smoothing of
    halved chroma, one pixel beside them; without ``pyjpegio`` (see :mod:`latentedit.image_io.jpeg_blocks`) all are coded again
    with the photograph's quantisation, which moves some by rounding. Lossy WebP and AVIF are always coded again, WebP at about its own
    quality (80 at the least), AVIF at 95.
    Colours that a TIFF stores multiplied by their opacity are written without it. Of a file with several pictures the first is read, and written.
    When nothing changes, the file is the photograph's, byte for byte. Another kind is written upright, with as much depth,
    opacity and profile as it can hold.

    Args:
        photo: the photograph.
        patches: new colours, in upright coordinates; applied in their order.
        path: where to write; replaced at once when complete.
        mark_ai: note in the XMP metadata of a changed picture (every kind but BMP, which has none) that parts were made by a model.
        quality: 1 to 100, for JPEG, WebP and AVIF: all of the picture is coded anew with it, also where nothing changes. None keeps what can be
            kept, as above.
        call: where the library that keeps a JPEG's blocks works, which holds Python's lock all the time.

    Returns:
        whether the file is another than the photograph's.

    Raises:
        PhotoError: the photograph's samples are damaged.
        UsageError: the suffix names no kind of image, or one that cannot hold so large a picture; or there is no such quality.
        StorageError: no such folder, no permission, no room.
    """
    path = Path(path)
    kind = kind_for_suffix(path)
    require_quality(quality, kind)
    if kind == photo.kind and not patches and quality is None:
        _write(path, photo.data)
        return False
    native = decode(photo.data, photo.kind, photo.name)
    native, changed = apply_to_samples(native, patches, photo.rgb_uint8, photo.orientation)
    if kind == photo.kind and not changed and quality is None:
        _write(path, photo.data)
        return False
    carried = metadata.read(photo.data, photo.kind, photo.name)
    if mark_ai and changed:
        carried = replace(carried, xmp=xmp.marked(carried.xmp, xmp.EDITED))
    if kind == photo.kind:
        _write(path, writing.rewrite(photo.data, kind, native, carried, photo.name, quality=quality, call=call))
    else:
        lossless = writing.is_lossless(photo.data, photo.kind)
        _write(path, writing.convert(native, kind, carried, lossless=lossless, quality=quality))
    return True


def save_image(
    path: str | Path,
    rgb_uint8: NDArray[np.uint8],
    *,
    mark_ai: bool = False,
    source_type: str = xmp.GENERATED,
    quality: int | None = None,
) -> None:
    """Write [H, W, 3] sRGB pixels as the kind of file that the suffix names (WebP without loss, JPEG at quality 95).

    Args:
        path: where to write; replaced at once when complete.
        rgb_uint8: the pixels.
        mark_ai: note in the XMP metadata that the picture was made by a trained model.
        source_type: how far it was: all of it, or :data:`latentedit.image_io.xmp.EDITED` where a photograph shows through.
        quality: 1 to 100, for JPEG, WebP and AVIF, instead of these.

    Raises:
        UsageError: the suffix names no kind of image, or one that cannot hold so large a picture; or there is no such quality.
        StorageError: no such folder, no permission, no room.
        ValueError: another shape or type of array.
    """
    if rgb_uint8.ndim != 3 or rgb_uint8.shape[2] != 3 or rgb_uint8.dtype != np.uint8:
        raise ValueError(f"expected uint8 [H, W, 3], got {rgb_uint8.dtype} {list(rgb_uint8.shape)}")
    path = Path(path)
    kind = kind_for_suffix(path)
    require_quality(quality, kind)
    carried = metadata.Metadata(xmp=xmp.marked(None, source_type) if mark_ai else None)
    native = from_array(rgb_uint8, "rgb", False, ColourSpace("rgb", 255))
    _write(path, writing.convert(native, kind, carried, lossless=True, quality=quality))


def _write(path: Path, data: bytes) -> None:
    with replacing(path) as file:
        file.write(data)


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise PhotoError(f"{path} is a folder, not a photograph.", hint="Name a file in it.")
        if path.exists() and not path.is_file():
            raise PhotoError(f"{path} is not a file.", hint="Name a photograph.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise PhotoError(f"{path} is larger than 2 GiB.", hint="Give a smaller version of the photograph.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PhotoError(f"There is no file {path}.", hint="Check the spelling and the folder.") from error
    except PermissionError as error:
        raise PhotoError(f"{path} may not be read.", hint="Change the file's permissions, or copy it.") from error
    except OSError as error:
        raise PhotoError(f"{path} cannot be read ({error.strerror}).", hint="Check the disk that it is on.") from error


def _upright_srgb(native: Native, orientation: int) -> NDArray[np.uint8]:
    """Convert strip by strip, so that besides the stored samples only the result is held."""
    width, height = native.size
    shape = (width, height, 3) if swaps_sides(orientation) else (height, width, 3)
    result = np.empty(shape, dtype=np.uint8)
    as_stored = stored(result, orientation)
    for rows, block in native.bands(_ROWS_AT_ONCE):
        as_stored[rows] = native.to_srgb(block)
    result.setflags(write=False)
    return result
