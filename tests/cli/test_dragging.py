"""``latentedit edit --drag``, end to end with the toy generator."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from shapes import average_face

from latentedit.cli.app import run
from latentedit.cli.dragging import PointDrag, drags_by_face, parse_drag
from latentedit.dragging import DragStep
from latentedit.edits import DragEdit, EditState, History
from latentedit.errors import UsageError
from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.generators.toy import toy_spec
from latentedit.images import open_photo
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace, load_project, save_project
from latentedit.session import Session

CORNER, SIDE = 10.0, 100.0
"""Of the first face's square; the second one's begins in the middle of it."""


def quad(corner: float) -> np.ndarray:
    return np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * SIDE + corner


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands run, with ``two.ledit``: two projected faces whose squares overlap."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    Image.fromarray(np.full((200, 200, 3), 120, np.uint8)).save("photo.png")
    data = Path("photo.png").read_bytes()
    random = np.random.default_rng(0)
    faces = []
    for corner in (CORNER, CORNER + SIDE / 2):
        latents = FaceLatents(random.standard_normal((1, 8, 16)).astype(np.float32))
        landmarks = average_face() * SIDE + corner
        faces.append(ProjectFace((30, 30, 90, 90), landmarks, quad(corner), latents))
    identity = GeneratorIdentity.of(toy_spec())
    save_project("two.ledit", Project("photo.png", data, identity, tuple(faces), History(EditState.for_faces(2))))
    return tmp_path


def edit(*words: str) -> int:
    return run(["edit", *words, "--device", "cpu"])


def drags(path: str, index: int) -> list[DragEdit]:
    return [entry for entry in load_project(path).state.faces[index].edits if isinstance(entry, DragEdit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,2:3,4", PointDrag((1, 2), (3, 4))),
        ("412.5,530:412.5,510.25", PointDrag((412.5, 530), (412.5, 510.25))),
        ("0,0:-5,7", PointDrag((0, 0), (-5, 7))),
    ],
)
def test_reading(text: str, expected: PointDrag) -> None:
    assert parse_drag(text) == expected


@pytest.mark.parametrize("text", ["", "1,2", "1,2:3", "1,2:3,4:5,6", "1;2:3;4", "a,b:c,d", "1,2:3,nan", " 1,2:3,4", "1e3,2:3,4"])
def test_no_drag(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_drag(text)
    assert caught.value.hint


def test_points_belong_to_the_face_around_them(folder: Path) -> None:
    session = Session.open("two.ledit")
    asked = [PointDrag((30, 35), (40, 35)), PointDrag((100, 105), (100, 95)), PointDrag((60, 60), (61, 60))]
    first, second = drags_by_face(session, [0, 1], asked)
    assert (first.face, first.points, second.face, second.points) == (0, (asked[0], asked[2]), 1, (asked[1],))
    assert np.allclose(first.handles, [(0.2, 0.25), (0.5, 0.5)]) and np.allclose(first.targets, [(0.3, 0.25), (0.51, 0.5)])
    assert [drag.face for drag in drags_by_face(session, [1], asked[1:])] == [1]


def test_drags_are_edits_of_the_project_and_of_the_picture(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        edit("two.ledit", "--drag", "45,60:45,57", "--drag", "110,115:113,115", "--drag-keep", "mouth", "-o", "a.ledit", "--json")
        == 0
    )
    told = json.loads(capsys.readouterr().out)["drags"]
    assert [(fact["face"], fact["from"], fact["to"]) for fact in told] == [(0, [45, 60], [45, 57]), (1, [110, 115], [113, 115])]
    assert all(0 <= fact["left_px"] < 10 for fact in told)
    (first,), (second,) = drags("a.ledit", 0), drags("a.ledit", 1)
    assert (first.offset, second.offset, first.keep) == ("drag:1", "drag:2", ("mouth",))
    assert edit("a.ledit", "-o", "a.png") == 0
    changed = np.asarray(Image.open("a.png")) != np.asarray(Image.open("photo.png"))
    assert changed.any()


def test_a_drag_is_blended_by_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit("two.ledit", "--drag", "45,60:45,57", "-o", "a.ledit") == 0
    assert edit("a.ledit", "--set", "drag:1=0.25", "--face", "0", "-o", "b.ledit") == 0
    assert [entry.amount for entry in drags("b.ledit", 0)] == [0.25]
    assert edit("a.ledit", "--set", "drag:1=0", "--face", "0", "-o", "none.png") == 0
    assert np.array_equal(np.asarray(Image.open("none.png")), np.asarray(Image.open("photo.png")))
    assert edit("a.ledit", "--set", "drag:1=1", "-o", "c.ledit") == 2  # the other face has no such drag
    assert edit("a.ledit", "--set", "drag:1=2", "--face", "0", "-o", "c.ledit") == 2
    assert not Path("c.ledit").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--drag", "190,190:180,180"], "lies on no face"),
        (["--drag", "30,35:190,35"], "outside of face 0's square"),
        (["--drag", "100,105:100,95", "--face", "0"], "outside of face 0's square"),
        (["--drag", "30,35"], "is no drag"),
        (["--drag-keep", "eyes"], "there is none"),
        (["--drag", "60,85:60,80", "--drag-keep", "mouth"], "is to stay"),
        (["--drag", "45,60:45,57", "--drag-keep", "ears"], "no region"),
    ],
)
def test_what_cannot_be_dragged_is_told_with_a_hint(
    words: list[str], told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word.replace("100,95", "200,95") for word in words]
    assert edit("two.ledit", *words, "-o", "x.png") == 2
    lines = capsys.readouterr().err.splitlines()
    assert told in lines[0] and lines[1].startswith("hint: ") and len(lines) == 2
    assert not Path("x.png").exists()


def test_an_interrupt_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(self: Session, *arguments: object, **more: object) -> DragStep:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "drag", interrupted)
    assert edit("two.ledit", "--drag", "45,60:45,57", "-o", "a.ledit") == 130
    assert not Path("a.ledit").exists()


def test_a_photograph_without_faces_there_is_refused_before_it_is_projected(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = open_photo("photo.png")
    landmarks = np.random.default_rng(0).uniform(40, 80, (68, 2))
    face = Face(0, (30, 30, 90, 90), landmarks, quad(CORNER), photo)
    monkeypatch.setattr(Session, "find_faces", lambda self, **options: self.set_faces([face]))
    assert run(["edit", "photo.png", "--generator", "toy", "--drag", "5,5:6,6", "-o", "x.png"]) == 2
    assert "lies on no face" in capsys.readouterr().err
    assert run(["edit", "photo.png", "--generator", "toy", "--preset", "fast", "--drag", "60,60:63,60", "-o", "x.png"]) == 0
    assert Path("x.png").is_file()
