"""A running ``latentedit serve``: lines in, lines out, and its end, seen from threads so that nobody ever waits for it."""

import collections
import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from typing import Any, Deque, Dict, List, Mapping, Optional, Sequence

from .finding import clean_environment

MAX_LINE = 16 * 1024 * 1024
"""Longer lines are no protocol: pictures travel as files."""
LAST_WORDS = 40
"""So many lines of what the program wrote for people are kept, for a message when it dies."""
MAX_SENT = 2**20
"""The program refuses longer lines without saying whose they are."""
LOOK_EVERY_S = 0.05
"""How soon an end is noticed where it cannot be waited for safely."""
PATIENCE_S = 5.0
"""For so long a program may take to end after it was asked to."""


def encoded(message: Mapping[str, Any]) -> bytes:
    """A message as a line.

    Raises:
        ValueError: a number in it is not finite, or it is too long: the program could not say whose line that was.
    """
    line = json.dumps(message, allow_nan=False, separators=(",", ":")).encode("utf-8")
    if len(line) > MAX_SENT:
        raise ValueError(f"{len(line)} bytes are too many")
    return line + b"\n"


class Pipes:
    """The program's process with its three streams.

    Threads read what it says, hand it what is written, and wait for its end; :meth:`received` and :meth:`send` return at once. A process that was
    started is always waited for, so that none remains as a zombie, however it ends.
    """

    def __init__(self, command: Sequence[str], environ: Optional[Mapping[str, str]] = None) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.
        """
        extra: Dict[str, Any] = {}
        if os.name == "nt":
            extra["creationflags"] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        else:
            extra["start_new_session"] = True  # with all that it starts itself, it is one group that can be ended
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=clean_environment(os.environ if environ is None else environ),
            bufsize=0,
            close_fds=True,
            **extra,
        )
        self._incoming: queue.Queue[Dict[str, Any]] = queue.Queue()
        self._outgoing: queue.Queue[Optional[bytes]] = queue.Queue()
        self._words: Deque[str] = collections.deque(maxlen=LAST_WORDS)
        self.last_heard = time.monotonic()
        self.garbage = 0
        self._threads = [
            threading.Thread(target=work, name="latentedit " + name, daemon=True)
            for name, work in (("reader", self._read), ("listener", self._listen), ("writer", self._write))
        ]
        self._reaping = threading.Lock()
        self._reaper = threading.Thread(target=self._reap, name="latentedit reaper", daemon=True)
        for thread in [*self._threads, self._reaper]:
            thread.start()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def exit_status(self) -> Optional[int]:
        """What it ended with; None while it runs."""
        return self._process.returncode

    @property
    def ended(self) -> bool:
        """Whether it has ended and all that it said was read."""
        return not self._reaper.is_alive()

    @property
    def last_words(self) -> str:
        """The last lines that it wrote for people."""
        return "\n".join(self._words)

    def send(self, message: Mapping[str, Any]) -> None:
        """Write a line, some time soon; after its end, nothing happens.

        Raises:
            ValueError: as :func:`encoded`.
        """
        self._outgoing.put(encoded(message))

    def received(self) -> List[Dict[str, Any]]:
        """All messages since the last call."""
        messages = []
        while True:
            try:
                messages.append(self._incoming.get_nowait())
            except queue.Empty:
                return messages

    def close(self) -> None:
        """Ask it to end by closing its input, and kill it if it does not; returns at once."""
        self._outgoing.put(None)
        threading.Thread(target=self._end, name="latentedit closer", daemon=True).start()

    def kill(self) -> None:
        """End it without asking; returns at once."""
        self._outgoing.put(None)
        self._kill()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end; for tests, and for hosts that are being closed.

        Returns: whether it has come.
        """
        self._reaper.join(timeout_s)
        return self.ended

    def _end(self) -> None:
        self._reaper.join(PATIENCE_S)
        self._kill()

    def _looked_ended(self) -> bool:
        with self._reaping:
            return self._process.poll() is not None

    def _kill(self) -> None:
        # Not Popen's own: that asks for the status first, and takes it from the reaper, who would fail.
        with self._reaping:
            if self._process.returncode is not None:
                return
            if os.name == "nt":
                self._process.kill()
            else:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._process.pid, signal.SIGKILL)

    def _read(self) -> None:
        """Take what the program says; lines that are no protocol (a library's chatter, a wrapper's greeting) are kept among the last words."""
        stream = self._process.stdout
        assert stream is not None
        rest = b""
        too_long = False
        while True:
            try:
                block = os.read(stream.fileno(), 65536)
            except OSError:
                return
            if not block:
                return
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            if len(rest) > MAX_LINE:
                rest, too_long = b"", True
            for line in lines:
                if too_long:
                    too_long = False
                    self._understand(b"")
                else:
                    self._understand(line)

    def _understand(self, line: bytes) -> None:
        self.last_heard = time.monotonic()
        try:
            message = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            message = None
        if isinstance(message, dict):
            self._incoming.put(message)
        else:
            self.garbage += 1
            self._words.append(line[:500].decode("utf-8", "replace").strip())

    def _listen(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        rest = b""
        while True:
            try:
                block = os.read(stream.fileno(), 65536)
            except OSError:
                return
            if not block:
                break
            lines = (rest + block).replace(b"\r", b"\n").split(b"\n")
            rest = lines.pop()[-4096:]
            self._words.extend(line[:500].decode("utf-8", "replace") for line in lines if line.strip())
        if rest.strip():
            self._words.append(rest[:500].decode("utf-8", "replace"))

    def _write(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        _without_broken_pipe_signal()
        try:
            while True:
                line = self._outgoing.get()
                if line is None:
                    break
                view = memoryview(line)
                while view:
                    view = view[stream.write(view) :]
        except OSError:
            pass  # it has ended; the reaper tells
        finally:
            with contextlib.suppress(OSError):
                stream.close()

    def _reap(self) -> None:
        if hasattr(os, "waitid"):
            # While it is not waited for, its number cannot become another's, and the group can be ended safely.
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
            _end_group(self._process.pid)
            with self._reaping:
                self._process.wait()
        else:  # Windows, and Python on macOS before 3.13
            while not self._looked_ended():
                time.sleep(LOOK_EVERY_S)
            if os.name != "nt":
                _end_group(self._process.pid)
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join(PATIENCE_S)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None and not any(thread.is_alive() for thread in self._threads[:2]):
                stream.close()


def _without_broken_pipe_signal() -> None:
    """For this thread, writing to a program that has ended is an error and no signal: hosts that embed Python (Krita) are killed by it."""
    if hasattr(signal, "pthread_sigmask") and hasattr(signal, "SIGPIPE"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})


def _end_group(leader: int) -> None:
    """Kill what a process has started and left behind: it would hold the streams open, and go on for nobody."""
    # Mostly nothing is left; macOS says that it is not permitted, for one that has ended.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
