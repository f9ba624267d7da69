"""Writing a file so that whoever looks, whenever, finds the old one or the new one, whole."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from latentedit.errors import StorageError

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".latentedit-", ".tmp"
_LEFTOVER_SECONDS = 24 * 3600
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of ``path`` when the block ends, and vanishes when it raises.

    The new file lies in the same folder until then, and is on the disk before it takes the name. A symbolic
    link stays one: what it points at is replaced. An existing file's permissions are kept.

    Raises:
        StorageError: the folder is missing, may not be written, or has no room; or ``path`` is a folder.
    """
    target = Path(os.path.realpath(path))  # Path.resolve fails on links that lead to themselves
    try:
        if target.is_dir():
            raise StorageError(f"{path} is a folder, not a file.", hint="Give the name of a file in it.")
        with ExitStack() as claims:
            temporary, file = _open_temporary(target.parent, claims)
            try:
                with file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                if target.exists():
                    temporary.chmod(target.stat().st_mode & 0o7777)
                temporary.replace(target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        _sync_folder(target.parent)
        remove_leftovers(target.parent)
    except OSError as error:
        raise storage_error(path, error) from error


def same_file(a: Path, b: Path) -> bool:
    """Whether both names are of one file, however they are spelled (case, links)."""
    try:
        return a.samefile(b)
    except OSError:  # one of them is not there or cannot be looked at: nothing that could be overwritten
        return False


def storage_error(path: Path, error: OSError) -> StorageError:
    """Say in the user's words why ``path`` cannot be written."""
    if error.errno in _NO_ROOM:
        return StorageError(f"There is no room to write {path}.", hint="Free some space, or choose another disk.")
    if error.errno in _NO_PERMISSION:
        return StorageError(f"{path} may not be written.", hint="Choose a folder that you may write to.")
    if not path.parent.is_dir():
        return StorageError(f"There is no folder {path.parent}.", hint="Make it, or choose another.")
    return StorageError(f"{path} cannot be written ({error.strerror or error}).", hint="Choose another place.")


def is_about_the_disk(error: BaseException | None) -> bool:
    """Whether other files of the same folder could not be written either: no room, or no permission."""
    cause = error.__cause__ if isinstance(error, StorageError) else error
    return isinstance(cause, OSError) and cause.errno in _NO_ROOM | _NO_PERMISSION


def remove_leftovers(folder: Path) -> None:
    """Remove what killed writers left behind in a folder.

    A writer on this machine holds a lock on its file, which the system takes away when it dies. Of writers elsewhere, and where the file
    system knows no locks, only age tells.
    """
    oldest = time.time() - _LEFTOVER_SECONDS
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            if leftover.name.startswith(_own_prefix()) and _remove_if_unclaimed(leftover):
                continue
            if leftover.stat().st_mtime < oldest:
                leftover.unlink()
        except (FileNotFoundError, PermissionError):  # another process was faster, or it is another user's
            continue


def _own_prefix() -> str:
    """How the names of this machine's temporary files begin."""
    return f"{_PREFIX}{hashlib.sha256(platform.node().encode()).hexdigest()[:8]}-"


def _open_temporary(folder: Path, claims: ExitStack) -> tuple[Path, BinaryIO]:
    """A new file that counts as one in use until ``claims`` is closed."""
    while True:
        path = folder / f"{_own_prefix()}{secrets.token_hex(8)}{_SUFFIX}"
        file = path.open("xb")
        if _claim(path, file, claims):
            return path, file
        file.close()


def _claim(path: Path, file: BinaryIO, claims: ExitStack) -> bool:
    """Lock a new file; False when it was taken for a leftover, and removed, before that."""
    if sys.platform != "win32":
        # A second descriptor of the same opening, so that the lock outlives the file's closing, until it has its name.
        descriptor = os.dup(file.fileno())
        claims.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:  # no locks here
            return True
    return path.exists()


def _remove_if_unclaimed(leftover: Path) -> bool:
    """Remove a file that nobody holds a lock on; False when somebody does, or nobody can tell."""
    if sys.platform == "win32":
        return False
    descriptor = os.open(leftover, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        leftover.unlink()
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, where the system knows folders as files."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems cannot
            raise
    finally:
        os.close(descriptor)
