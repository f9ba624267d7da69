"""``latentedit edit --set NAME=AMOUNT[:LAYERS][@REGION]``, end to end with the toy generator."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentedit.cli.app import run
from latentedit.edits import DirectionEdit
from latentedit.edits.names import edit_words
from latentedit.project_file import load_project

from .editing import edit


def words_in(path: str) -> list[str]:
    return [edit_words(known) for known in load_project(path).state.faces[0].edits]


def test_one_direction_on_two_parts_of_the_face(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=3@eyes", "--set", "there/smile.npy=-3@mouth", "-o", "a.ledit")
    assert words_in("a.ledit") == ["smile +3 on eyes", "smile -3 on mouth"]
    edit("a.ledit", "--set", "smile=1@mouth", "--set", "smile=2@square", "-o", "b.ledit")
    assert words_in("b.ledit") == ["smile +3 on eyes", "smile +1 on mouth", "smile +2"]
    edit("b.ledit", "--set", "smile=4", "-o", "c.ledit")
    assert words_in("c.ledit") == ["smile +3 on eyes", "smile +1 on mouth", "smile +4"]


def test_which_of_two_is_meant_must_be_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=3@eyes", "--set", "there/smile.npy=-3@mouth", "-o", "a.ledit")
    assert run(["edit", "a.ledit", "--set", "smile=1", "-o", "b.ledit"]) == 2
    assert "on eyes, mouth" in capsys.readouterr().err and not Path("b.ledit").exists()


def test_an_edit_with_a_region_is_one_undo(folder: Path) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=3@eyes", "-o", "a.ledit")
    (entry,) = load_project("a.ledit").history.past
    assert entry.label == "smile +3 on eyes" and entry.state.faces[0].edits == ()


def test_layers_stand_behind_the_amount(folder: Path) -> None:
    there = "there/smile.npy"
    edit("photo.ledit", "--set", f"{there}=2:0-2,5@hair", "--set", f"{there}=1:coarse", "--set", f"{there}=3", "-o", "a.ledit")
    assert words_in("a.ledit") == ["smile +2 layers 0-2,5 on hair", "smile +1 layers 0-3", "smile +3"]
    edit("a.ledit", "--set", "smile=-1:0-3", "-o", "b.ledit")
    assert [known.amount for known in load_project("b.ledit").state.faces[0].edits if isinstance(known, DirectionEdit)] == [
        2,
        -1,
        3,
    ]


@pytest.mark.parametrize("wanted", ["smile=1:99", "smile=1:", "smile=1:all", "smile=1:low", "smile=1:0-3:2"])
def test_layers_that_cannot_be_are_told(wanted: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = f"there/{wanted.replace('=', '.npy=')}"
    assert run(["edit", "photo.ledit", "--set", wanted, "-o", "b.ledit"]) == 2
    assert capsys.readouterr().err.startswith("error: ") and not Path("b.ledit").exists()
