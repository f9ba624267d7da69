"""Standard output and standard error, when the terminal knows few characters or nobody reads."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

READER_GONE = 141
"""The exit code when whoever read standard output has closed it: that of a program which SIGPIPE ends."""


class _Heedless(io.FileIO):
    """A file that drops what cannot be written."""

    def write(self, data: Any, /) -> int:
        """As of :class:`io.FileIO`."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def prepare_streams() -> None:
    """Write characters that a stream cannot encode as escapes; and let no message that nobody can read stop the work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if os.name == "posix" and isinstance(sys.stderr, io.TextIOWrapper):
        file = io.BufferedWriter(_Heedless(sys.stderr.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(file, encoding=sys.stderr.encoding, errors="backslashreplace", write_through=True)


def flush_output() -> None:
    """Write what standard output still holds, before the interpreter tries to.

    Raises:
        OSError: it cannot be written.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def drop_output() -> None:
    """Lead standard output nowhere, so that the interpreter does not complain about what is left in it."""
    if sys.__stdout__ is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())
