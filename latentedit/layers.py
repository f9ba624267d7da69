"""An edited photograph as a stack of layers: the photograph, and over it what each face's edits change, for painters to go on with.

A layer holds colours and opacity such that laying it over what is below (the usual way, in the photograph's own colour space) gives the
edited photograph. It is as deep as the photograph, and where it changes something as opaque as the mask under which it was drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from latentedit.edits import FaceEdits
from latentedit.edits.names import MaskNames, edit_words
from latentedit.image_io import exif, metadata, writing
from latentedit.image_io.colour import ColourSpace, Samples
from latentedit.image_io.native import Native, decode, from_array
from latentedit.image_io.orientation import Box
from latentedit.image_io.patching import Patch, apply_to_samples
from latentedit.session_face import changes_photo

if TYPE_CHECKING:
    from latentedit.scene import Scene

PHOTOGRAPH = "photograph"
"""How the lowest layer is called."""
_ROWS_AT_ONCE = 256
CELLS = 128
"""A layer reaches around what it changes by a cell of its longer side divided so often, softly."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture over the photograph.

    Attributes:
        name: what was done.
        face: whose index.
        left, top: where in the photograph its first pixel lies.
        samples: [h, w, 4] uint8 or uint16: colours as the photograph has them, and opacity.
        visible: whether it is part of the edited photograph; the others show one edit alone.
    """

    name: str
    face: int
    left: int
    top: int
    samples: Samples
    visible: bool


@dataclass(frozen=True, eq=False)
class LayeredPhoto:
    """A photograph in layers.

    Attributes:
        photograph: upright samples [H, W, 3 or 4] uint8 or uint16: RGB, and opacity where it has some.
        edited: the same after the edits.
        space: how all samples are to be understood.
        layers: lowest first.
        carried: what the photograph's file carries besides, for an upright file in that space.
    """

    photograph: Samples
    edited: Samples
    space: ColourSpace
    layers: tuple[Layer, ...]
    carried: metadata.Metadata


def layered(scene: Scene, *, each_edit: bool = False) -> LayeredPhoto:
    """A scene's photograph in layers.

    Args:
        each_edit: also a hidden layer for each edit alone, where a face has several.

    Raises:
        PhotoError: the photograph's samples are damaged.
        UsageError, DirectionError: an edit names what is unknown.
    """
    photo = scene.photo
    carried = metadata.read(photo.data, photo.kind, photo.name)
    native, icc = writing.as_colour(decode(photo.data, photo.kind, photo.name), carried)
    block = None if carried.exif is None else exif.upright(exif.without_thumbnail(carried.exif))
    carried = replace(carried, exif=block, icc=icc, orientation=1)
    photograph = native.block((0, 0, *native.size))
    edited = photograph.copy()
    layers: list[Layer] = []
    for known, edits in zip(scene.faces, scene.state.faces, strict=True):
        if not changes_photo(known, edits):
            continue
        index = known.face.index
        active = [edit for edit in edits.edits if edit.active]
        for edit in active if each_edit and len(active) > 1 else ():
            one = replace(edits, edits=(edit,))
            drawn = _drawn(scene, index, one, photograph, native)
            layers += _layers(drawn, f"{layer_name(index, one, scene.mask_names)} alone", index, visible=False)
        drawn = _drawn(scene, index, edits, edited, native)
        layers += _layers(drawn, layer_name(index, edits, scene.mask_names), index, visible=True)
        if drawn is not None:
            left, top, right, bottom = drawn.box
            edited[top:bottom, left:right] = drawn.after
    return LayeredPhoto(photograph, edited, native.space, _told_apart(layers), carried)


def _told_apart(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """The layers, a number behind every name that came before."""
    met: Counter[str] = Counter()
    told = []
    for layer in layers:
        met[layer.name] += 1
        told.append(layer if met[layer.name] == 1 else replace(layer, name=f"{layer.name} ({met[layer.name]})"))
    return tuple(told)


def colours_and_mask(layer: Layer, picture: LayeredPhoto) -> tuple[Samples, Samples]:
    """A layer as painters keep it: colours [h, w, 3] without opacity, and a mask [h, w], both of the layer's depth.

    Where the mask hides it, the layer has the edited photograph's colours, so that the mask can be widened.
    """
    height, width = layer.samples.shape[:2]
    opacity = layer.samples[..., 3]
    colours = picture.edited[layer.top : layer.top + height, layer.left : layer.left + width, :3].copy()
    np.copyto(colours, layer.samples[..., :3], where=opacity[..., None] > 0)
    return colours, opacity


def layer_name(face: int, edits: FaceEdits, mask_names: MaskNames | None = None) -> str:
    """``face 0: smile +2, age -3 on left.png``."""
    done = [edit_words(edit, mask_names) for edit in edits.edits if edit.active]
    if edits.truncation_psi != 1:
        done.append(f"truncation {edits.truncation_psi:g}")
    if edits.noise_mode != "const":
        done.append(f"noise {edits.noise_mode}")
    return f"face {face}: {', '.join(done) or edits.compositing.mode}"


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What edits change: samples in a box before and after, and the mask [h, w] under which they did."""

    box: Box
    before: Samples
    after: Samples
    mask: NDArray[np.float32]


def _layers(drawn: _Drawn | None, name: str, face: int, *, visible: bool) -> list[Layer]:
    """The layer that turns the samples before into those after; none when they are the same."""
    if drawn is None:
        return []
    before, after = drawn.before, drawn.after
    opacity = drawn.mask * near((before != after).any(axis=2))
    if before.shape[2] == 4:
        opacity *= before[..., 3] > 0
    samples = laid_over(before[..., :3], after[..., :3], opacity)
    rows, columns = (np.flatnonzero(samples[..., 3].any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return []
    used = samples[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()
    return [Layer(name, face, drawn.box[0] + int(columns[0]), drawn.box[1] + int(rows[0]), used, visible)]


def laid_over(before: Samples, after: Samples, opacity: NDArray[np.float32]) -> Samples:
    """The layer [h, w, 4] of about this opacity [h, w] that turns colours [h, w, 3] into others when it is laid over them.

    Opacity is raised where no colour could do it otherwise: ``after = before + opacity * (colour - before)`` with a colour in range.
    """
    result = np.empty((*before.shape[:2], 4), dtype=before.dtype)
    for start in range(0, len(before), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        result[rows] = _rows_laid_over(before[rows], after[rows], opacity[rows])
    return result


def _rows_laid_over(before: Samples, after: Samples, opacity: NDArray[np.float32]) -> Samples:
    peak = int(np.iinfo(before.dtype).max)
    old = before.astype(np.float32)
    change = after.astype(np.float32) - old
    room = np.where(change > 0, peak - old, old)
    needed = np.divide(np.abs(change), room, out=np.zeros_like(change), where=change != 0).max(axis=2)
    # Rounded upwards: a little more opacity always leaves a colour, a little less may not.
    levels = np.ceil(np.maximum(opacity, needed) * peak - 1e-3).clip(0, peak)
    levels = np.where((change != 0).any(axis=2), np.maximum(levels, 1), levels)
    share = levels[..., None] / np.float32(peak)
    colour = old + np.divide(change, share, out=np.zeros_like(change), where=share > 0)
    layer = np.concatenate([np.rint(colour).clip(0, peak), levels[..., None]], axis=2)
    layer[levels == 0] = 0
    return np.asarray(layer.astype(before.dtype))


def near(changed: NDArray[np.bool_]) -> NDArray[np.float32]:
    """A soft picture [h, w] in [0, 1] of where something changes and around it; above zero wherever something does."""
    height, width = changed.shape
    cell = max(-(-max(height, width) // CELLS), 1)
    padded = np.pad(changed, ((0, -height % cell), (0, -width % cell)))
    cells = padded.reshape(padded.shape[0] // cell, cell, -1, cell).any(axis=(1, 3))
    coarse = Image.fromarray(cells.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.BoxBlur(1))
    fine = coarse.resize((padded.shape[1], padded.shape[0]), Image.Resampling.BILINEAR)
    return np.asarray(fine, dtype=np.float32)[:height, :width] / np.float32(255)


def _drawn(scene: Scene, index: int, edits: FaceEdits, below: Samples, native: Native) -> _Drawn | None:
    """What a face's edits make of samples [H, W, C] below them."""
    from latentedit.compose import mask_in_photo

    scene = scene.with_edits(index, edits)
    patch = scene.patch(index)
    if patch is None:
        return None
    left, top, right, bottom = patch.box
    place = np.s_[top:bottom, left:right]
    before = below[place]
    piece = from_array(before.copy(), "rgb", native.alpha, native.space)
    local = Patch((0, 0, right - left, bottom - top), patch.delta, patch.coverage)
    shifted, _ = apply_to_samples(piece, [local], scene.photo.rgb_uint8[place], 1)
    after = shifted.block((0, 0, right - left, bottom - top))
    quad = scene.face(index).face.quad
    mask = mask_in_photo(scene.photo, quad, scene.mask(index), patch.box)
    return _Drawn(patch.box, before.copy(), after, mask)
