from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from latentedit.assets.checksum import forget_hashes, hash_file, is_intact

RIGHT = hashlib.sha256(b"right").hexdigest()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read to be hashed."""
    read: list[Path] = []

    def count(path: Path) -> str:
        read.append(path)
        return hash_file(path)

    monkeypatch.setattr("latentedit.assets.checksum.hash_file", count)
    return read


@pytest.fixture
def no_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the times of files that were written just now."""
    monkeypatch.setattr("latentedit.assets.checksum.TICK_NS", 0)


def test_only_a_file_of_that_content_is_intact(tmp_path: Path) -> None:
    (tmp_path / "right").write_bytes(b"right")
    (tmp_path / "wrong").write_bytes(b"wrong")
    (tmp_path / "folder").mkdir()
    names = ["right", "wrong", "folder", "missing", "right/below", "x" * 300]
    assert [name for name in names if is_intact(tmp_path / name, RIGHT)] == ["right"]


def test_an_unchanged_file_is_read_once(tmp_path: Path, hashed: list[Path], no_ticks: None) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"right")
    assert is_intact(path, RIGHT) and is_intact(path, RIGHT)
    assert hashed == [path]
    forget_hashes()
    assert is_intact(path, RIGHT)
    assert hashed == [path, path]


@pytest.mark.parametrize("how", ["in place", "replaced", "in place, with its old time"])
def test_a_changed_file_is_read_again(tmp_path: Path, no_ticks: None, how: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"right")
    assert is_intact(path, RIGHT)
    before = path.stat()
    if how == "replaced":
        (tmp_path / "other").write_bytes(b"wrong")
        (tmp_path / "other").replace(path)
    else:
        path.write_bytes(b"wrong")
    if how == "in place, with its old time":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        while path.stat().st_ctime_ns == before.st_ctime_ns:
            path.chmod(0o600)  # until the file system's clock has ticked
    else:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert not is_intact(path, RIGHT)


def test_a_file_that_has_just_changed_is_read_again(tmp_path: Path, hashed: list[Path]) -> None:
    """Two changes within one tick of the file system's clock leave the same times."""
    path = tmp_path / "file"
    path.write_bytes(b"right")
    assert is_intact(path, RIGHT) and is_intact(path, RIGHT)
    assert hashed == [path, path]
