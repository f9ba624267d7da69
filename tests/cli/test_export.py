"""``latentedit export`` and the masks of ``latentedit edit``, end to end with the toy generator."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from openraster_reader import read_openraster
from PIL import Image, ImageFilter

from latentedit.cli.app import run
from latentedit.engine import random_face
from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.generators.toy import ToyGenerator, toy_spec
from latentedit.images import Photo, open_photo
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace, load_project, save_project
from latentedit.session import Session

WIDTH, HEIGHT = 160, 120


def project_of(photo: Photo, path: Path, toy: ToyGenerator) -> None:
    """A project whose one face, in the middle, is projected to a random latent."""
    left, top, side = photo.width / 2 - 40.0, photo.height / 2 - 40.0, 80.0
    quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * side + [left, top]
    landmarks = np.random.default_rng(0).uniform(0.3, 0.7, (68, 2)) * side + [left, top]
    face = ProjectFace(
        (int(left), int(top), int(left + side), int(top + side)), landmarks, quad, FaceLatents(random_face(toy, 1).numpy())
    )
    session = Session(photo)
    session.set_faces([Face(0, face.box, landmarks, quad, photo)])
    save_project(path, Project(photo.name, photo.data, GeneratorIdentity.of(toy_spec()), (face,), session.history))


def shading() -> NDArray[np.uint8]:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.stack([60 + x, 200 - y, 90 + (x + y) // 3], 2).astype(np.uint8)


def painted(width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.uint8]:
    """A disc and a soft stroke, off the middle of the photograph."""
    y, x = np.mgrid[:height, :width]
    disc = np.hypot(x - width / 2 + 12, y - height / 2 - 6) < 17
    stroke = (np.abs(x - width / 2 - 15) < 6) & (np.abs(y - height / 2) < 25)
    return (disc * 255 + stroke * 128).clip(0, 255).astype(np.uint8)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy: ToyGenerator) -> Path:
    """Where the commands run: with ``photo.ledit``, a mask, and a direction file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    Image.fromarray(shading()).save("photo.png")
    project_of(open_photo("photo.png"), Path("photo.ledit"), toy)
    Image.fromarray(painted()).save("mask.png")
    np.save("grin.npy", np.random.default_rng(1).standard_normal(16).astype(np.float32))
    return tmp_path


def edit(*words: str) -> None:
    assert run(["edit", *words, "--device", "cpu"]) == 0


def pixels(path: str | Path) -> NDArray[np.uint8]:
    return open_photo(path).rgb_uint8


def told(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run([*words, "--device", "cpu"]) == code
    error = capsys.readouterr().err
    assert error.startswith("error: ") and len(error.splitlines()) <= 2
    return error


def test_a_project_as_layers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", "grin.npy=2", "-o", "new.ledit")
    edit("new.ledit", "-o", "new.png")
    assert run(["export", "new.ledit", "-o", "new.ora", "--json", "--device", "cpu"]) == 0
    document = json.loads(capsys.readouterr().out)
    read = read_openraster(Path("new.ora"))
    assert [entry["name"] for entry in document["layers"]] == [layer.name for layer in reversed(read.layers)]
    assert document["layers"][0]["name"] == "face 0: grin +2"
    assert np.abs(np.rint(read.flattened() * 255) - pixels("new.png")).max() <= 1
    assert run(["export", "new.ledit", "-o", "merged.png", "--device", "cpu"]) == 0
    assert np.array_equal(pixels("merged.png"), pixels("new.png"))


def test_the_way_to_gimp_2_that_the_documents_tell_brings_the_edit(folder: Path) -> None:
    """All of its lines but the first, which learns the face; the toy generator has no smile."""
    text = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
    block = text.split("## In GIMP 2.10")[1].split("```")[1]
    project, *lines = [line.split() for line in block.strip().splitlines()]
    assert project == ["latentedit", "project", "photo.jpg"]
    for line in lines:
        words = ["grin.npy=2" if word == "smile=2" else word for word in line[1:]]
        assert run([*words, "--device", "cpu"]) == 0
    assert "face 0: grin +2" in [layer.name for layer in read_openraster(Path("photo.ora")).layers]


def test_one_layer_lies_where_it_belongs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", "grin.npy=2", "-o", "new.ledit")
    capsys.readouterr()
    assert run(["export", "new.ledit", "--list", "--device", "cpu"]) == 0
    assert capsys.readouterr().out.splitlines() == ["face 0: grin +2", "photograph"]
    assert run(["export", "new.ledit", "-o", "layer.png", "--layer", "face 0: grin +2", "--device", "cpu"]) == 0
    with Image.open("layer.png") as layer:
        assert layer.mode == "RGBA" and layer.size == (WIDTH, HEIGHT)
        laid = Image.alpha_composite(Image.fromarray(shading()).convert("RGBA"), layer)
    edit("new.ledit", "-o", "new.png")
    assert np.abs(np.asarray(laid)[..., :3].astype(int) - pixels("new.png")).max() <= 1
    assert run(["export", "new.ledit", "-o", "photo2.png", "--layer", "photograph", "--device", "cpu"]) == 0
    assert np.array_equal(pixels("photo2.png"), shading())


@pytest.mark.parametrize("words", [[], ["--no-mark"]])
def test_files_say_what_the_model_did_unless_it_is_not_wanted(words: list[str], folder: Path) -> None:
    edit("photo.ledit", "--set", "grin.npy=2", "-o", "new.ledit")
    edit("new.ledit", "-o", "new.png", *words)
    edit("new.ledit", "-o", "crop.png", "--crop", *words)
    assert run(["export", "new.ledit", "-o", "new.ora", "--device", "cpu", *words]) == 0
    assert run(["export", "new.ledit", "-o", "merged.png", "--device", "cpu", *words]) == 0
    assert run(["export", "new.ledit", "-o", "layer.png", "--layer", "face 0: grin +2", "--device", "cpu", *words]) == 0
    sweep = ["morph", "new.ledit", "--sweep", "grin=-1:1", "--frames", "2", "--size", "16", "--device", "cpu"]
    assert run([*sweep, "-o", "film.webp", *words]) == 0 and run([*sweep, "-o", "film.gif", *words]) == 0
    assert run(["generate", "--seeds", "1", "--generator", "toy", "-o", "seed.png", "--device", "cpu", *words]) == 0
    with zipfile.ZipFile("new.ora") as archive:
        drawn = [archive.read(name) for name in ("data/layer0.png", "mergedimage.png", "Thumbnails/thumbnail.png")]
    files = ["new.png", "crop.png", "merged.png", "layer.png", "film.webp", "film.gif", "seed.png"]
    drawn += [Path(name).read_bytes() for name in files]
    for data in drawn:
        assert (b"rainedAlgorithmicMedia" in data) == (not words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["photo.ledit"], 2),
        (["photo.ledit", "-o", "x.jpg"], 2),
        (["photo.ledit", "-o", "x.ora", "--layer", "photograph"], 2),
        (["photo.ledit", "-o", "x.png", "--layer", "nobody"], 2),
        (["photo.png", "-o", "x.ora"], 2),
        (["missing.ledit", "-o", "x.ora"], 3),
        (["photo.ledit", "-o", "missing/x.ora"], 4),
        (["photo.ledit", "-o", "."], 4),
        ([".", "-o", "x.ora"], 3),
    ],
)
def test_what_cannot_be_exported_is_told(words: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(["export", *words], code, capsys)
    assert not list(folder.glob("x.*"))


def test_a_project_without_a_projected_face_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = load_project("photo.ledit")
    save_project("bare.ledit", Project(old.photo_name, old.photo_data, None, (), Session(open_photo("photo.png")).history))
    assert "no projected face" in told(["export", "bare.ledit", "-o", "x.ora"], 2, capsys)


@pytest.mark.parametrize("region", ["face", "skin", "hair", "head", "square", "mouth", "background"])
@pytest.mark.parametrize("inverted", [False, True])
def test_only_the_mask_goes_back(region: str, inverted: bool, folder: Path) -> None:
    flag = ["--invert-mask"] if inverted else []
    edit("photo.ledit", "--set", "grin.npy=3", "--mask", region, *flag, "--feather", "0.03", "-o", "new.ledit")
    compositing = load_project("new.ledit").state.faces[0].compositing
    assert (compositing.region, compositing.inverted, compositing.feather) == (region, inverted, 0.03)
    edit("new.ledit", "-o", "new.png")
    changed = (pixels("new.png") != shading()).any(axis=2)
    ys, xs = np.nonzero(changed)
    if region == "square" and inverted:
        assert not changed.any()
    else:
        assert ys.min() >= 20 and ys.max() <= 100 and xs.min() >= 40 and xs.max() <= 120
    edit("new.ledit", "--mask", "auto", "-o", "auto.ledit")
    assert load_project("auto.ledit").state.faces[0].compositing.region is None


def turned_jpeg() -> bytes:
    exif, buffer = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.fromarray(shading()).save(buffer, "JPEG", quality=95, exif=exif)
    return buffer.getvalue()


def turned_deep_tiff() -> bytes:
    deep = shading().astype(np.uint16) * 257 + np.random.default_rng(0).integers(-99, 99, (HEIGHT, WIDTH, 3))
    buffer = io.BytesIO()
    tifffile.imwrite(
        buffer, deep.clip(0, 65535).astype(np.uint16), photometric="rgb", metadata=None, extratags=[(274, 3, 1, 8, True)]
    )
    return buffer.getvalue()


def plain_png() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(shading()).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["residual", "seamless", "replace"])
@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize(("name", "make"), [("a.png", plain_png), ("a.jpg", turned_jpeg), ("a.tif", turned_deep_tiff)])
def test_outside_of_a_painted_mask_every_sample_stays(
    name: str, make: Callable[[], bytes], mode: str, inverted: bool, folder: Path, toy: ToyGenerator
) -> None:
    Path(name).write_bytes(make())
    photo = open_photo(name)
    project_of(photo, Path("x.ledit"), toy)
    mask = painted(*photo.size)
    Image.fromarray(mask).save("own.png")
    flag = ["--invert-mask"] if inverted else []
    edit("x.ledit", "--set", "grin.npy=3", "--mode", mode, "--mask", "own.png", *flag, "-o", "new.ledit")
    edit("new.ledit", "-o", f"new{Path(name).suffix}")
    again = open_photo(f"new{Path(name).suffix}")
    outside = (mask == 255) if inverted else (mask == 0)
    if name.endswith(".tif"):
        # The samples as they are stored, turned upright by the reader's rule for orientation 8.
        before, after = (np.rot90(tifffile.imread(io.BytesIO(one.data))) for one in (photo, again))
        assert after.dtype == np.uint16
    elif name.endswith(".jpg"):
        # Whole blocks of 16 pixels are coded, and chroma is smoothed one pixel beside them.
        near = np.asarray(Image.fromarray((~outside * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(2 * 17 + 1)))
        outside = near == 0
        before, after = photo.rgb_uint8, again.rgb_uint8
    else:
        before, after = photo.rgb_uint8, again.rgb_uint8
    assert np.array_equal(before[outside], after[outside])
    assert (before[~outside] != after[~outside]).any()


def test_a_painted_mask_is_undone_and_travels(folder: Path) -> None:
    edit("photo.ledit", "--set", "grin.npy=3", "--mask", "mask.png", "-o", "new.ledit")
    edit("new.ledit", "-o", "one.png")
    Path("mask.png").unlink()
    edit("new.ledit", "-o", "two.png")
    assert np.array_equal(pixels("one.png"), pixels("two.png"))
    session = Session.open("new.ledit", device="cpu")
    with_mask = session.render_uint8()
    session.undo()
    without = session.render_uint8()
    assert (with_mask != without).any()
    session.save("undone.ledit")
    again = Session.open("undone.ledit", device="cpu")
    assert np.array_equal(again.render_uint8(), without)
    again.redo()
    assert np.array_equal(again.render_uint8(), with_mask)


def test_an_edit_is_confined_to_paint(folder: Path) -> None:
    edit("photo.ledit", "--set", "grin.npy=3@mask.png", "-o", "new.ledit")
    (entry,) = load_project("new.ledit").state.faces[0].edits
    assert entry.mask is not None and entry.mask.region.startswith("brush:")
    edit("new.ledit", "-o", "new.png")
    edit("photo.ledit", "--set", "grin.npy=3", "-o", "all.png")
    assert 0 < (pixels("new.png") != shading()).any(axis=2).sum() < (pixels("all.png") != shading()).any(axis=2).sum()


def test_transparent_paint_is_black(folder: Path) -> None:
    rgba = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    rgba[..., :3], rgba[..., 3] = 255, painted()
    Image.fromarray(rgba).save("clear.png")
    for name in ("clear", "mask"):
        edit("photo.ledit", "--set", "grin.npy=3", "--mask", f"{name}.png", "-o", f"{name}-edited.png")
    assert np.array_equal(pixels("clear-edited.png"), pixels("mask-edited.png"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--mask", "nose-ring"], 2, "no region"),
        (["--mask", "small.png"], 3, "10 x 10 pixels, the photograph 160 x 120"),
        (["--mask", "black.png"], 2, "black over every chosen face"),
        (["--mask", "grin.npy"], 3, "not an image"),
        (["--mask", "brush:" + "0" * 64], 2, "painted mask"),
        (["--invert-mask"], 2, "needs a mask"),
        (["--mask", "auto", "--invert-mask"], 2, "needs a mask"),
        (["--mask", "hair", "--feather", "0.7"], 2, ""),
        (["--set", "grin.npy=1@small.png"], 3, "10 x 10"),
        (["--set", "grin.npy=1@nothing.png"], 2, "no file"),
    ],
)
def test_masks_that_cannot_be_are_told(
    words: list[str], code: int, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("L", (10, 10), 255).save("small.png")
    Image.new("L", (WIDTH, HEIGHT)).save("black.png")
    assert said in told(["edit", "photo.ledit", "--set", "grin.npy=1", *words, "-o", "x.png"], code, capsys)
    assert not Path("x.png").exists()


def test_a_deep_photograph_has_deep_layers(folder: Path, toy: ToyGenerator) -> None:
    Path("a.tif").write_bytes(turned_deep_tiff())
    project_of(open_photo("a.tif"), Path("x.ledit"), toy)
    edit("x.ledit", "--set", "grin.npy=2", "-o", "new.ledit")
    assert run(["export", "new.ledit", "-o", "x.ora", "--device", "cpu"]) == 0
    with zipfile.ZipFile("x.ora") as archive:
        bottom = np.asarray(imagecodecs.png_decode(archive.read("data/photograph.png")))
    assert bottom.dtype == np.uint16
    assert np.array_equal(bottom, np.rot90(tifffile.imread("a.tif")))


def test_without_edits_there_is_the_photograph_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "photo.ledit", "--list", "--json", "--device", "cpu"]) == 0
    assert [entry["name"] for entry in json.loads(capsys.readouterr().out)["layers"]] == ["photograph"]
