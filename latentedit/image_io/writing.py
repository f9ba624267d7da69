"""From stored samples to the bytes of a file: in the photograph's own kind, or converted to another."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any, cast

import numpy as np
from PIL import Image

from latentedit.errors import UsageError
from latentedit.image_io import exif, gif_blocks, jpeg_writer, png_writer, tiff_writer, webp
from latentedit.image_io.colour import ColourSpace, Model, matches, to_eight_bits
from latentedit.image_io.kinds import Kind
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import Native, from_array
from latentedit.image_io.orientation import upright
from latentedit.side_process import Caller, call_here

# What each kind can hold without a conversion of colours: models, opacity, 16 bits.
_HOLDS: dict[Kind, tuple[frozenset[Model], bool, bool]] = {
    "JPEG": (frozenset[Model](["grey", "rgb", "cmyk"]), False, False),
    "PNG": (frozenset[Model](["bilevel", "grey", "rgb"]), True, True),
    "TIFF": (frozenset[Model](["bilevel", "grey", "rgb", "cmyk"]), True, True),
    "WEBP": (frozenset[Model](["rgb"]), True, False),
    "AVIF": (frozenset[Model](["rgb"]), True, False),
    "BMP": (frozenset[Model](), False, False),
    "GIF": (frozenset[Model](), False, False),
}
_LONGEST_SIDE: dict[Kind, int] = {"JPEG": 65500, "WEBP": 16383, "GIF": 65535, "AVIF": 65535, "BMP": 32767}
_ROWS_AT_ONCE = 512
_LOSSY_QUALITY = 95
_LEAST_QUALITY = 80


def rewrite(
    original: bytes,
    kind: Kind,
    native: Native,
    metadata: Metadata,
    name: str,
    *,
    quality: int | None = None,
    call: Caller = call_here,
) -> bytes:
    """Write changed samples in the kind of file that they came from; what the file carried besides stays.

    The samples keep their stored orientation, and the tag that tells it.

    Args:
        original: the photograph's file.
        kind: what it is.
        native: the changed samples.
        metadata: the original's, with the XMP packet to carry.
        name: what to call the file in an error.
        quality: 1 to 100, for the kinds that have one: all is coded anew with it.
        call: as for :func:`latentedit.image_io.jpeg_blocks.redraw`.
    """
    match kind:
        case "JPEG":
            return jpeg_writer.rewrite(original, native, metadata.xmp, name, quality=quality, call=call)
        case "PNG":
            return png_writer.rewrite(original, native, metadata.xmp)
        case "TIFF":
            return tiff_writer.rewrite(original, native, metadata.xmp)
    block = exif.without_thumbnail(metadata.exif) if metadata.exif is not None else None
    lossless = quality is None and is_lossless(original, kind)
    quality = quality_again(original, kind) if quality is None else quality
    return _by_pillow(native, kind, replace(metadata, exif=block), lossless=lossless, quality=quality)


def is_lossless(data: bytes, kind: Kind) -> bool:
    """Whether a file holds its samples exactly."""
    return webp.is_lossless(data) if kind == "WEBP" else kind not in ("JPEG", "AVIF")


def quality_again(original: bytes, kind: Kind) -> int:
    """What quality a lossy WebP or AVIF file is coded again with: a WebP's own, as near as it can be told, but never a low one, which would
    be lost twice; 95 where it cannot be told."""
    known = webp.quality_of(original) if kind == "WEBP" else None
    return _LOSSY_QUALITY if known is None else max(known, _LEAST_QUALITY)


def convert(native: Native, kind: Kind, metadata: Metadata, *, lossless: bool = False, quality: int | None = None) -> bytes:
    """Write samples as a new file of another kind: upright, with depth, opacity and profile where the kind can hold them.

    Where the kind has a quality, 1 to 100, one that is given counts more than ``lossless``.

    Raises:
        UsageError: the kind cannot hold so large a picture.
    """
    longest = _LONGEST_SIDE.get(kind)
    if longest is not None and max(native.size) > longest:
        raise UsageError(
            f"A {kind} file cannot be more than {longest} pixels wide or high.", hint="Write a PNG or TIFF file instead."
        )
    block = metadata.exif
    if block is not None:
        block = exif.upright(exif.without_thumbnail(block))
    held, icc = _held(native, kind, metadata)
    carried = Metadata(block, metadata.xmp, icc, metadata.dpi)
    match kind:
        case "JPEG":
            return jpeg_writer.encode(held, carried, quality)
        case "PNG":
            return png_writer.encode(held, carried)
        case "TIFF":
            return tiff_writer.encode(held, carried)
    chosen = _LOSSY_QUALITY if quality is None else quality
    return _by_pillow(held, kind, carried, lossless=lossless and quality is None, quality=chosen)


def as_colour(native: Native, metadata: Metadata) -> tuple[Native, bytes | None]:
    """Samples as upright RGB with opacity where there is some, and the profile that they need: as they are stored where that is RGB or
    grey without a profile, at their depth; else turned into sRGB of 8 bits."""
    block = native.block((0, 0, *native.size))
    if native.model == "rgb" or (native.model == "grey" and native.space.profile is None):
        opacity = native.opacity(block) if native.transparent else None
        peak = np.iinfo(block.dtype).max
        colours = native.colours(block)
        samples = np.broadcast_to(colours, (*colours.shape[:2], 3))
        if opacity is not None:
            samples = np.concatenate([samples, np.rint(opacity * peak).astype(block.dtype)[..., None]], axis=2)
        icc = metadata.icc if metadata.icc is not None and matches(metadata.icc, "rgb") else None
        space = replace(native.space, model="rgb")
    else:
        samples, icc = _srgb(native, native.transparent), None
        space = ColourSpace("rgb", 255)
    turned = np.ascontiguousarray(upright(samples, metadata.orientation))
    return from_array(turned, "rgb", turned.shape[2] == 4, space), icc


def _held(native: Native, kind: Kind, metadata: Metadata) -> tuple[Native, bytes | None]:
    """Upright samples that the kind can hold, and the profile that they need."""
    models, alpha, deep = _HOLDS[kind]
    keep_alpha = alpha and native.transparent
    if native.model in models and (keep_alpha or not native.transparent):
        width, height = native.size
        block = native.block((0, 0, width, height))
        opacity = native.opacity(block) if keep_alpha and not native.alpha else None
        if opacity is not None:
            peak = np.iinfo(block.dtype).max
            block = np.concatenate([block, np.rint(opacity * peak).astype(block.dtype)[..., None]], axis=2)
        if not deep:
            block = to_eight_bits(block)
        space = replace(native.space, peak=int(np.iinfo(block.dtype).max))
        icc = metadata.icc if metadata.icc is not None and matches(metadata.icc, native.space.model) else None
        return from_array(upright(block, metadata.orientation), native.model, keep_alpha, space), icc
    return from_array(upright(_srgb(native, keep_alpha), metadata.orientation), "rgb", keep_alpha, ColourSpace("rgb", 255)), None


def _srgb(native: Native, keep_alpha: bool) -> np.ndarray[Any, np.dtype[np.uint8]]:
    width, height = native.size
    result = np.empty((height, width, 4 if keep_alpha else 3), dtype=np.uint8)
    for rows, block in native.bands(_ROWS_AT_ONCE):
        result[rows, :, :3] = native.to_srgb(block, flatten=not keep_alpha)
        if keep_alpha:
            opacity = native.opacity(block)
            result[rows, :, 3] = 255 if opacity is None else np.rint(opacity * 255)
    return result


def _by_pillow(native: Native, kind: Kind, metadata: Metadata, *, lossless: bool, quality: int = _LOSSY_QUALITY) -> bytes:
    image = cast(Image.Image, native.store)
    options: dict[str, Any] = {}
    if kind in ("WEBP", "AVIF"):
        options = {"quality": 100 if lossless else quality}
        options |= {"lossless": lossless, "exact": True} if kind == "WEBP" else {"subsampling": "4:4:4"}
        for name, value in (("icc_profile", metadata.icc), ("exif", metadata.exif), ("xmp", metadata.xmp)):
            if value is not None:
                options[name] = b"Exif\0\0" + value if name == "exif" else value
    elif kind == "GIF":
        if native.palette is None:
            image = image.quantize(256, method=Image.Quantize.MEDIANCUT) if image.mode == "RGB" else image
        elif (clear := np.flatnonzero(native.palette[:, 3] == 0)).size:
            options["transparency"] = int(clear[0])
        if native.palette is None and native.key is not None:
            options["transparency"] = native.key[0]
    elif metadata.dpi is not None:
        options["dpi"] = metadata.dpi
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    written = buffer.getvalue()
    packet = metadata.xmp.rstrip(b"\0") if metadata.xmp is not None else b""
    return gif_blocks.with_xmp(written, packet) if kind == "GIF" and packet and 0 not in packet else written
