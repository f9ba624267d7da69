"""Between numpy arrays and QImages: formats, straight and premultiplied alpha, and who owns the memory."""

from __future__ import annotations

import sys
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QColorSpace, QImage

Pixels = NDArray[np.uint8]
_Format = QImage.Format
_FORMATS = {1: _Format.Format_Grayscale8, 3: _Format.Format_RGB888, 4: _Format.Format_RGBA8888}
_ROWS_AT_ONCE = 64
"""Few enough to stay in the processor's cache."""


def shared_image(pixels: Pixels) -> QImage:
    """Look at an array as an image, without a copy where its samples lie side by side.

    The array lives for as long as the image and whatever Qt shares it with; it must not change meanwhile, nor be painted on.

    Args:
        pixels: [H, W] grey, [H, W, 3] sRGB or [H, W, 4] sRGB with straight alpha.

    Raises:
        ValueError: another shape.
    """
    channels = _channels(pixels)
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    memory = cast(bytes, pixels.data)  # PyQt takes any buffer
    return QImage(memory, width, height, width * channels, _FORMATS[channels], _let_go, pixels)


def _let_go(pixels: Pixels) -> None:
    """Called when the last image on an array is gone; Qt's hold on the array ends with the call."""


def image_of(pixels: Pixels) -> QImage:
    """Copy an array into an image that owns its memory, in the format that paints quickest.

    Args:
        pixels: [H, W] grey, [H, W, 3] sRGB or [H, W, 4] sRGB with straight alpha; any strides.

    Raises:
        ValueError: another shape.
    """
    match _channels(pixels):
        case 1:
            return shared_image(pixels).copy()
        case 3:
            return _opaque(pixels)
        case _:
            return shared_image(pixels).convertToFormat(_Format.Format_ARGB32_Premultiplied)


def _opaque(pixels: Pixels) -> QImage:
    """Colours [H, W, 3] at 32 bits. numpy lets other threads run, Qt's own conversion of 24 megapixels would hold them up for 50 ms."""
    height, width = pixels.shape[:2]
    image = QImage(width, height, _Format.Format_RGB32)
    memory = image.bits()
    assert memory is not None
    quads = np.frombuffer(cast(bytes, memory.asarray(height * width * 4)), dtype=np.uint8).reshape(height, width, 4)
    order = [2, 1, 0] if sys.byteorder == "little" else [1, 2, 3]
    for start in range(0, height, _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        quads[rows, :, 3 if sys.byteorder == "little" else 0] = 255
        for channel, place in enumerate(order):
            quads[rows, :, place] = pixels[rows, :, channel]
    return image


def rgb_of(image: QImage) -> Pixels:
    """The sRGB colours [H, W, 3] of an image; what is transparent is seen on white."""
    image = _in_srgb(image)
    if image.hasAlphaChannel():
        rgba = _copied(image, 4).astype(np.uint16)
        alpha = rgba[..., 3:]
        return ((rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    return _copied(image, 3)


def rgba_of(image: QImage) -> Pixels:
    """The sRGB colours and straight alpha [H, W, 4] of an image."""
    return _copied(_in_srgb(image), 4)


def _copied(image: QImage, channels: int) -> Pixels:
    converted = image.convertToFormat(_FORMATS[channels])
    height, width, stride = converted.height(), converted.width(), converted.bytesPerLine()
    if not height or not width:
        return np.zeros((height, width, channels), dtype=np.uint8)
    memory = converted.constBits()
    assert memory is not None
    rows = np.frombuffer(cast(bytes, memory.asarray(height * stride)), dtype=np.uint8).reshape(height, stride)
    return rows[:, : width * channels].reshape(height, width, channels).copy()


def _in_srgb(image: QImage) -> QImage:
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != srgb:
        return image.convertedToColorSpace(srgb)
    return image


def _channels(pixels: Pixels) -> int:
    channels = 1 if pixels.ndim == 2 else pixels.shape[2] if pixels.ndim == 3 else 0
    if pixels.dtype != np.uint8 or channels not in _FORMATS or 0 in pixels.shape:
        raise ValueError(f"expected 8-bit pixels [H, W], [H, W, 3] or [H, W, 4], got {pixels.dtype} {pixels.shape}")
    return channels
