from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError


class Runs:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch WAS_RUN",)


@pytest.mark.parametrize("protocol", [3, 4])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "uint8", ">f4"])
def test_arrays_come_back(protocol: int, dtype: str, tmp_path: Path) -> None:
    tree = {"a": {"kernel": np.arange(12).reshape(3, 4).astype(dtype)}, "b": [np.asfortranarray(np.eye(3))]}
    path = tmp_path / "arrays"
    path.write_bytes(pickle.dumps(tree, protocol=protocol))
    found = read_contents(path, 2**20).tree
    assert np.array_equal(found["a"]["kernel"], tree["a"]["kernel"]) and np.array_equal(found["b"][0], np.eye(3))


def test_nothing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = [pickle.dumps({"a": Runs()}), b"cos\nsystem\n(S'touch WAS_RUN'\ntR.", b"\x80\x04}\x94.garbage"[:-8] + b"\x8c", b""]
    for i, content in enumerate(hostile):
        path = tmp_path / str(i)
        path.write_bytes(content)
        with pytest.raises(CheckpointError):
            read_contents(path, 2**20)
    assert not (tmp_path / "WAS_RUN").exists()
