"""``latentedit edit PHOTO``: what is refused, the result's kind, and the project beside the photograph."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentedit.cli.app import run
from latentedit.cli.edit import default_result
from latentedit.edits.names import edit_words
from latentedit.project_file import load_project, save_project

from .editing import edit, project_without_detector

SET = ("--set", "there/smile.npy=4", "--generator", "toy")


@pytest.fixture
def projections(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The faces that are projected; the one of ``photo.png`` is found without a detector."""
    return project_without_detector(monkeypatch, "latentedit.cli.edit")


@pytest.mark.parametrize("words", [[], ["--mode", "residual"], ["--mask", "hair"], ["--feather", "0.1"], ["--reset"]])
def test_a_photograph_that_nothing_is_done_to_is_refused(
    words: list[str], folder: Path, projections: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["edit", "photo.png", *words]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert "Nothing is to be done to photo.png" in lines[0] and lines[1].startswith("hint: ")
    assert not projections and not Path("photo-edited.png").exists()


@pytest.mark.parametrize("words", [["--undo", "1"], ["--remove", "smile"]])
def test_a_photograph_has_nothing_to_take_back(words: list[str], folder: Path, projections: list[int]) -> None:
    assert run(["edit", "photo.png", *words, "--generator", "toy"]) == 2
    assert not projections


@pytest.mark.parametrize("words", [["--crop"], ["--mode", "replace"], ["--mode", "seamless"], ["-o", "new.ledit"]])
def test_what_needs_no_edit_is_done(words: list[str], folder: Path, projections: list[int]) -> None:
    edit("photo.png", *words, "--generator", "toy", "--no-project")
    assert projections == [0]


@pytest.mark.parametrize(
    ("name", "kind", "result"),
    [("a.jpg", "JPEG", ".jpg"), ("b.JPG", "PNG", ".png"), ("c.tif", "TIFF", ".tif"), ("d.ppm", "PPM", ".png")],
)
def test_the_result_is_of_the_photographs_kind(name: str, kind: str, result: str, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / name, kind)
    path = tmp_path / name
    assert default_result(path) == tmp_path / f"{path.stem}-edited{result}"


def test_the_result_of_a_project_is_of_its_photographs_kind(folder: Path) -> None:
    Image.open("photo.png").save("photo.jpg")
    project = load_project("photo.ledit")
    save_project("jpeg.ledit", replace(project, photo_name="photo.jpg", photo_data=Path("photo.jpg").read_bytes()))
    edit("jpeg.ledit", "--set", "there/smile.npy=4")
    with Image.open("jpeg-edited.jpg") as picture:
        assert picture.format == "JPEG"


def test_the_project_beside_a_photograph_saves_its_projection(
    folder: Path, projections: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    edit("photo.ledit", "--set", "there/grin.pt=3", "-o", "edited.ledit")
    edit("photo.ledit", "--set", "there/smile.npy=4", "-o", "from-project.png")
    Path("edited.ledit").replace("photo.ledit")
    before = Path("photo.ledit").read_bytes()
    capsys.readouterr()
    edit("photo.png", *SET, "-o", "a.png", "--json")
    shown = capsys.readouterr()
    assert not projections and "using the projection in photo.ledit, not its edits" in shown.err
    document = json.loads(shown.out)
    assert document["project"] == "photo.ledit" and len(document["stacks"][0]["edits"]) == 1
    assert Path("a.png").read_bytes() == Path("from-project.png").read_bytes() and Path("photo.ledit").read_bytes() == before


def other_bytes() -> None:
    Image.new("RGB", (120, 120), (9, 9, 9)).save("photo.png")


def chosen_square() -> None:
    project = load_project("photo.ledit")
    save_project("photo.ledit", replace(project, faces=(replace(project.faces[0], landmarks=None),)))


def other_generator() -> None:
    project = load_project("photo.ledit")
    assert project.generator is not None
    save_project("photo.ledit", replace(project, generator=replace(project.generator, weights_hash="0" * 64)))


def damaged() -> None:
    Path("photo.ledit").write_bytes(b"PK")


@pytest.mark.parametrize("change", [other_bytes, chosen_square, other_generator, damaged])
def test_no_other_project_is_used_nor_replaced(
    change: Callable[[], None], folder: Path, projections: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    change()
    before = Path("photo.ledit").read_bytes()
    edit("photo.png", *SET, "-o", "a.png")
    assert projections == [0] and Path("photo.ledit").read_bytes() == before
    assert "not kept, since there is a photo.ledit already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "times"), [(["--preset", "best"], 1), (["--seed", "8"], 1), (["--preset", "fast", "--seed", "7"], 0)]
)
def test_another_preset_or_seed_that_is_asked_for_projects_again(
    words: list[str], times: int, folder: Path, projections: list[int]
) -> None:
    project = load_project("photo.ledit")
    save_project("photo.ledit", replace(project, faces=(replace(project.faces[0], report={"preset": "fast", "seed": 7}),)))
    edit("photo.png", *SET, *words, "-o", "a.png")
    assert len(projections) == times


def test_a_projection_is_kept_for_the_next_edit(folder: Path, projections: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    Path("photo.ledit").unlink()
    edit("photo.png", *SET, "-o", "a.png")
    assert projections == [0] and "kept the projection in photo.ledit" in capsys.readouterr().err
    kept = load_project("photo.ledit")
    assert kept.faces[0].latents is not None and kept.state.faces[0].edits == () and not kept.history.can_undo
    edit("photo.png", *SET, "-o", "b.png")
    assert projections == [0] and Path("a.png").read_bytes() == Path("b.png").read_bytes()


def test_nothing_is_kept_that_is_not_wanted(folder: Path, projections: list[int]) -> None:
    Path("photo.ledit").unlink()
    edit("photo.png", *SET, "-o", "a.png", "--no-project")
    edit("photo.png", *SET, "-o", "own.ledit")
    assert not Path("photo.ledit").exists() and len(projections) == 2
    assert [edit_words(known) for known in load_project("own.ledit").state.faces[0].edits] == ["smile +4"]


def test_a_folder_that_takes_no_project_stops_nothing(
    folder: Path, projections: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from latentedit.errors import StorageError

    def full(path: Path, project: object) -> None:
        raise StorageError(f"{path} cannot be written.")

    Path("photo.ledit").unlink()
    monkeypatch.setattr("latentedit.project_file.save_project", full)
    edit("photo.png", *SET, "-o", "a.png")
    assert "the projection is not kept: photo.ledit cannot be written." in capsys.readouterr().err
    with Image.open("a.png") as picture:
        assert np.asarray(picture).shape == (120, 120, 3)
