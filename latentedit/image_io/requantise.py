"""New colours for pixels that cannot be shifted a little: bits and palette indices are chosen anew, by error diffusion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.image_io.colour import Samples
from latentedit.image_io.native import Native
from latentedit.image_io.orientation import Box


def draw(native: Native, place: Box, block: Samples, colours: NDArray[np.uint8], moved: NDArray[np.bool_]) -> tuple[Native, bool]:
    """Draw colours into a palette or one-bit picture, in place.

    Args:
        native: the picture.
        place: where, in stored pixels.
        block: the samples there.
        colours: what they should look like, [h, w, 3] sRGB.
        moved: which of them to change, [h, w]; partly transparent palette pixels are left as they are.

    Returns:
        The same samples, with new colours in palette entries that no pixel used, and whether any sample changed.
    """
    if native.palette is not None:
        moved = moved & (native.palette[block[..., 0], 3] == 255)
    if not moved.any():
        return native, False
    picture = Image.fromarray(colours)
    if native.palette is None:
        dithered = np.asarray(picture.convert("L").convert("1").convert("L"))
    else:
        native = _with_new_colours(native, colours[moved])
        dithered = _dithered(native, picture)
    new = np.where(moved[..., None], dithered[..., None], block).astype(np.uint8)
    native.put(place, new)
    return native, bool((new != block).any())


def _with_new_colours(native: Native, colours: NDArray[np.uint8]) -> Native:
    """Give palette entries that no pixel uses to some colours [n, 3], chosen by median cut."""
    if native.palette is None or not isinstance(native.store, Image.Image):
        return native
    counts = np.array(native.store.histogram()[: native.palette_room])
    free = np.flatnonzero(counts == 0)
    if not len(free):
        return native
    sample = Image.fromarray(colours[None])
    chosen = sample.quantize(colors=min(len(free), len(colours)), method=Image.Quantize.MEDIANCUT)
    fresh = np.array(chosen.getpalette("RGB") or [], dtype=np.uint8).reshape(-1, 3)[: len(free)]
    palette = native.palette.copy()
    taken = free[: len(fresh)]
    palette[taken, :3] = native.space.nearest_stored(fresh)
    palette[taken, 3] = 255
    native.store.putpalette(palette[:, :3].tobytes(), "RGB")
    size = max(native.palette_size, int(taken[-1]) + 1)
    return replace(native, palette=palette, palette_size=size, palette_changed=True)


def _dithered(native: Native, picture: Image.Image) -> NDArray[np.uint8]:
    """Nearest opaque palette entries, as indices [h, w]."""
    if native.palette is None:
        raise TypeError("there is no palette")
    opaque = np.flatnonzero(native.palette[: native.palette_size, 3] == 255)
    looks = native.space.to_srgb(native.palette[None, opaque, :3])[0]
    table = Image.new("P", (1, 1))
    table.putpalette(looks.tobytes(), "RGB")
    indices = np.asarray(picture.quantize(palette=table, dither=Image.Dither.FLOYDSTEINBERG))
    chosen: NDArray[np.uint8] = opaque.astype(np.uint8)[np.minimum(indices, len(opaque) - 1)]
    return chosen
