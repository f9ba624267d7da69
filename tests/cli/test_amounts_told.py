"""Amounts that lie outside a direction's range are done, and told, with the toy generator."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from latentedit.cli.app import run
from latentedit.directions import Direction
from latentedit.directions.formats.pack_file import write_pack
from latentedit.edits import EditState, History
from latentedit.generators.toy import toy_spec
from latentedit.project_file import load_project, save_project

from .editing import edit, vector

TOLD = "is outside its range"


@pytest.fixture(autouse=True)
def toy_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``pout``, from -3 to 3, for the toy generator."""
    pack = tmp_path / "pack.safetensors"
    write_pack(pack, [Direction("pout", torch.tensor(vector(3)), default_range=(-3.0, 3.0))], toy_spec())
    monkeypatch.setattr("latentedit.directions.pack.pack_path", lambda name: pack)


def told_by(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line for line in capsys.readouterr().err.splitlines() if TOLD in line]


def of_two_faces() -> None:
    """``two.ledit``, with the face of ``photo.ledit`` twice."""
    project = load_project("photo.ledit")
    history = History(EditState.for_faces(2))
    save_project("two.ledit", replace(project, faces=project.faces * 2, history=history))


@pytest.mark.parametrize("amount", ["3", "-3", "0"])
def test_amounts_within_the_range_are_not_told(amount: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", f"pout={amount}", "-o", "a.ledit")
    assert told_by(capsys) == []


def test_an_amount_outside_is_told_once_for_all_faces_and_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_two_faces()
    edit("two.ledit", "--set", "pout=3.5", "-o", "a.ledit", "--json")
    shown = capsys.readouterr()
    (line,) = [line for line in shown.err.splitlines() if TOLD in line]
    assert line.startswith("pout=3.5 ") and "-3 to 3" in line
    assert json.loads(shown.out)["edits"] == {"pout": 3.5}
    assert [face.edits[0].amount for face in load_project("a.ledit").state.faces] == [3.5, 3.5]  # type: ignore[union-attr]


def test_each_amount_is_told_also_of_what_the_project_brings_along(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--set", "there/smile.npy=1", "-o", "a.ledit")
    capsys.readouterr()
    edit(
        "a.ledit",
        "--set",
        "smile=-9",
        "--set",
        "pout=4@mouth",
        "--set",
        "pout=4@eyes",
        "--set",
        "pout=-5@square",
        "-o",
        "b.ledit",
    )
    assert [line.split()[0] for line in told_by(capsys)] == ["smile=-9", "pout=4", "pout=-5"]


def test_what_is_refused_is_not_told_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edit", "photo.ledit", "--set", "pout=9", "--set", "nothing=9", "-o", "a.ledit"]) == 2
    shown = capsys.readouterr().err
    assert TOLD not in shown and shown.startswith("error: ")


def test_a_batch_tells_an_amount_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for name in ("a", "b"):
        Path("in", f"{name}.ledit").write_bytes(Path("photo.ledit").read_bytes())
    words = ["batch", "in", "-o", "out", "--generator", "toy", "--device", "cpu"]
    assert run([*words, "--set", "pout=5", "--json"]) == 0
    shown = capsys.readouterr()
    (line,) = [line for line in shown.err.splitlines() if TOLD in line]
    assert line.startswith("2 of 2: pout=5 ")
    assert all(TOLD in item["notes"][0] for item in json.loads(shown.out)["items"])
    assert run([*words, "--set", "pout=3", "--resume"]) == 0
    assert told_by(capsys) == []
