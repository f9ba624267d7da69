"""Writing Krita's own layered file (.kra): unlike OpenRaster it has masks, so that what an edit covers can be painted over later.

The layout is that of Krita 4 and 5: a zip that begins with its kind, maindoc.xml (the tree of layers), and for each layer its pixels in tiles of
64 x 64, its profile, and the colour of all pixels that no tile holds. A layer here shows the whole drawn piece, and a transparency mask
of its own shows where.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from latentedit import openraster
from latentedit.atomic_file import replacing
from latentedit.image_io.colour import Samples
from latentedit.layers import PHOTOGRAPH, Layer, LayeredPhoto, colours_and_mask

MIMETYPE = b"application/x-krita"
SUFFIX = ".kra"
TILE_PX = 64
_NAMESPACE = "http://www.calligra.org/DTD/krita"
_DOCTYPE = b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE DOC PUBLIC '-//KDE//DTD krita 2.0//EN' 'http://www.calligra.org/DTD/krita-2.0.dtd'>\n"
_SRGB = "sRGB-elle-V2-srgbtrc.icc"
"""What Krita calls its own sRGB."""
_IMAGE = "photograph"
"""Under what name the zip keeps the layers' files."""
_FAST = 1
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)


def write_krita(
    path: str | Path,
    picture: LayeredPhoto,
    *,
    photograph: bool = True,
    place: Place | None = None,
    mark_ai: bool = True,
) -> None:
    """Write a photograph in layers with masks, one group for each face.

    Args:
        path: where to write; replaced at once when complete.
        picture: the layers.
        photograph: with the photograph as the lowest layer, and the merged picture for who shows it small; without, only the groups, for a
            painting program that has the photograph open.
        place: where in a larger image the photograph lies; for the groups alone.
        mark_ai: note in the XMP metadata of the merged picture that parts were made by a model.

    Raises:
        StorageError: no such folder, no permission, no room.
    """
    height, width = picture.photograph.shape[:2]
    place = place or Place((0, 0), (width, height))
    with replacing(Path(path)) as file, zipfile.ZipFile(file, "w", compresslevel=_FAST) as archive:
        for name, content in _members(picture, photograph, place, mark_ai):
            info = zipfile.ZipInfo(name, _TIMESTAMP)
            info.external_attr = 0o644 << 16
            packed = name not in ("mimetype", "mergedimage.png", "preview.png")
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(info, content)


class Place(NamedTuple):
    """Where in an image the photograph lies: its upper left pixel, and the image's (width, height)."""

    origin: tuple[int, int]
    canvas: tuple[int, int]


@dataclass(frozen=True)
class _Planes:
    """A layer as Krita keeps it.

    Attributes:
        colours: [h, w, 4] BGRA, of the photograph's depth.
        mask: [h, w] uint8; None for a layer without a mask.
        left, top: where they lie.
    """

    colours: Samples
    mask: NDArray[np.uint8] | None
    left: int = 0
    top: int = 0


def _members(picture: LayeredPhoto, photograph: bool, place: Place, mark_ai: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file in the zip, one at a time."""
    yield "mimetype", MIMETYPE
    yield "maindoc.xml", _DOCTYPE + ElementTree.tostring(document(picture, place, photograph=photograph), encoding="UTF-8")
    yield (
        "documentinfo.xml",
        _DOCTYPE.partition(b"\n")[0] + b"\n<document-info xmlns='http://www.calligra.org/DTD/document-info'/>",
    )
    if photograph:
        yield from _files("layer_photograph", _Planes(_opaque_bgra(picture.photograph), None), picture)
    for number, layer in enumerate(picture.layers):
        yield from _files(f"layer{number}", _split(layer, picture, place.origin), picture)
    if picture.carried.icc is not None:
        yield f"{_IMAGE}/annotations/icc", picture.carried.icc
    if photograph:
        yield "mergedimage.png", openraster.merged_png(picture, mark_ai=mark_ai)
        yield "preview.png", openraster.thumbnail_png(picture, mark_ai=mark_ai)


def document(picture: LayeredPhoto, place: Place, *, photograph: bool) -> ElementTree.Element:
    """The tree of layers, topmost first."""
    width, height = place.canvas
    deep = picture.photograph.dtype == np.uint16
    across, down = picture.carried.dpi or (72.0, 72.0)
    root = ElementTree.Element("DOC", xmlns=_NAMESPACE, editor="latentedit", syntaxVersion="2.0", kritaVersion="5.0.0")
    common = {"colorspacename": "RGBA16" if deep else "RGBA", "profile": _profile_name(picture)}
    size = {"width": str(width), "height": str(height), "x-res": f"{across:g}", "y-res": f"{down:g}"}
    image = ElementTree.SubElement(
        root, "IMAGE", {"name": _IMAGE, "mime": "application/x-kra", "description": "", **size, **common}
    )
    tree = ElementTree.SubElement(image, "layers")
    # Over a photograph that is transparent in places, a layer shows only where that is: it keeps the opacity (the last of four channels) of what
    # is below, and a group would hide that from it.
    opaque = np.iinfo(picture.photograph.dtype).max
    see_through = picture.photograph.shape[2] == 4 and bool((picture.photograph[..., 3] < opaque).any())
    common["channelflags"] = "1110" if see_through else ""
    for face, members in groupby(reversed(list(enumerate(picture.layers))), lambda pair: pair[1].face):
        group = tree
        if not see_through:
            group = ElementTree.SubElement(
                tree, "layer", _layer(f"face {face}", "grouplayer", f"group{face}") | {"passthrough": "0"}
            )
            group = ElementTree.SubElement(group, "layers")
        for number, layer in members:
            above = _layer(layer.name, "paintlayer", f"layer{number}", visible=layer.visible) | common
            masks = ElementTree.SubElement(ElementTree.SubElement(group, "layer", above), "masks")
            mask = _layer("where", "transparencymask", f"mask{number}") | {"active": "1"}
            ElementTree.SubElement(masks, "mask", mask)
    if photograph:
        ElementTree.SubElement(
            tree, "layer", _layer(PHOTOGRAPH, "paintlayer", "layer_photograph") | common | {"channelflags": ""}
        )
    return root


def _layer(name: str, kind: str, filename: str, *, visible: bool = True) -> dict[str, str]:
    return {
        "name": name,
        "nodetype": kind,
        "filename": filename,
        "opacity": "255",
        "compositeop": "normal",
        "visible": "1" if visible else "0",
        "locked": "0",
        "x": "0",
        "y": "0",
    }


def _files(name: str, planes: _Planes, picture: LayeredPhoto) -> Iterator[tuple[str, bytes]]:
    folder = f"{_IMAGE}/layers/"
    yield folder + name, tiles(planes.colours, planes.left, planes.top)
    yield folder + name + ".defaultpixel", bytes(planes.colours.dtype.itemsize * 4)
    if picture.carried.icc is not None:
        yield folder + name + ".icc", picture.carried.icc
    if planes.mask is not None:
        mask = folder + name.replace("layer", "mask") + ".pixelselection"
        yield mask, tiles(planes.mask[..., None], planes.left, planes.top)
        yield mask + ".defaultpixel", b"\0"


def _split(layer: Layer, picture: LayeredPhoto, origin: tuple[int, int]) -> _Planes:
    colours, mask = colours_and_mask(layer, picture)
    if mask.dtype == np.uint16:  # Krita's masks always have 8 bits
        mask = np.maximum((mask + np.uint32(128)) // 257, mask > 0)
    return _Planes(_opaque_bgra(colours), mask.astype(np.uint8), layer.left + origin[0], layer.top + origin[1])


def _opaque_bgra(samples: Samples) -> Samples:
    """RGB or RGBA samples in the order that Krita keeps integers in."""
    result = np.full((*samples.shape[:2], 4), np.iinfo(samples.dtype).max, samples.dtype)
    result[..., 2::-1] = samples[..., :3]
    if samples.shape[2] == 4:
        result[..., 3] = samples[..., 3]
    return result


def tiles(pixels: Samples, left: int, top: int) -> bytes:
    """Pixels [h, w, C] as a block of tiles that starts on a multiple of 64; tiles of zeros, which are what a layer has anyway, are left out."""
    height, width, channels = pixels.shape
    before, above = left % TILE_PX, top % TILE_PX
    padded = np.pad(pixels, ((above, -(above + height) % TILE_PX), (before, -(before + width) % TILE_PX), (0, 0)))
    rows, columns = padded.shape[0] // TILE_PX, padded.shape[1] // TILE_PX
    blocks = padded.reshape(rows, TILE_PX, columns, TILE_PX, channels).swapaxes(1, 2)
    size = TILE_PX * TILE_PX * channels * pixels.dtype.itemsize
    parts = []
    for row, column in np.argwhere(blocks.any(axis=(2, 3, 4))):
        x, y = left - before + int(column) * TILE_PX, top - above + int(row) * TILE_PX
        # The byte before the pixels says that they are not compressed: the zip does that.
        parts.append(
            f"{x},{y},LZF,{size + 1}\n".encode() + b"\0" + blocks[row, column].astype(pixels.dtype.newbyteorder("<")).tobytes()
        )
    head = (
        f"VERSION 2\nTILEWIDTH {TILE_PX}\nTILEHEIGHT {TILE_PX}\nPIXELSIZE {channels * pixels.dtype.itemsize}\nDATA {len(parts)}\n"
    )
    return head.encode() + b"".join(parts)


def _profile_name(picture: LayeredPhoto) -> str:
    """What Krita calls the profile; the layers' own files say what it really is."""
    return _SRGB if picture.carried.icc is None else "embedded"
