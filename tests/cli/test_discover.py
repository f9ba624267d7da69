"""``latentedit directions discover`` by its exit codes, files and outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latentedit.cli.app import run
from latentedit.cli.example_faces import parse_group, read_labels
from latentedit.directions import DirectionLibrary, load_direction
from latentedit.directions.discovery import discovery_methods
from latentedit.errors import InputError, UsageError
from latentedit.generators.toy import ToyGenerator

TOY = ["--generator", "toy"]
SCORED = ["--attribute", "brightness", "--scorer", "scorer.py:Brightness"]
SMALL: dict[str, list[str]] = {
    "sefa": ["--components", "2"],
    "ganspace": ["--components", "2", "--count", "2500"],
    "interfacegan": [*SCORED, "--count", "100"],
    "stylespace": [*SCORED, "--count", "220", "--candidates", "6", "--faces", "4", "--components", "1"],
    "examples": ["--a", "0-7", "--b", "8-15"],
}
CODE = """
import os

class Brightness:
    names = ("brightness", "redness")
    seen = 0

    def score(self, picture):
        Brightness.seen += 1
        if Brightness.seen > int(os.environ.get("STOP_AFTER", 10_000)):
            raise KeyboardInterrupt
        return {"brightness": picture.mean(), "redness": picture[..., 0].mean() - picture[..., 1].mean()}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a scorer, and a library of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    (tmp_path / "scorer.py").write_text(CODE)
    return tmp_path


def discover(*arguments: str) -> int:
    return run(["directions", "discover", *arguments, *TOY])


def test_every_method_has_a_command() -> None:
    assert SMALL.keys() == discovery_methods().keys()


@pytest.mark.parametrize("method", SMALL)
def test_a_method_writes_what_it_found(method: str, toy: ToyGenerator, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [method, *SMALL[method], "-o", "found.safetensors", "--name", "mine", "--sheet", "sheet.png"]
    assert discover(*arguments, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    names = [found["name"] for found in told["found"]]
    assert told["method"] == method and names == (["mine"] if len(names) == 1 else ["mine_1", "mine_2"])
    kept = DirectionLibrary.default().all(toy.spec)
    assert list(kept) == names and all(Path(found["path"]).is_file() for found in told["found"])
    file = "found.safetensors" if len(names) == 1 else f"found.safetensors:{names[0]}"
    assert load_direction(file, toy).vector.equal(kept[names[0]].vector)
    with Image.open("sheet.png") as sheet:
        assert np.asarray(sheet).std() > 10
    assert all(found["measures"] for found in told["found"])
    assert discover(*arguments) == 2  # the name is in use
    assert "--replace" in capsys.readouterr().err
    assert discover(*arguments, "--replace") == 0


def test_an_interrupt_keeps_the_samples(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["interfacegan", *SCORED, "--samples", "kept.safetensors", "-o", "found.safetensors", "--offline", "--trial", "0"]
    monkeypatch.setenv("STOP_AFTER", "130")
    assert discover(*arguments, "--count", "150") == 130
    assert "130 scored faces are in kept.safetensors" in capsys.readouterr().err and not Path("found.safetensors").exists()
    monkeypatch.setenv("STOP_AFTER", "20")  # so many are missing
    assert discover(*arguments, "--count", "150") == 0
    monkeypatch.setenv("STOP_AFTER", "0")
    again = ["interfacegan", "--attribute", "redness", "--scorer", "scorer.py:Brightness", "--samples", "kept.safetensors"]
    assert discover(*again, "--orthogonal-to", "brightness", "--count", "150", "-o", "other.safetensors", "--trial", "0") == 0


def test_faces_to_sort_are_drawn_and_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert discover("examples", "--sheet", "faces.png", "--seeds", "3-18", "--json") == 0
    assert json.loads(capsys.readouterr().out)["seeds"] == list(range(3, 19))
    with Image.open("faces.png") as sheet:
        assert sheet.width == 4 * 144
    Path("labels.txt").write_text("# mine\n3 A\n4,A\n5\ta\n\n6 B # sure\n7 B\n8 B\n")
    assert discover("examples", "--labels", "labels.txt", "-o", "found.safetensors") == 0
    assert discover("examples", "--a", "3-5", "--b", "6-8", "-o", "same.safetensors") == 0
    toy = ToyGenerator()
    assert load_direction("found.safetensors", toy).vector.equal(load_direction("same.safetensors", toy).vector)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sefa"], 2),
        (["sefa", "-o", "x.pt"], 2),
        (["sefa", "-o", "no/x.safetensors"], 4),
        (["sefa", "-o", "x.safetensors", "--components", "0"], 2),
        (["sefa", "-o", "x.safetensors", "--components", "99"], 2),
        (["sefa", "-o", "x.safetensors", "--layers", "9"], 2),
        (["sefa", "-o", "x.safetensors", "--layers", "often"], 2),
        (["sefa", "-o", "x.safetensors", "--sheet", "sheet.doc"], 2),
        (["sefa", "--name", "a/b"], 2),
        (["ganspace", "-o", "x.safetensors", "--count", "5"], 2),
        (["interfacegan", "-o", "x.safetensors"], 2),
        (["interfacegan", "-o", "x.safetensors", "--attribute", "beauty"], 2),
        (["interfacegan", "-o", "x.safetensors", *SCORED, "--orthogonal-to", "no-such"], 2),
        (["interfacegan", "-o", "x.safetensors", *SCORED, "--samples", "x.safetensors"], 2),
        (["interfacegan", "-o", "x.safetensors", *SCORED, "--samples", "scorer.py"], 2),
        (["interfacegan", "-o", "x.safetensors", *SCORED, "--count", "20"], 3),
        (["interfacegan", "-o", "x.safetensors", *SCORED, "--blendshapes", "no.task"], 4),
        (["stylespace", "-o", "x.safetensors", *SCORED, "--layers", "1"], 2),
        (["examples"], 2),
        (["examples", "--a", "1-4", "-o", "x.safetensors"], 2),
        (["examples", "--a", "1-4", "--b", "5", "-o", "x.safetensors"], 2),
        (["examples", "--a", "1,2,3", "--b", "3,2,1", "-o", "x.safetensors"], 2),
        (["examples", "--a", "1-4", "--b", "5-9", "--labels", "l.txt", "-o", "x.safetensors"], 2),
        (["examples", "--a", "1-4", "--b", "none.ledit", "-o", "x.safetensors"], 2),
        (["examples", "--a", "1-4", "--b", ".", "-o", "x.safetensors"], 2),
        (["examples", "--labels", "none.txt", "-o", "x.safetensors"], 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_wrong_usage(arguments: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(folder.iterdir())
    assert discover(*arguments) == code
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("error: ") and len(lines) <= 2
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("line", ["7", "A", "x.png A", "7 C", "-3 B", "9" * 30 + " A"])
def test_lines_that_are_no_labels(line: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    path.write_text(f"1 A\n{line}\n")
    with pytest.raises(InputError, match=r"labels.txt, line 2"):
        read_labels(path)


def test_groups_are_seeds_projects_or_folders(tmp_path: Path) -> None:
    assert parse_group("3,5-7") == [3, 5, 6, 7]
    for name in ("b.ledit", "a.ledit", "c.txt"):
        (tmp_path / name).touch()
    assert parse_group(str(tmp_path)) == [tmp_path / "a.ledit", tmp_path / "b.ledit"]
    assert parse_group(str(tmp_path / "a.ledit")) == [tmp_path / "a.ledit"]
    for text in ("", "nose", str(tmp_path / "none.ledit")):
        with pytest.raises(UsageError):
            parse_group(text)


def test_attributes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["directions", "attributes", "--json"]) == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert {"smile", "glasses", "age", "roll"} <= {each["name"] for each in told}


@pytest.mark.parametrize(("text", "missing"), [("", "A"), ("3 A\n4 A\n", "B"), ("3 B", "A")])
def test_labels_of_one_group_alone_are_told(text: str, missing: str, tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text(text)
    with pytest.raises(InputError, match=f"no face {missing}"):
        read_labels(tmp_path / "labels.txt")


def test_labels_that_begin_with_a_mark_and_labels_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("1 A\n2 B\n", encoding="utf-8-sig")
    assert read_labels(tmp_path / "labels.txt") == ([1], [2])
    with pytest.raises(InputError, match="There is no file"):
        read_labels(tmp_path / "none.txt")


def test_a_damaged_project_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.ledit").write_bytes(b"PK")
    assert discover("examples", "--a", str(tmp_path), "--b", "1-4", "--name", "mine") == 3
    assert "bad.ledit" in capsys.readouterr().err


def test_samples_that_were_not_kept_are_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STOP_AFTER", "0")
    assert discover("interfacegan", *SCORED, "--name", "mine", "--samples", "s.safetensors") == 130
    assert "scored faces" not in capsys.readouterr().err and not Path("s.safetensors").exists()


def test_a_direction_that_moves_nothing_is_told_as_weak(capsys: pytest.CaptureFixture[str], toy: ToyGenerator) -> None:
    Path("noise.py").write_text(
        "import hashlib\nclass Noise:\n    names = ('noise',)\n"
        "    def score(self, picture):\n        return {'noise': hashlib.sha256(picture.tobytes()).digest()[0]}\n"
    )
    noise = ["interfacegan", "--attribute", "noise", "--scorer", "noise.py:Noise", "--count", "200", "--name", "noise"]
    assert discover(*noise, "--trial", "24", "--json") == 0
    shown = capsys.readouterr()
    (found,) = json.loads(shown.out)["found"]
    assert "noise rises on" in found["weakness"] and "warning: noise is weak" in shown.err and "--count" in shown.err
    kept = DirectionLibrary.default().get("noise", toy.spec)
    assert kept is not None and kept.measured is not None and kept.measured.attribute == "noise"
    assert kept.measured.changes["noise"] == pytest.approx(found["effects"]["noise"]["deviations"])


def test_a_direction_that_works_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert discover("interfacegan", *SCORED, "--count", "300", "--name", "bright") == 0
    shown = capsys.readouterr()
    assert "warning" not in shown.err and "found from 300 random faces" in shown.err
    assert "told apart" in shown.out and "rises on 100% of 12 faces" in " ".join(shown.out.replace("│", " ").split())
    assert run(["directions", "show", "bright", *TOY]) == 0
    assert "brightness +" in capsys.readouterr().out


def test_examples_that_chance_sorted_are_told_as_weak(capsys: pytest.CaptureFixture[str]) -> None:
    assert discover("examples", "--a", "20-39", "--b", "40-59", "--name", "chance") == 0
    assert "chance is weak" in capsys.readouterr().err
