"""What ``latentedit edit`` does to the edits of a project beside setting them, end to end with the toy generator."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from latentedit.cli.app import run
from latentedit.edits import Compositing
from latentedit.edits.names import edit_names, edit_words
from latentedit.face_latents import FaceLatents
from latentedit.project_file import load_project, save_project
from latentedit.session import Session

from .editing import edit, vector

SMILE, GRIN = "there/smile.npy=2", "there/grin.pt=1"


def words_in(path: str) -> list[str]:
    return [edit_words(known) for known in load_project(path).state.faces[0].edits]


def latent(path: str) -> NDArray[np.float32]:
    return np.asarray(Session.open(path, device="cpu").edited_latent(0))


@pytest.fixture
def three(folder: Path) -> Path:
    """``three.ledit``: three edits, each of them one step."""
    edit("photo.ledit", "--set", SMILE, "--set", "there/smile.npy=-1@mouth", "--mix", "seed:7:0-2", "-o", "three.ledit")
    return folder


def test_edits_are_named_to_be_removed_switched_and_moved(three: Path) -> None:
    assert edit_names(load_project("three.ledit").state.faces[0].edits) == ("smile", "smile@mouth", "mix seed:7:0-2")
    edit("three.ledit", "--remove", "smile@mouth", "--off", "mix seed:7", "--move", "mix seed:7=0", "-o", "a.ledit")
    mix, smile = load_project("a.ledit").state.faces[0].edits
    assert (mix.label, mix.enabled, smile.label, smile.mask) == ("mix seed:7", False, "smile", None)
    edit("a.ledit", "--on", "mix seed:7:0-2", "-o", "b.ledit")
    assert all(known.enabled for known in load_project("b.ledit").state.faces[0].edits)
    labels = [entry.label for entry in load_project("b.ledit").history.past]
    assert labels[-4:] == ["Remove smile", "Hide seed:7", "Move seed:7", "Show seed:7"]


def test_steps_are_taken_back_and_done_again_before_all_else(three: Path) -> None:
    edit("three.ledit", "--undo", "2", "-o", "a.ledit")
    assert words_in("a.ledit") == ["smile +2"]
    edit("a.ledit", "--redo", "1", "-o", "b.ledit")
    assert words_in("b.ledit") == ["smile +2", "smile -1 on mouth"]
    edit("three.ledit", "--undo", "3", "--redo", "1", "--set", "smile=4", "-o", "c.ledit")
    assert words_in("c.ledit") == ["smile +4"] and not load_project("c.ledit").history.can_redo


def test_a_reset_takes_back_all_of_a_face(three: Path) -> None:
    edit("three.ledit", "--mode", "replace", "-o", "a.ledit")
    edit("a.ledit", "--reset", "--set", "smile=1", "-o", "b.ledit")
    face = load_project("b.ledit").state.faces[0]
    assert words_in("b.ledit") == ["smile +1"] and face.compositing == Compositing()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--remove", "age"], "no edit age"),
        (["--off", "smile@nose"], "no edit smile@nose"),
        (["--undo", "4"], "only 3 steps to undo, not 4"),
        (["--redo", "1"], "nothing to redo"),
        (["--move", "smile"], "moves nothing"),
        (["--move", "smile=-1"], "moves nothing"),
        (["--move", "smile@mouth=3"], "cannot move to place 3: face 0 has 3 edits"),
        (["--move", "smile=9999"], "moves nothing"),
        (["--reset", "--set", "smile=1", "--move", "smile=0"], "has no edit smile"),
    ],
)
def test_what_is_not_there_is_told(words: list[str], told: str, three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["edit", "three.ledit", *words, "-o", "x.ledit"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert told in lines[0] and len(lines) == 2 and not Path("x.ledit").exists()


def test_every_place_of_a_stack_can_be_moved_to(three: Path) -> None:
    for place in range(3):
        edit("three.ledit", "--move", f"smile={place}", "--move", f"mix seed:7={place}", "-o", "a.ledit")
        assert edit_names(load_project("a.ledit").state.faces[0].edits)[place] == "mix seed:7:0-2"


def test_a_name_may_mean_edits_of_some_of_the_faces(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = load_project("photo.ledit")
    history = replace(project.history, present=replace(project.state, faces=project.state.faces * 2))
    save_project("two.ledit", replace(project, faces=project.faces * 2, history=history))
    edit("two.ledit", "--face", "1", "--set", SMILE, "-o", "a.ledit")
    edit("a.ledit", "--off", "smile", "-o", "b.ledit")
    assert [[known.enabled for known in face.edits] for face in load_project("b.ledit").state.faces] == [[], [False]]
    assert run(["edit", "a.ledit", "--off", "grin", "-o", "x.ledit"]) == 2
    assert "No chosen face has an edit grin" in capsys.readouterr().err


def test_variations_by_seed_and_region(folder: Path) -> None:
    edit("photo.ledit", "--vary", "3:0,0.5,1", "--vary", "3:0.2@hair", "--vary", "4:1", "-o", "a.ledit")
    assert words_in("a.ledit") == ["variation 3 0/0.5/1", "variation 3 0.2/0.2/0.2 on hair", "variation 4 1/1/1"]
    edit("a.ledit", "--vary", "3:0.1@hair", "--vary", "4:0", "-o", "b.ledit")
    assert words_in("b.ledit")[1:] == ["variation 3 0.1/0.1/0.1 on hair", "variation 4 0/0/0"]
    assert not np.array_equal(latent("a.ledit"), latent("photo.ledit"))


def test_a_cross_is_the_weighted_mean_of_the_face_and_its_parents(folder: Path) -> None:
    other = load_project("photo.ledit")
    parents = [vector(seed, 1, 8, 16) for seed in (5, 6)]
    for name, w_plus in zip("ab", parents, strict=True):
        save_project(f"{name}.ledit", replace(other, faces=(replace(other.faces[0], latents=FaceLatents(w_plus)),)))
    edit("photo.ledit", "--set", SMILE, "-o", "smiling.ledit")
    edit("smiling.ledit", "--cross", "a.ledit", "--cross", "b.ledit:0.5", "-o", "crossed.ledit")
    mean = (latent("smiling.ledit") + parents[0] + 0.5 * parents[1]) / 2.5
    assert np.allclose(latent("crossed.ledit"), mean, atol=1e-5)
    again = load_project("crossed.ledit").history
    assert len(again.past) == 2 and again.past[-1].label == "Cross with latent:a 1, latent:b 0.5"
    edit("crossed.ledit", "--cross", "latent:a", "--cross", "latent:b:0.5", "-o", "again.ledit")
    assert np.array_equal(latent("again.ledit"), latent("crossed.ledit"))


def test_the_names_of_sources_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "friend.ledit").write_bytes((folder / "photo.ledit").read_bytes())
    edit("photo.ledit", "--mix", "friend.ledit:all", "--mix", "seed:1:coarse", "-o", "a.ledit")
    told = capsys.readouterr().err
    assert "friend.ledit is called mix latent:friend in the project" in told and "seed:1 is called" not in told


def test_json_tells_of_all_edits_of_each_face(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    edit("three.ledit", "--set", "there/grin.pt=1:0-2@hair", "-o", "a.png", "--json")
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (document["edits"], document["faces"], document["mode"]) == ({"there/grin.pt": 1.0}, [0], "residual")
    (stack,) = document["stacks"]
    assert [known["called"] for known in stack["edits"]] == ["smile", "smile@mouth", "mix seed:7:0-2", "grin:0-2@hair"]
    last = stack["edits"][-1]
    assert (last["amount"], last["layers"], last["mask"]["region"], last["enabled"]) == (1.0, [0, 1, 2], "hair", True)
