"""Members of a zip file of arrays, which may be damaged or hostile: what is read of it takes no more memory than it was allowed."""

from __future__ import annotations

import struct
import zipfile
import zlib

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.byte_stream import ByteStream
from latentedit.errors import CheckpointError

START = b"PK\x03\x04"
MAX_MEMBERS = 20_000
_ENTRY = b"PK\x01\x02"
_MAX_DIRECTORY_BYTES = 4 << 20
"""Python's work for an entry grows with the square of what is beside its name."""
_ENCRYPTED = 0x1
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    RuntimeError,  # includes NotImplementedError: zip features that Python does not read
)
"""What Python raises for zip files that are damaged or of a kind that it does not read."""


class ZipMembers:
    """The members of a zip file, each read and unpacked when it is asked for.

    Raises:
        CheckpointError: it is damaged, names a member twice, or has too many.
    """

    def __init__(self, stream: ByteStream, budget: Budget) -> None:
        # Counted before the directory is read: each entry takes Python a thousand bytes.
        if stream.count(_ENTRY) > MAX_MEMBERS:
            raise CheckpointError("The zip file has too many members.")
        self._budget, self._size = budget, stream.size
        stream.longest = _MAX_DIRECTORY_BYTES
        try:
            self._archive = zipfile.ZipFile(stream)
        except CheckpointError as error:
            raise CheckpointError("The zip file's directory is too large.") from error
        except ZIP_ERRORS as error:
            raise CheckpointError("It is not a readable zip file.") from error
        stream.longest = None
        self._infos = {info.filename: info for info in self._archive.infolist()}
        if len(self._infos) != len(self._archive.infolist()):
            raise CheckpointError("The zip file names a member twice.")

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the file's order."""
        return tuple(self._infos)

    def check(self, name: str) -> zipfile.ZipInfo:
        """What the file's directory tells of a member.

        Raises:
            CheckpointError: it is missing, beyond the end, encrypted, or compressed in another way than by deflate.
        """
        info = self._infos.get(name)
        if info is None:
            raise CheckpointError(f"The zip file lacks {name[:60]!r}.")
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _READ:
            raise CheckpointError(f"{name[:60]!r} is stored in a way that is not read.")
        if info.header_offset + info.compress_size > self._size:
            raise CheckpointError(f"{name[:60]!r} in the zip file is damaged.")
        return info

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            CheckpointError: as :meth:`check`; it is damaged, or too large.
        """
        info = self.check(name)
        self._budget.spend(info.file_size)
        try:
            with self._archive.open(info) as member:
                data = member.read(info.file_size)  # without a number it would unpack all that follows, and cut it then
        except ZIP_ERRORS as error:
            raise CheckpointError(f"{name[:60]!r} in the zip file is damaged.") from error
        if len(data) != info.file_size:
            raise CheckpointError(f"{name[:60]!r} in the zip file is truncated.")
        return data
