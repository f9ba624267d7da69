"""The command line by its exit codes and outputs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.main import get_command

from latentedit.cli.app import app, run
from latentedit.cli.generate import parse_seeds
from latentedit.errors import UsageError
from latentedit.requested_edits import parse_assignment


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("latentedit ")
    assert run(["project", "--help"]) == 0
    shown = capsys.readouterr().out
    for option in ("--face", "--preset", "--method", "--space", "--report", "--json"):
        assert option in shown


def all_commands(command: Any, name: str = "") -> Iterator[str]:
    """The words that call each command and group of commands."""
    yield name
    for inner, subcommand in getattr(command, "commands", {}).items():
        yield from all_commands(subcommand, f"{name} {inner}".strip())


COMMANDS = list(all_commands(get_command(app)))


def test_the_commands_are_found() -> None:
    assert {"", "project", "assets", "assets list"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_common_options(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--offline", "--debug", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "--offline" in shown and "--debug" in shown


@pytest.mark.parametrize(
    "arguments", [["--debug", "models", "info", "no-such"], ["models", "info", "no-such", "--debug"]], ids=" ".join
)
def test_debug_shows_a_traceback_wherever_it_stands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "Traceback" in capsys.readouterr().err
    assert run([word for word in arguments if word != "--debug"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["models", "list"],
        ["models", "info", "toy"],
        ["directions", "list"],
        ["directions", "show", "smile"],
        ["assets", "list"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_json_is_one_document(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert run(arguments) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-command"], 2),
        (["project"], 2),
        (["models", "info", "no-such"], 2),
        (["assets", "path", "no-such"], 2),
        (["generate", "--seeds", "9-1", "-o", "x.png", "--generator", "toy"], 2),
        (["generate", "--seeds", "0-400", "-o", "x.png", "--generator", "toy"], 2),
        (["generate", "-o", "x.doc", "--generator", "toy"], 2),
        (["project", "photo.jpg", "-o", "photo.png"], 2),
        (["project", "photo.jpg", "--preview", "preview.doc"], 2),
        (["edit", "photo.ledit", "-o", "photo.doc"], 2),
        (["edit", "photo.ledit", "--generator", "toy", "-o", "x.png"], 2),
        (["edit", "photo.ledit", "--crop", "-o", "x.ledit"], 2),
        (["project", "photo.jpg", "--preview", "photo.jpg"], 2),
        (["project", "photo.jpg", "--report", "./photo.jpg"], 2),
        (["project", "photo.jpg", "--report", "photo.ledit"], 2),
        (["project", "photo.jpg", "--preview", "x.png", "--report", "x.png"], 2),
        (["project", "photo.ledit"], 2),
        (["project", "photo.jpg", "--seed", str(2**63)], 2),
        (["project", "."], 3),
        (["project", ""], 3),
        (["edit", "/"], 3),
        (["generate", "--psi", "nan", "-o", "x.png", "--generator", "toy"], 2),
        (["generate", "--psi", "1e300", "-o", "x.png", "--generator", "toy"], 2),
        (["generate", "--seeds", "0-6000,6001-12000", "-o", "x", "--generator", "toy"], 2),
    ],
)
def test_wrong_usage(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("error: ") and len(lines) <= 2
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("group", [[], ["models"], ["assets"], ["directions"]], ids=str)
def test_a_group_alone_shows_its_help(group: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(group) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("Usage: ") and shown.err == ""


def test_a_link_to_the_photograph_is_the_photograph(tmp_path: Path) -> None:
    Image.new("RGB", (40, 40)).save(tmp_path / "photo.png")
    (tmp_path / "same.png").hardlink_to(tmp_path / "photo.png")
    before = (tmp_path / "photo.png").read_bytes()
    assert run(["project", str(tmp_path / "photo.png"), "--preview", str(tmp_path / "same.png")]) == 2
    assert (tmp_path / "photo.png").read_bytes() == before


def test_a_missing_photograph_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in (("empty.jpg", b""), ("text.jpg", b"hello"), ("missing.jpg", None)):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        assert run(["project", str(path), "--generator", "toy"]) == 3
        lines = capsys.readouterr().err.strip().splitlines()
        assert lines[0].startswith("error: ") and "Traceback" not in "".join(lines)
        assert not path.with_suffix(".ledit").exists()


def test_a_missing_folder_is_told_before_the_work(tmp_path: Path) -> None:
    assert run(["generate", "--generator", "toy", "-o", str(tmp_path / "no" / "x.png")]) == 4


def test_a_folder_that_may_not_be_written_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The superuser may write anywhere, so the question is answered for the system.
    monkeypatch.setattr("latentedit.cli.options.os.access", lambda path, mode: False)
    assert run(["generate", "--generator", "toy", "-o", str(tmp_path / "x.png")]) == 4
    assert "may not be written" in capsys.readouterr().err


def test_starting_does_not_load_torch() -> None:
    """Completion runs the program at every press of the key."""
    code = "import sys, latentedit.cli.app; print(sorted({'torch', 'dlib', 'unearth', 'PIL'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_python_runs_it_as_a_module() -> None:
    shown = subprocess.run([sys.executable, "-m", "latentedit", "--help"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("Usage: latentedit ")


def test_generated_faces_are_marked(tmp_path: Path) -> None:
    assert run(["generate", "--generator", "toy", "--seeds", "0", "-o", str(tmp_path / "x.png")]) == 0
    assert b"trainedAlgorithmicMedia" in (tmp_path / "x.png").read_bytes()


def test_generate(tmp_path: Path) -> None:
    assert run(["generate", "--generator", "toy", "--seeds", "0-4", "-o", str(tmp_path / "grid.png")]) == 0
    with Image.open(tmp_path / "grid.png") as picture:
        assert picture.size == (96, 64)
    assert run(["generate", "--generator", "toy", "--seeds", "7", "-o", str(tmp_path / "out")]) == 0
    with Image.open(tmp_path / "out" / "seed0007.png") as picture:
        assert np.asarray(picture).std() > 0


def test_generate_says_where_the_pictures_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for seeds, told in (("7", "seed0007.png"), ("9,2-3", "seed0002.png to seed0009.png (3 pictures)")):
        assert run(["generate", "--generator", "toy", "--seeds", seeds, "-o", str(tmp_path / "out")]) == 0
        assert f"wrote {tmp_path / 'out' / told}" in capsys.readouterr().err
    assert run(["generate", "--generator", "toy", "--seeds", "0", "-o", str(tmp_path / "x.bmp")]) == 0
    assert "x.bmp: BMP has no place for the mark" in capsys.readouterr().err
    assert run(["generate", "--generator", "toy", "--seeds", "0", "--no-mark", "-o", str(tmp_path / "x.bmp")]) == 0
    assert "mark" not in capsys.readouterr().err


def test_generate_tells_what_it_drew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "x.png")
    assert run(["generate", "--generator", "toy", "--seeds", "3,5", "-o", path, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document == {"output": path, "generator": "toy", "psi": 0.7, "seeds": [3, 5]}


def test_parsing() -> None:
    assert parse_seeds("0-2,7") == [0, 1, 2, 7]
    assert parse_assignment("smile=-2.5") == ("smile", -2.5, None, None)
    assert parse_assignment("a=b.pt=1@mouth") == ("a=b.pt", 1.0, "mouth", None)
    assert parse_assignment("a.pt:3=1:0-3,7@mouth") == ("a.pt:3", 1.0, "mouth", "0-3,7")
    for wrong in ("smile", "=2", "smile=two", "smile=nan", "smile=inf", "smile=", "smile=1@", "smile=1@toe", "smile=@mouth"):
        with pytest.raises(UsageError):
            parse_assignment(wrong)
    for wrong in ("", "a", "3-", "5-2", "\u00b2", str(2**63), "9" * 100):
        with pytest.raises(UsageError):
            parse_seeds(wrong)
