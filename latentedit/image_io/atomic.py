"""Files that are either the old ones or the new ones, never something between."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from latentedit.errors import StorageError

_HINTS = {
    errno.ENOENT: "Make the folder first, or name another one.",
    errno.ENOTDIR: "Part of the path is a file; name another folder.",
    errno.EACCES: "Choose a folder that you may write to.",
    errno.EPERM: "Choose a folder that you may write to.",
    errno.EROFS: "Choose a folder that you may write to.",
    errno.ENOSPC: "Make room on the disk, or choose another one.",
    errno.EDQUOT: "Make room on the disk, or choose another one.",
    errno.EISDIR: "Name a file, not a folder.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that, whenever it is interrupted, either the old content or the new one is there.

    Raises:
        StorageError: no such folder, no permission, no room, or the path is a folder.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        # A link stays a link; what it points to is replaced.
        _replace(path.resolve(), data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = _HINTS.get(error.errno or 0, "Choose another place for the file.")
        raise StorageError(f"{path} cannot be written ({reason}).", hint=hint) from error


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; not every system lets a folder be opened for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
