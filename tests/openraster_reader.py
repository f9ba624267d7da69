"""A strict reader of OpenRaster, written from the specification (openraster.org, baseline 0.0.6) and not from the writer: whatever the
specification does not allow fails."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import imagecodecs
import numpy as np
from numpy.typing import NDArray

_LAYER_ATTRIBUTES = {"name", "src", "x", "y", "opacity", "visibility", "composite-op", "edit-locked", "selected"}
_STACK_ATTRIBUTES = {"name", "x", "y", "opacity", "visibility", "composite-op", "isolation", "selected"}
_COLOUR_TYPES = {2: 3, 6: 4}


@dataclass(frozen=True)
class Png:
    """A PNG file's samples [H, W, 3 or 4] and its chunks by name."""

    samples: NDArray[np.generic]
    chunks: dict[str, bytes]

    @property
    def peak(self) -> int:
        return int(np.iinfo(self.samples.dtype).max)


@dataclass(frozen=True)
class ReadLayer:
    """A layer as the file has it; ``groups`` are the names of the stacks around it, outermost first."""

    name: str
    left: int
    top: int
    visible: bool
    png: Png
    groups: tuple[str, ...]
    operation: str


@dataclass(frozen=True)
class OpenRaster:
    """What the file holds, layers lowest first."""

    width: int
    height: int
    layers: tuple[ReadLayer, ...]
    merged: Png
    thumbnail: Png

    def flattened(self) -> NDArray[np.float64]:
        """Visible layers over each other, [H, W, 3] in [0, 1], on black."""
        picture = np.zeros((self.height, self.width, 3))
        for layer in self.layers:
            if not layer.visible:
                continue
            values = layer.png.samples / layer.png.peak
            alpha = values[..., 3:] if values.shape[2] == 4 else np.ones((*values.shape[:2], 1))
            place = np.s_[layer.top : layer.top + values.shape[0], layer.left : layer.left + values.shape[1]]
            picture[place] += alpha * (values[..., :3] - picture[place])
        return picture


def read_openraster(path: Path) -> OpenRaster:
    data = path.read_bytes()
    # A zip begins with its first file: its name at byte 30, directly followed by the content, so that tools can tell the kind.
    assert data[:4] == b"PK\x03\x04" and struct.unpack_from("<HH", data, 26) == (8, 0)
    assert data[30:54] == b"mimetypeimage/openraster"
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        assert archive.testzip() is None
        names = [info.filename for info in infos]
        assert names[0] == "mimetype" and infos[0].compress_type == zipfile.ZIP_STORED and infos[0].header_offset == 0
        assert len(set(names)) == len(names)
        assert {info.compress_type for info in infos} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        files = {name: archive.read(name) for name in names}
    assert files["mimetype"] == b"image/openraster"
    assert {"stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"} <= files.keys()
    width, height, layers = _read_stack(files)
    merged, thumbnail = _read_png(files["mergedimage.png"]), _read_png(files["Thumbnails/thumbnail.png"])
    assert merged.samples.shape[:2] == (height, width)
    assert thumbnail.samples.dtype == np.uint8
    longest = max(thumbnail.samples.shape[:2])
    assert longest == min(256, max(width, height))
    assert abs(thumbnail.samples.shape[0] / longest - height / max(width, height)) <= 0.5 / longest + 1e-9
    return OpenRaster(width, height, layers, merged, thumbnail)


def _read_stack(files: dict[str, bytes]) -> tuple[int, int, tuple[ReadLayer, ...]]:
    files["stack.xml"].decode("utf-8")
    image = ElementTree.fromstring(files["stack.xml"])
    assert image.tag == "image" and image.attrib["version"] == "0.0.6"
    assert set(image.attrib) <= {"version", "w", "h", "xres", "yres", "name"}
    width, height = int(image.attrib["w"]), int(image.attrib["h"])
    assert min(width, height, int(image.attrib["xres"]), int(image.attrib["yres"])) > 0
    (root,) = image
    assert root.tag == "stack" and not {"x", "y"} & set(root.attrib)
    layers = tuple(_layers(root, (), files))
    used = {layer.attrib["src"] for layer in root.iter("layer")}
    assert used == {name for name in files if name.startswith("data/")}
    assert set(files) == used | {"mimetype", "stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"}
    return width, height, layers


def _layers(stack: ElementTree.Element, groups: tuple[str, ...], files: dict[str, bytes]) -> list[ReadLayer]:
    """Lowest first; in the file the topmost comes first."""
    found: list[ReadLayer] = []
    for element in reversed(stack):
        assert element.tag in ("stack", "layer")
        assert set(element.attrib) <= (_STACK_ATTRIBUTES if element.tag == "stack" else _LAYER_ATTRIBUTES)
        assert element.attrib.get("visibility", "visible") in ("visible", "hidden")
        assert float(element.attrib.get("opacity", "1")) == 1
        operation = element.attrib.get("composite-op", "svg:src-over")
        assert operation in ("svg:src-over", "svg:src-atop")
        if element.tag == "stack":
            found += _layers(element, (*groups, element.attrib["name"]), files)
            continue
        assert not len(element) and element.attrib["src"].endswith(".png")
        visible = element.attrib.get("visibility", "visible") == "visible"
        left, top = int(element.attrib.get("x", "0")), int(element.attrib.get("y", "0"))
        found.append(
            ReadLayer(element.attrib["name"], left, top, visible, _read_png(files[element.attrib["src"]]), groups, operation)
        )
    return found


def _read_png(data: bytes) -> Png:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks: dict[str, bytes] = {}
    position, last = 8, ""
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name, content = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        (crc,) = struct.unpack_from(">I", data, position + 8 + length)
        assert crc == zlib.crc32(name + content)
        last = name.decode("ascii")
        chunks[last] = chunks.get(last, b"") + content
        position += 12 + length
    assert last == "IEND"
    width, height, bits, colour_type, compression, filtering, interlacing = struct.unpack(">IIBBBBB", chunks["IHDR"])
    assert bits in (8, 16) and colour_type in _COLOUR_TYPES and (compression, filtering, interlacing) == (0, 0, 0)
    samples = np.asarray(imagecodecs.png_decode(data))
    assert samples.shape == (height, width, _COLOUR_TYPES[colour_type]) and samples.itemsize * 8 == bits
    return Png(samples, chunks)
