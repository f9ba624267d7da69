"""Changing a JPEG block by block, so that every block without a change stays what it was, bit for bit.

To decode a JPEG and encode it again moves samples everywhere, even with the same quantisation: colours, halved chroma and clipping
are rounded anew. But from samples to coefficients everything is linear (up to that clipping), so the *change* of the samples
can be transformed by itself and added to the coefficients that the file holds. Where nothing changed, zero is added.

ITU-T T.81, A.1.1 (components and their sampling), A.3.3 (DCT), A.3.4 (quantisation); JFIF 1.02 and ITU-T T.872 (colours).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, JpegImagePlugin

from latentedit.image_io import header
from latentedit.side_process import Caller, call_here

try:
    import jpegio
except ImportError:  # there are no wheels for every Python and processor
    jpegio = None

_Floats = NDArray[np.float32]

_BLOCK = 8
_UNITS_AT_ONCE = 32
"""Rows of coding units that are transformed at a time: 512 rows of pixels where chroma is halved."""

_COSINES: _Floats = np.array(
    [[math.sqrt((2 if k else 1) / 8) * math.cos((2 * x + 1) * k * math.pi / 16) for x in range(8)] for k in range(8)], np.float32
)
"""[8, 8]: the one-dimensional DCT; frequencies in rows."""

_LUMA_CHROMA = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))


@dataclass(frozen=True)
class _Component:
    """One coded plane.

    Attributes:
        weights: [C], how the decoded channels make it.
        across, down: how many pixels one of its samples spans.
        steps: [8, 8], the quantisation: what one unit of each coefficient is worth.
    """

    weights: _Floats
    across: int
    down: int
    steps: _Floats


@dataclass(frozen=True)
class _Change:
    """What to add to the coefficients of one component, from block row and column ``top``, ``left`` on (in samples)."""

    component: int
    top: int
    left: int
    amounts: NDArray[np.int16]


@dataclass(frozen=True)
class _Kept:
    """A :class:`_Change` whose amounts lie in a file."""

    component: int
    top: int
    left: int
    shape: tuple[int, ...]
    path: Path

    @staticmethod
    def of(change: _Change, path: Path) -> _Kept:
        """Write a change's amounts down."""
        change.amounts.tofile(path)
        return _Kept(change.component, change.top, change.left, change.amounts.shape, path)

    def amounts(self) -> NDArray[np.int16]:
        """What was written."""
        return np.fromfile(self.path, np.int16).reshape(self.shape)


def keeps_blocks() -> bool:
    """Whether there is what :func:`redraw` needs."""
    return jpegio is not None


def redraw(original: bytes, new: Image.Image, name: str, call: Caller = call_here) -> bytes | None:
    """Encode new samples into the coefficients of a JPEG; the blocks that look the same keep theirs.

    Decoded again, samples outside the changed blocks are exactly the old ones, but for one sample beside them where chroma is
    subsampled: decoders smooth across the border. Sampling, quantisation, being progressive and restarts are kept.

    Args:
        original: the file.
        new: its samples after the edit, as Pillow decodes this file (grey, RGB or inverted CMYK).
        name: what to call the file in an error.
        call: where the library that keeps the coefficients works: it holds Python's lock all the time.

    Returns:
        A JPEG, or None where only encoding everything again is possible: ``pyjpegio`` is not there for this Python, or does not
        read the file, temporary files cannot be made, or the components are sampled in a ratio that is not whole.

    Raises:
        PhotoError: the file is damaged.
    """
    if jpegio is None:
        return None
    old = header.open_jpeg(original, name)
    components = _components(old)
    if components is None:
        return None
    with header.reading(name):
        old.load()
    try:
        with TemporaryDirectory(prefix="latentedit-") as folder:
            # The library only knows files; and what lies in files is quickly told to another process. All changes are collected before it
            # begins, so that the old samples are gone before the coefficients come.
            path = Path(folder) / "photo.jpg"
            path.write_bytes(original)
            changes = [_Kept.of(change, Path(folder) / f"change-{i}") for i, change in enumerate(_changes(old, new, components))]
            old.close()
            call(add_to_blocks, path, changes)
            return path.read_bytes()
    except (RuntimeError, OSError):
        return None


def stores_rgb(image: JpegImagePlugin.JpegImageFile) -> bool:
    """Whether three components are red, green and blue themselves, as libjpeg decides it (``jdapimin.c``)."""
    if len(image.layer) != 3 or "jfif" in image.info:
        return False
    if "adobe_transform" in image.info:
        return bool(image.info["adobe_transform"] == 0)
    return bytes(layer[0] for layer in image.layer) == b"RGB"


def _components(image: JpegImagePlugin.JpegImageFile) -> list[_Component] | None:
    """How each component comes from the decoded channels; None for ratios of sampling that are not whole."""
    most_across, most_down = (max(layer[i] for layer in image.layer) for i in (1, 2))
    result = []
    for weights, (_, across, down, table) in zip(_weights(image), image.layer, strict=True):
        if most_across % across or most_down % down:
            return None
        steps = np.array(image.quantization[table], np.float32).reshape(_BLOCK, _BLOCK)
        result.append(_Component(weights, most_across // across, most_down // down, steps))
    return result


def _weights(image: JpegImagePlugin.JpegImageFile) -> _Floats:
    """[components, channels]; Pillow inverts the inks, so that what it calls cyan is the red of YCCK."""
    count = len(image.layer)
    if count == 3:
        return np.eye(3, dtype=np.float32) if stores_rgb(image) else np.array(_LUMA_CHROMA, np.float32)
    if count == 1:
        return np.eye(1, dtype=np.float32)
    weights = -np.eye(count, dtype=np.float32)
    if image.info.get("adobe_transform", 0) != 0:
        weights[:3, :3] = _LUMA_CHROMA
    return weights


def _changes(old: Image.Image, new: Image.Image, components: list[_Component]) -> Iterator[_Change]:
    unit_down, unit_across = (_BLOCK * max(getattr(c, way) for c in components) for way in ("down", "across"))
    width, height = old.size
    for top in range(0, height, unit_down * _UNITS_AT_ONCE):
        band = (0, top, width, min(top + unit_down * _UNITS_AT_ONCE, height))
        before, after = old.crop(band), new.crop(band)
        box = ImageChops.difference(before, after).getbbox()
        if box is None:
            continue
        left, right = box[0] // unit_across * unit_across, min(-(-box[2] // unit_across) * unit_across, width)
        inside = np.s_[:, left:right]
        moved = np.atleast_3d(np.asarray(after, np.int16)[inside] - np.asarray(before, np.int16)[inside])
        # Beyond the picture's right and lower edge, blocks hold what decoders cut off; they continue smoothly there.
        rest = [(0, -moved.shape[0] % unit_down), (0, -moved.shape[1] % unit_across), (0, 0)]
        moved = np.pad(moved, rest, "edge")
        for number, component in enumerate(components):
            amounts = _coefficients(moved @ component.weights, component)
            yield _Change(number, top // component.down, left // component.across, amounts)


def _coefficients(plane: _Floats, component: _Component) -> NDArray[np.int16]:
    """Subsample, transform and quantise a plane [h, w] of whole coding units, into [h / down, w / across]."""
    down, across = component.down, component.across
    rows, columns = plane.shape[0] // down, plane.shape[1] // across
    samples = plane.reshape(rows, down, columns, across).mean(axis=(1, 3))
    along_rows = samples.reshape(-1, _BLOCK) @ _COSINES.T
    both: _Floats = _COSINES @ along_rows.reshape(-1, _BLOCK, columns)
    units = both.reshape(-1, _BLOCK, columns // _BLOCK, _BLOCK) / component.steps[:, None, :]
    return np.rint(units).astype(np.int16).reshape(rows, columns)


def add_to_blocks(path: Path, changes: list[_Kept]) -> None:
    """Add changes to the coefficients of a JPEG file.

    Raises:
        RuntimeError, OSError: the library does not read the file, or does not write it.
    """
    jpeg = jpegio.read(path)
    for change in changes:
        coefficients = jpeg.coef_arrays[change.component][change.top :, change.left :]
        # Only the components' own blocks are held; what fills up the last coding unit is left out.
        amounts = change.amounts()[: coefficients.shape[0], : coefficients.shape[1]]
        coefficients[: amounts.shape[0], : amounts.shape[1]] += amounts
    # The file's own Huffman tables may lack a code for what is new.
    jpeg.optimize_coding = True
    jpeg.write(str(path))
