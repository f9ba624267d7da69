"""Files of the store: their hashes, and the system's refusals in words that help."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from latentedit.errors import StorageError

CHUNK_BYTES = 1 << 18
_ELSEWHERE = "set LATENTEDIT_HOME to a folder"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def hash_file(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_size(path: Path, size_bytes: int) -> bool:
    """Whether there is a regular file of that size."""
    return path.is_file() and path.stat().st_size == size_bytes


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn the system's errors about files below ``folder`` into the one that the user sees.

    Raises:
        StorageError: no room, no permission, or another refusal.
    """
    try:
        yield
    except OSError as error:
        raise _explain(folder, error) from error
    except StorageError as error:
        # From the writer of single files, whose hint does not know that the whole folder can be moved.
        if isinstance(error.__cause__, OSError):
            raise _explain(folder, error.__cause__) from error.__cause__
        raise


def _explain(folder: Path, error: OSError) -> StorageError:
    if error.errno in _NO_ROOM:
        return _no_room(folder, "there is no room left")
    if error.errno in _NO_PERMISSION:
        reason = "it is read-only" if error.errno == errno.EROFS else "it may not be written"
        hint = f"Change its permissions, or {_ELSEWHERE} of yours."
    else:
        reason, hint = error.strerror or str(error), f"Repair it, or {_ELSEWHERE} that can be written."
    return StorageError(f"The asset folder {folder} cannot be used: {reason}.", hint=hint)


def _no_room(folder: Path, reason: str) -> StorageError:
    return StorageError(
        f"The asset folder {folder} cannot be used: {reason}.", hint=f"Free some space, or {_ELSEWHERE} on another disk."
    )


def require_room(folder: Path, size_bytes: int) -> None:
    """Check before a long download that the disk of ``folder`` can hold what comes.

    Raises:
        StorageError: it cannot.
    """
    free = shutil.disk_usage(folder).free
    if free < size_bytes:
        raise _no_room(folder, f"{size_bytes / 1e6:.0f} MB are needed and {free / 1e6:.0f} MB are free")
