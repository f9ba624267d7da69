"""Writing TIFF: strips of our own, and every tag of the original that does not describe how the old ones lay.

TIFF 6.0, sections 3 to 8, 14 (predictor) and 18 (opacity); deflate after Adobe's technical notes on TIFF.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from latentedit.image_io import ifd
from latentedit.image_io.metadata import TIFF_STRUCTURE, Metadata
from latentedit.image_io.native import Native

_COMPRESSION, _PHOTOMETRIC, _STRIPS, _ROWS, _LENGTHS, _PLANAR, _PREDICTOR, _COLOUR_MAP = 259, 262, 273, 278, 279, 284, 317, 320
_NONE, _LZW, _DEFLATE = 1, 5, 8
_DIFFERENCES = 2
_UNASSOCIATED = 2
_BLACK_IS_ZERO, _RGB, _PALETTE, _SEPARATED = 1, 2, 3, 5
_PHOTOMETRICS = {"bilevel": _BLACK_IS_ZERO, "grey": _BLACK_IS_ZERO, "rgb": _RGB, "palette": _PALETTE, "cmyk": _SEPARATED}
_STRIP_BYTES = 2**20

_CODECS: dict[int, Callable[[bytes], bytes]] = {
    _NONE: lambda strip: strip,
    _LZW: lambda strip: bytes(imagecodecs.lzw_encode(strip)),
    _DEFLATE: lambda strip: zlib.compress(strip, 4),
}


def rewrite(original: bytes, native: Native, xmp: bytes | None) -> bytes:
    """Write a TIFF again with new samples: same depth, compression (where it is lossless), palette, profile, tags.

    Args:
        original: the file that the samples came from.
        native: the samples.
        xmp: the packet to carry instead of the original's.
    """
    old = ifd.read_directory(original) or ifd.Directory("<")
    compression = {_NONE: _NONE, _LZW: _LZW}.get(old.integer(_COMPRESSION) or _NONE, _DEFLATE)
    kept = old.without(*(TIFF_STRUCTURE - {_COLOUR_MAP}), ifd.XMP)
    if native.palette is None:
        kept = kept.without(_COLOUR_MAP)
    elif native.palette_changed or len(kept.integers(_COLOUR_MAP)) != 3 * 256:
        # Indices are always written with 8 bits. Colours have 16 in TIFF, all reds first.
        colours = native.palette[:, :3].T.astype(np.uint16) * 257
        kept = kept.with_entry(_COLOUR_MAP, ifd.SHORT, *colours.ravel().tolist())
    if xmp is not None:
        kept = kept.with_bytes(ifd.XMP, xmp, ifd.BYTE)
    return _assemble(kept, native, compression, old.integer(_PREDICTOR) == _DIFFERENCES)


def encode(native: Native, metadata: Metadata, *, compressed: bool = True) -> bytes:
    """Write a new TIFF of 1-bit, grey, RGB or CMYK samples, compressed by deflate with horizontal differences, or as they are."""
    base = (ifd.read_directory(metadata.exif) if metadata.exif is not None else None) or ifd.Directory("<")
    base = base.without(*TIFF_STRUCTURE)
    if metadata.icc is not None:
        base = base.with_bytes(ifd.ICC, metadata.icc)
    if metadata.xmp is not None:
        base = base.with_bytes(ifd.XMP, metadata.xmp, ifd.BYTE)
    if metadata.dpi is not None:
        order = np.dtype(base.order + "u4")
        for tag, value in zip((ifd.X_RESOLUTION, ifd.Y_RESOLUTION), metadata.dpi, strict=True):
            raw = np.array([round(value * 1000), 1000], dtype=order).tobytes()
            base = base.with_bytes(tag, raw, ifd.RATIONAL)
        base = base.with_entry(ifd.RESOLUTION_UNIT, ifd.SHORT, 2)
    return _assemble(base, native, _DEFLATE if compressed else _NONE, differences=True)


def _assemble(base: ifd.Directory, native: Native, compression: int, differences: bool) -> bytes:
    width, height = native.size
    samples = native.block((0, 0, 1, 1)).shape[2]
    bits = 1 if native.model == "bilevel" else native.depth
    differences = differences and compression != _NONE and native.model not in ("bilevel", "palette")
    rows = max(1, min(height, _STRIP_BYTES // max(1, width * samples * native.depth // 8)))
    strips = []
    for _, block in native.bands(rows):
        strips.append(_CODECS[compression](_strip_bytes(block, bits, base.order, differences)))
    lengths = [len(strip) for strip in strips]
    starts = [8]
    for length in lengths[:-1]:
        starts.append(starts[-1] + length)
    directory = (
        base.with_entry(ifd.WIDTH, ifd.LONG, width)
        .with_entry(ifd.HEIGHT, ifd.LONG, height)
        .with_entry(ifd.BITS, ifd.SHORT, *[bits] * samples)
        .with_entry(_COMPRESSION, ifd.SHORT, compression)
        .with_entry(_PHOTOMETRIC, ifd.SHORT, _PHOTOMETRICS[native.model])
        .with_entry(_STRIPS, ifd.LONG, *starts)
        .with_entry(ifd.SAMPLES, ifd.SHORT, samples)
        .with_entry(_ROWS, ifd.LONG, rows)
        .with_entry(_LENGTHS, ifd.LONG, *lengths)
        .with_entry(_PLANAR, ifd.SHORT, 1)
    )
    if differences:
        directory = directory.with_entry(_PREDICTOR, ifd.SHORT, _DIFFERENCES)
    if native.alpha:
        directory = directory.with_entry(ifd.EXTRA_SAMPLES, ifd.SHORT, _UNASSOCIATED)
    end = starts[-1] + lengths[-1]
    padding = end % 2
    head = ifd.header(base.order, end + padding)
    return b"".join([head, *strips, b"\0" * padding, ifd.serialise(directory, end + padding)])


def _strip_bytes(block: NDArray[np.uint8] | NDArray[np.uint16], bits: int, order: str, differences: bool) -> bytes:
    if bits == 1:
        return np.packbits(block[..., 0] >= 128, axis=1).tobytes()
    if differences:
        changed = block.copy()
        changed[:, 1:] -= block[:, :-1]
        block = changed
    return block.astype(order + "u2").tobytes() if bits == 16 else block.tobytes()
