"""The container of a project file: a zip of a few known members, read as if it came from an enemy.

Nothing is ever unpacked to disk, no member is read before its name, kind and size are known to be acceptable, and
whatever is wrong comes out as :class:`~latentedit.errors.ProjectFileError`.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from latentedit.atomic_file import replacing
from latentedit.checked_json import DAMAGED_HINT
from latentedit.checkpoints.zip_members import ZIP_ERRORS
from latentedit.errors import ProjectFileError
from latentedit.own_direction import MAX_VECTOR_BYTES

MIMETYPE = b"application/vnd.latentedit.project+zip"
MAX_FILE_BYTES = 2**31 - 2**20
"""Below the size at which zip needs its 64-bit extension, which is therefore refused."""
MAX_MEMBERS = 2200
MAX_JSON_BYTES = 32 * 2**20
DIRECTIONS_MEMBER = "directions.safetensors"
MAX_DIRECTIONS_BYTES = MAX_VECTOR_BYTES + 2**20
"""The vectors, and a header that names them."""

MAX_BRUSH_BYTES = 2 * 2**20
"""A grey PNG of a painted mask; its pixels alone are at most half of that."""

_MEMBER = re.compile(
    r"mimetype|manifest\.json|edits\.json|history\.json|original(\.[a-z0-9]{1,8})?"
    r"|faces/\d{1,4}\.safetensors|masks/[0-9a-f]{64}\.png|" + re.escape(DIRECTIONS_MEMBER)
)
FACES_FOLDER, BRUSHES_FOLDER = "faces/", "masks/"
_START_MAGIC = b"PK\x03\x04"
_END_RECORD = struct.Struct("<4s4H2LH")
_END_MAGIC, _ZIP64_LOCATOR_MAGIC, _ZIP64_LOCATOR_BYTES = b"PK\x05\x06", b"PK\x06\x07", 20
_MAX_DIRECTORY_BYTES = 2**20
_ENCRYPTED = 0x1
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that zip knows: equal projects are equal files


@dataclass(frozen=True)
class Member:
    """One file in the zip; JSON is compressed, everything else lies there byte for byte."""

    name: str
    data: bytes


def brush_member(name: str) -> str:
    """Where the painted mask of that hash lies."""
    return f"{BRUSHES_FOLDER}{name}.png"


def damaged(problem: str) -> ProjectFileError:
    """The error for a project file whose container is broken."""
    return ProjectFileError(f"The project file is damaged: {problem}.", hint=DAMAGED_HINT)


def write_archive(path: Path, members: Sequence[Member]) -> None:
    """Write the members as one zip file, atomically. Equal members give equal bytes.

    Raises:
        ProjectFileError: they are too large for one project.
        StorageError: the file cannot be written.
    """
    if sum(len(member.data) for member in members) > MAX_FILE_BYTES - _MAX_DIRECTORY_BYTES:
        raise ProjectFileError(
            f"The project is too large for one file (more than {MAX_FILE_BYTES // 2**20} MiB).",
            hint="Use a smaller version of the photograph.",
        )
    with replacing(path) as file, zipfile.ZipFile(file, "w", allowZip64=False) as archive:
        for member in (Member("mimetype", MIMETYPE), *members):
            info = zipfile.ZipInfo(member.name, _TIMESTAMP)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED if _is_json(member.name) else zipfile.ZIP_STORED
            archive.writestr(info, member.data)


class ArchiveReader:
    """The members of an opened project file, each read and checked (size, CRC-32) when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile, file_bytes: int) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in archive.infolist():
            if info.filename in self._infos:
                raise damaged(f"{info.filename[:60]!r} is in it twice")
            self._infos[info.filename] = info
        if sum(info.compress_size for info in archive.infolist()) > file_bytes:
            raise damaged("its members overlap")

    @property
    def names(self) -> frozenset[str]:
        """The names of all members, as the file gives them."""
        return frozenset(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of one member.

        Raises:
            ProjectFileError: it is missing, has a name that no project has, is too large, or is damaged.
        """
        info = self._infos.get(name)
        if info is None:
            raise damaged(f"{name[:60]} is missing")
        _check(info)
        try:
            data = self._archive.read(info)
        except ZIP_ERRORS as error:
            raise damaged(f"{name} cannot be read") from error
        if len(data) != info.file_size:
            raise damaged(f"{name} has not the size that it should have")
        return data

    def check_names(self) -> None:
        """Refuse members that no project has.

        Raises:
            ProjectFileError: there is one.
        """
        for info in self._infos.values():
            _check(info)


def is_zip(path: Path) -> bool:
    """Whether a file begins as project files and other zip files do; False when it cannot be read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_START_MAGIC)) == _START_MAGIC
    except OSError:  # told by whoever opens it in earnest
        return False


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveReader]:
    """Open a project file for reading.

    Raises:
        ProjectFileError: it is not there, may not be read, is not a zip of the plain kind that projects are, or has too
            many members.
    """
    try:
        if path.is_dir():
            raise ProjectFileError(f"{path} is a folder, not a project.", hint="Name a .ledit file in it.")
        if path.exists() and not path.is_file():  # to open a pipe is to wait for who writes to it
            raise ProjectFileError(f"{path} is not a file.", hint="Name a .ledit file.")
        file = path.open("rb")
    except FileNotFoundError as error:
        raise ProjectFileError(f"There is no file {path}.", hint="Check the spelling and the folder.") from error
    except OSError as error:
        raise ProjectFileError(f"{path} cannot be read ({error.strerror}).", hint="Check its permissions.") from error
    with file:
        try:
            file_bytes = _check_end_record(file)
            archive = zipfile.ZipFile(file)
        except ZIP_ERRORS as error:
            raise damaged("it is not a readable zip file") from error
        with archive:
            yield ArchiveReader(archive, file_bytes)


def _check_end_record(file: BinaryIO) -> int:
    """Check size and member count by the zip's last record, before the directory is read; returns the file's size."""
    file_bytes = file.seek(0, 2)
    if file_bytes > MAX_FILE_BYTES:
        raise damaged("it is larger than a project can be")
    tail_bytes = min(file_bytes, _END_RECORD.size + _ZIP64_LOCATOR_BYTES)
    file.seek(-tail_bytes, 2)
    tail = file.read(tail_bytes)
    if len(tail) < _END_RECORD.size:
        raise damaged("it is truncated" if file_bytes else "it is empty")
    magic, _, _, _, count, directory_bytes, _, comment_bytes = _END_RECORD.unpack(tail[-_END_RECORD.size :])
    if magic != _END_MAGIC or comment_bytes:
        raise damaged("it is truncated or is not a project")
    if count > MAX_MEMBERS or directory_bytes > _MAX_DIRECTORY_BYTES:
        raise damaged("it has too many members")
    if tail[: -_END_RECORD.size].startswith(_ZIP64_LOCATOR_MAGIC):
        raise damaged("it is a zip file of another kind")
    file.seek(0)
    return file_bytes


def _check(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if not _MEMBER.fullmatch(name):
        raise damaged(f"it has an unexpected member {name[:60]!r}")
    if info.flag_bits & _ENCRYPTED:
        raise damaged(f"{name} is encrypted")
    if _is_json(name):
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"{name} is compressed in an unknown way")
        if info.file_size > MAX_JSON_BYTES:
            raise damaged(f"{name} is too large")
    elif info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        raise damaged(f"{name} is compressed")
    elif info.file_size > _most_bytes(name):
        raise damaged(f"{name} is too large")


def _most_bytes(name: str) -> int:
    if name == DIRECTIONS_MEMBER:
        return MAX_DIRECTIONS_BYTES
    return MAX_BRUSH_BYTES if name.startswith(BRUSHES_FOLDER) else MAX_FILE_BYTES


def _is_json(name: str) -> bool:
    return name.endswith(".json")
