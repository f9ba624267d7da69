"""The bytes of a file, read part by part."""

from __future__ import annotations

import io
import os
from pathlib import Path

from latentedit.errors import CheckpointError


class ByteStream(io.BufferedReader):
    """A file, of the size that it has when it is opened.

    To ask for more than there is takes no memory: Python would take it before it reads.

    Attributes:
        size: in bytes.
        longest: how much may be asked for at once; None: anything.
    """

    def __init__(self, raw: io.FileIO | io.BytesIO) -> None:
        super().__init__(raw)
        self.size = self.seek(0, os.SEEK_END)
        self.longest: int | None = None
        self.seek(0)

    @classmethod
    def of_path(cls, path: Path) -> ByteStream:
        """
        Raises:
            OSError: it cannot be opened.
        """
        return cls(io.FileIO(path))

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to ``size`` bytes from where the stream is; all that follow when negative.

        Raises:
            CheckpointError: it is more than may be asked for at once.
            OSError: it cannot be read.
        """
        if self.longest is not None and size is not None and size > self.longest:
            raise CheckpointError("The file asks for more than a part of it may have.")
        left = max(0, self.size - self.tell())
        return super().read(left if size is None or size < 0 else min(size, left))

    def at(self, start: int, count: int) -> bytes:
        """The ``count`` bytes from ``start`` on.

        Raises:
            CheckpointError: the file has fewer.
        """
        self.seek(start)
        data = self.read(count)
        if len(data) != count:
            raise CheckpointError("The file is truncated, or changes while it is read.")
        return data

    def whole(self) -> bytes:
        """All bytes."""
        return self.at(0, self.size)

    def count(self, wanted: bytes, piece: int = 1 << 20) -> int:
        """How often ``wanted`` occurs, apart from itself; no more than ``piece`` bytes are in memory at once."""
        self.seek(0)
        found, end = 0, b""
        while data := self.read(piece):
            found += (end + data).count(wanted)
            end = (end + data)[1 - len(wanted) :]
        return found
