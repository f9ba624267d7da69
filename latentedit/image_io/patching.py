"""Putting changed colours into stored samples so that every sample that was not changed stays exactly what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentedit.image_io import requantise
from latentedit.image_io.colour import Samples
from latentedit.image_io.native import Native
from latentedit.image_io.orientation import Box, stored, stored_box

_ROWS_AT_ONCE = 256
_PIXELS_AT_ONCE = 1 << 16
"""Strips of about so many stay in the processor's cache between the steps of the work."""
_FAR = 0.1
"""A change of colour, in [0, 1], beyond which new inks no longer follow the mixture of the old ones."""

_Floats = NDArray[np.float32]
_Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Patch:
    """A change to a part of a photograph.

    Attributes:
        box: where, in upright pixels, inside the picture.
        delta: [h, w, 3] float32: new minus old sRGB colour, on a scale where black is 0 and white is 1. A pixel whose three
            numbers are exactly zero, or too small to move the 8-bit picture, is not touched.
        coverage: [h, w] float32 in [0, 1] or None (zero everywhere): how far a pixel is replaced rather than shifted. It only
            matters for what ``delta`` cannot see: detail below one step of 8 bits, colours outside sRGB, and earlier patches.

    Raises:
        ValueError: the shapes do not fit each other.
    """

    box: Box
    delta: _Floats
    coverage: _Floats | None = None

    def __post_init__(self) -> None:
        left, top, right, bottom = self.box
        if left < 0 or top < 0 or self.delta.shape != (bottom - top, right - left, 3):
            raise ValueError(f"delta {self.delta.shape} does not fit the box {self.box}")
        if self.coverage is not None and self.coverage.shape != self.delta.shape[:2]:
            raise ValueError(f"coverage {self.coverage.shape} does not fit the box {self.box}")

    @property
    def changes_something(self) -> bool:
        """Whether any pixel is touched."""
        return bool(self.delta.any())


def apply_to_picture(picture: _Bytes, patches: Sequence[Patch]) -> _Bytes:
    """Apply patches, in their order, to a copy of an upright sRGB picture [H, W, 3].

    Raises:
        ValueError: a patch reaches outside the picture.
    """
    result = picture.copy()
    earlier: list[Box] = []
    for patch in patches:
        _check_inside(patch, (picture.shape[1], picture.shape[0]))
        left, top, right, bottom = patch.box
        # Elsewhere nothing has been drawn over the photograph, so that coverage has nothing to uncover.
        over_another = patch.coverage is not None and any(_overlap(patch.box, box) for box in earlier)
        rows_at_once = max(_PIXELS_AT_ONCE // max(right - left, 1), 1)
        for start in range(0, bottom - top, rows_at_once):
            rows = np.s_[start : start + rows_at_once]
            place = np.s_[top + start : min(top + start + rows_at_once, bottom), left:right]
            current, delta = result[place], patch.delta[rows]
            if over_another and patch.coverage is not None:
                new = _rounded(_new_colour(current, picture[place], delta, patch.coverage[rows]))
                result[place] = np.where(_any_channel(delta != 0)[..., None], new, current)
            else:
                result[place] = _rounded(_new_colour(current, current, delta, None))
        earlier.append(patch.box)
    return result


def apply_in_boxes(picture: _Bytes, patches: Sequence[Patch]) -> list[tuple[Box, _Bytes]]:
    """What :func:`apply_to_picture` would make of a picture, only there where patches lie.

    Returns: boxes that do not overlap, each with its pixels [h, w, 3].
    """
    boxes: list[Box] = []
    for patch in patches:
        box = patch.box
        # What overlaps becomes one box, which may then overlap another.
        while touching := [other for other in boxes if _overlap(other, box)]:
            boxes = [other for other in boxes if other not in touching]
            lefts, tops, rights, bottoms = zip(box, *touching, strict=True)
            box = (min(lefts), min(tops), max(rights), max(bottoms))
        boxes.append(box)
    return [(box, _applied_in(picture, patches, box)) for box in boxes]


def _applied_in(picture: _Bytes, patches: Sequence[Patch], box: Box) -> _Bytes:
    left, top, right, bottom = box
    inside = [
        Patch((x0 - left, y0 - top, x1 - left, y1 - top), patch.delta, patch.coverage)
        for patch in patches
        for x0, y0, x1, y1 in [patch.box]
        if _overlap(patch.box, box)
    ]
    return apply_to_picture(picture[top:bottom, left:right], inside)


def apply_to_samples(native: Native, patches: Sequence[Patch], picture: _Bytes, orientation: int) -> tuple[Native, bool]:
    """Apply patches, in their order, to stored samples, in place.

    For each touched pixel the new samples are ``samples + to_stored(new colour) - to_stored(old colour)``: what the conversion
    to sRGB lost (depth, gamut, the division between inks) stays in place, except where the patch says that it replaces.

    Args:
        native: samples to change; the returned object shares them.
        patches: the changes.
        picture: the untouched photograph, upright [H, W, 3].
        orientation: EXIF orientation of the stored samples.

    Returns:
        The same samples (a palette may have got new colours), and whether any of them changed.

    Raises:
        ValueError: a patch reaches outside the picture.
    """
    changed = False
    for patch in patches:
        _check_inside(patch, (picture.shape[1], picture.shape[0]))
        if patch.changes_something:
            native, moved = _apply(native, patch, picture, orientation)
            changed |= moved
    return native, changed


def _apply(native: Native, patch: Patch, picture: _Bytes, orientation: int) -> tuple[Native, bool]:
    left, top, right, bottom = patch.box
    delta = stored(patch.delta, orientation)
    coverage = stored(patch.coverage, orientation) if patch.coverage is not None else None
    original = stored(picture[top:bottom, left:right], orientation)
    place = stored_box(patch.box, orientation, native.size)
    if native.model in ("palette", "bilevel"):
        block = native.block(place)
        current = native.to_srgb(block)
        new = _rounded(_new_colour(current, original, delta, coverage))
        return requantise.draw(native, place, block, new, _moved(native, block, delta, current, new))
    changed = False
    for start in range(0, delta.shape[0], _ROWS_AT_ONCE):
        rows = slice(start, min(start + _ROWS_AT_ONCE, delta.shape[0]))
        box = (place[0], place[1] + rows.start, place[2], place[1] + rows.stop)
        strip_coverage = coverage[rows] if coverage is not None else None
        block = native.block(box)
        shifted = _shifted_samples(native, block, delta[rows], strip_coverage, original[rows])
        if (shifted != block).any():
            native.put(box, shifted)
            changed = True
    return native, changed


def _shifted_samples(native: Native, block: Samples, delta: _Floats, coverage: _Floats | None, original: _Bytes) -> Samples:
    seen = native.to_srgb(block)
    target = _new_colour(seen, original, delta, coverage)
    moved = _moved(native, block, delta, seen, _rounded(target))
    if not moved.any():
        return block
    # Only the pixels that move are converted: [1, n, ...].
    picked, old, new = block[moved][None], seen[moved][None].astype(np.float32) / np.float32(255), target[moved][None]
    share = coverage[moved][None, :, None] if coverage is not None else np.zeros((1, 1, 1), np.float32)
    opacity = native.opacity(picked)
    if opacity is not None:
        # What lies on white is seen only by its share, so it must move further to look as wanted.
        below = native.to_srgb(picked, flatten=False).astype(np.float32) / np.float32(255)
        new = np.clip(below + (new - old) / opacity[..., None], 0, 1)
        old = below
    samples = native.colours(picked)
    goal = native.space.from_srgb(new, samples)
    residual = samples.astype(np.float32) - native.space.from_srgb(old, samples)
    if native.model == "cmyk":
        # Inks mixed in another way than the profile does (more black, less colour) would drive a far move off its goal.
        share = np.maximum(share, np.abs(new - old).max(axis=2, keepdims=True) / np.float32(_FAR))
    exact = np.rint(goal + residual * (1 - np.clip(share, 0, 1))).clip(0, native.space.peak)
    rounded: Samples = exact.astype(np.uint8) if native.depth == 8 else exact.astype(np.uint16)
    if native.key is not None:
        _avoid_key(rounded, native.key, native.key_step)
    result = block.copy()
    result[moved, : samples.shape[2]] = rounded[0]
    return result


def _new_colour(current: _Bytes, original: _Bytes, delta: _Floats, coverage: _Floats | None) -> _Floats:
    """The colours [h, w, 3] in [0, 1] that a patch asks for.

    Args:
        current: what is there now.
        original: what the untouched photograph shows there (differs from ``current`` under an earlier patch).
        delta: the patch's.
        coverage: the patch's.
    """
    scale = np.float32(255)
    new: _Floats = current.astype(np.float32)
    new /= scale
    new += delta
    if coverage is not None and current is not original:
        new += coverage[..., None] * ((original.astype(np.float32) - current.astype(np.float32)) / scale)
    return np.clip(new, 0, 1, out=new)


def _moved(native: Native, block: Samples, delta: _Floats, seen: _Bytes, new: _Bytes) -> NDArray[np.bool_]:
    """Pixels [h, w] that change visibly: touched, by at least one step, and not wholly transparent."""
    moved: NDArray[np.bool_] = _any_channel(delta != 0) & _any_channel(new != seen)
    opacity = native.opacity(block)
    return moved if opacity is None else moved & (opacity > 0)


def _avoid_key(samples: Samples, key: tuple[int, ...], step: int) -> None:
    """A new colour that would be written as the one that stands for transparency moves one step aside."""
    hit = (np.abs(samples.astype(np.int32) - np.array(key)) <= step // 2).all(axis=2)
    samples[hit, -1] = key[-1] - step if key[-1] >= step else key[-1] + step


def _rounded(colour: _Floats) -> _Bytes:
    levels = colour * np.float32(255)
    return np.rint(levels, out=levels).astype(np.uint8)


def _any_channel(values: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``values.any(axis=2)`` for a few channels, which numpy does slowly."""
    result = values[..., 0].copy()
    for channel in range(1, values.shape[2]):
        result |= values[..., channel]
    return result


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _check_inside(patch: Patch, size: tuple[int, int]) -> None:
    if patch.box[2] > size[0] or patch.box[3] > size[1]:
        raise ValueError(f"the patch {patch.box} reaches outside the picture of {size[0]} x {size[1]}")
