"""Fetching while processes die and while several want the same."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from latentedit.assets import AssetStore

from .packages import SDIST, WEIGHTS, IndexServer

REPOSITORY = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from latentedit.assets import AssetStore
from latentedit.assets.index import IndexSettings
from tests.assets.packages import make_catalogue, usual_files
root, url = sys.argv[1:]
AssetStore(Path(root), make_catalogue(usual_files()), settings=IndexSettings((url,))).ensure("first")
"""


def start_fetch(store: AssetStore, index: IndexServer) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(store.root), index.url], cwd=REPOSITORY)


def wait_for_bytes(path: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not (path.exists() and path.stat().st_size > 0):
        assert time.monotonic() < end, f"nothing arrived in {path}"
        time.sleep(0.01)


def test_a_killed_fetch_is_completed_by_the_next(store: AssetStore, index: IndexServer) -> None:
    index.seconds_per_chunk = 0.05  # 1 MB in some 3 s: time to be killed in the middle
    with start_fetch(store, index) as process:
        wait_for_bytes(store.root / "downloads" / SDIST, seconds=30)
        process.kill()
        process.wait()
    assert store.status("first") == "missing", "it was killed before it was done"
    index.seconds_per_chunk = 0.0
    assert store.path("first", "first.dat").read_bytes() == WEIGHTS
    store.verify("first")
    assert index.downloads(SDIST)[-1] is not None, "the second run continued the first"


def test_two_processes_fetch_once(store: AssetStore, index: IndexServer) -> None:
    index.seconds_per_chunk = 0.01  # long enough for both to want it
    processes = [start_fetch(store, index) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    store.verify("first")
    assert len(index.downloads(SDIST)) == 1


def test_the_import_is_light() -> None:
    program = (
        "import sys, latentedit.assets; print([m for m in ('torch', 'numpy', 'unearth', 'safetensors') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
