"""Hostile files are refused with one line, cheaply, and nothing of them is run; what is harmless of them is read rightly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from checkpoints.hostile import READ, REFUSED
from checkpoints.hostile_all import ALL
from latentedit.checkpoints.torch_file import LEGACY_START
from latentedit.checkpoints.torch_tar import is_tar

RUNNING = [name for name, hostile in ALL.items() if hostile.runs]
NUMBERS = {name: number for number, name in enumerate(ALL)}
SECONDS = 5.0
MIB = 1024
TESTS = Path(__file__).resolve().parents[1]


def suffix(data: bytes) -> str:
    return ".pt" if data.startswith((b"PK", LEGACY_START)) or is_tar(data) else ".pkl"


PYTHONS_OWN = """
import pathlib, pickle, sys
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        pickle.loads(path.read_bytes())
    except Exception:
        pass
    made = pathlib.Path("CANARY")
    if made.exists():
        made.unlink()
        print(path.stem, flush=True)
"""


def test_the_files_would_run_what_they_name(tmp_path: Path) -> None:
    """Else nothing were shown by their being refused."""
    files, work = tmp_path / "files", tmp_path / "work"
    files.mkdir()
    work.mkdir()
    for name in RUNNING:
        (files / f"{NUMBERS[name]:03}").write_bytes(ALL[name].data)
    command = [sys.executable, "-c", PYTHONS_OWN, files]
    ran = subprocess.run(command, cwd=work, capture_output=True, text=True, check=True).stdout.split()
    assert {name for name in RUNNING if f"{NUMBERS[name]:03}" in ran} == set(RUNNING)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What reading each file gave, in a process of its own that goes on behind a file that kills it."""
    files, work = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("work")
    for name, number in NUMBERS.items():
        (files / f"{number:03}{suffix(ALL[name].data)}").write_bytes(ALL[name].data)
    told: list[dict[str, Any]] = []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    while len(told) < len(ALL):
        command = [sys.executable, "-m", "checkpoints.hostile_worker", files, str(len(told)), str(SECONDS), str(MIB)]
        worker = subprocess.run(command, cwd=work, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        told += [json.loads(line) for line in worker.stdout.splitlines()]
        if len(told) < len(ALL):
            told.append({"error": f"the process ended with {worker.returncode}"})
    return dict(zip(ALL, told, strict=True))


@pytest.mark.skipif(sys.platform != "linux", reason="what reading costs is asked of Linux")
@pytest.mark.parametrize("name", ALL)
def test_a_hostile_file(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    hostile, told = ALL[name], outcomes[name]
    assert not told.get("error")
    assert told["seconds"] < SECONDS and told["mib"] < MIB and told["made"] == []
    if hostile.holds is REFUSED:
        assert hostile.says in told.get("says", "")
        assert told["says"].isprintable() and 0 < len(told["says"]) < 300 and told["code"] == 3
    else:
        assert "holds" in told and hostile.holds in (READ, told["holds"])
