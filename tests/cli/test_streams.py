"""The program and whoever reads what it says: few characters, nobody, or a key pressed early."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from latentedit.cli.app import run

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and signals are others elsewhere")
PROGRAM = [sys.executable, "-c", "from latentedit.cli import main; main()"]


def told(folder: Path, *words: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, "PYTHONIOENCODING": encoding, "LATENTEDIT_HOME": str(folder)}
    return subprocess.run([*PROGRAM, *words], capture_output=True, env=variables, check=False)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_names_that_the_output_cannot_encode(tmp_path: Path, encoding: str) -> None:
    folder = str(tmp_path / "Łódź \U0001f600")
    done = told(tmp_path, "generate", "--generator", "toy", "--seeds", "0", "-o", folder, "--json", encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode(encoding))["output"] == folder
    done = told(tmp_path, "models", "info", "Łódź", encoding=encoding)
    assert done.returncode == 2 and rb"\u0141" in done.stderr


@posix
@pytest.mark.parametrize("words", ["models list --json", "models list", "--help"])
def test_a_reader_that_has_gone_is_no_error(words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, *words.split()], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@posix
def test_an_error_that_nobody_reads_keeps_its_code() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, "edit", "nothere.png", "--crop"], stderr=writing, check=False)
    os.close(writing)
    assert done.returncode == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_full_devices() -> None:
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run([*PROGRAM, "edit", "nothere.png", "--crop"], stderr=full, check=False).returncode == 3
        done = subprocess.run([*PROGRAM, "models", "list"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4 and done.stderr.startswith(b"error: ")


def test_a_key_pressed_while_the_program_is_loaded() -> None:
    pressed = """
import sys
from latentedit.cli import main
class Pressed:
    def find_spec(self, name, *rest):
        if name == "latentedit.cli.app":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
main()
"""
    done = subprocess.run([sys.executable, "-c", pressed], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "error: Cancelled.\n")


def test_names_reach_the_terminal_as_one_line_that_commands_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edit", "a\x1b[31m\nb.png", "--crop"]) == 3
    assert capsys.readouterr().err.splitlines()[0] == "error: There is no file a\ufffd[31m\ufffdb.png."


def test_a_long_name_is_not_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"{'long ' * 40}.png"
    assert run(["generate", "--generator", "toy", "--seeds", "0", "-o", str(path)]) == 0
    assert f"wrote {path}" in capsys.readouterr().err.splitlines()


@posix
def test_links_that_lead_to_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.ledit", "b.png", "c.gif"):
        Path(name).symlink_to(name)
    for words, code in (
        ("edit a.ledit", 3),
        ("project b.png", 3),
        ("morph a.ledit a.ledit -o x.gif", 3),
        ("edit x.ledit -o b.png", 4),
        ("morph x.ledit y.ledit -o c.gif", 4),
        ("generate --generator toy -o b.png", 4),
    ):
        assert run(words.split()) == code, words
        assert len(capsys.readouterr().err.splitlines()) == 2
