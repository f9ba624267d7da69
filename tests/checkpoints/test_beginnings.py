"""What is no checkpoint is told by its size and first bytes, before it is read; what is only unknown is not called dangerous."""

from __future__ import annotations

import collections
import datetime
import io
import pathlib
import pickle
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import torch

from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError

MIB = 1 << 20


def refused(path: Path, max_bytes: int = MIB) -> CheckpointError:
    with pytest.raises(CheckpointError) as told:
        read_contents(path, max_bytes)
    return told.value


@pytest.mark.parametrize(
    ("size", "limit", "said"), [(1 << 33, 1 << 20, "larger than 1 MiB"), (1 << 33, 1 << 34, "no file of arrays")]
)
def test_a_file_is_not_read_for_nothing(tmp_path: Path, size: int, limit: int, said: str) -> None:
    path = tmp_path / "sparse.pkl"
    with path.open("wb") as file:
        file.truncate(size)
    tracemalloc.start()
    assert said in str(refused(path, limit))
    assert tracemalloc.get_traced_memory()[1] < MIB
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (b"<!DOCTYPE html><html><title>Quota exceeded</title>", "page of a web site", "Download"),
        (b"\n <HTML>", "page of a web site", "Download"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "git-lfs", "git lfs pull"),
        (b"\x1f\x8b\x08\x00", "gzip", "gunzip"),
        (b"", "empty", "download"),
        (pickle.dumps({"a": list(range(300))})[:200], "damaged", "incomplete"),
    ],
)
def test_what_was_downloaded_wrongly_is_told(tmp_path: Path, data: bytes, said: str, hint: str) -> None:
    path = tmp_path / "file.pkl"
    path.write_bytes(data)
    error = refused(path)
    assert said in str(error) and hint in error.hint


def test_half_a_file_of_torch_may_be_incomplete(tmp_path: Path) -> None:
    stream = io.BytesIO()
    torch.save({"a": torch.zeros(100)}, stream)
    path = tmp_path / "file.pt"
    path.write_bytes(stream.getvalue()[:-100])
    assert "incomplete" in refused(path).hint


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (pathlib.PurePosixPath("/data/ffhq"), "//data/ffhq"),
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (collections.defaultdict(list, {"a": [1]}), {"a": [1]}),
        (datetime.datetime(2020, 1, 1), "datetime"),
        (datetime.timedelta(1), "datetime"),
    ],
    ids=str,
)
def test_what_options_of_trainings_hold_is_read_as_text_and_dictionaries(tmp_path: Path, value: Any, read: Any) -> None:
    path = tmp_path / "file.pkl"
    path.write_bytes(pickle.dumps({"args": value}))
    found = read_contents(path, MIB).tree["args"]
    assert found == read or found == read.removeprefix("/")


@pytest.mark.parametrize(
    ("name", "harmful"), [("os system", True), ("builtins eval", True), ("subprocess Popen", True), ("models.gan Net", False)]
)
def test_only_what_could_harm_is_called_so(tmp_path: Path, name: str, harmful: bool) -> None:
    path = tmp_path / "file.pkl"
    path.write_bytes(b"\x80\x02c" + "\n".join(name.split()).encode() + b"\n)R.")
    error = refused(path)
    assert ("Do not trust" in error.hint) == harmful
    assert ("does not know" in str(error)) == (not harmful) and "nothing of it was run" in str(error)
