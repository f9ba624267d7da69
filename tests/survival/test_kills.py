"""``kill -9`` at random moments: the old file or the new one is there, whole, every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
@pytest.mark.parametrize(("kills", "seed"), [(3, 0), pytest.param(30, 1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("what", ["saving", "exporting", "batch"])
def test_a_kill_at_any_moment_leaves_whole_files(what: str, kills: int, seed: int, tmp_path: Path) -> None:
    run_script(HERE / f"kill_{what}.py", tmp_path, kills, seed)


def run_script(script: Path, *arguments: object) -> None:
    folders = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stderr
