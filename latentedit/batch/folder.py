"""The output folder of a batch: that it is this batch's alone, and that nothing is left behind in it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from latentedit.atomic_file import is_about_the_disk, remove_leftovers, storage_error
from latentedit.batch.manifest import MANIFEST_NAME, read_manifest
from latentedit.errors import StorageError, UsageError

WORK_NAME = ".latentedit-batch"
"""Folder in the output folder for the lock and for projections under way; gone when all is done."""


@contextmanager
def occupied(root: Path, *, resume: bool) -> Iterator[None]:
    """Make the folder if it is not there, and keep other batches out of it.

    Raises:
        UsageError: it holds other files, or it holds a batch and ``resume`` is false.
        StorageError: another batch is at work in it, or it cannot be written.
    """
    from filelock import FileLock, Timeout

    refuse_other_content(root, resume=resume)
    work = root / WORK_NAME
    try:
        root.mkdir(exist_ok=True)
        work.mkdir(exist_ok=True)
        lock = FileLock(work / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StorageError(f"Another batch is at work in {root}.", hint="Wait for it, or name another folder.") from None
    except OSError as error:
        raise storage_error(root, error) from error
    try:
        refuse_other_content(root, resume=resume)  # once more: another batch may have ended just now
        yield
    finally:
        lock.release()


def refuse_other_content(root: Path, *, resume: bool) -> None:
    """Fail when a folder holds what this batch must not touch. Hidden files do not count.

    Raises:
        UsageError: it holds other files, or a batch in which something was begun and ``resume`` is false; or it is a file.
        InputError: the manifest in it is damaged.
    """
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file.", hint="Name a folder with -o.")
    try:
        names = [path.name for path in root.iterdir() if not path.name.startswith(".")] if root.exists() else []
    except OSError as error:
        raise storage_error(root, error) from error
    if MANIFEST_NAME in names:
        if not resume and read_manifest(root / MANIFEST_NAME):
            raise UsageError(f"{root} holds a batch already.", hint="Go on with it with --resume, or name another folder.")
    elif names:
        raise UsageError(f"{root} is not empty, and holds no batch.", hint="Name a new or empty folder.")


def tidy(root: Path, wanted_progress: Collection[str]) -> None:
    """Remove what killed runs left behind: half-written files, and projections under way that nobody will go on with.

    Args:
        wanted_progress: beginnings of the names of projections to be kept, as :func:`progress_target` gives them.
    """
    for folder, _, _ in os.walk(root):
        remove_leftovers(Path(folder))
    for path in (root / WORK_NAME).iterdir():
        known = re.fullmatch(r"\.(\w+)\.\d+\.progress", path.name)
        if known is not None and known[1] not in wanted_progress:
            path.unlink(missing_ok=True)


def forget_work(root: Path) -> None:
    """Remove the working folder: all is done. To be called while the folder is occupied."""
    shutil.rmtree(root / WORK_NAME, ignore_errors=True)


def make_folders(root: Path, files: Collection[str]) -> list[Path]:
    """Make the folders that files (paths below ``root``) will lie in; returns the new ones.

    One that cannot be made for its name's sake is left out: what was to lie in it fails when it is written.

    Raises:
        StorageError: there is no room, or no permission.
    """
    made: list[Path] = []
    for file in files:
        path = root / file
        for folder in reversed(path.relative_to(root).parents):
            place = root / folder
            try:
                place.mkdir()
                made.append(place)
            except FileExistsError:
                continue
            except OSError as error:
                if is_about_the_disk(error):
                    raise storage_error(place, error) from error
                break
    return made


def remove_empty(folders: Collection[Path]) -> None:
    """Remove those folders that are empty, inner ones first."""
    for folder in sorted(folders, key=lambda path: -len(path.parts)):
        try:
            folder.rmdir()
        except OSError:
            continue
