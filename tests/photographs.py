"""Small photographs of every kind, made on the spot."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageCms

HEIGHT, WIDTH = 48, 64


def picture() -> NDArray[np.uint8]:
    """A smooth coloured picture [HEIGHT, WIDTH, 3] with no symmetry."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.stack([40 + 2.5 * x, 200 - 3 * y, 60 + x + y], axis=2).round().astype(np.uint8)


def deep_picture(channels: int) -> NDArray[np.uint16]:
    """16-bit samples whose low bytes matter."""
    noise = np.random.default_rng(5).integers(-120, 120, (HEIGHT, WIDTH, 4))
    colours = np.concatenate([picture(), 60 + picture()[..., :1] // 2], axis=2).astype(np.int64) * 257 + noise
    deep = colours.clip(0, 65535).astype(np.uint16)
    return np.ascontiguousarray({1: deep[..., 0], 2: deep[..., [0, 3]], 3: deep[..., :3], 4: deep}[channels])


def wide_gamut_profile() -> bytes:
    """An RGB profile that is not sRGB."""
    return bytes(imagecodecs.cms_profile("adobergb"))


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@cache
def ink_profile() -> bytes:
    """A CMYK profile of an idealised press (version 2, 8-bit tables), with grey replaced wholly by black."""
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    from_lab = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")

    def lab_bytes(image: Image.Image) -> NDArray[np.uint8]:
        raw = np.asarray(ImageCms.applyTransform(image, to_lab))
        return np.concatenate([raw[..., :1], raw[..., 1:] ^ 0x80], axis=-1)  # Pillow's a and b are signed

    inks = np.stack(np.meshgrid(*[np.linspace(0, 1, 5)] * 4, indexing="ij"), axis=-1).reshape(1, -1, 4)
    seen = (1 - inks[..., :3]) * (1 - inks[..., 3:])
    forward = lab_bytes(Image.fromarray(np.rint(seen * 255).astype(np.uint8)))
    steps = np.linspace(0, 255, 17).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(*[steps] * 3, indexing="ij"), axis=-1).reshape(1, -1, 3)
    signed = np.concatenate([grid[..., :1], grid[..., 1:] ^ 0x80], axis=-1)
    colour = np.asarray(ImageCms.applyTransform(Image.frombytes("LAB", (grid.shape[1], 1), signed.tobytes()), from_lab)) / 255
    black = 1 - colour.max(axis=-1, keepdims=True)
    mixed = np.concatenate([1 - colour / np.maximum(1 - black, 1e-6), black], axis=-1).clip(0, 1)
    backward = np.rint(mixed * 255).astype(np.uint8)
    tags = {
        b"A2B0": _table(4, 3, 5, forward.tobytes()),
        b"B2A0": _table(3, 4, 17, backward.tobytes()),
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061),
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 6) + b"press\0" + bytes(78),
        b"cprt": b"text\0\0\0\0none\0",
    }
    index, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        index += name + struct.pack(">II", at + len(body), len(content))
        body += padded
    rest = struct.pack(">I", len(tags)) + index + body
    head = struct.pack(">I4s4s4s4s4s", 128 + len(rest), b"\0\0\0\0", b"\x02\x40\0\0", b"prtr", b"CMYK", b"Lab ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + rest


def _table(inputs: int, outputs: int, points: int, cells: bytes) -> bytes:
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    ramp = bytes(range(256))
    return b"mft1\0\0\0\0" + bytes([inputs, outputs, points, 0]) + identity + ramp * inputs + cells + ramp * outputs


def _by_pillow(mode: str, kind: str, **options: object) -> Callable[[], bytes]:
    def make() -> bytes:
        image = Image.fromarray(picture())
        if mode in ("RGBA", "LA"):
            image.putalpha(
                Image.fromarray((255 - 2 * np.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH) // HEIGHT).astype(np.uint8))
            )
        image = image.convert(mode) if mode != "P" else image.quantize(64)
        buffer = io.BytesIO()
        image.save(buffer, kind, **options)
        return buffer.getvalue()

    return make


def _deep_png(channels: int) -> Callable[[], bytes]:
    return lambda: bytes(imagecodecs.png_encode(deep_picture(channels)))


def _deep_tiff(channels: int, photometric: str, **options: object) -> Callable[[], bytes]:
    def make() -> bytes:
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, deep_picture(channels), photometric=photometric, metadata=None, **options)  # type: ignore[arg-type]
        return buffer.getvalue()

    return make


LOSSLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "png-1": ("png", _by_pillow("1", "PNG")),
    "png-L": ("png", _by_pillow("L", "PNG")),
    "png-LA": ("png", _by_pillow("LA", "PNG")),
    "png-P": ("png", _by_pillow("P", "PNG")),
    "png-RGB": ("png", _by_pillow("RGB", "PNG", dpi=(300, 300))),
    "png-RGBA": ("png", _by_pillow("RGBA", "PNG")),
    "png-RGB-icc": ("png", _by_pillow("RGB", "PNG", icc_profile=wide_gamut_profile())),
    "png-key": ("png", _by_pillow("RGB", "PNG", transparency=(40, 200, 60))),
    "png-16-L": ("png", _deep_png(1)),
    "png-16-LA": ("png", _deep_png(2)),
    "png-16-RGB": ("png", _deep_png(3)),
    "png-16-RGBA": ("png", _deep_png(4)),
    "tiff-1": ("tif", _by_pillow("1", "TIFF", compression="group4")),
    "tiff-L": ("tif", _by_pillow("L", "TIFF", compression="tiff_lzw")),
    "tiff-P": ("tif", _by_pillow("P", "TIFF")),
    "tiff-RGB": ("tif", _by_pillow("RGB", "TIFF", compression="tiff_adobe_deflate", dpi=(240, 240))),
    "tiff-RGBA": ("tif", _by_pillow("RGBA", "TIFF")),
    "tiff-CMYK": ("tif", _by_pillow("CMYK", "TIFF")),
    "tiff-RGB-icc": ("tif", _by_pillow("RGB", "TIFF", icc_profile=wide_gamut_profile())),
    "tiff-16-L": ("tif", _deep_tiff(1, "minisblack")),
    "tiff-16-L-big-endian": ("tif", _deep_tiff(1, "minisblack", byteorder=">")),
    "tiff-16-RGB": ("tif", _deep_tiff(3, "rgb", compression="deflate", predictor=True)),
    "tiff-16-RGB-icc": ("tif", _deep_tiff(3, "rgb", iccprofile=wide_gamut_profile())),
    "tiff-16-RGBA": ("tif", _deep_tiff(4, "rgb", extrasamples=["unassalpha"])),
    "tiff-16-CMYK": ("tif", _deep_tiff(4, "separated")),
    "webp-RGB": ("webp", _by_pillow("RGB", "WEBP", lossless=True)),
    "webp-RGBA": ("webp", _by_pillow("RGBA", "WEBP", lossless=True, exact=True)),
    "gif": ("gif", _by_pillow("P", "GIF")),
    "bmp-RGB": ("bmp", _by_pillow("RGB", "BMP")),
    "bmp-L": ("bmp", _by_pillow("L", "BMP")),
}
"""Kinds that hold their samples exactly: suffix and maker."""

LOSSY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg-RGB": ("jpg", _by_pillow("RGB", "JPEG", quality=92, dpi=(300, 300), icc_profile=srgb_profile())),
    "jpeg-RGB-444": ("jpg", _by_pillow("RGB", "JPEG", quality=97, subsampling=0)),
    "jpeg-RGB-icc": ("jpg", _by_pillow("RGB", "JPEG", quality=92, icc_profile=wide_gamut_profile())),
    "jpeg-progressive": ("jpg", _by_pillow("RGB", "JPEG", quality=80, progressive=True, comment=b"hello")),
    "jpeg-stored-rgb": ("jpg", _by_pillow("RGB", "JPEG", quality=92, keep_rgb=True, subsampling=0)),
    "jpeg-L": ("jpg", _by_pillow("L", "JPEG", quality=92)),
    "jpeg-CMYK": ("jpg", _by_pillow("CMYK", "JPEG", quality=92)),
    "jpeg-CMYK-icc": ("jpg", _by_pillow("CMYK", "JPEG", quality=92, icc_profile=ink_profile())),
    "webp-lossy": ("webp", _by_pillow("RGB", "WEBP", quality=90)),
    "avif": ("avif", _by_pillow("RGB", "AVIF", quality=90)),
}
"""Kinds that lose a little each time: suffix and maker."""

ALL = LOSSLESS | LOSSY


def make(folder: Path, label: str) -> Path:
    """Write the photograph of that label into a folder."""
    suffix, maker = ALL[label]
    path = folder / f"{label}.{suffix}"
    path.write_bytes(maker())
    return path
