"""Where the bridge looks for the program, on each system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from latentedit_plugins.bridge import ProgramMissing, find_program
from latentedit_plugins.bridge.finding import RECORD, VARIABLE


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


USUAL = [
    ".local/bin/latentedit",
    ".local/share/pipx/venvs/latentedit/bin/latentedit",
    ".local/share/uv/tools/latentedit/bin/latentedit",
    "miniforge3/envs/latentedit/bin/latentedit",
    "Library/Python/3.12/bin/latentedit",
    "latentedit/.venv/bin/latentedit",
]


@pytest.mark.parametrize("place", USUAL)
def test_usual_places(tmp_path: Path, place: str) -> None:
    there = program(tmp_path / place)
    assert find_program(environ={}, home=tmp_path) == (str(there),)


@pytest.mark.parametrize(
    "place",
    [
        "AppData/Roaming/Python/Python312/Scripts",
        "AppData/Local/Programs/Python/Python311/Scripts",
        "pipx/venvs/latentedit/Scripts",
    ],
)
def test_usual_places_on_windows(tmp_path: Path, place: str) -> None:
    there = program(tmp_path / place / "latentedit.exe")
    environ = {"APPDATA": str(tmp_path / "AppData/Roaming"), "LOCALAPPDATA": str(tmp_path / "AppData/Local")}
    assert find_program(environ=environ, home=tmp_path, windows=True) == (str(there),)


def test_the_newest_python_goes_first(tmp_path: Path) -> None:
    program(tmp_path / "Library/Python/3.9/bin/latentedit")
    newer = program(tmp_path / "Library/Python/3.13/bin/latentedit")
    assert find_program(environ={}, home=tmp_path) == (str(newer),)


def test_order(tmp_path: Path) -> None:
    usual = program(tmp_path / "home" / USUAL[0])
    on_path = program(tmp_path / "path" / "latentedit")
    recorded = program(tmp_path / "recorded")
    named = program(tmp_path / "named")
    chosen = program(tmp_path / "chosen")
    record = tmp_path / RECORD
    record.write_text(json.dumps({"command": [str(recorded), "-m", "latentedit"]}))
    environ = {VARIABLE: str(named), "PATH": f"/nowhere:{on_path.parent}"}

    def found(chosen: str = "") -> tuple[str, ...]:
        return find_program(chosen, beside=tmp_path, environ=environ, home=tmp_path / "home")

    assert found(str(chosen)) == (str(chosen),)
    assert found() == (str(named),)
    named.unlink()
    assert found() == (str(recorded), "-m", "latentedit")
    record.write_text("{")
    assert found() == (str(on_path),)
    on_path.unlink()
    assert found() == (str(usual),)
    usual.unlink()
    with pytest.raises(ProgramMissing) as missing:
        found()
    assert str(on_path) in missing.value.looked


def test_a_folder_may_be_chosen(tmp_path: Path) -> None:
    there = program(tmp_path / ".venv/bin/latentedit")
    assert find_program(str(tmp_path), environ={}, home=tmp_path / "none") == (str(there),)


def test_what_was_chosen_is_not_replaced_by_something_else(tmp_path: Path) -> None:
    program(tmp_path / USUAL[0])
    with pytest.raises(ProgramMissing):
        find_program(str(tmp_path / "elsewhere"), environ={}, home=tmp_path)
