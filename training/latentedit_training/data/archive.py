"""Images in a zip file, as NVIDIA's ``dataset_tool`` writes it: read in place, and as if it came from an enemy."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from latentedit.checkpoints.zip_members import ZIP_ERRORS
from latentedit.errors import InputError
from latentedit_training.data.folder import is_image_name, natural_key
from latentedit_training.data.label_file import LABELS_NAME, MAX_LABELS_BYTES

START, EMPTY_START = b"PK\x03\x04", b"PK\x05\x06"
MAX_MEMBERS = 4_000_000
MAX_IMAGE_BYTES = 1 << 28
MAX_DIRECTORY_BYTES = 1 << 29
MAX_EXTRA_BYTES = 256
"""Beside a member's name stand its times and long sizes; Python's work grows with the square of that."""

_ENCRYPTED = 0x1
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END = struct.Struct("<4s4H2LH")
_LONG_END_PLACE = struct.Struct("<4sLQL")
_LONG_END = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LONGEST_COMMENT = 2**16 - 1


class ArchiveFiles:
    """The images of a zip file in the natural order of their names; other members are left alone.

    Each process opens the file for itself, as two that share a place in it would disturb each other.

    Raises:
        InputError: it is not there, no zip file, damaged, has too many members, or one with a name that leads out of it, a link, or one that
            is encrypted, too large, or packed in another way than by deflate.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[int, zipfile.ZipFile] | None = None
        self._infos = {info.filename: info for info in self._checked_infos()}
        self.names = tuple(sorted((name for name in self._infos if is_image_name(name)), key=natural_key))

    @property
    def where(self) -> str:
        return str(self.path)

    def read_bytes(self, index: int, limit: int | None = None) -> bytes:
        """The bytes of an image, or at most the first ``limit``.

        Raises:
            InputError: the archive has vanished, or the image is damaged.
        """
        return self._read(self.names[index], limit)

    def read_labels_file(self) -> bytes | None:
        """The bytes of ``dataset.json``, where there is one.

        Raises:
            InputError: it is damaged or too large.
        """
        return self._read(LABELS_NAME, None) if LABELS_NAME in self._infos else None

    def close(self) -> None:
        """Close the file; it is opened again when something is read."""
        if self._opened is not None and self._opened[0] == os.getpid():
            self._opened[1].close()
        self._opened = None

    def __del__(self) -> None:
        if getattr(self, "_opened", None) is not None:
            self.close()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_opened": None}

    def _read(self, name: str, limit: int | None) -> bytes:
        info = self._infos[name]
        wanted = info.file_size if limit is None else min(limit, info.file_size)
        try:
            with self._archive().open(info) as member:
                data = member.read(wanted)  # without a number it would unpack all that follows, and cut it then
        except ZIP_ERRORS as error:
            raise InputError(f"{name} in {self.path} cannot be read.", hint="The archive is damaged; make it again.") from error
        if len(data) != wanted:
            raise InputError(f"{name} in {self.path} is truncated.", hint="The archive is damaged; make it again.")
        return data

    def _archive(self) -> zipfile.ZipFile:
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), zipfile.ZipFile(self.path))
        return self._opened[1]

    def _checked_infos(self) -> list[zipfile.ZipInfo]:
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                _check_directory(file, size, self.path)
            infos = self._archive().infolist()
        except ZIP_ERRORS as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "no readable zip file"
            raise InputError(
                f"{self.path} cannot be read ({reason}).", hint="Check the path, or make the archive again."
            ) from error
        for info in infos:
            _check_member(info, self.path)
        if len({info.filename for info in infos}) != len(infos):
            raise _unsafe(self.path, "names a member twice")
        if sum(info.compress_size for info in infos) > size:
            raise _unsafe(self.path, "has members that overlap")
        return infos


def _check_member(info: zipfile.ZipInfo, path: Path) -> None:
    name = info.filename
    if _leads_out(name) or _leads_out(info.orig_filename):
        raise _unsafe(path, f"has a member whose name leads out of it: {name[:60]!r}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _unsafe(path, f"has a link in it: {name[:60]!r}")
    if not (is_image_name(name) or name == LABELS_NAME):
        return  # never read
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _READ:
        raise _unsafe(path, f"stores {name[:60]!r} in a way that is not read")
    if info.file_size > (MAX_LABELS_BYTES if name == LABELS_NAME else MAX_IMAGE_BYTES):
        raise _unsafe(path, f"has a member that is too large: {name[:60]!r}")


def _leads_out(name: str) -> bool:
    """Whether a name would be outside of a folder that the archive was unpacked to, on any system."""
    return "\0" in name or name.startswith(("/", "\\")) or bool(re.match("[A-Za-z]:", name)) or ".." in re.split(r"[/\\]", name)


def _check_directory(file: BinaryIO, size: int, path: Path) -> None:
    """Walk through the directory before Python reads it, which takes a thousand bytes for an entry."""
    place, length = _directory(file, size)
    if length > MAX_DIRECTORY_BYTES or place + length > size:
        raise _unsafe(path, "has a directory that is too large")
    file.seek(place)
    entries = file.read(length)
    count = at = 0
    while at + _ENTRY.size <= length and entries[at : at + 4] == b"PK\x01\x02":
        _, *_, name_bytes, extra_bytes, comment_bytes, _, _, _, _ = _ENTRY.unpack_from(entries, at)
        if extra_bytes > MAX_EXTRA_BYTES:
            raise _unsafe(path, "has an entry with more beside its name than any tool writes")
        at += _ENTRY.size + name_bytes + extra_bytes + comment_bytes
        count += 1
    if at != length or count > MAX_MEMBERS:
        raise _unsafe(path, "has a damaged directory" if at != length else "has too many members")


def _directory(file: BinaryIO, size: int) -> tuple[int, int]:
    """Where the zip's directory begins, and its length (APPNOTE.TXT 4.3.14 to 4.3.16)."""
    tail_bytes = min(size, _END.size + _LONGEST_COMMENT + _LONG_END_PLACE.size)
    file.seek(size - tail_bytes)
    tail = file.read(tail_bytes)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise zipfile.BadZipFile("no end record")
    *_, length, place, _ = _END.unpack_from(tail, end)
    before = end - _LONG_END_PLACE.size
    if before >= 0 and tail[before : before + 4] == b"PK\x06\x07":
        _, _, long_end, _ = _LONG_END_PLACE.unpack_from(tail, before)
        file.seek(long_end)
        magic, *_, length, place = _LONG_END.unpack(file.read(_LONG_END.size))
        if magic != b"PK\x06\x06":
            raise zipfile.BadZipFile("no long end record")
    return place, length


def _unsafe(path: Path, problem: str) -> InputError:
    return InputError(f"The archive {path} {problem}.", hint="Use an archive that you trust, or make it again.")
