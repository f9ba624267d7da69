"""Krita's files: their tree, their tiles, and that stacked they are the edited photograph."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import photographs
import pytest
from numpy.typing import NDArray
from test_openraster import edited, session_on

from latentedit.generators.toy import ToyGenerator
from latentedit.krita_file import TILE_PX, Place, tiles, write_krita
from latentedit.layers import LayeredPhoto, layered


def untiled(data: bytes, size: tuple[int, int], channels: int, dtype: str) -> NDArray[np.uint16]:
    """Pixels [H, W, C] of a block of tiles, which are not compressed."""
    head, rest = [], data
    for _ in range(5):
        line, _, rest = rest.partition(b"\n")
        head.append(line.decode())
    assert head[:3] == ["VERSION 2", f"TILEWIDTH {TILE_PX}", f"TILEHEIGHT {TILE_PX}"]
    assert head[3] == f"PIXELSIZE {channels * np.dtype(dtype).itemsize}"
    width, height = size
    whole = np.zeros((-(-height // TILE_PX) * TILE_PX, -(-width // TILE_PX) * TILE_PX, channels), dtype)
    for _ in range(int(head[4].split()[1])):
        line, _, rest = rest.partition(b"\n")
        x, y, kind, count = line.decode().split(",")
        assert kind == "LZF" and rest[0] == 0 and int(x) % TILE_PX == 0 == int(y) % TILE_PX
        tile = np.frombuffer(rest[1 : int(count)], dtype).reshape(TILE_PX, TILE_PX, channels)
        whole[int(y) : int(y) + TILE_PX, int(x) : int(x) + TILE_PX] = tile
        rest = rest[int(count) :]
    assert not rest
    return whole[:height, :width].astype(np.uint16)


def stacked(path: Path, picture: LayeredPhoto) -> NDArray[np.float64]:
    """The photograph with all visible layers laid over it through their masks: [H, W, 3]."""
    height, width = picture.photograph.shape[:2]
    dtype = picture.photograph.dtype.newbyteorder("<").str
    peak = float(np.iinfo(picture.photograph.dtype).max)
    with zipfile.ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read("maindoc.xml").partition(b"dtd'>\n")[2])
        space = {"k": "http://www.calligra.org/DTD/krita"}
        result = np.zeros((height, width, 3))
        for layer in reversed(tree.findall(".//k:layer[@nodetype='paintlayer']", space)):
            if layer.get("visible") == "0":
                continue
            name = str(layer.get("filename"))
            pixels = untiled(archive.read(f"photograph/layers/{name}"), (width, height), 4, dtype).astype(float)
            share = pixels[..., 3:] / peak
            mask = layer.find("k:masks/k:mask", space)
            if mask is not None:
                data = archive.read(f"photograph/layers/{mask.get('filename')}.pixelselection")
                share = share * untiled(data, (width, height), 1, "u1") / 255
            result += share * (pixels[..., 2::-1] - result)
    return result


@pytest.mark.parametrize(("label", "tolerance"), [("png-RGB", 0.51), ("jpeg-RGB", 0.51), ("png-16-RGB", 300), ("png-L", 0.51)])
def test_stacked_it_is_the_edited_photograph(label: str, tolerance: float, toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, label), toy, (8, 6, 30), (25, 14, 50)))
    picture = layered(session.scene, each_edit=True)
    write_krita(tmp_path / "x.kra", picture)
    # Krita's masks have 8 bits: of 16-bit photographs the last ones are not exact.
    assert np.abs(stacked(tmp_path / "x.kra", picture) - picture.edited[..., :3]).max() <= tolerance


def test_a_group_for_each_face_and_a_mask_for_each_layer(toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30), (25, 14, 50)))
    picture = layered(session.scene, each_edit=True)
    write_krita(tmp_path / "x.kra", picture, photograph=False, place=Place((100, 50), (300, 200)))
    with zipfile.ZipFile(tmp_path / "x.kra") as archive:
        assert archive.namelist()[0] == "mimetype" and archive.read("mimetype") == b"application/x-krita"
        text = archive.read("maindoc.xml").decode()
    assert (
        text.count('nodetype="grouplayer"') == 2 and 'width="300"' in text and "photograph" not in text.partition("<layers>")[2]
    )
    assert text.count('nodetype="transparencymask"') == text.count('nodetype="paintlayer"') == len(picture.layers)
    assert text.count('visible="0"') == sum(not layer.visible for layer in picture.layers)


@pytest.mark.parametrize(("opacity", "groups"), [(255, 1), (254, 0)])
def test_opacity_that_hides_nothing_needs_no_layers_without_groups(
    opacity: int, groups: int, toy: ToyGenerator, tmp_path: Path
) -> None:
    picture = layered(edited(session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30))).scene)
    alpha = np.full((*picture.photograph.shape[:2], 1), 255, np.uint8)
    alpha[0, 0] = opacity
    write_krita(tmp_path / "x.kra", replace(picture, photograph=np.concatenate([picture.photograph, alpha], axis=2)))
    with zipfile.ZipFile(tmp_path / "x.kra") as archive:
        text = archive.read("maindoc.xml").decode()
    assert text.count('nodetype="grouplayer"') == groups


def test_equal_pictures_are_equal_files(toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30)))
    for name in ("a.kra", "b.kra"):
        write_krita(tmp_path / name, layered(session.scene))
    assert (tmp_path / "a.kra").read_bytes() == (tmp_path / "b.kra").read_bytes()


def test_tiles_lie_on_multiples_of_their_size() -> None:
    pixels = np.arange(70 * 10, dtype=np.uint8).reshape(10, 70, 1)
    back = untiled(tiles(pixels, 60, 100), (200, 200), 1, "u1")
    assert (back[100:110, 60:130, 0] == pixels[..., 0]).all() and back.sum() == pixels.sum()
