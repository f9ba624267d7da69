"""OpenRaster files: as the specification wants them, and stacked they are the edited photograph."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import photographs
import pytest
import torch
from openraster_reader import read_openraster
from PIL import Image

from latentedit.directions import Direction
from latentedit.edits import Compositing, CompositingMode, SetAmount, SetCompositing, SetMix
from latentedit.engine import Engine, random_face
from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.generators.toy import ToyGenerator
from latentedit.images import open_photo, write_edited
from latentedit.layers import PHOTOGRAPH, layered
from latentedit.openraster import write_openraster
from latentedit.project_file import GeneratorIdentity
from latentedit.session import Session
from latentedit.session_face import SessionFace

MARK = b"compositeWithTrainedAlgorithmicMedia"


def session_on(path: Path, toy: ToyGenerator, *places: tuple[float, float, float]) -> Session:
    """A session on a photograph with faces (left, top, side) projected to random latents."""
    vector = torch.randn(16, generator=torch.Generator().manual_seed(0))
    known = {"smile": Direction("smile", vector), "age": Direction("age", vector.flip(0))}
    engine = Engine(resolve_direction=lambda name, spec: known[name])
    session = Session(open_photo(path), generator=toy, engine=engine)
    faces = []
    for index, (left, top, side) in enumerate(places):
        quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * side + [left, top]
        landmarks = np.random.default_rng(index).uniform(0.25, 0.75, (68, 2)) * side + [left, top]
        box = (int(left), int(top), int(left + side), int(top + side))
        faces.append(Face(index, box, landmarks, quad, session.photo))
    session.set_faces(faces)
    session._identity = GeneratorIdentity.of(toy.spec)
    session._faces = tuple(
        SessionFace(known.face, FaceLatents(random_face(toy, index).numpy())) for index, known in enumerate(session.faces)
    )
    return session


def edited(session: Session, mode: CompositingMode = "residual") -> Session:
    for index in range(len(session.faces)):
        session.do(SetAmount(index, "smile", 1.5))
        session.do(SetAmount(index, "age", -1.0))
        session.do(SetCompositing(index, Compositing(mode)))
    return session


@pytest.mark.parametrize(
    "label",
    ["png-RGB", "png-16-RGB", "tiff-16-RGB", "png-L", "png-16-L", "png-P", "png-1", "jpeg-RGB", "jpeg-CMYK", "gif", "png-key"],
)
@pytest.mark.parametrize("mode", ["residual", "replace"])
def test_stacked_it_is_the_edited_photograph(label: str, mode: CompositingMode, toy: ToyGenerator, tmp_path: Path) -> None:
    # Two faces that overlap, one of them half outside.
    session = edited(session_on(photographs.make(tmp_path, label), toy, (8, 6, 30), (25, 14, 50)), mode)
    write_openraster(tmp_path / "x.ora", layered(session.scene))
    read = read_openraster(tmp_path / "x.ora")
    wanted = np.asarray(session.render())
    assert (read.height, read.width, 3) == wanted.shape
    assert [layer.name for layer in read.layers] == [
        PHOTOGRAPH,
        "face 0: smile +1.5, age -1",
        "face 1: smile +1.5, age -1",
    ]
    grouped = label != "png-key"  # a group would hide from its layers where the photograph is transparent
    assert [layer.groups for layer in read.layers] == [(), *((("face 0",), ("face 1",)) if grouped else ((), ()))]
    assert {layer.operation for layer in read.layers[1:]} == {"svg:src-over" if grouped else "svg:src-atop"}
    opaque = np.ones(wanted.shape[:2], bool)
    if label == "png-key":  # what is transparent does not change
        opaque = np.asarray(read.layers[0].png.samples)[..., 3] > 0
    assert np.abs(np.rint(read.flattened() * 255) - wanted)[opaque].max() <= 1
    merged = np.asarray(read.merged.samples)[..., :3] / read.merged.peak * 255
    assert np.abs(np.rint(merged) - wanted)[opaque].max() <= 1
    deep = label in ("png-16-RGB", "tiff-16-RGB", "png-16-L")
    assert {layer.png.samples.dtype for layer in read.layers} == {np.dtype(np.uint16 if deep else np.uint8)}
    for layer in read.layers[1:]:
        assert layer.png.samples.shape[2] == 4
        assert layer.left >= 0 and layer.left + layer.png.samples.shape[1] <= read.width
        alpha = np.asarray(layer.png.samples)[..., 3]
        assert alpha[0].any() and alpha[-1].any() and alpha[:, 0].any() and alpha[:, -1].any()  # cropped to what it has


@pytest.mark.parametrize("label", ["png-RGB-icc", "tiff-16-RGB-icc", "jpeg-RGB-icc"])
def test_profiles_are_kept_in_every_layer(label: str, toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, label), toy, (8, 6, 30)))
    write_openraster(tmp_path / "x.ora", layered(session.scene))
    read = read_openraster(tmp_path / "x.ora")
    for png in (read.merged, *(layer.png for layer in read.layers)):
        assert "iCCP" in png.chunks
    # In the photograph's own space the stack is what `edit` writes.
    flattened = read.flattened() * read.merged.peak
    assert np.abs(flattened - np.asarray(read.merged.samples)).max() <= 1.01
    if label != "jpeg-RGB-icc":
        own = tmp_path / f"own{session.photo.path.suffix}"  # type: ignore[union-attr]
        write_edited(session.photo, session.patches(), own)
        reopened = layered(Session(open_photo(own)).scene)
        assert np.array_equal(reopened.photograph, np.asarray(read.merged.samples))


def test_opacity_is_kept(toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, "png-RGBA"), toy, (8, 6, 30)))
    write_openraster(tmp_path / "x.ora", layered(session.scene))
    read = read_openraster(tmp_path / "x.ora")
    with Image.open(tmp_path / "png-RGBA.png") as original:
        assert np.array_equal(np.asarray(read.layers[0].png.samples), np.asarray(original))
        assert np.array_equal(np.asarray(read.merged.samples)[..., 3], np.asarray(original)[..., 3])
    assert {(layer.operation, layer.groups) for layer in read.layers[1:]} == {("svg:src-atop", ())}
    stacked = np.asarray(read.layers[0].png.samples)[..., :3].astype(float)
    for layer in read.layers[1:]:  # atop: the colours as ever, the opacity of what is below
        above = np.asarray(layer.png.samples).astype(float)
        place = np.s_[layer.top : layer.top + above.shape[0], layer.left : layer.left + above.shape[1]]
        stacked[place] += above[..., 3:] / 255 * (above[..., :3] - stacked[place])
    shown = np.asarray(read.merged.samples)[..., 3] > 0
    assert np.abs(stacked - np.asarray(read.merged.samples)[..., :3])[shown].max() <= 1.01


def test_layers_of_one_name_are_told_apart(toy: ToyGenerator, tmp_path: Path) -> None:
    session = session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30))
    for instance in (0, 1):
        session.do(SetMix(0, "seed:7", 1.0, (6, 7), instance))
    names = [layer.name for layer in layered(session.scene, each_edit=True).layers]
    assert len(names) == 3 == len(set(names)) and sum(name.endswith(" (2)") for name in names) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_originals_stand_upright(orientation: int, toy: ToyGenerator, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(photographs.picture()).save(tmp_path / "a.jpg", quality=95, exif=exif)
    session = edited(session_on(tmp_path / "a.jpg", toy, (5, 6, 30)))
    write_openraster(tmp_path / "x.ora", layered(session.scene))
    read = read_openraster(tmp_path / "x.ora")
    assert (read.width, read.height) == session.photo.size
    assert np.array_equal(np.asarray(read.layers[0].png.samples), session.photo.rgb_uint8)
    assert np.abs(np.rint(read.flattened() * 255) - np.asarray(session.render())).max() <= 1
    with Image.open(io.BytesIO(_member(tmp_path / "x.ora", "mergedimage.png"))) as merged:
        assert merged.getexif().get(0x0112, 1) == 1


def _member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


@pytest.mark.parametrize("mark", [True, False])
def test_what_the_model_drew_is_marked_unless_it_is_not_wanted(mark: bool, toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30)))
    write_openraster(tmp_path / "x.ora", layered(session.scene), mark_ai=mark)
    read = read_openraster(tmp_path / "x.ora")
    assert (MARK in read.merged.chunks.get("iTXt", b"")) == mark
    assert (MARK in read.layers[1].png.chunks.get("iTXt", b"")) == mark
    assert MARK not in read.layers[0].png.chunks.get("iTXt", b"")


def test_each_edit_alone_is_a_hidden_layer(toy: ToyGenerator, tmp_path: Path) -> None:
    path = photographs.make(tmp_path, "png-RGB")
    session = edited(session_on(path, toy, (8, 6, 30)))
    write_openraster(tmp_path / "x.ora", layered(session.scene, each_edit=True))
    read = read_openraster(tmp_path / "x.ora")
    shown = {layer.name: layer.visible for layer in read.layers}
    assert shown == {
        PHOTOGRAPH: True,
        "face 0: smile +1.5 alone": False,
        "face 0: age -1 alone": False,
        "face 0: smile +1.5, age -1": True,
    }
    assert np.abs(np.rint(read.flattened() * 255) - np.asarray(session.render())).max() <= 1
    alone = session_on(path, toy, (8, 6, 30))
    alone.do(SetAmount(0, "smile", 1.5))
    wanted = {layer.name: layer for layer in layered(alone.scene).layers}["face 0: smile +1.5"]
    (one,) = (layer for layer in read.layers if layer.name == "face 0: smile +1.5 alone")
    assert np.array_equal(np.asarray(one.png.samples), wanted.samples)


def test_without_edits_it_is_the_photograph_alone(toy: ToyGenerator, tmp_path: Path) -> None:
    session = session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30))
    session.do(SetAmount(0, "smile", 0.0))
    write_openraster(tmp_path / "x.ora", layered(session.scene))
    read = read_openraster(tmp_path / "x.ora")
    assert [layer.name for layer in read.layers] == [PHOTOGRAPH]
    assert np.array_equal(np.asarray(read.merged.samples), session.photo.rgb_uint8)
    assert MARK not in read.merged.chunks.get("iTXt", b"")


def test_equal_pictures_are_equal_files(toy: ToyGenerator, tmp_path: Path) -> None:
    session = edited(session_on(photographs.make(tmp_path, "png-RGB"), toy, (8, 6, 30)))
    for name in ("a.ora", "b.ora"):
        write_openraster(tmp_path / name, layered(session.scene))
    assert (tmp_path / "a.ora").read_bytes() == (tmp_path / "b.ora").read_bytes()
