"""``latentedit info`` on projects and photographs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from latentedit.cli.app import run
from latentedit.edits import Compositing, EditState, History, SetCompositing
from latentedit.errors import NoFaceError
from latentedit.faces import Face
from latentedit.project_file import load_project, save_project
from latentedit.session import Session

from .editing import SIDE, edit


def document(path: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["info", path, "--json"]) == 0
    known: dict[str, Any] = json.loads(capsys.readouterr().out)
    return known


def lines(path: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["info", path]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_project_tells_what_is_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=2:0-3@mouth", "--vary", "3:0.5", "--mode", "replace", "-o", "a.ledit")
    edit("a.ledit", "--off", "smile", "--mask", "hair", "-o", "b.ledit")
    edit("b.ledit", "--undo", "1", "-o", "c.ledit")
    known = document("c.ledit", capsys)
    assert (known["kind"], known["generator"]["name"]) == ("project", "toy")
    assert known["photo"] == {"name": "photo.png", "width": 120, "height": 120, "kind": "PNG"}
    (face,) = known["faces"]
    assert (face["box"], face["projected"], face["space"]) == ([30, 30, 90, 90], True, "w_plus")
    assert [(entry["called"], entry["kind"], entry["enabled"]) for entry in face["edits"]] == [
        ("smile:0-3@mouth", "direction", False),
        ("variation 3", "variation", True),
    ]
    assert face["compositing"]["mode"] == "replace" and "region" not in face["compositing"]
    past = ["smile +2 layers 0-3 on mouth", "Compositing: replace", "variation 3 0.5/0.5/0.5", "Hide smile"]
    assert known["history"] == {"past": past, "future": ["Compositing: replace on hair"]}
    assert [direction["name"] for direction in known["directions"]] == ["smile"]
    told = "\n".join(lines("c.ledit", capsys))
    for words in (
        "0: smile:0-3@mouth (smile +2 layers 0-3 on mouth), off",
        "1: variation 3 (",
        "goes back: replace",
        "done: 4 (",
        "undone: 1 (",
    ):
        assert words in told


def test_every_name_that_is_told_is_one_for_commands(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = ("there/smile.npy=2:0-3@mouth", "there/smile.npy=2@mouth", "there/grin.pt=1@hair", "there/smile.npy=1")
    edit(
        "photo.ledit",
        *(word for wanted in sets for word in ("--set", wanted)),
        "--cross",
        "seed:3",
        "--mix",
        "seed:3:middle",
        "-o",
        "a.ledit",
    )
    names = [entry["called"] for entry in document("a.ledit", capsys)["faces"][0]["edits"]]
    for name in names:
        edit("a.ledit", "--remove", name, "-o", "b.ledit")
        left = [entry["called"] for entry in document("b.ledit", capsys)["faces"][0]["edits"]]
        assert left == [other for other in names if other != name]


def test_faces_without_a_projection_and_edits_say_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = load_project("photo.ledit")
    bare = replace(project.faces[0], latents=None)
    small = replace(bare, quad=bare.quad * 0.2)
    history = History(EditState.for_faces(2))
    save_project("bare.ledit", replace(project, generator=None, faces=(bare, small), history=history))
    known = document("bare.ledit", capsys)
    assert known["generator"] is None and not known["faces"][0]["projected"] and known["history"] == {"past": [], "future": []}
    told = lines("bare.ledit", capsys)
    assert "generator: none yet" in told
    assert [line.rpartition("; ")[2] for line in told[-2:]] == ["not projected", "too small to be projected"]


def test_long_histories_are_cut_for_people_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = Session.open("photo.ledit", device="cpu")
    for number in range(30):
        session.do(SetCompositing(0, Compositing("residual", number / 100)))
        session.seal()
    session.save("long.ledit")
    assert len(document("long.ledit", capsys)["history"]["past"]) == 30
    (told,) = [line for line in lines("long.ledit", capsys) if line.startswith("done: 30")]
    assert told.count("Compositing") == 10


def test_a_photograph_tells_its_faces_and_the_project_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (stored,) = load_project("photo.ledit").faces

    def find(session: Session, **how: object) -> object:
        return session.set_faces([Face(0, stored.box, stored.landmarks, stored.quad, session.photo)])

    monkeypatch.setattr(Session, "find_faces", find)
    known = document("photo.png", capsys)
    assert (known["kind"], known["project"], known["faces"][0]["projected"]) == ("photograph", "photo.ledit", False)
    Path("photo.ledit").unlink()
    assert document("photo.png", capsys)["project"] is None


def test_a_photograph_without_faces_is_told_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(session: Session, **how: object) -> object:
        raise NoFaceError("There is no face.")

    monkeypatch.setattr(Session, "find_faces", none)
    assert document("photo.png", capsys)["faces"] == []
    assert "no face was found" in lines("photo.png", capsys)


@pytest.mark.parametrize(("name", "code"), [("missing.ledit", 3), ("there", 3), ("there/smile.npy", 3)])
def test_what_is_neither_is_refused(name: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["info", name]) == code
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize("face", [[], ["--face", "0"]])
def test_the_regions_of_a_face_are_drawn_where_asked_for(
    face: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path("photo.ledit").read_bytes()
    assert run(["info", "photo.ledit", "--show-regions", "regions.png", *face, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["regions"] == {"face": 0, "output": "regions.png"}
    with Image.open("regions.png") as sheet:
        assert sheet.width > SIDE and sheet.mode == "RGB"
    assert Path("photo.ledit").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--show-regions", "regions.doc"], 2, "regions.doc"),
        (["--show-regions", "nowhere/regions.png"], 4, "does not exist"),
        (["--show-regions", "photo.png"], 2, "would overwrite"),
        (["--show-regions", "regions.png", "--face", "all"], 2, "shows one face"),
        (["--show-regions", "regions.png", "--face", "1"], 3, "no face 1"),
        (["--face", "0"], 2, "--face is for --show-regions"),
    ],
)
def test_a_picture_of_regions_that_cannot_be_is_refused(
    words: list[str], code: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.iterdir())
    assert run(["info", "photo.ledit", *words]) == code
    assert told in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before
