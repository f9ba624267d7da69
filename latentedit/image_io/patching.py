"""Putting changed colours into stored samples so that every sample that was not changed stays exactly what it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.image_io.colour import Samples
from latentedit.image_io.native import Native
from latentedit.image_io.orientation import Box, stored, stored_box

_ROWS_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Patch:
    """A change to a part of a photograph.

    Attributes:
        box: where, in upright pixels.
        delta: [h, w, 3] float32: new minus old sRGB colour, on a scale where black is 0 and white is 1. A pixel whose three
            numbers are exactly zero is not touched.
        coverage: [h, w] float32 in [0, 1] or None (zero everywhere): how far a pixel is replaced rather than shifted. It only
            matters for what ``delta`` cannot see: detail below one step of 8 bits, colours outside sRGB, and earlier patches.
    """

    box: Box
    delta: NDArray[np.float32]
    coverage: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        left, top, right, bottom = self.box
        if self.delta.shape != (bottom - top, right - left, 3):
            raise ValueError(f"delta {self.delta.shape} does not fit the box {self.box}")
        if self.coverage is not None and self.coverage.shape != self.delta.shape[:2]:
            raise ValueError(f"coverage {self.coverage.shape} does not fit the box {self.box}")

    @property
    def changes_something(self) -> bool:
        """Whether any pixel is touched."""
        return bool(self.delta.any())

    def new_colour(self, current: NDArray[np.float32], original: NDArray[np.float32]) -> NDArray[np.float32]:
        """The new sRGB colours [h, w, 3] in [0, 1].

        Args:
            current: what is there now, [h, w, 3] in [0, 1].
            original: what the untouched photograph shows there (differs from ``current`` under an earlier patch).
        """
        return _shifted(current, original, self.delta, self.coverage)


def apply_patch(native: Native, patch: Patch, original_rgb: NDArray[np.uint8], orientation: int) -> Native:
    """Change stored samples in place by a patch.

    For each touched pixel the new samples are ``samples + to_stored(new colour) - to_stored(old colour)``: what the conversion
    to sRGB lost (depth, gamut, the division between inks) stays in place, except where the patch says that it replaces.

    Args:
        native: samples to change; the returned object shares them.
        patch: the change.
        original_rgb: the untouched photograph, upright [H, W, 3].
        orientation: EXIF orientation of the stored samples.

    Returns:
        The same samples; a palette may have got new colours.
    """
    left, top, right, bottom = patch.box
    delta = stored(patch.delta, orientation)
    coverage = stored(patch.coverage, orientation) if patch.coverage is not None else None
    original = stored(original_rgb[top:bottom, left:right], orientation)
    place = stored_box(patch.box, orientation, native.size)
    if native.model in ("palette", "bilevel"):
        return _requantised(native, place, delta, coverage, original)
    for start in range(0, delta.shape[0], _ROWS_AT_ONCE):
        rows = slice(start, min(start + _ROWS_AT_ONCE, delta.shape[0]))
        strip_box = (place[0], place[1] + rows.start, place[2], place[1] + rows.stop)
        block = native.block(strip_box)
        strip_coverage = coverage[rows] if coverage is not None else None
        native.put(strip_box, _shifted_samples(native, block, delta[rows], strip_coverage, original[rows]))
    return native


def _shifted_samples(
    native: Native,
    block: Samples,
    delta: NDArray[np.float32],
    coverage: NDArray[np.float32] | None,
    original: NDArray[np.uint8],
) -> Samples:
    touched = _touched(native, block, delta)
    if not touched.any():
        return block
    samples = native.colours(block)
    current = native.to_srgb(block).astype(np.float32) / np.float32(255)
    new = _shifted(current, original.astype(np.float32) / np.float32(255), delta, coverage)
    old_stored = native.space.from_srgb(current, samples)
    new_stored = native.space.from_srgb(new, samples)
    exact = samples.astype(np.float32)
    shifted = exact + (new_stored - old_stored)
    if coverage is not None:
        shifted -= coverage[..., None] * (exact - old_stored)
    rounded = np.rint(shifted).clip(0, native.space.peak).astype(samples.dtype)
    colours = samples.shape[2]
    result = block.copy()
    result[..., :colours] = np.where(touched[..., None], rounded, samples)
    if native.key is not None:
        _avoid_key(result, touched, native.key)
    return result


def _shifted(
    current: NDArray[np.float32],
    original: NDArray[np.float32],
    delta: NDArray[np.float32],
    coverage: NDArray[np.float32] | None,
) -> NDArray[np.float32]:
    new = current + delta
    if coverage is not None:
        new += coverage[..., None] * (original - current)
    return np.clip(new, 0, 1, out=new)


def _touched(native: Native, block: Samples, delta: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Pixels [h, w] that change: those with a delta that are not wholly transparent."""
    touched: NDArray[np.bool_] = (delta != 0).any(axis=2)
    opacity = native.opacity(block)
    return touched if opacity is None else touched & (opacity > 0)


def _avoid_key(samples: Samples, touched: NDArray[np.bool_], key: tuple[int, ...]) -> None:
    """A new colour that happens to be the one that stands for transparency moves one step aside."""
    hit = touched & (samples == np.array(key, samples.dtype)).all(axis=2)
    samples[hit, -1] = key[-1] - 1 if key[-1] > 0 else 1


def _requantised(
    native: Native,
    place: Box,
    delta: NDArray[np.float32],
    coverage: NDArray[np.float32] | None,
    original: NDArray[np.uint8],
) -> Native:
    """One-bit and palette pixels cannot be shifted a little: the touched ones are dithered anew, with free palette entries
    taken for the new colours."""
    block = native.block(place)
    touched = _touched(native, block, delta)
    if not touched.any():
        return native
    current = native.to_srgb(block).astype(np.float32) / np.float32(255)
    new = _shifted(current, original.astype(np.float32) / np.float32(255), delta, coverage)
    picture = Image.fromarray(np.rint(new * 255).astype(np.uint8))
    if native.palette is None:
        dithered = np.asarray(picture.convert("L").convert("1").convert("L"))[..., None]
    else:
        native = _with_new_colours(native, picture, touched)
        dithered = _dithered(native, picture)[..., None]
    native.put(place, np.where(touched[..., None], dithered, block))
    return native


def _with_new_colours(native: Native, picture: Image.Image, touched: NDArray[np.bool_]) -> Native:
    """Give palette entries that no pixel uses to the colours of the touched pixels (median cut)."""
    assert native.palette is not None and isinstance(native.store, Image.Image)
    counts = np.array(native.store.histogram()[:256])
    free = np.flatnonzero(counts == 0)
    if not len(free):
        return native
    colours = np.asarray(picture)[touched]
    sample = Image.fromarray(colours[None])
    chosen = sample.quantize(colors=min(len(free), len(colours)), method=Image.Quantize.MEDIANCUT).getpalette("RGB") or []
    fresh = np.array(chosen, dtype=np.uint8).reshape(-1, 3)[: len(free)]
    palette = native.palette.copy()
    palette[free[: len(fresh)], :3] = fresh
    palette[free[: len(fresh)], 3] = 255
    native.store.putpalette(palette[:, :3].tobytes(), "RGB")
    return replace(native, palette=palette)


def _dithered(native: Native, picture: Image.Image) -> NDArray[np.uint8]:
    """Nearest opaque palette entries by error diffusion, as indices [h, w]."""
    assert native.palette is not None
    opaque = np.flatnonzero(native.palette[:, 3] == 255)
    table = Image.new("P", (1, 1))
    table.putpalette(native.palette[opaque, :3].tobytes(), "RGB")
    indices = np.asarray(picture.quantize(palette=table, dither=Image.Dither.FLOYDSTEINBERG))
    return np.asarray(opaque.astype(np.uint8)[np.minimum(indices, len(opaque) - 1)])
