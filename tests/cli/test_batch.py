"""``latentedit batch`` by its exit codes and outputs, with the toy generator and projects, which need no detectors."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import toy_batch
from rich.console import Console

from latentedit.batch import Record
from latentedit.cli import console
from latentedit.cli.app import run
from latentedit.cli.batch import Tally, _absolute_edit, _absolute_masking, _absolute_mix, _worst
from latentedit.errors import StorageError
from latentedit.images import Patch, Photo, write_edited
from latentedit.requested_edits import Assignment, parse_assignment
from latentedit.requested_masks import Masking
from latentedit.requested_mixes import Mix

EDIT = ("--mix", "seed:3:all", "--generator", "toy", "--device", "cpu")


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Two projected photographs."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("a.png", "b.jpg"):
        toy_batch.write_photo(folder / "in" / name)
    toy_batch.run(folder, replace(toy_batch.CONFIG, keep_projects=True))
    return {name: data for name, data in toy_batch.files_in(folder / "out").items() if name.endswith(".ledit")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projects: dict[str, bytes]) -> Path:
    """Where the commands run: with two projects in ``in``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    (tmp_path / "in").mkdir()
    for name, data in projects.items():
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return dict(json.loads(capsys.readouterr().out))


def test_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", "in", "-o", "out", *EDIT]) == 0
    shown = capsys.readouterr()
    assert "a.ledit" in shown.out and "done" in shown.out and "2 done" in shown.err
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.png", "b.jpg", "manifest.jsonl"]
    assert run(["batch", "in", "-o", "out", *EDIT]) == 2
    assert "--resume" in capsys.readouterr().err
    assert run(["batch", "in", "-o", "out", *EDIT, "--resume", "--json"]) == 0
    told = document(capsys)
    assert {name: told[name] for name in ("done", "skipped", "failed", "left")} == {
        "done": 0,
        "skipped": 2,
        "failed": 0,
        "left": 0,
    }
    assert [item["status"] for item in told["items"]] == ["skipped", "skipped"]


@pytest.mark.parametrize("inputs", [["nothere"], ["nothere", "nor/this.png"], ["a", "b", "c"]])
def test_nothing_is_made_where_none_of_the_inputs_is_there(
    inputs: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["batch", *inputs, "-o", "out", *EDIT]) == 3
    told, hint = capsys.readouterr().err.splitlines()
    assert inputs[0] in told and "is not there" in told and hint.startswith("hint: ")
    assert not Path("out").exists()


def test_failures_end_with_3(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "in" / "c.jpg").write_bytes(b"text")
    if os.name == "posix":
        (folder / "in" / os.fsdecode(b"d\xff\x1b[31m.png")).write_bytes(b"")
    assert run(["batch", "in", "missing.png", "-o", "out", *EDIT, "--json"]) == 3
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    by_name = {Path(item["input"]).name: item for item in told["items"]}
    assert (told["done"], told["left"]) == (2, 0) and told["failed"] == len(by_name) - 2
    assert "holds text" in by_name["c.jpg"]["error"] and by_name["c.jpg"]["hint"]
    assert "no file" in by_name["missing.png"]["error"]
    assert "c.jpg: c.jpg holds text, not an image." in " ".join(shown.err.splitlines())
    assert shown.err.strip().splitlines()[-2].startswith("error: ")
    assert run(["batch", "in", "missing.png", "-o", "out", *EDIT, "--resume"]) == 3
    assert "\x1b[31m" not in capsys.readouterr().out


def test_the_table_is_readable_in_80_columns(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(console, "output", Console(width=80))
    tally = Tally(2)
    faces = ({"lpips_alex": 0.05, "identity_distance": 0.31},)
    long, reason = "holidays/DSC_0001_edited.jpg", "text.jpg holds text, not an image, and this is told in a line of its own."
    tally.records = {
        0: Record(long, "done", "x", "y", seconds=81.2, faces=faces),
        1: Record("text.jpg", "failed", "x", "y", error=reason),
    }
    tally.print_table()
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line for line in lines if long in line]
    assert "done" in row and "0.050" in row and "0.310" in row and "81.2" in row
    assert f"text.jpg: {reason}" in lines and all(len(line) <= 80 for line in lines[:-1])


def test_a_bug_ends_with_1(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def wrong(photo: Photo, patches: list[Patch], path: Path, **options: Any) -> bool:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("latentedit.images.write_edited", wrong)
    assert run(["batch", "in", "-o", "out", *EDIT]) == 1
    assert "This is a bug" in capsys.readouterr().err


def test_a_key_stops_it_and_resume_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(photo: Photo, patches: list[Patch], path: Path, **options: Any) -> bool:
        if path.name == "b.jpg":
            raise KeyboardInterrupt
        return write_edited(photo, patches, path, **options)

    with monkeypatch.context() as patch:
        patch.setattr("latentedit.images.write_edited", interrupted)
        assert run(["batch", "in", "-o", "out", *EDIT]) == 130
    shown = capsys.readouterr()
    assert "1 done, 1 left" in shown.err and "Stopped after 1 of 2." in shown.err and "--resume" in shown.err
    assert "a.ledit" in shown.out and "b.ledit" not in shown.out
    assert run(["batch", "in", "-o", "out", *EDIT, "--resume"]) == 0
    assert "1 done, 1 skipped" in capsys.readouterr().err
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.png", "b.jpg", "manifest.jsonl"]


def test_a_folder_that_cannot_be_written_ends_with_4(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["batch", "in", "-o", "no/out", *EDIT]) == 4
    assert "does not exist" in capsys.readouterr().err

    def full(photo: Photo, patches: list[Patch], path: Path, **options: Any) -> bool:
        raise StorageError(f"There is no room to write {path}.") from OSError(28, "No space left on device")

    monkeypatch.setattr("latentedit.images.write_edited", full)
    assert run(["batch", "in", "-o", "out", *EDIT]) == 4
    shown = capsys.readouterr()
    assert "1 failed, 1 left" in shown.err and shown.err.count("error: ") == 1


def test_without_ray_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert run(["batch", "in", "-o", "out", *EDIT, "--engine", "ray"]) == 4
    assert "pip install 'latentedit[ray]'" in capsys.readouterr().err
    assert not Path("out").exists()


def test_what_should_be_known_of_the_results_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", "in", "-o", "out", *EDIT, "--format", "bmp", "--mask", "face"]) == 0
    assert capsys.readouterr().err.count("2 of 2: BMP has no place for the mark") == 1
    assert run(["batch", "in", "-o", "out", *EDIT, "--format", "bmp", "--mask", "face", "--no-mark", "--resume", "--json"]) == 0
    shown = capsys.readouterr()
    assert "BMP" not in shown.err and json.loads(shown.out)["done"] == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["in"], 2),
        (["pictures", "-o", "out"], 2),
        (["-o", "out"], 2),
        (["in", "-o", "out", "--engine", "threads"], 2),
        (["in", "-o", "out", "--workers", "2"], 2),
        (["in", "-o", "out", "--ray-address", "here:1"], 2),
        (["in", "-o", "out", "--crop", "--face", "all"], 2),
        (["in", "-o", "out", "--format", "doc"], 2),
        (["in", "-o", "out", "--suffix", "a/b"], 2),
        (["in", "-o", "out", "--mode", "none"], 2),
        (["in", "-o", "out", "--mask", "ears"], 2),
        (["in", "-o", "out", "--invert-mask"], 2),
        (["in", "-o", "out", "--feather", "2"], 2),
        (["in", "-o", "out", "--set", "nobody=1"], 2),
        (["in", "-o", "out", "--mix", "in/a.ledit#1:all"], 2),
        (["in", "-o", "out", "--set", "smile"], 2),
        (["in", "-o", "out", "--preset", "quick"], 2),
        (["in", "-o", "out", "--steps", "0"], 2),
        (["in", "-o", "in/a.ledit"], 2),
        (["in", "-o", "."], 2),
        (["empty", "-o", "out"], 3),
    ],
)
def test_wrong_usage_is_told_before_the_work(
    words: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    toy_batch.write_photo(folder / "pictures" / "a.png")
    before = toy_batch.files_in(folder)
    assert run(["batch", *words, "--generator", "toy"]) == code
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("error: ") and len(lines) <= 2
    assert toy_batch.files_in(folder) == before and not Path("out").exists()


def test_workers_in_other_folders_find_what_edits_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mask.png", "pca.pt", "smile"):
        Path(name).write_bytes(b"x")
    named = [_absolute_edit(parse_assignment(text)) for text in ("pca.pt:3=1", "pca.pt=1@mask.png", "smile=1@mouth")]
    assert named == [
        Assignment(f"{tmp_path}/pca.pt:3", 1.0),
        Assignment(f"{tmp_path}/pca.pt", 1.0, f"{tmp_path}/mask.png"),
        Assignment("smile", 1.0, "mouth"),
    ]


def test_workers_in_other_folders_find_masks_and_faces_to_mix_with(folder: Path) -> None:
    Path("mask.png").write_bytes(b"x")
    assert _absolute_masking(Masking("mask.png", True, 0.1)) == Masking(f"{folder}/mask.png", True, 0.1)
    for region in (None, "auto", "hair"):
        assert _absolute_masking(Masking(region)) == Masking(region)
    assert _absolute_mix(Mix("in/a.ledit#0", "all", 1.0)).source == f"{folder}/in/a.ledit#0"
    assert _absolute_mix(Mix("in/a.ledit", "all", 1.0)).source == f"{folder}/in/a.ledit"
    assert _absolute_mix(Mix("seed:1", "all", 1.0)).source == "seed:1"


def test_a_measure_that_failed_leaves_its_cell_empty() -> None:
    assert _worst([{"lpips_alex": None}, {}], "lpips_alex") == ""
    assert _worst([{"lpips_alex": None}, {"lpips_alex": 0.25}], "lpips_alex") == "0.250"
