"""A client of ``latentedit serve`` for the tests: starts the real process and speaks with it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

COMMAND = [sys.executable, "-c", "from latentedit.cli.app import main; main()", "serve", "--device", "cpu", "--generator", "toy"]
PATIENCE_S = 60.0
FRAME = [20, 20, 120]


class Client:
    """One server; ends it and waits for it when the block is left.

    Attributes:
        process: the server.
        hello: its first line.
        folder: its private one.
    """

    def __init__(self, temporary: Path, *, greet: bool = True, command: list[str] = COMMAND, path: str = "") -> None:
        """
        Args:
            temporary: where the server makes its private folder.
            greet: whether to say hello.
            command: starts the server.
            path: folders to look for programs in before all others.
        """
        programs = f"{path}{os.pathsep}{os.environ['PATH']}" if path else os.environ["PATH"]
        environment = {
            **os.environ,
            "PATH": programs,
            "TMPDIR": str(temporary),
            "LATENTEDIT_OFFLINE": "1",
            "LATENTEDIT_HOME": str(temporary / "home"),
        }
        self.errors = (temporary / "stderr.txt").open("ab")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.errors}
        self.process = subprocess.Popen(command, env=environment, cwd=temporary, **pipes)  # type: ignore[call-overload]
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._count = 0
        self.hello = self.receive()
        self.folder = Path(self.hello["folder"])
        if greet:
            self.ask("hello", protocol=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close_input()
        try:
            self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join()
            self.process.stdout.close()
            self.errors.close()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def close_input(self) -> None:
        """The client goes."""
        with suppress(BrokenPipeError):
            self.process.stdin.close()

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next line; fails when there is none any more."""
        line = self._lines.get(timeout=PATIENCE_S)
        assert line.endswith(b"\n"), "the server has ended"
        message: dict[str, Any] = json.loads(line)
        return message

    def at_end(self) -> list[dict[str, Any]]:
        """All lines until the server closes its output."""
        return [json.loads(line) for line in iter(lambda: self._lines.get(timeout=PATIENCE_S), b"")]

    def send(self, method: str, **params: Any) -> int:
        """Send a request; returns its id."""
        self._count += 1
        self.write(json.dumps({"id": self._count, "method": method, "params": params}).encode() + b"\n")
        return self._count

    def answer(self, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The answer to a request, and all that came before it."""
        before = []
        while (message := self.receive()).get("id") != number or "event" in message:
            before.append(message)
        return message, before

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a request, which must not be refused."""
        message, _ = self.answer(self.send(method, **params))
        assert "error" not in message, message
        result: dict[str, Any] = message["result"]
        return result

    def refused(self, method: str, **params: Any) -> dict[str, str]:
        """The error of a request, which must be refused."""
        message, _ = self.answer(self.send(method, **params))
        error: dict[str, str] = message["error"]
        return error

    def opened(self, photo: Path, *, steps: int = 1) -> int:
        """A document on a photograph whose one framed face is projected."""
        document: int = self.ask("open", path=str(photo))["document"]
        self.ask("faces", document=document, frame=FRAME)
        if steps:
            self.ask("project", document=document, preset="fast", steps=steps)
        return document
