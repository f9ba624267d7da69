"""``latentedit edit`` with directions from files, end to end with the toy generator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from latentedit.cli.app import run
from latentedit.edits import Compositing, DirectionEdit, EditMask, SetEnabled
from latentedit.engine import Engine
from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.image_io import png_chunks
from latentedit.images import Photo, open_photo
from latentedit.project_file import Project, load_project, save_project
from latentedit.session import Session

from .editing import SIDE, edit, vector


def pixels(path: str) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def names_in(path: str) -> list[str]:
    return [entry.name for entry in load_project(path).state.faces[0].edits]


def test_a_project_edited_with_a_file_needs_the_file_no_more(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2", "--set", "there/grin.pt=-1", "-o", "new.ledit")
    edit("photo.ledit", "--set", "there/smile.npy=2", "--set", "there/grin.pt=-1", "-o", "first.png")
    for path in (folder / "there").iterdir():
        path.unlink()
    edit("new.ledit", "-o", "again.png")
    assert np.array_equal(pixels("again.png"), pixels("first.png"))
    assert not np.array_equal(pixels("again.png"), pixels("photo.png"))
    edit("new.ledit", "--set", "smile=0", "--set", "grin=0", "-o", "none.png")
    assert np.array_equal(pixels("none.png"), pixels("photo.png"))
    session = Session.open("new.ledit", engine=Engine())
    assert {name: known.provenance for name, known in session.own_directions.items()} == {"smile": "smile.npy", "grin": "grin.pt"}


def test_edits_of_a_reopened_project_are_undone_and_done_again(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2", "-o", "one.ledit")
    edit("one.ledit", "--set", "there/grin.pt=3", "-o", "two.ledit")
    session = Session.open("two.ledit", engine=Engine())
    both = np.asarray(session.render())
    session.undo()
    alone = np.asarray(session.render())
    assert np.array_equal(alone, np.asarray(Session.open("one.ledit", engine=Engine()).render()))
    session.save("back.ledit")
    again = Session.open("back.ledit", engine=Engine())
    again.redo()
    assert np.array_equal(np.asarray(again.render()), both)
    assert not np.array_equal(alone, both)


@pytest.mark.usefixtures("toy_ships_smile")
def test_a_file_named_like_a_shipped_direction_is_not_mistaken_for_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2", "-o", "new.ledit")
    assert "there/smile.npy is called smile-2 in the project" in capsys.readouterr().err
    edit("photo.ledit", "--set", "there/smile.npy=2", "-o", "file.png")
    assert "is called" not in capsys.readouterr().err  # a picture has no edits to name
    edit("photo.ledit", "--set", "smile=2", "-o", "shipped.png")
    edit("new.ledit", "-o", "again.png")
    assert np.array_equal(pixels("again.png"), pixels("file.png"))
    assert not np.array_equal(pixels("again.png"), pixels("shipped.png"))
    edit("new.ledit", "--set", "smile-2=0", "--set", "smile=2", "-o", "other.ledit")
    assert names_in("other.ledit") == ["smile-2", "smile"]
    edit("other.ledit", "-o", "other.png")
    assert np.array_equal(pixels("other.png"), pixels("shipped.png"))


@pytest.mark.usefixtures("toy_ships_smile")
def test_a_shipped_direction_stays_a_name(folder: Path) -> None:
    edit("photo.ledit", "--set", "smile=2", "-o", "new.ledit")
    project = load_project("new.ledit")
    assert names_in("new.ledit") == ["smile"] and project.directions == ()


def test_the_same_file_again_moves_the_same_edit(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2", "-o", "one.ledit")
    edit("one.ledit", "--set", "there/smile.npy=-1", "-o", "two.ledit")
    (entry,) = load_project("two.ledit").state.faces[0].edits
    assert (entry.name, entry.amount) == ("smile", -1.0)
    np.save(folder / "there" / "smile.npy", vector(9))
    edit("two.ledit", "--set", "there/smile.npy=1", "-o", "three.ledit")
    assert names_in("three.ledit") == ["smile", "smile-2"]


@pytest.mark.parametrize(
    ("array", "code"), [(vector(0, 512), 3), (vector(0) * np.nan, 3), (np.array([{}], dtype=object), 3), (None, 2)]
)
def test_what_is_no_direction_is_told_in_a_line(array: Any, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if array is not None:
        np.save(folder / "wrong.npy", array)
    assert run(["edit", "photo.ledit", "--set", "wrong.npy=1", "-o", "new.ledit", "--device", "cpu"]) == code
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.split(":")[0] for line in lines] == ["error", "hint"]
    assert not (folder / "new.ledit").exists()


def test_a_project_that_lacks_its_direction_gets_it_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Projects of schema 1 may name directions of files that they do not hold."""
    edit("photo.ledit", "--set", "there/smile.npy=2", "-o", "new.ledit")
    old = load_project("new.ledit")
    save_project("old.ledit", Project(old.photo_name, old.photo_data, old.generator, old.faces, old.history))
    assert run(["edit", "old.ledit", "-o", "old.png", "--device", "cpu"]) == 3
    assert "There is no direction 'smile'" in capsys.readouterr().err
    edit("old.ledit", "--set", "there/smile.npy=2", "-o", "mended.ledit")
    edit("mended.ledit", "-o", "mended.png")
    edit("new.ledit", "-o", "new.png")
    assert np.array_equal(pixels("mended.png"), pixels("new.png"))


def test_mixing_with_another_project_travels_in_the_result(folder: Path) -> None:
    other = load_project("photo.ledit")
    latents = FaceLatents(vector(9, 1, 8, 16))
    save_project("friend.ledit", replace(other, faces=(replace(other.faces[0], latents=latents),)))
    edit("photo.ledit", "--mix", "friend.ledit:all", "-o", "mixed.ledit")
    Path("friend.ledit").unlink()
    session = Session.open("mixed.ledit", device="cpu")
    assert [e.key for e in session.state.faces[0].edits] == [("mix", "latent:friend", None, 0)]
    mixed = session.engine.edited_latent(session.generator, session.face(0).projected(), session.state.faces[0], session._named)
    assert np.array_equal(mixed.numpy(), latents.w_plus)


def test_mixes_of_seeds_and_layers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--mix", "seed:7:0-2,5:0.5", "--mix", "seed:7:coarse", "-o", "mixed.ledit")
    stack = load_project("mixed.ledit").state.faces[0].edits
    assert [(e.key, getattr(e, "amount", None)) for e in stack] == [
        (("mix", "seed:7", (0, 1, 2, 5), 0), 0.5),
        (("mix", "seed:7", (0, 1, 2, 3), 0), 1.0),
    ]
    edit("mixed.ledit", "--mode", "replace", "-o", "one.png")
    edit("photo.ledit", "--mode", "replace", "-o", "two.png")
    assert (pixels("one.png") != pixels("two.png")).any()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nobody.ledit:all", 2),
        ("seed:7:9999", 2),
        ("seed:7", 2),
        ("face:1:all", 3),
        ("seed:7:all:9", 2),
        ("there/smile.npy:all", 3),
    ],
)
def test_what_cannot_be_mixed_is_told(text: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edit", "photo.ledit", "--mix", text, "-o", "x.png"]) == code
    assert len(capsys.readouterr().err.splitlines()) <= 2
    assert not Path("x.png").exists()


def test_an_edit_keeps_the_mode_that_the_project_has(folder: Path) -> None:
    edit("photo.ledit", "--mode", "replace", "-o", "one.ledit")
    edit("one.ledit", "--set", "there/smile.npy=1", "-o", "two.ledit")
    assert load_project("two.ledit").state.faces[0].compositing.mode == "replace"


def test_an_unknown_preset_is_told_of_a_project_too(folder: Path) -> None:
    assert run(["edit", "photo.ledit", "--preset", "nope", "-o", "x.png"]) == 2


def test_a_direction_is_no_latent_to_mix_with(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=1", "-o", "one.ledit")
    assert run(["edit", "one.ledit", "--mix", "smile:all", "-o", "x.png"]) == 2


def smile_of(path: str) -> DirectionEdit:
    (edit,) = load_project(path).state.faces[0].edits
    assert isinstance(edit, DirectionEdit)
    return edit


def test_an_edits_mask_stays_until_it_is_lifted(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2@mouth", "-o", "a.ledit")
    edit("a.ledit", "--set", "smile=3", "-o", "b.ledit")
    assert (smile_of("b.ledit").amount, smile_of("b.ledit").mask) == (3.0, EditMask("mouth"))
    edit("b.ledit", "--set", "smile=3@square", "-o", "c.ledit")
    assert smile_of("c.ledit").mask is None


def test_what_was_switched_off_is_switched_on_by_asking_for_it(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2", "--mix", "seed:3:all", "-o", "a.ledit")
    session = Session.open("a.ledit", engine=Engine())
    for known in session.state.faces[0].edits:
        session.do(SetEnabled(0, known.key, False))
    session.save("off.ledit")
    edit("off.ledit", "--set", "smile=1", "--mix", "seed:3:all:0.5", "-o", "on.ledit")
    assert all(known.enabled for known in load_project("on.ledit").state.faces[0].edits)


def paint(name: str, white: slice) -> None:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[white, white] = 255
    Image.fromarray(mask).save(name)


def test_a_painted_mask_of_an_edit_is_as_soft_as_it_was_painted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paint("stroke.png", slice(50, 60))
    edit("photo.ledit", "--set", "there/smile.npy=4@stroke.png", "-o", "a.ledit")
    mask = smile_of("a.ledit").mask
    assert mask is not None and mask.feather == 0 and mask.region.startswith("brush:")
    paint("black.png", slice(0, 0))
    assert run(["edit", "photo.ledit", "--set", "there/smile.npy=4@black.png", "-o", "b.png"]) == 2
    assert "black over face 0" in capsys.readouterr().err


def test_what_follows_a_painted_mask_is_soft_again(folder: Path) -> None:
    paint("own.png", slice(30, 90))
    edit("photo.ledit", "--set", "there/smile.npy=2", "--mask", "own.png", "-o", "painted.ledit")
    assert load_project("painted.ledit").state.faces[0].compositing.feather == 0
    for region in ("auto", "hair"):
        edit("painted.ledit", "--mask", region, "-o", "after.ledit")
        assert load_project("after.ledit").state.faces[0].compositing.feather == Compositing().feather


@pytest.mark.parametrize(
    "words",
    [
        ["--set", "smlie=2"],
        ["--set", "there/smile.npy=5000"],
        ["--set", "there/smile.npy=1@small.png"],
        ["--mask", "small.png"],
        ["--mix", "seed:7:fine:5"],
        ["--mix", "seed:7:99"],
        ["--mix", "nobody.ledit:fine"],
        ["--mix", "photo.png:fine"],
        ["--mix", "face:1:all"],
    ],
)
def test_what_cannot_be_done_is_told_before_the_projection(
    words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("L", (9, 9), 255).save("small.png")
    photo = open_photo("photo.png")
    (stored,) = load_project("photo.ledit").faces
    faces = [Face(i, stored.box, stored.landmarks, stored.quad, photo) for i in range(2)]
    monkeypatch.setattr("latentedit.cli.edit.opened", lambda *arguments: opened_on(photo, faces))
    monkeypatch.setattr("latentedit.cli.edit.run_projection", lambda *arguments, **more: pytest.fail("it was projected"))
    assert run(["edit", "photo.png", *words, "--face", "0", "-o", "out.png", "--generator", "toy", "--no-project"]) in (2, 3)
    assert capsys.readouterr().err.startswith("error: ") and not Path("out.png").exists()


def test_drags_and_masks_that_cannot_be_are_told_before_the_projection(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paint("black.png", slice(0, 0))
    photo = open_photo("photo.png")
    (stored,) = load_project("photo.ledit").faces
    face = Face(0, stored.box, stored.landmarks, stored.quad, photo)
    monkeypatch.setattr("latentedit.cli.edit.opened", lambda *arguments: opened_on(photo, [face]))
    monkeypatch.setattr("latentedit.cli.edit.run_projection", lambda *arguments, **more: pytest.fail("it was projected"))
    unpainted = "brush:" + "0" * 64
    smile = "there/smile.npy=1@"
    for words in (
        ["--set", "drag:1=0.5"],
        ["--mask", "black.png"],
        ["--mask", unpainted],
        ["--set", smile + "black.png"],
        ["--set", smile + unpainted],
    ):
        assert run(["edit", "photo.png", *words, "-o", "out.png", "--generator", "toy", "--no-project"]) == 2
    assert not list(folder.glob("*out.png*"))


def test_only_masks_that_the_project_has_are_named(folder: Path) -> None:
    paint("own.png", slice(30, 90))
    edit("photo.ledit", "--mask", "own.png", "-o", "painted.ledit")
    region = load_project("painted.ledit").state.faces[0].compositing.region
    assert region is not None
    edit("painted.ledit", "--set", f"there/smile.npy=1@{region}", "-o", "again.ledit")
    assert run(["edit", "photo.ledit", "--mask", region, "-o", "x.ledit"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["edit", "photo.ledit", "-o", "photo.png"],
        ["edit", "photo.ledit", "--mask", "own.png", "-o", "own.png"],
        ["edit", "photo.ledit", "--set", "there/smile.npy=1@own.png", "-o", "own.png"],
        ["edit", "photo.ledit", "--set", "direction.png=1", "-o", "direction.png"],
        ["edit", "photo.ledit", "--mix", "friend.ledit:all", "-o", "friend.ledit"],
        ["export", "photo.ledit", "-o", "photo.png"],
        ["morph", "photo.ledit", "--sweep", "direction.gif=1:2", "--size", "16", "-o", "direction.gif"],
    ],
)
def test_no_input_is_overwritten(words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paint("own.png", slice(30, 90))
    for name in ("direction.png", "direction.gif"):
        (folder / name).write_bytes((folder / "there" / "smile.npy").read_bytes())
    (folder / "friend.ledit").write_bytes((folder / "photo.ledit").read_bytes())
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert run(words) == 2
    assert "would overwrite" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_square_outside_of_the_photograph_cannot_be_cut_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = load_project("photo.ledit")
    away = replace(project.faces[0], quad=project.faces[0].quad + 5000)
    save_project("away.ledit", replace(project, faces=(away,)))
    assert run(["edit", "away.ledit", "--crop", "-o", "x.png"]) == 3
    assert "outside of the photograph" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--mode", "residual"],
        ["--mode", "seamless"],
        ["--mode", "replace"],
        ["--crop", "--mode", "replace"],
        ["--drag", "45,60:45,57"],
    ],
)
def test_edits_that_lead_too_far_are_told(words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.save("far.npy", np.full(16, 1e37, np.float32))
    assert run(["edit", "photo.ledit", "--set", "far.npy=1000", *words, "-o", "x.png"]) == 2
    assert "too far" in capsys.readouterr().err and not Path("x.png").exists()


def opened_on(photo: Photo, faces: list[Face]) -> Session:
    session = Session(photo, generator="toy", device="cpu")
    session.set_faces(faces)
    return session


def test_a_crop_says_how_far_it_was_made_by_a_model(folder: Path) -> None:
    def packet(name: str) -> bytes:
        chunks = png_chunks.chunks(Path(name).read_bytes())
        return b"".join(content for kind, content in chunks if png_chunks.is_xmp(kind, content))

    edit("photo.ledit", "--crop", "-o", "untouched.png")
    assert packet("untouched.png") == b""
    edit("photo.ledit", "--set", "there/smile.npy=4", "--crop", "-o", "edited.png")
    assert b"compositeWithTrainedAlgorithmicMedia" in packet("edited.png")
    edit("photo.ledit", "--crop", "--mode", "replace", "-o", "drawn.png")
    assert b"/trainedAlgorithmicMedia" in packet("drawn.png")


def test_the_face_that_is_not_projected_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = load_project("photo.ledit")
    (stored,) = project.faces
    session = Session(open_photo("photo.png"))
    session.set_faces([Face(i, stored.box, stored.landmarks, stored.quad, session.photo) for i in range(2)])
    save_project("two.ledit", replace(project, faces=(stored, replace(stored, latents=None)), history=session.history))
    assert run(["edit", "two.ledit", "--face", "1", "--set", "there/smile.npy=1", "-o", "x.png"]) == 2
    assert "has no projection of face 1" in capsys.readouterr().err


def test_a_quality_is_for_kinds_that_have_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = []
    for quality in ("5", "95"):
        edit("photo.ledit", "--mix", "seed:3:all", "--quality", quality, "-o", "out.jpg")
        sizes.append((folder / "out.jpg").stat().st_size)
    assert sizes[0] < sizes[1]
    capsys.readouterr()
    for words in (["--quality", "80", "-o", "no.png"], ["--quality", "80", "-o", "no.ledit"], ["--quality", "0", "-o", "no.jpg"]):
        assert run(["edit", "photo.ledit", *words, "--device", "cpu"]) == 2
        lines = capsys.readouterr().err.strip().splitlines()
        assert [line.split(":")[0] for line in lines] == ["error", "hint"] and "quality" in lines[0]
    assert not list(folder.glob("no.*"))
