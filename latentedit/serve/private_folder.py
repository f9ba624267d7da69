"""The folder of one server: pictures that come and go lie in it, for nobody else to read, and are gone when it ends."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "latentedit-serve-"
LOCK = "lock"


class PrivateFolder:
    """Made at once; :meth:`close` removes it."""

    def __init__(self, root: Path | None = None) -> None:
        """
        Args:
            root: where it is made; the system's place for temporary files if None. What killed servers have left there is removed.

        Raises:
            OSError: it cannot be made.
        """
        root = Path(tempfile.gettempdir()) if root is None else root
        remove_leftovers(root)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))  # 0700
        self._lock = FileLock(self.path / LOCK, thread_local=False)
        self._lock.acquire(blocking=False)
        self._numbers = itertools.count(1)

    def new_file(self, name: str) -> Path:
        """Where a new file may be written; no two are the same."""
        return self.path / f"{next(self._numbers)}-{name}"

    def remove(self, path: Path) -> None:
        """Take a file away, if it is one of this folder's."""
        if path.parent == self.path and path.name != LOCK:
            with contextlib.suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Remove it with all that is in it."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def remove_leftovers(root: Path) -> None:
    """Remove the folders of servers that were killed: those of this user that nobody holds."""
    for folder in root.glob(PREFIX + "*"):
        with contextlib.suppress(OSError, Timeout):
            if not folder.is_symlink() and folder.is_dir() and (not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()):
                lock = FileLock(folder / LOCK)
                lock.acquire(blocking=False)
                lock.release()
                shutil.rmtree(folder, ignore_errors=True)
