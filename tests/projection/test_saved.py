from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import torch

from latentedit.errors import StorageError
from latentedit.projection.saved import load_state, save_state


def test_what_is_not_contiguous_is_stored_too(tmp_path: Path) -> None:
    save_state(tmp_path / "progress", {"a": torch.arange(6).reshape(2, 3).T}, "mark")
    state = load_state(tmp_path / "progress", "mark")
    assert state is not None and state["a"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert load_state(tmp_path / "progress", "other mark") is None


def test_a_disk_that_fills_leaves_the_progress_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "progress"
    save_state(path, {"a": torch.ones(3)}, "mark")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="no room"):
        save_state(path, {"a": torch.zeros(3)}, "mark")
    state = load_state(path, "mark")
    assert state is not None and state["a"].tolist() == [1, 1, 1]
    assert list(tmp_path.iterdir()) == [path]
