"""A folder that one process works in at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from latentedit.atomic_file import storage_error
from latentedit.errors import UsageError

LOCK_NAME = ".lock"


@contextmanager
def claimed(folder: Path, *, taken: str, hint: str, parents: bool = False) -> Iterator[None]:
    """Make a folder where there is none, and keep other processes out of it.

    Args:
        folder: the folder.
        taken: what to say where another process works in it.
        hint: what to do then.
        parents: whether folders above it are made, too.

    Raises:
        UsageError: another process works in it.
        StorageError: it cannot be written.
    """
    try:
        folder.mkdir(parents=parents, exist_ok=True)
        lock = FileLock(folder / LOCK_NAME)
        lock.acquire(blocking=False)
    except Timeout as error:  # which is an OSError, too
        raise UsageError(taken, hint=hint) from error
    except OSError as error:
        raise storage_error(folder, error) from error
    try:
        yield
    finally:
        lock.release()
