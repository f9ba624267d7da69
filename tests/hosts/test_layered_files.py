"""Layered files that the engine writes, as Krita and GIMP see them: names, masks, blend modes, and the picture, sample by sample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import photographs
import pytest
from PIL import Image
from test_openraster import edited, session_on

from latentedit.generators.toy import ToyGenerator
from latentedit.krita_file import write_krita
from latentedit.layers import LayeredPhoto, layered
from latentedit.openraster import write_openraster

from .conftest import INSIDE, Host

pytestmark = pytest.mark.hosts
NAMES = ["face 0: smile +1.5, age -1", "face 1: smile +1.5, age -1"]


@pytest.fixture
def picture(toy: ToyGenerator, tmp_path: Path) -> LayeredPhoto:
    session = edited(session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30), (25, 14, 50)))
    return layered(session.scene)


def seen_by(host: Host, script: str, file: Path, folder: Path) -> dict[str, Any]:
    run = host.run(INSIDE / script, file, folder)
    assert run.returncode == 0, run.stdout + run.stderr
    seen: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
    return seen


def test_krita_sees_groups_layers_and_masks(krita: Host, picture: LayeredPhoto, tmp_path: Path) -> None:
    write_krita(tmp_path / "x.kra", picture)
    seen = seen_by(krita, "krita_files.py", tmp_path / "x.kra", tmp_path)
    below, *groups = seen["tree"]
    assert below[:2] == ["photograph", "paintlayer"] and [group[:2] for group in groups] == [
        ["face 0", "grouplayer"],
        ["face 1", "grouplayer"],
    ]
    layers = [layer for group in groups for layer in group[4]]
    assert [layer[:4] for layer in layers] == [[name, "paintlayer", True, "normal"] for name in NAMES]
    assert all([mask[1] for mask in layer[4]] == ["transparencymask"] for layer in layers)
    drawn = np.fromfile(tmp_path / "seen.raw", np.uint8).reshape(*picture.edited.shape[:2], 4)[..., 2::-1]
    assert np.abs(drawn.astype(int) - picture.edited).max() <= 1


def test_krita_opens_openraster(krita: Host, picture: LayeredPhoto, tmp_path: Path) -> None:
    write_openraster(tmp_path / "x.ora", picture)
    seen = seen_by(krita, "krita_files.py", tmp_path / "x.ora", tmp_path)
    below, *groups = seen["tree"]
    assert below[0] == "photograph" and [group[0] for group in groups] == ["face 0", "face 1"]
    assert [[layer[0], layer[3]] for group in groups for layer in group[4]] == [[name, "normal"] for name in NAMES]
    drawn = np.fromfile(tmp_path / "seen.raw", np.uint8).reshape(*picture.edited.shape[:2], 4)[..., 2::-1]
    assert np.abs(drawn.astype(int) - picture.edited).max() <= 1


def test_gimp_opens_openraster(gimp: Host, picture: LayeredPhoto, tmp_path: Path) -> None:
    write_openraster(tmp_path / "x.ora", picture)
    seen = seen_by(gimp, "gimp_files.py", tmp_path / "x.ora", tmp_path)
    below, *groups = seen["tree"]
    assert below[0] == "photograph" and [group[0] for group in groups] == ["face 0", "face 1"]
    assert [layer[0] for group in groups for layer in group[3]] == NAMES
    drawn = np.fromfile(tmp_path / "seen.raw", np.uint8).reshape(*picture.edited.shape[:2], 3)
    # GIMP lays layers over in linear light, which moves colours where a layer is half transparent.
    solid = np.ones(drawn.shape[:2], bool)
    for layer in picture.layers:
        height, width = layer.samples.shape[:2]
        opacity = layer.samples[..., 3]
        solid[layer.top : layer.top + height, layer.left : layer.left + width] &= (opacity == 0) | (opacity == 255)
    assert solid.any() and np.abs(drawn.astype(int) - picture.edited)[solid].max() <= 1


def test_krita_keeps_the_photographs_profile(krita: Host, toy: ToyGenerator, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, "png-RGB")
    profile = Path("/usr/share/color/icc/krita/ClayRGB-elle-V2-g22.icc").read_bytes()
    with Image.open(source) as photograph:
        photograph.save(tmp_path / "wide.png", icc_profile=profile)
    picture = layered(edited(session_on(tmp_path / "wide.png", toy, (8, 6, 30))).scene)
    write_krita(tmp_path / "x.kra", picture)
    seen = seen_by(krita, "krita_files.py", tmp_path / "x.kra", tmp_path)
    assert "ClayRGB" in seen["profile"]
    drawn = np.fromfile(tmp_path / "seen.raw", np.uint8).reshape(*picture.edited.shape[:2], 4)[..., 2::-1]
    assert np.abs(drawn.astype(int) - picture.edited).max() <= 1
