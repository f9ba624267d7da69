import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from latentedit.atomic_file import remove_leftovers, replacing, storage_error
from latentedit.errors import StorageError


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_one_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert names_in(tmp_path) == ["file"]


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt, OSError(errno.ENOSPC, "No space left on device")])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, reason: BaseException) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises((ValueError, KeyboardInterrupt, StorageError)), replacing(path) as file:
        file.write(b"half")
        raise reason
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["file"]


def test_permissions_and_links_survive(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with replacing(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    with replacing(tmp_path / "file"):
        pass
    assert (tmp_path / "file").stat().st_mode == usual.stat().st_mode


def test_what_killed_writers_left_is_removed_after_a_day(tmp_path: Path) -> None:
    old, young = tmp_path / ".latentedit-aa.tmp", tmp_path / ".latentedit-bb.tmp"
    for leftover in (old, young):
        leftover.touch()
    os.utime(old, (time.time() - 90_000, time.time() - 90_000))
    with replacing(tmp_path / "file"):
        pass
    assert names_in(tmp_path) == [".latentedit-bb.tmp", "file"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no folder") as caught, replacing(tmp_path / "missing" / "file"):
        pass
    assert caught.value.hint
    with pytest.raises(StorageError, match="is a folder"), replacing(tmp_path):
        pass
    with pytest.raises(StorageError), replacing(tmp_path / ("x" * 300)):
        pass
    (tmp_path / "file").touch()
    with pytest.raises(StorageError), replacing(tmp_path / "file" / "below"):
        pass


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "no room"), (errno.EROFS, "may not be written"), (errno.EIO, "cannot be written")],
)
def test_the_reason_is_told_in_plain_words(tmp_path: Path, number: int, words: str) -> None:
    error = storage_error(tmp_path / "file", OSError(number, os.strerror(number)))
    assert words in str(error)
    assert error.hint


WRITER = """
import os, sys
from pathlib import Path
from latentedit.atomic_file import replacing

with replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="by age alone where files cannot be locked")
def test_what_a_killed_writer_left_is_removed_by_the_next_but_not_what_is_being_written(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "slow")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with writer:
        assert writer.stdout is not None and writer.stdout.readline() == b"writing\n"
        with replacing(tmp_path / "quick") as file:
            file.write(b"new")
        (temporary,) = set(names_in(tmp_path)) - {"quick"}
        assert (tmp_path / temporary).read_bytes() == b"half"
        writer.kill()
    remove_leftovers(tmp_path)
    assert names_in(tmp_path) == ["quick"]


def test_a_file_taken_for_a_leftover_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may look between the making of a file and its locking."""
    unlocked = Path.open
    opened: list[Path] = []

    def open_and_lose(path: Path, mode: str) -> object:
        file = unlocked(path, mode)
        opened.append(path)
        if len(opened) == 1:
            path.unlink()
        return file

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", open_and_lose)
        with replacing(tmp_path / "file") as file:
            file.write(b"new")
    assert len(opened) == 2
    assert names_in(tmp_path) == ["file"]
