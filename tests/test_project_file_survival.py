"""Project files against chance and malice: mutations and full disks; kills are in ``survival/``."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from projects import PROJECT, WITH_DIRECTIONS, assert_same, saved, zipped

from latentedit.errors import ProjectFileError
from latentedit.project_file import Project, load_project, project_members, save_project

FUZZ_COUNTS = pytest.mark.parametrize("count", [300, pytest.param(5000, marks=pytest.mark.slow)])
PROJECTS = pytest.mark.parametrize("project", [PROJECT, WITH_DIRECTIONS], ids=["schema 1", "schema 2"])


def read_or_refused(path: Path) -> Project | None:
    try:
        return load_project(path)
    except ProjectFileError as error:
        assert error.hint
        return None


@PROJECTS
@FUZZ_COUNTS
def test_mutated_files_are_read_right_or_refused(tmp_path: Path, count: int, project: Project) -> None:
    """Flips, cuts, insertions and swaps anywhere in the file: the checksums and the limits must catch what matters."""
    path = saved(project, tmp_path)
    original = path.read_bytes()
    random = np.random.default_rng(0)
    survived = 0
    for _ in range(count):
        path.write_bytes(mutated(original, random))
        loaded = read_or_refused(path)
        if loaded is not None:
            survived += 1
            # What zip does not checksum is only what it says about itself, and which program wrote it.
            assert_same(loaded, project)
    assert survived < count / 2


@PROJECTS
@FUZZ_COUNTS
def test_mutated_members_with_right_checksums_are_read_or_refused(tmp_path: Path, count: int, project: Project) -> None:
    """The mutations of an enemy, who can compute checksums: whatever is accepted can be saved and read again."""
    random = np.random.default_rng(1)
    members = {member.name: member.data for member in project_members(project)}
    names = [name for name in members if name != "original.jpg"]
    path, again = tmp_path / "x.ledit", tmp_path / "y.ledit"
    for index in range(count):
        name = names[index % len(names)]
        loaded = read_or_refused(zipped(path, members | {name: mutated(members[name], random)}))
        if loaded is not None:
            save_project(again, loaded)
            assert_same(load_project(again), loaded)


def mutated(data: bytes, random: np.random.Generator) -> bytes:
    changed = bytearray(data)
    for _ in range(random.integers(1, 4)):
        at = int(random.integers(0, len(changed)))
        length = int(random.integers(1, 16))
        match random.integers(0, 5):
            case 0:
                changed[at] ^= 1 << int(random.integers(0, 8))
            case 1:
                changed[at] = int(random.choice([0, 255, 34, 44, 91, 123, 45, 57]))
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = random.bytes(length)
            case _:
                other = int(random.integers(0, len(changed)))
                changed[at : at + length] = changed[other : other + length]
        if not changed:
            break
    return bytes(changed)


FULL_DISK = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from latentedit.errors import StorageError
from latentedit.project_file import load_project, save_project
from projects import assert_same, full_project

path = Path(sys.argv[1])
save_project(path, full_project(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    save_project(path, replace(full_project(2), photo_data=bytes(3_000_000)))
except StorageError as error:
    assert "no room" in str(error) and error.hint
else:
    raise AssertionError("three megabytes fitted into a tenth of one")
assert_same(load_project(path), full_project(1))
assert [entry.name for entry in path.parent.iterdir()] == [path.name]
"""


@pytest.mark.skipif(os.name != "posix", reason="needs resource limits")
def test_a_disk_that_is_full_halfway_leaves_the_old_project(tmp_path: Path) -> None:
    """The limit on a file's size stops the writing in the middle, as a full disk does."""
    run_script(FULL_DISK, tmp_path / "x.ledit")


def run_script(code: str, *arguments: object) -> None:
    folders = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
