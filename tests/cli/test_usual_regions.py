"""Edits of directions that are about a part of the face, end to end with the toy generator."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from latentedit.cli.app import run
from latentedit.directions import Direction
from latentedit.directions.formats.pack_file import write_pack
from latentedit.edits.names import edit_words
from latentedit.generators.toy import toy_spec
from latentedit.project_file import load_project, save_project
from latentedit.session import Session

from .editing import edit, vector


@pytest.fixture(autouse=True)
def toy_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two directions that ship for the toy generator: ``pout`` is about the mouth, ``older`` about the whole face."""
    pack = tmp_path / "pack.safetensors"
    pout = Direction("pout", torch.tensor(vector(3)), default_range=(-3.0, 3.0), region="mouth")
    write_pack(pack, [pout, replace(pout, name="older", region="")], toy_spec())
    monkeypatch.setattr("latentedit.directions.pack.pack_path", lambda name: pack)


def words_in(path: str) -> list[str]:
    return [edit_words(known) for known in load_project(path).state.faces[0].edits]


def test_an_edit_is_confined_to_what_its_direction_is_about(folder: Path) -> None:
    edit("photo.ledit", "--set", "pout=3", "--set", "older=1", "-o", "a.ledit")
    assert words_in("a.ledit") == ["pout +3 on mouth", "older +1"]
    edit("photo.ledit", "--set", "pout=3@eyes", "-o", "b.ledit")
    assert words_in("b.ledit") == ["pout +3 on eyes"]


def test_only_there_the_photograph_changes(folder: Path) -> None:
    drawn = {}
    for wanted in ("pout=3", "pout=3@mouth", "pout=3@square"):
        edit("photo.ledit", "--set", wanted, "-o", "a.ledit")
        drawn[wanted] = np.asarray(Session.open(Path("a.ledit")).render())
    before = np.asarray(Session.open(Path("photo.ledit")).render())
    assert np.array_equal(drawn["pout=3"], drawn["pout=3@mouth"])
    changed, everywhere = (np.count_nonzero(drawn[wanted] != before) for wanted in ("pout=3", "pout=3@square"))
    assert 0 < changed < everywhere


def test_square_lifts_it_and_the_next_amount_keeps_that(folder: Path) -> None:
    edit("photo.ledit", "--set", "pout=3", "-o", "a.ledit")
    edit("a.ledit", "--set", "pout=2@square", "-o", "b.ledit")
    edit("b.ledit", "--set", "pout=1", "-o", "c.ledit")
    assert words_in("b.ledit") == ["pout +2"] and words_in("c.ledit") == ["pout +1"]


def test_a_chosen_square_has_no_parts(folder: Path) -> None:
    project = load_project("photo.ledit")
    save_project("photo.ledit", replace(project, faces=(replace(project.faces[0], landmarks=None),)))
    edit("photo.ledit", "--set", "pout=3", "-o", "a.ledit")
    assert words_in("a.ledit") == ["pout +3"]


def test_the_region_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    regions = {}
    for name in ("pout", "older"):
        assert run(["directions", "show", name, "--generator", "toy", "--json"]) == 0
        regions[name] = json.loads(capsys.readouterr().out)["region"]
    assert regions == {"pout": "mouth", "older": None}
    assert run(["directions", "show", "pout", "--generator", "toy"]) == 0
    assert "mouth" in capsys.readouterr().out
