"""The two ends of the conversation: stdin as lines, stdout as nothing but lines."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from typing import BinaryIO

from latentedit.serve.protocol import MAX_LINE, Message, ProtocolError


def take_stdout() -> BinaryIO:
    """The real stdout, for the protocol alone: whatever else this process or a library prints goes to stderr from now on."""
    mine = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return mine


class Writer:
    """Writes lines, whole, from whichever thread. Who listens no longer is not told so again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self.closed = False

    def say(self, message: Message) -> None:
        """Write one line."""
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        with self._lock:
            view = memoryview(line)
            try:
                while view and not self.closed:
                    view = view[self._stream.write(view) :]
            except OSError:  # the client is gone; the end of stdin will tell, too
                self.closed = True


def lines(stream: BinaryIO) -> Iterator[bytes | ProtocolError]:
    """The lines of a stream as they come, without their ends; an error in the place of one that is too long."""
    rest, skipping = bytearray(), False
    while block := os.read(stream.fileno(), 65536):
        rest += block
        while (end := rest.find(b"\n")) >= 0:
            line = bytes(rest[:end])
            del rest[: end + 1]
            if skipping or len(line) > MAX_LINE:
                skipping = False
                yield ProtocolError(f"A line is longer than {MAX_LINE} bytes.", hint="Pictures travel as files.")
            elif line.strip():
                yield line
        if len(rest) > MAX_LINE:
            rest.clear()
            skipping = True
