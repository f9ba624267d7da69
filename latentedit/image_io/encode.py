"""From stored samples to the bytes of a file, in the original's kind or in another."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from latentedit.errors import UsageError
from latentedit.image_io import exif, jpeg, png, tiff_writer, xmp
from latentedit.image_io.colour import colour_space
from latentedit.image_io.kinds import Kind
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import Native
from latentedit.image_io.orientation import swaps_sides, upright

_ROWS_AT_ONCE = 512

# What each kind can store: (model, bits per sample, whether with opacity).
_STORES: dict[Kind, frozenset[tuple[str, int, bool]]] = {
    "JPEG": frozenset([("grey", 8, False), ("rgb", 8, False), ("cmyk", 8, False)]),
    "PNG": frozenset(
        [("bilevel", 8, False), ("palette", 8, False)]
        + [(m, d, a) for m in ("grey", "rgb") for d in (8, 16) for a in (False, True)]
    ),
    "TIFF": frozenset(
        [("bilevel", 8, False), ("palette", 8, False)]
        + [(m, d, a) for m in ("grey", "rgb", "cmyk") for d in (8, 16) for a in (False, True)]
    ),
    "WEBP": frozenset([("rgb", 8, False), ("rgb", 8, True)]),
    "AVIF": frozenset([("rgb", 8, False), ("rgb", 8, True)]),
    "BMP": frozenset([("bilevel", 8, False), ("palette", 8, False), ("grey", 8, False), ("rgb", 8, False)]),
    "GIF": frozenset([("palette", 8, False)]),
}
_WITHOUT_PROFILE = ("BMP", "GIF")
_WITH_OPACITY = ("PNG", "TIFF", "WEBP", "AVIF")
_LONGEST_SIDE: dict[Kind, int] = {"JPEG": 65500, "WEBP": 16383, "GIF": 65535}


@dataclass(frozen=True, eq=False)
class Original:
    """The file that samples came from, where a file of the same kind is to be written like it."""

    data: bytes
    kind: Kind
    name: str


def encode(native: Native, metadata: Metadata, kind: Kind, original: Original) -> bytes:
    """Encode stored samples as a file of some kind.

    In the original's kind the samples are written as they are, in their stored orientation, with everything that the original
    said besides. In another kind they are turned upright and, where that kind cannot store them (CMYK in PNG, 16 bits in JPEG),
    become 8-bit sRGB.

    Args:
        native: the samples.
        metadata: what to say besides; its XMP is written in place of the original's.
        kind: the kind of file to make.
        original: where the samples came from.

    Raises:
        UsageError: the kind cannot hold so large a picture.
    """
    longest = _LONGEST_SIDE.get(kind, 2**31 - 1)
    if max(native.size) > longest:
        raise UsageError(f"A {kind} file cannot be more than {longest} pixels wide or high.", hint="Write a PNG or TIFF file.")
    same = kind == original.kind
    if metadata.exif is not None:
        metadata = replace(metadata, exif=exif.without_thumbnail(metadata.exif))
    if not same:
        native = _upright(_storable(native, kind), metadata.orientation)
        metadata = replace(
            metadata,
            exif=exif.upright(metadata.exif) if metadata.exif is not None else None,
            xmp=xmp.upright(metadata.xmp) if metadata.xmp is not None else None,
            icc=metadata.icc if _profile_holds(native, metadata, kind) else None,
            orientation=1,
        )
    match kind:
        case "PNG":
            carried = png.kept_chunks(original.data) if same else png.metadata_chunks(metadata)
            return png.encode(native.store, _blanked(carried), metadata.xmp, _transparency(native))
        case "TIFF":
            directory = tiff_writer.carried_directory(original.data) if same else tiff_writer.directory_from(metadata)
            compression = tiff_writer.original_compression(original.data) if same else 8
            return tiff_writer.encode(native, directory, metadata.xmp, compression)
        case "JPEG":
            return jpeg.encode(_picture(native), _jpeg_options(metadata, original if same else None), metadata.xmp)
        case "WEBP" | "AVIF":
            return _saved(_picture(native), kind, _modern_options(kind, metadata, original if same else None))
        case "BMP" | "GIF":
            options = _transparency(native) if kind == "GIF" else {}
            return _saved(_picture(native), kind, {**options, **({"dpi": metadata.dpi} if metadata.dpi else {})})


def _storable(native: Native, kind: Kind) -> Native:
    """The same samples if the kind can store them, else 8-bit sRGB or grey."""
    loses_profile = native.space.profile is not None and kind in _WITHOUT_PROFILE
    opacity_is_lost = native.transparent and not native.alpha and native.palette is None
    if (native.model, native.depth, native.alpha) in _STORES[kind] and not loses_profile and not opacity_is_lost:
        if native.palette is None or not native.transparent or kind in ("PNG", "GIF"):
            return native
    keep_opacity = native.transparent and kind in _WITH_OPACITY
    grey = native.model in ("grey", "bilevel") and ("grey", 8, keep_opacity) in _STORES[kind]
    width, height = native.size
    mode = ("LA" if keep_opacity else "L") if grey else ("RGBA" if keep_opacity else "RGB")
    image = Image.new(mode, (width, height))
    for top in range(0, height, _ROWS_AT_ONCE):
        box = (0, top, width, min(top + _ROWS_AT_ONCE, height))
        block = native.block(box)
        planes = native.to_srgb(block, flatten=not keep_opacity)[..., : 1 if grey else 3]
        if keep_opacity:
            opacity = native.opacity(block)
            plane = np.full(block.shape[:2], 255) if opacity is None else np.rint(opacity * 255)
            planes = np.concatenate([planes, plane[..., None].astype(np.uint8)], axis=2)
        image.paste(Image.fromarray(np.ascontiguousarray(planes[..., 0] if mode == "L" else planes)), box)
    if kind == "GIF":
        image = image.convert("P", palette=Image.Palette.ADAPTIVE)
        return Native("palette", False, colour_space("rgb", 255, None), image)
    return Native("grey" if grey else "rgb", keep_opacity, colour_space("grey" if grey else "rgb", 255, None), image)


def _upright(native: Native, orientation: int) -> Native:
    """Turn the samples themselves."""
    if orientation == 1:
        return native
    if isinstance(native.store, np.ndarray):
        return replace(native, store=np.ascontiguousarray(upright(native.store, orientation)))
    width, height = native.size
    image = Image.new(native.store.mode, (height, width) if swaps_sides(orientation) else (width, height))
    if native.store.mode == "P" and native.store.palette is not None:
        image.putpalette(native.store.palette)
    turned = replace(native, store=image)
    whole = native.block((0, 0, width, height))
    turned.put((0, 0, *image.size), np.ascontiguousarray(upright(whole, orientation)))
    return turned


def _profile_holds(native: Native, metadata: Metadata, kind: Kind) -> bool:
    """Whether the original's profile still describes the samples, and the kind can say so."""
    signature = {"rgb": b"RGB ", "palette": b"RGB ", "grey": b"GRAY", "bilevel": b"GRAY", "cmyk": b"CMYK"}[native.model]
    converted = native.space.profile is None
    fits = metadata.icc is not None and metadata.icc[16:20] == signature
    return fits and kind not in _WITHOUT_PROFILE and (not converted or _is_srgb_like(native, metadata))


def _is_srgb_like(native: Native, metadata: Metadata) -> bool:
    """Whether the profile makes no difference, so that samples without a profile may carry it."""
    model = native.space.model
    return colour_space(model, native.space.peak, metadata.icc).profile is None


def _blanked(carried: list[png.Chunk]) -> list[png.Chunk]:
    return [(t, exif.without_thumbnail(c)) if t == b"eXIf" else (t, c) for t, c in carried]


def _picture(native: Native) -> Image.Image:
    assert isinstance(native.store, Image.Image)  # only PNG and TIFF store 16 bits
    return native.store


def _transparency(native: Native) -> dict[str, Any]:
    """Pillow's option for transparency that is not a channel."""
    if native.palette is not None and native.transparent:
        clear = np.flatnonzero(native.palette[:, 3] == 0)
        only_one = len(clear) == 1 and bool((np.delete(native.palette[:, 3], clear) == 255).all())
        return {"transparency": int(clear[0]) if only_one else native.palette[:, 3].tobytes()}
    if native.key is not None:
        return {"transparency": native.key if len(native.key) > 1 else native.key[0]}
    return {}


def _jpeg_options(metadata: Metadata, original: Original | None) -> dict[str, Any]:
    options: dict[str, Any] = {"quality": 95, "subsampling": 0, "optimize": True}
    if original is not None:
        options = {**jpeg.like_original(original.data, original.name), "extra": jpeg.extra_segments(original.data)}
    if metadata.exif is not None:
        options["exif"] = b"Exif\x00\x00" + metadata.exif
    if metadata.icc is not None:
        options["icc_profile"] = metadata.icc
    if metadata.dpi is not None:
        options["dpi"] = tuple(round(v) for v in metadata.dpi)
    return options


def _modern_options(kind: Kind, metadata: Metadata, original: Original | None) -> dict[str, Any]:
    """Options of the kinds that come lossless or lossy: lossless if the original was, else close to invisible loss."""
    options: dict[str, Any] = {"quality": 95 if kind == "WEBP" else 90}
    if kind == "WEBP" and (original is None or _is_lossless_webp(original.data)):
        options = {"lossless": True, "exact": True, "quality": 70}
    for key, value in (("exif", metadata.exif), ("xmp", metadata.xmp), ("icc_profile", metadata.icc)):
        if value is not None:
            options[key] = value
    return options


def _is_lossless_webp(data: bytes) -> bool:
    """Look for the lossless bit stream among the chunks (RIFF: four letters, length, content padded to even)."""
    position = 12
    while position + 8 <= len(data):
        name, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
        if name in (b"VP8L", b"VP8 "):
            return name == b"VP8L"
        if name == b"ANMF":  # an animation's picture: its bit stream lies inside
            position += 8 + 16
        else:
            position += 8 + length + length % 2
    return False


def _saved(image: Image.Image, kind: Kind, options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
