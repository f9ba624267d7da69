"""Painted masks by their files' names: what ``info`` calls edits on them, and what ``edit`` understands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latentedit.cli.app import run
from latentedit.project_file import load_project

from .editing import SIDE, edit

SMILE = "there/smile.npy"


@pytest.fixture
def painted(folder: Path) -> Path:
    """``a.ledit``: one direction on what ``left.png`` and ``masks/right.png`` paint."""
    (folder / "masks").mkdir()
    paint("left.png", slice(30, 50))
    paint("masks/right.png", slice(70, 90))
    edit("photo.ledit", "--set", f"{SMILE}=2@left.png", "--set", f"{SMILE}=1@masks/right.png", "-o", "a.ledit")
    return folder


def paint(path: str, columns: slice) -> None:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[40:60, columns] = 255
    Image.fromarray(mask).save(path)


def called(path: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["info", path, "--json"]) == 0
    known: dict[str, Any] = json.loads(capsys.readouterr().out)
    return [entry["called"] for entry in known["faces"][0]["edits"]]


def test_info_calls_edits_by_the_files_of_their_masks(painted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called("a.ledit", capsys) == ["smile@left.png", "smile@right.png"]
    edit("a.ledit", "--mask", "left.png", "-o", "b.ledit")
    capsys.readouterr()
    assert run(["info", "b.ledit"]) == 0
    told = capsys.readouterr().out
    assert "smile +2 on left.png" in told and "residual on left.png" in told
    assert "painted masks: 2 (left.png, right.png)" in told


@pytest.mark.parametrize(("name", "left"), [("smile@left.png", "smile@right.png"), ("smile@right.png", "smile@left.png")])
@pytest.mark.parametrize("files", [True, False])
def test_an_edit_is_found_by_its_masks_name(
    name: str, left: str, files: bool, painted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not files:
        Path("left.png").unlink()
        Path("masks/right.png").unlink()
    edit("a.ledit", "--remove", name, "-o", "b.ledit")
    assert called("b.ledit", capsys) == [left]


def test_an_edit_is_found_by_what_a_file_paints_where_no_name_tells(painted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("masks/right.png").rename("other.png")
    edit("a.ledit", "--off", "smile@other.png", "-o", "b.ledit")
    assert [known.enabled for known in load_project("b.ledit").state.faces[0].edits] == [True, False]
    assert called("b.ledit", capsys) == ["smile@left.png", "smile@right.png"]
    edit("a.ledit", "--remove", "smile@./left.png", "-o", "c.ledit")
    assert called("c.ledit", capsys) == ["smile@right.png"]
    (brush,) = (brush for brush in load_project("c.ledit").brushes if brush.called == "right.png")
    assert brush.pixels.any()


@pytest.mark.parametrize("file", ["new.png", "small.png", "there/smile.npy", "missing.png", "x" * 300])
def test_a_file_that_no_edit_is_on_is_told(file: str, painted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paint("new.png", slice(40, 80))
    Image.fromarray(np.full((9, 9), 255, np.uint8)).save("small.png")
    before = Path("a.ledit").read_bytes()
    capsys.readouterr()
    assert run(["edit", "a.ledit", "--remove", f"smile@{file}", "-o", "b.ledit"]) == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert f"no edit smile@{file}" in error and "smile@left.png; smile@right.png" in hint
    assert Path("a.ledit").read_bytes() == before and not Path("b.ledit").exists()


def test_which_of_two_is_meant_is_asked_by_their_names(painted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["edit", "a.ledit", "--set", "smile=1", "-o", "b.ledit"]) == 2
    assert "on left.png, right.png" in capsys.readouterr().err
    edit("a.ledit", "--set", "smile=-1@left.png", "-o", "b.ledit")
    assert [getattr(known, "amount", None) for known in load_project("b.ledit").state.faces[0].edits] == [-1, 1]


def test_a_file_that_is_called_as_a_region_gives_no_name(painted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("left.png").rename("hair")
    edit("photo.ledit", "--set", f"{SMILE}=2@./hair", "-o", "b.ledit")
    assert called("b.ledit", capsys) == ["smile@brush"]
    edit("b.ledit", "--remove", "smile@./hair", "-o", "c.ledit")
    assert called("c.ledit", capsys) == []
