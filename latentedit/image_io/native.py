"""The decoded samples of a photograph exactly as its file stores them, readable and writable by blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.image_io import exif, header, tiff_reader
from latentedit.image_io.colour import ColourSpace, Model, Samples, colour_space
from latentedit.image_io.kinds import Kind
from latentedit.image_io.orientation import Box

# Pillow's modes that keep every stored sample, as (model, has alpha).
_MODES: dict[str, tuple[Model, bool]] = {
    "1": ("bilevel", False),
    "L": ("grey", False),
    "LA": ("grey", True),
    "P": ("palette", False),
    "RGB": ("rgb", False),
    "RGBA": ("rgb", True),
    "CMYK": ("cmyk", False),
}
# Modes that only some old or odd files have; the conversion keeps what can be seen.
_CONVERSIONS = {"PA": "RGBA", "RGBa": "RGBA", "La": "LA", "RGBX": "RGB", "YCbCr": "RGB"}

# Where these stand in every PNG file (specification, 11.2.2).
_PNG_BITS, _PNG_COLOUR_TYPE = 24, 25


@dataclass(frozen=True, eq=False)
class Native:
    """Stored samples with what is needed to understand them. Blocks are addressed in stored (not upright) pixels.

    Attributes:
        model: what one pixel is.
        alpha: whether the last channel is opacity.
        space: how the colour samples are to be understood (``rgb`` for a palette, ``grey`` for one bit).
        store: Pillow image for 8-bit samples, array [H, W, C] uint16 for 16-bit samples. Changed in place by :meth:`put`.
        palette: uint8 [256, 4], the colours and opacities of a palette's entries.
        palette_size: how many of these the file names.
        palette_room: how many it could name with its bits per index.
        palette_changed: whether some differ from the file's.
        key: the colour (stored samples) that stands for full transparency, where the file names one.
        key_step: how far the stored samples of two neighbouring levels lie apart (more than 1 for grey of 2 or 4 bits).
    """

    model: Model
    alpha: bool
    space: ColourSpace
    store: Image.Image | NDArray[np.uint16]
    palette: NDArray[np.uint8] | None = None
    palette_size: int = 256
    palette_room: int = 256
    palette_changed: bool = False
    key: tuple[int, ...] | None = None
    key_step: int = 1

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as stored."""
        if isinstance(self.store, np.ndarray):
            return self.store.shape[1], self.store.shape[0]
        return self.store.size

    @property
    def depth(self) -> Literal[8, 16]:
        """Bits per sample."""
        return 16 if isinstance(self.store, np.ndarray) else 8

    @property
    def transparent(self) -> bool:
        """Whether some pixels may be other than opaque."""
        return self.alpha or self.key is not None or (self.palette is not None and bool((self.palette[:, 3] < 255).any()))

    def block(self, box: Box) -> Samples:
        """Copy the stored samples of a box: [h, w, C] uint8 or uint16; a bit is 0 or 255, a palette pixel its index."""
        left, top, right, bottom = box
        if isinstance(self.store, np.ndarray):
            return self.store[top:bottom, left:right].copy()
        piece = self.store.crop(box)
        if self.model == "bilevel":
            piece = piece.convert("L")
        return np.array(piece, dtype=np.uint8).reshape(bottom - top, right - left, -1)

    def bands(self, rows: int) -> Iterator[tuple[slice, Samples]]:
        """All stored samples from top to bottom, so many rows at a time: which rows, and what :meth:`block` gives for them."""
        width, height = self.size
        for top in range(0, height, rows):
            bottom = min(top + rows, height)
            yield slice(top, bottom), self.block((0, top, width, bottom))

    def put(self, box: Box, samples: Samples) -> None:
        """Write samples as :meth:`block` returns them."""
        left, top, right, bottom = box
        if isinstance(self.store, np.ndarray):
            self.store[top:bottom, left:right] = samples
            return
        self.store.paste(_image(samples, self.store.mode), box)

    def opacity(self, block: Samples) -> NDArray[np.float32] | None:
        """Opacity [h, w] in [0, 1] of a block, or None when all of it is opaque."""
        if self.palette is not None:
            values = self.palette[block[..., 0], 3]
        elif self.alpha:
            values = block[..., -1]
        elif self.key is not None:
            values = np.where((block == np.array(self.key, block.dtype)).all(axis=2), 0, 255).astype(np.uint8)
        else:
            return None
        peak = np.float32(np.iinfo(values.dtype).max)
        return None if bool((values == peak).all()) else values.astype(np.float32) / peak

    def colours(self, block: Samples) -> Samples:
        """The colour samples of a block in ``space``, without opacity: [h, w, C]."""
        if self.palette is not None:
            return self.palette[block[..., 0], :3]
        return block[..., :-1] if self.alpha else block

    def to_srgb(self, block: Samples, *, flatten: bool = True) -> NDArray[np.uint8]:
        """What a block looks like: sRGB [h, w, 3] uint8, transparent parts on white unless ``flatten`` is off."""
        colour = self.space.to_srgb(self.colours(block))
        opacity = self.opacity(block) if flatten else None
        if opacity is None:
            return colour
        share = opacity[..., None]
        flattened: NDArray[np.uint8] = np.rint(colour * share + 255 * (1 - share)).astype(np.uint8)
        return flattened


def decode(data: bytes, kind: Kind, name: str) -> Native:
    """Decode the first picture of a file into its stored samples.

    Raises:
        PhotoError: damaged, truncated, too large, or of a sample format that is not supported.
    """
    if kind == "PNG" and data[_PNG_BITS : _PNG_BITS + 1] == b"\x10":
        return _decode_deep_png(data, name)
    if kind == "TIFF":
        tiff_reader.check(data, name)
        if tiff_reader.is_deep(data):
            model, alpha, deep, icc = tiff_reader.read_deep(data, name)
            return Native(model, alpha, colour_space(model, 65535, icc), deep)
    # Pillow turns TIFF files, and only these, by itself; they are to come as they are stored.
    image = header.open_lazily(exif.upright(data) if kind == "TIFF" else data, kind, name)
    with header.reading(name):
        image.load()
        icc = image.info.get("icc_profile")
        transparency = image.info.get("transparency")
        plain = _without_info(image)
        native = _from_pillow(plain, icc if isinstance(icc, bytes) else None, name)
        if native.model == "palette":
            table, size = _palette(plain, transparency)
            room = 2 ** data[_PNG_BITS] if kind == "PNG" else 256
            return replace(native, palette=table, palette_size=size, palette_room=room)
        if native.model in ("grey", "rgb") and not native.alpha and transparency is not None:
            # Pillow spreads grey of 2 or 4 bits over 0 to 255, but not this value.
            scale = 255 // (2 ** data[_PNG_BITS] - 1) if kind == "PNG" and data[_PNG_BITS] < 8 else 1
            return replace(native, key=tuple(scale * value for value in _key(transparency)), key_step=scale)
    return native


def _from_pillow(image: Image.Image, icc: bytes | None, name: str) -> Native:
    if image.mode in _CONVERSIONS:
        image = image.convert(_CONVERSIONS[image.mode])
    if image.mode.startswith("I;16"):
        deep = np.asarray(image).astype(np.uint16)[..., None]
        return Native("grey", False, colour_space("grey", 65535, icc), deep)
    if image.mode not in _MODES:
        raise header.unsupported(name, f"Pillow mode {image.mode}")
    model, alpha = _MODES[image.mode]
    space: Literal["grey", "rgb", "cmyk"] = "rgb" if model == "palette" else "grey" if model == "bilevel" else model
    return Native(model, alpha, colour_space(space, 255, icc), image)


def from_array(samples: Samples, model: Model, alpha: bool, space: ColourSpace) -> Native:
    """Hold an array [H, W, C] of samples as if it had come from a file."""
    if samples.dtype == np.uint16:
        return Native(model, alpha, space, cast(NDArray[np.uint16], np.ascontiguousarray(samples)))
    mode = next(mode for mode, kind in _MODES.items() if kind == (model, alpha))
    return Native(model, alpha, space, _image(samples, mode))


def _image(samples: Samples, mode: str) -> Image.Image:
    """A Pillow image of 8-bit samples [h, w, C]."""
    flat = np.ascontiguousarray(samples[..., 0] if samples.shape[2] == 1 else samples, dtype=np.uint8)
    size = (flat.shape[1], flat.shape[0])
    if mode == "1":
        return Image.frombytes("1", size, np.packbits(flat >= 128, axis=1).tobytes())
    return Image.frombuffer(mode, size, flat, "raw", mode, 0, 1)


def _key(transparency: object) -> tuple[int, ...]:
    """The colour that stands for transparency, from what Pillow says of it."""
    values = transparency if isinstance(transparency, tuple) else (transparency,)
    return tuple(int(value) for value in values)


def _without_info(image: Image.Image) -> Image.Image:
    """A plain image on the same pixels: what a file's header said must not slip into the next file that is written."""
    plain = Image.Image()
    plain.im = image.im
    plain._mode = image.mode
    plain._size = image.size
    plain.palette = image.palette
    return plain


def _palette(image: Image.Image, transparency: object) -> tuple[NDArray[np.uint8], int]:
    flat = image.getpalette("RGB") or []
    colours = np.array(flat, dtype=np.uint8).reshape(-1, 3)
    table = np.zeros((256, 4), dtype=np.uint8)
    table[: len(colours), :3] = colours
    table[:, 3] = 255
    if isinstance(transparency, bytes):
        table[: len(transparency), 3] = np.frombuffer(transparency, dtype=np.uint8)
    elif isinstance(transparency, int):
        table[transparency, 3] = 0
    return table, len(colours)


def _decode_deep_png(data: bytes, name: str) -> Native:
    """16-bit PNG: Pillow would halve the depth of colour, so the samples come from libpng and the rest from Pillow."""
    image = header.open_lazily(data, "PNG", name)
    with header.reading(name):
        try:
            samples = imagecodecs.png_decode(data)
        except imagecodecs.PngError as error:
            raise ValueError(str(error)) from error
        # Pillow's own decoder, unlike libpng here, tells a stream that ends early.
        header.open_lazily(data, "PNG", name).load()
    deep = np.atleast_3d(np.asarray(samples))
    if deep.dtype != np.uint16:
        raise header.unsupported(name, f"{deep.dtype} samples")
    key = image.info.get("transparency")
    if key is not None and data[_PNG_COLOUR_TYPE] in (0, 2):
        # libpng has turned the colour that stands for transparency into a channel that the file does not have.
        deep = deep[..., : 1 if data[_PNG_COLOUR_TYPE] == 0 else 3]
    alpha = deep.shape[2] in (2, 4)
    model: Literal["grey", "rgb"] = "grey" if deep.shape[2] <= 2 else "rgb"
    icc = image.info.get("icc_profile")
    space = colour_space(model, 65535, icc if isinstance(icc, bytes) else None)
    native = Native(model, alpha, space, cast(NDArray[np.uint16], np.ascontiguousarray(deep)))
    return native if alpha or key is None else replace(native, key=_key(key))
