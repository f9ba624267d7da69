"""Writing OpenRaster (.ora), the layered file that GIMP, Krita, MyPaint and others open.

Baseline of the OpenRaster specification 0.0.6 (openraster.org): a zip that begins with its kind, stack.xml, the layers as PNG files under
data/, the merged picture, and a thumbnail.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from latentedit.atomic_file import replacing
from latentedit.image_io import png_writer, xmp
from latentedit.image_io.colour import ColourSpace, Samples
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import from_array
from latentedit.layers import PHOTOGRAPH, Layer, LayeredPhoto

MIMETYPE = b"image/openraster"
OVER = "svg:src-over"
VERSION = "0.0.6"
THUMBNAIL_PX = 256
_DEFAULT_DPI = (72.0, 72.0)
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that zip knows: equal pictures are equal files


def write_openraster(path: str | Path, picture: LayeredPhoto, *, mark_ai: bool = True) -> None:
    """Write a photograph in layers, one group for each face.

    Args:
        path: where to write; replaced at once when complete.
        picture: the layers.
        mark_ai: note in the XMP metadata of what the generator drew, and of the merged picture, that parts were made by a model.

    Raises:
        StorageError: no such folder, no permission, no room.
    """
    with replacing(Path(path)) as file, zipfile.ZipFile(file, "w") as archive:
        for name, content in _members(picture, mark_ai):
            info = zipfile.ZipInfo(name, _TIMESTAMP)
            info.external_attr = 0o644 << 16
            # PNG is compressed already, and what tells the file's kind must not be.
            info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".xml") else zipfile.ZIP_STORED
            archive.writestr(info, content)


def layer_png(picture: LayeredPhoto, layer: Layer | None, *, mark_ai: bool = True) -> bytes:
    """One layer as a PNG file in the photograph's full size, transparent where it has nothing; None is the photograph itself."""
    if layer is None:
        return _png(picture.photograph, picture.space, picture.carried)
    whole = np.zeros((*picture.photograph.shape[:2], 4), dtype=layer.samples.dtype)
    height, width = layer.samples.shape[:2]
    whole[layer.top : layer.top + height, layer.left : layer.left + width] = layer.samples
    return _png(whole, picture.space, _marked(_plain(picture.carried), mark_ai))


def _members(picture: LayeredPhoto, mark_ai: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file in the zip, one at a time: each may be as large as the photograph."""
    yield "mimetype", MIMETYPE
    yield "stack.xml", stack_xml(picture)
    yield _source(None), _png(picture.photograph, picture.space, picture.carried)
    for number, layer in enumerate(picture.layers):
        yield _source(number), _png(layer.samples, picture.space, _marked(_plain(picture.carried), mark_ai))
    yield "mergedimage.png", merged_png(picture, mark_ai=mark_ai)
    yield "Thumbnails/thumbnail.png", thumbnail_png(picture, mark_ai=mark_ai)


def merged_png(picture: LayeredPhoto, *, mark_ai: bool = True) -> bytes:
    """The edited photograph as a PNG file."""
    return _png(picture.edited, picture.space, _marked(picture.carried, mark_ai and _is_changed(picture)))


def thumbnail_png(picture: LayeredPhoto, *, mark_ai: bool = True) -> bytes:
    """The edited photograph in sRGB, as large as fits in 256 x 256, as a PNG file."""
    return _thumbnail(picture, mark_ai and _is_changed(picture))


def _is_changed(picture: LayeredPhoto) -> bool:
    return any(layer.visible for layer in picture.layers)


def stack_xml(picture: LayeredPhoto) -> bytes:
    """The stack of layers, topmost first: a group for each face; over a photograph with opacity of its own no groups, which would hide from their
    layers what lies below, and each layer only where the photograph is."""
    height, width = picture.photograph.shape[:2]
    across, down = picture.carried.dpi or _DEFAULT_DPI
    image = ElementTree.Element(
        "image", version=VERSION, w=str(width), h=str(height), xres=str(round(across)), yres=str(round(down))
    )
    stack = ElementTree.SubElement(image, "stack")
    numbered = list(enumerate(picture.layers))
    see_through = picture.photograph.shape[2] == 4
    operation = "svg:src-atop" if see_through else OVER
    for face, members in groupby(reversed(numbered), lambda pair: pair[1].face):
        group = stack if see_through else ElementTree.SubElement(stack, "stack", _attributes(f"face {face}", visible=True))
        for number, layer in members:
            place = {"src": _source(number), "x": str(layer.left), "y": str(layer.top)}
            ElementTree.SubElement(group, "layer", _attributes(layer.name, visible=layer.visible, operation=operation) | place)
    place = {"src": _source(None), "x": "0", "y": "0"}
    ElementTree.SubElement(stack, "layer", _attributes(PHOTOGRAPH, visible=True) | place)
    ElementTree.indent(image)
    return bytes(ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True))


def _attributes(name: str, *, visible: bool, operation: str = OVER) -> dict[str, str]:
    shown = "visible" if visible else "hidden"
    return {"name": name, "opacity": "1.0", "visibility": shown, "composite-op": operation}


def _source(number: int | None) -> str:
    return "data/photograph.png" if number is None else f"data/layer{number}.png"


def _png(samples: Samples, space: ColourSpace, carried: Metadata) -> bytes:
    return png_writer.encode(from_array(samples, "rgb", samples.shape[2] == 4, space), carried)


def _plain(carried: Metadata) -> Metadata:
    """What a layer needs of what the photograph carries: how to understand its samples."""
    return Metadata(icc=carried.icc, dpi=carried.dpi)


def _marked(carried: Metadata, mark_ai: bool) -> Metadata:
    return replace(carried, xmp=xmp.marked(carried.xmp, xmp.EDITED)) if mark_ai else carried


def _thumbnail(picture: LayeredPhoto, mark_ai: bool) -> bytes:
    """The merged picture in sRGB, as large as fits in 256 x 256, never enlarged."""
    height, width = picture.edited.shape[:2]
    # Reduced by a whole number first: only what is left is turned into sRGB.
    step = max(max(height, width) // (4 * THUMBNAIL_PX), 1)
    native = from_array(picture.edited[::step, ::step].copy(), "rgb", picture.edited.shape[2] == 4, picture.space)
    small = Image.fromarray(native.to_srgb(native.block((0, 0, *native.size))))
    scale = min(THUMBNAIL_PX / max(height, width), 1)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    pixels = np.asarray(small.resize(size, Image.Resampling.LANCZOS))
    return _png(pixels, ColourSpace("rgb", 255), _marked(Metadata(), mark_ai))
