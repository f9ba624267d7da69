"""``latentedit serve --ssh``: the same protocol, spoken by a server on another machine, with its files brought over."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from latentedit.atomic_file import replacing, same_file
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.errors import InputError, LatentEditError, ResourceError, UsageError
from latentedit.serve.carrying import BEGINNING, files_in, frames, moved, receive
from latentedit.serve.private_folder import PrivateFolder
from latentedit.serve.protocol import ProtocolError, Request, encode, lines, parse_request, refusal

GRACE_S = 5.0
LOOK_S = 0.5
_KEPT_PREVIEWS = 2
_FILES = frozenset({"path", "profile", "mask", "model", "source"})
"""Parameters that may name files of the client."""
_WRITTEN = frozenset({"save", "export"})


class Relay:
    """Stands between a client and a server that was started with ``--carry-files``."""

    def __init__(self, command: list[str], folder: PrivateFolder, read: Callable[[int], bytes], output: int) -> None:
        """
        Args:
            command: starts the server and connects this process with its input and output.
            folder: where the client finds its pictures.
            read: returns bytes of the client's lines, none at the end.
            output: descriptor to which lines for the client are written.

        Raises:
            ResourceError: there is no such program.
        """
        try:
            self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise ResourceError(f"{command[0]} cannot be run ({error.strerror}).", hint="Install it, or check PATH.") from error
        self._folder, self._read, self._output = folder, read, output
        self._there = ""
        self._begun, self._over = threading.Event(), threading.Event()
        self._writing = threading.Lock()
        self._asked: dict[int, Request] = {}
        self._opened: dict[int, Path] = {}  # what each document was opened from, or saved to
        self._shown: dict[int, list[Path]] = defaultdict(list)

    def end(self) -> None:
        """Stop; may be called from any thread, and from a signal's handler."""
        self._over.set()

    def run(self, orphaned: Callable[[], bool]) -> None:
        """Carry lines until either side has ended.

        Raises:
            ResourceError: the other side never spoke.
        """
        down = threading.Thread(target=self._until_end, args=(self._carry_down,), daemon=True)
        up = threading.Thread(target=self._until_end, args=(self._carry_up,), daemon=True)
        down.start()
        up.start()
        while not self._over.wait(LOOK_S):
            if orphaned():
                break
        # A server whose connection ends does so itself; ssh is not waited for longer than that takes.
        assert self._server.stdin is not None
        if self._writing.acquire(timeout=GRACE_S):  # not while a write to a connection that hangs holds it
            with suppress(OSError):
                self._server.stdin.close()
        try:
            self._server.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        down.join(GRACE_S)
        if not self._begun.is_set():
            raise ResourceError(
                "No server has answered from there.", hint="Try: ssh HOST latentedit --version; name the program with --command."
            )

    def _until_end(self, carry: Callable[[], None]) -> None:
        try:
            carry()
        except (OSError, ValueError):  # one of the pipes is closed, or what comes is no line of ours
            pass
        finally:
            self.end()

    # Towards the server

    def _carry_up(self) -> None:
        for line in lines(self._read):
            self._begun.wait()  # paths there are known from its first line on
            if self._over.is_set():
                return
            try:
                request = parse_request(line)
            except ProtocolError as error:
                self._tell(refusal(error.request, error))
                continue
            try:
                self._send(request)
            except LatentEditError as error:
                self._tell(refusal(request.id, error))

    def _send(self, request: Request) -> None:
        sent: list[tuple[Path, str]] = []
        params = self._with_files(request, request.params, sent)
        if request.method in _WRITTEN and (target := self._target(request)) is not None:
            params = {**params, "path": f"{self._there}/out-{request.id}{target.suffix}"}
        self._asked[request.id] = request
        assert self._server.stdin is not None
        with self._writing:
            for path, name in sent:
                for frame in frames(path, name):
                    self._server.stdin.write(frame)
            self._server.stdin.write(encode({"id": request.id, "method": request.method, "params": params}))
            self._server.stdin.flush()

    def _with_files(self, request: Request, values: dict[str, Any], sent: list[tuple[Path, str]]) -> dict[str, Any]:
        """Parameters with the paths that their files will have there; ``sent`` collects these files."""
        named = _FILES | ({"name", "region"} if request.method in ("set", "vary") else frozenset())
        if request.method in _WRITTEN:
            return values
        result: dict[str, Any] = {}
        for key, value in values.items():
            if isinstance(value, dict):
                value = self._with_files(request, value, sent)
            elif isinstance(value, list):
                value = [self._with_files(request, each, sent) if isinstance(each, dict) else each for each in value]
            elif isinstance(value, str) and key in named and "\0" not in value and os.path.isfile(value):  # noqa: PTH113
                if not os.access(value, os.R_OK):
                    raise InputError(f"{value} may not be read.", hint="Change the file's permissions, or copy it.")
                name = f"in-{request.id}/{Path(value).name}"
                sent.append((Path(value), name))
                value = f"{self._there}/{name}"
            result[key] = value
        return result

    def _target(self, request: Request) -> Path | None:
        """Where the client wants a file; None where nothing tells, which the server will refuse."""
        document, path = request.params.get("document"), request.params.get("path")
        opened = self._opened.get(document) if isinstance(document, int) else None
        if path is None and opened is not None and opened.suffix.lower() == PROJECT_SUFFIX:
            return opened
        if not isinstance(path, str) or "\0" in path:
            return None
        if opened is not None and opened.suffix.lower() != PROJECT_SUFFIX and same_file(Path(path), opened):
            raise UsageError("The photograph itself is never written over.", hint="Choose another name.")
        return Path(path)

    # Towards the client

    def _carry_down(self) -> None:
        assert self._server.stdout is not None
        for line in self._server.stdout:
            if line.startswith(BEGINNING):
                receive(line, self._folder.path)
                continue
            message = json.loads(line)
            if message.get("event") == "hello":
                self._there = message["folder"]
                message["pid"] = os.getpid()
            message = moved(message, self._there, str(self._folder.path))
            self._begun.set()
            self._tell(self._finished(message))

    def _finished(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message after what the server would have done with its files, had it had this disk."""
        if "event" in message:
            self._show(message)
            return message
        request = self._asked.pop(message["id"], None) if isinstance(message.get("id"), int) else None
        if request is None:
            return message
        self._shown.pop(request.id, None)
        if "result" not in message:
            return message
        if request.method == "open" and isinstance(request.params.get("path"), str):
            self._opened[message["result"]["document"]] = Path(request.params["path"])
        if request.method == "close":
            self._opened.pop(request.params["document"], None)
            self._folder.forget(request.params["document"])
        if request.method in _WRITTEN:
            return self._written(message, request)
        return message

    def _show(self, event: dict[str, Any]) -> None:
        """Of the pictures of a progress, the newest are kept; there may be none, and downloads have none at all."""
        picture = event.get("preview")
        if not isinstance(picture, dict):
            return
        shown = self._shown[event.get("id", 0)]
        shown.append(Path(picture["path"]))
        while len(shown) > _KEPT_PREVIEWS:
            shown.pop(0).unlink(missing_ok=True)

    def _written(self, message: dict[str, Any], request: Request) -> dict[str, Any]:
        target = self._target(request)
        (come,) = files_in(message, self._folder.path)
        assert target is not None
        try:
            with replacing(target) as file:
                file.write(come.read_bytes())
        except (ResourceError, OSError) as error:
            return refusal(request.id, error)
        finally:
            come.unlink()
        if request.method == "save":
            self._opened[request.params["document"]] = target
        return {**message, "result": {**message["result"], "path": str(target)}}

    def _tell(self, message: dict[str, Any]) -> None:
        data = memoryview(encode(message))
        while data:
            data = data[os.write(self._output, data) :]
