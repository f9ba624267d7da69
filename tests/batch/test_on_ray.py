"""The Ray engine, on a cluster of this machine with two workers. Ray keeps threads and warns, so that it runs in other processes."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import toy_batch

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed"),
]
HERE = Path(__file__).parent
FOLDERS = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"PYTHONPATH": os.pathsep.join(FOLDERS), "RAY_worker_niceness": "0"}  # Ray's workers yield to everything else
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=os.environ | settings | environment, capture_output=True, text=True, check=False)


def test_batches_over_two_workers(tmp_path: Path) -> None:
    done = run_python(str(HERE / "ray_batches.py"), str(tmp_path))
    assert done.returncode == 0, done.stderr


def test_the_command_and_what_it_leaves(tmp_path: Path) -> None:
    toy_batch.write_photo(tmp_path / "in" / "a.png")
    toy_batch.write_photo(tmp_path / "in" / "b.jpg")
    toy_batch.run(tmp_path, replace(toy_batch.CONFIG, keep_projects=True))
    projects = [str(tmp_path / "out" / name) for name in ("a.ledit", "b.ledit")]
    options = ("--generator", "toy", "--device", "cpu", "--engine", "ray", "--workers", "2", "--offline", "--json")
    code = "import sys; from latentedit.cli import main; main(sys.argv[1:])"
    before = set(Path("/tmp").glob("latentedit-ray-*"))
    done = run_python("-c", code, "batch", *projects, "-o", str(tmp_path / "new"), *options, RAY_ADDRESS="")
    assert done.returncode == 0, done.stderr
    assert [item["status"] for item in json.loads(done.stdout)["items"]] == ["done", "done"]
    assert (tmp_path / "new" / "b.jpg").read_bytes() == (tmp_path / "out" / "b.jpg").read_bytes()
    assert set(Path("/tmp").glob("latentedit-ray-*")) == before
    refused = run_python("-c", code, "batch", *projects, "-o", str(tmp_path / "x"), *options, RAY_ADDRESS="127.0.0.1:1")
    assert refused.returncode == 4 and "cannot be reached" in refused.stderr, refused.stderr
