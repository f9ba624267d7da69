"""``latentedit project`` where a project is there already, with the toy generator: no edits are lost unasked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentedit.cli.app import run
from latentedit.edits.names import edit_words
from latentedit.project_file import Project, load_project, save_project

from .editing import edit, project_without_detector


@pytest.fixture
def projections(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The faces that are projected; the one of ``photo.png`` is found without a detector, and nothing is measured."""
    figures = {"index": 0, "lpips_alex": 0.1, "seconds": 1.0}
    monkeypatch.setattr("latentedit.cli.project.measured", lambda *arguments: figures)
    monkeypatch.setattr("latentedit.report.Judges.load", lambda *arguments: None)
    return project_without_detector(monkeypatch, "latentedit.cli.project")


@pytest.fixture
def edited(projections: list[int]) -> Project:
    """What ``photo.ledit`` holds: an edit, and another that was undone."""
    edit("photo.ledit", "--set", "there/smile.npy=2@mouth", "--set", "there/grin.pt=1", "-o", "a.ledit")
    edit("a.ledit", "--undo", "1", "-o", "b.ledit")
    Path("b.ledit").replace("photo.ledit")
    return load_project("photo.ledit")


def project(*words: str) -> int:
    return run(["project", "photo.png", *words])


def test_edits_are_not_lost_unasked(edited: Project, projections: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("photo.ledit").read_bytes()
    capsys.readouterr()
    for words in ([], ["-o", "photo.ledit"], ["-o", "./photo.ledit", "--preset", "best"]):
        assert project(*words) == 2
        lines = capsys.readouterr().err.splitlines()
        assert "has edits" in lines[0] and "--keep-edits or --replace" in lines[1] and len(lines) == 2
    assert not projections and Path("photo.ledit").read_bytes() == before


def test_edits_that_were_undone_count_too(edited: Project, projections: list[int]) -> None:
    edit("photo.ledit", "--undo", "1", "-o", "c.ledit")
    assert not load_project("c.ledit").state.faces[0].edits
    assert project("-o", "c.ledit") == 2 and not projections


def test_edits_are_kept_on_other_latents(edited: Project, projections: list[int]) -> None:
    assert project("--keep-edits") == 0
    again = load_project("photo.ledit")
    assert projections == [0] and again.history == edited.history
    assert [direction.name for direction in again.directions] == ["grin", "smile"]
    latents = [known.faces[0].latents for known in (edited, again)]
    assert latents[0] is not None and latents[1] is not None and not np.array_equal(latents[0].w_plus, latents[1].w_plus)


def test_edits_are_lost_on_demand_or_where_there_are_none(edited: Project, projections: list[int]) -> None:
    assert project("--replace", "--generator", "toy") == 0
    assert load_project("photo.ledit").state.faces[0].edits == ()
    assert project("--generator", "toy") == 0 and project("-o", "new.ledit", "--keep-edits", "--generator", "toy") == 0
    assert len(projections) == 3


def test_a_project_that_is_projected_again_keeps_its_edits(edited: Project, projections: list[int]) -> None:
    assert run(["project", "photo.ledit", "-o", "new.ledit"]) == 0
    assert [edit_words(known) for known in load_project("new.ledit").state.faces[0].edits] == ["smile +2 on mouth"]
    assert run(["project", "photo.ledit", "-o", "new.ledit"]) == 2  # which has edits as well
    assert len(projections) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--keep-edits", "--replace"], "exclude each other"),
        (["--keep-edits", "--square", "0,0,100"], "squares"),
        (["--keep-edits", "--generator", "other"], "was made with the generator toy"),
        (["--keep-edits", "-o", "other.ledit"], "another photograph"),
    ],
)
def test_what_cannot_be_kept_is_told(
    words: list[str], told: str, edited: Project, projections: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (50, 50)).save("other.png")
    save_project("other.ledit", replace(edited, photo_name="other.png", photo_data=Path("other.png").read_bytes()))
    assert project(*words) == 2
    assert told in capsys.readouterr().err and not projections


def test_what_may_hold_edits_is_not_replaced_unasked(
    folder: Path, projections: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("photo.ledit").write_bytes(b"of a newer version, perhaps")
    assert project("--generator", "toy") == 2
    assert "may hold edits" in capsys.readouterr().err and not projections
    assert project("--generator", "toy", "--replace") == 0
    assert load_project("photo.ledit").faces[0].latents is not None
