"""The folder through which pictures go: nobody else's to look into, and gone when its server is."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from latentedit.atomic_file import storage_error

if sys.platform != "win32":
    import fcntl

PREFIX = "latentedit-serve-"
_LOCK = ".lock"
_MADE = ".lock.new"
_UNLOCKED_SECONDS = 60
"""A folder without a lock may be one that was made a moment ago."""


class PrivateFolder:
    """A new folder under the system's temporary one, of which this process holds a lock."""

    def __init__(self) -> None:
        """
        Raises:
            StorageError: it cannot be made.
        """
        remove_leftovers(Path(tempfile.gettempdir()))
        try:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX))  # for its user alone
            # The lock appears when it is held: another server that looks in between would take it for a dead one's.
            made = self.path / (_LOCK if sys.platform == "win32" else _MADE)
            self._lock = os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            if sys.platform != "win32":
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                made.rename(self.path / _LOCK)
        except OSError as error:
            raise storage_error(Path(tempfile.gettempdir()), error) from error
        self._count = 0

    def new(self, owner: int, suffix: str) -> Path:
        """A path that no file had before.

        Args:
            owner: the document that it is for; 0 for none.
            suffix: with its dot.
        """
        self._count += 1
        return self.path / f"{owner}-{self._count}{suffix}"

    def forget(self, owner: int) -> None:
        """Remove all files of a document that are still there."""
        for left in self.path.glob(f"{owner}-*"):
            left.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove everything; more than once does no harm."""
        if self._lock >= 0:
            lock, self._lock = self._lock, -1
            if sys.platform == "win32":  # which removes no open file
                os.close(lock)
            shutil.rmtree(self.path, ignore_errors=True)
            if sys.platform != "win32":
                os.close(lock)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed servers of this user have left there; the system took their locks away with them."""
    for left in folder.glob(f"{PREFIX}*"):
        try:
            if left.is_symlink() or not left.is_dir() or _in_use(left):
                continue
        except OSError:  # somebody else's, or gone by now
            continue
        shutil.rmtree(left, ignore_errors=True)


def _in_use(folder: Path) -> bool:
    about = folder.stat()
    if hasattr(os, "getuid") and about.st_uid != os.getuid():
        return True
    lock = folder / _LOCK
    if not lock.exists():
        return time.time() - about.st_mtime < _UNLOCKED_SECONDS
    if sys.platform == "win32":
        try:
            lock.unlink()
        except PermissionError:
            return True
        return False
    descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
