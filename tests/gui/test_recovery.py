"""What a crash leaves: whole after any kill, offered once, and gone after a normal end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import assert_same, full_project, project_with_directions

from latentedit.errors import StorageError
from latentedit.project_file import load_project
from latentedit_gui.recovery import ABOUT, PROJECT, RecoverySlot, left_behind

CRASHING = """
import sys
from pathlib import Path
sys.path[:0] = {tests!r}, {gui!r}, {root!r}
from projects import full_project
from latentedit_gui.recovery import RecoverySlot
slot = RecoverySlot(Path({folder!r}))
projects = full_project(0), full_project(1)
for number in range(10**9):
    slot.writer(projects[number % 2], Path("/photos/wedding.ledit"))()
    print(number, flush=True)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def slot(root: Path) -> Iterator[RecoverySlot]:
    slot = RecoverySlot(root)
    yield slot
    slot.close()


def crashed(root: Path, *, after: int) -> None:
    """A process that autosaves, killed after so many autosaves, in the middle of another."""
    repository = Path(__file__).parents[2]
    code = CRASHING.format(tests=str(repository / "tests"), gui=str(repository / "gui"), root=str(repository), folder=str(root))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= after:
            break
    time.sleep(0.003 * after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize("after", [0, 1, 3])
def test_after_a_kill_the_next_start_finds_it_whole(root: Path, after: int) -> None:
    crashed(root, after=after)
    (leftover,) = left_behind(root)
    assert (leftover.photo, leftover.path) == (full_project().photo_name, Path("/photos/wedding.ledit"))
    found = load_project(leftover.project)
    assert_same(found, full_project(0) if found.photo_data == full_project(0).photo_data else full_project(1))
    leftover.discard()
    assert not list(root.iterdir())


def test_a_running_window_is_not_offered(slot: RecoverySlot, root: Path) -> None:
    slot.writer(full_project(), None)()
    assert left_behind(root) == ()
    assert (slot.folder / PROJECT).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_two_starts_do_not_offer_the_same(root: Path) -> None:
    crashed(root, after=0)
    (mine,) = left_behind(root)
    assert left_behind(root) == ()
    mine.release()
    (again,) = left_behind(root)
    again.discard()
    assert left_behind(root) == ()


def test_a_normal_end_leaves_nothing(root: Path) -> None:
    slot = RecoverySlot(root)
    slot.writer(full_project(), None)()
    slot.close()
    assert not list(root.iterdir()) and left_behind(root) == ()


def test_after_saving_there_is_nothing_to_recover(slot: RecoverySlot) -> None:
    slot.writer(full_project(), None)()
    slot.clear()
    assert not (slot.folder / PROJECT).exists() and not (slot.folder / ABOUT).exists()
    slot.clear()
    slot.writer(project_with_directions(), None)()
    assert_same(load_project(slot.folder / PROJECT), project_with_directions())


def left(root: Path, name: str, about: bytes | None) -> Path:
    """A folder as a crash leaves it."""
    slot = RecoverySlot(root)
    slot.writer(full_project(), None)()
    kept = (slot.folder / PROJECT).read_bytes()
    slot.close()
    folder = root / name
    folder.mkdir()
    (folder / PROJECT).write_bytes(kept)
    if about is not None:
        (folder / ABOUT).write_bytes(about)
    return folder


@pytest.mark.parametrize("about", [None, b"", b"[]", b'{"photo": 3, "project": []}', b"\xff", b"[" * 100_000])
def test_a_description_that_cannot_be_read_hides_nothing(root: Path, about: bytes | None) -> None:
    left(root, "crashed", about)
    (leftover,) = left_behind(root)
    assert (leftover.photo, leftover.path) == ("", None)
    assert_same(load_project(leftover.project), full_project())
    leftover.discard()


def test_the_newest_comes_first(root: Path) -> None:
    for number, name in enumerate(("old", "new", "middle")):
        folder = left(root, name, json.dumps({"photo": name, "project": None}).encode())
        when = 1_000_000 + {"old": 0, "middle": 100, "new": 200}[name] + number
        os.utime(folder / PROJECT, (when, when))
    found = left_behind(root)
    assert [leftover.photo for leftover in found] == ["new", "middle", "old"]
    for leftover in found:
        leftover.discard()


def test_empty_folders_are_swept_and_there_may_be_none(root: Path) -> None:
    assert left_behind(root) == ()
    (root / "empty").mkdir(parents=True)
    (root / "a file").touch()
    assert left_behind(root) == ()
    assert not (root / "empty").exists() and (root / "a file").exists()


def test_no_room_for_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(StorageError):
        RecoverySlot(tmp_path / "taken")
