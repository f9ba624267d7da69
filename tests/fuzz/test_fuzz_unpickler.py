"""Ten seconds of ``scripts/fuzz_unpickler.py`` at every run; docs/results/fuzz.md tells of ten minutes."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.reading import read

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fuzz_unpickler.py"

atheris = pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, "--findings", folder, *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@atheris
@pytest.mark.slow
def test_nothing_is_found_in_ten_seconds(tmp_path: Path) -> None:
    done = run(tmp_path, "--minutes", "0.17", "--seed", "0")
    assert done.returncode == 0, done.stdout + done.stderr + (tmp_path / "log.txt").read_text(encoding="utf-8")[-5000:]
    executed = re.match(r"(\d+) files from (\d+) seeds", done.stdout)
    assert executed and int(executed[2]) > 200 and int(executed[1]) > 2 * int(executed[2])


@atheris
def test_a_finding_is_seen_and_kept(tmp_path: Path) -> None:
    done = run(tmp_path, "--plant", "--minutes", "1")
    assert done.returncode == 1 and "a finding" in done.stdout
    (kept,) = tmp_path.glob("crash-*")
    assert kept.read_bytes() == b"a planted finding"
    again = run(tmp_path, "--only", str(kept))
    assert again.returncode == 0 and again.stdout.strip() == "refused"  # it is no finding without the one that plants it


def test_what_is_run_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(b"N.") == "refused"
    (tmp_path / "CANARY").touch()
    with pytest.raises(AssertionError, match="was run"):
        read(b"N.")
