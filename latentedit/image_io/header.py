"""Opening a file just far enough to know what it is, with limits, and without touching Pillow's global state."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from latentedit.errors import PhotoError
from latentedit.image_io.kinds import Kind

MAX_PIXELS = 250_000_000
"""Photographs that declare more pixels are refused: about 1 GB decoded, and more than any camera makes in one shot."""

_DAMAGED_HINT = "The file seems damaged or incomplete; copy it again from where it came from."

# The plug-in classes are called directly: Image.open() would compare with a global limit that is not ours to change.
_PLUGINS: dict[Kind, type[ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
}

# What the decoders raise on bytes that are not what they claim to be; RuntimeError is how the AVIF decoder complains.
_TOLD = (OSError, SyntaxError, ValueError, OverflowError, RuntimeError)
# The same when they only trip over them; what Python says then means nothing to a reader. Pillow wraps some in a SyntaxError.
_TRIPPED = (struct.error, TypeError, KeyError, IndexError, EOFError)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn whatever a decoder says about damaged bytes into one :class:`PhotoError`, and keep its warnings quiet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (*_TOLD, *_TRIPPED) as error:
        raise PhotoError(f"{name} cannot be decoded ({_reason(error)}).", hint=_DAMAGED_HINT) from error
    except MemoryError as error:
        raise PhotoError(f"{name} needs more memory than there is.", hint="Give a smaller version of the photograph.") from error


def _reason(error: Exception) -> str:
    if isinstance(error.__cause__ or error, _TRIPPED):
        return "it contradicts itself or ends early"
    return " ".join(str(error).split())[:120] or type(error).__name__


def open_lazily(data: bytes, kind: Kind, name: str) -> ImageFile.ImageFile:
    """Read the header with Pillow; the samples are decoded by the result's ``load()`` (inside :func:`reading`).

    Raises:
        PhotoError: the header is damaged, or declares more than ``MAX_PIXELS``.
    """
    with reading(name):
        image = _PLUGINS[kind](io.BytesIO(data), "")
    check_size(image.width, image.height, name)
    return image


def open_jpeg(data: bytes, name: str) -> JpegImagePlugin.JpegImageFile:
    """:func:`open_lazily` for a JPEG, with what only this kind of file has: sampling and quantisation.

    Raises:
        PhotoError: the header is damaged, or declares more than ``MAX_PIXELS``.
    """
    image = open_lazily(data, "JPEG", name)
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        raise TypeError(f"{name} is not a JPEG")
    return image


def unsupported(name: str, what: str) -> PhotoError:
    """The error for good files whose samples are of a format that is not read."""
    return PhotoError(
        f"{name} stores its pixels in a way that is not supported ({what}).",
        hint="Save it as an 8-bit or 16-bit RGB, grey or CMYK image.",
    )


def check_size(width: int, height: int, name: str) -> None:
    """Refuse sizes that no photograph has.

    Raises:
        PhotoError: no pixels at all, or more than ``MAX_PIXELS``.
    """
    if width < 1 or height < 1:
        raise PhotoError(f"{name} declares a size of {width} x {height} pixels.", hint=_DAMAGED_HINT)
    if width * height > MAX_PIXELS:
        raise PhotoError(
            f"{name} declares {width} x {height} pixels; up to {MAX_PIXELS // 1_000_000} megapixels are read.",
            hint="Give a smaller version of the photograph, or a crop of it.",
        )
