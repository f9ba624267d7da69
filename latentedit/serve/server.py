"""The server: one thread reads, one works, and the one that it was called in waits for a reason to end."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from latentedit import __version__
from latentedit.errors import Cancelled
from latentedit.serve.carrying import BEGINNING, files_in, frames, receive
from latentedit.serve.desk import Desk
from latentedit.serve.jobs import Job, Jobs, Urgency
from latentedit.serve.methods import METHODS, is_preview
from latentedit.serve.params import Params
from latentedit.serve.photo_methods import Steps
from latentedit.serve.private_folder import PrivateFolder
from latentedit.serve.protocol import PROTOCOL, ProtocolError, Request, encode, is_whole, lines, parse_request, refusal

if TYPE_CHECKING:
    from latentedit.engine import Engine

GRACE_S = 2.0
"""For how long a step may go on after the end."""
LOOK_S = 0.5
"""How often the parent is looked for."""
_HELLO = frozenset({"protocol", "client"})


class Server:
    """Answers the requests of one client; see docs/serve.md."""

    def __init__(
        self,
        engine: Engine,
        generator: str,
        folder: PrivateFolder,
        read: Callable[[int], bytes],
        output: int,
        *,
        carries_files: bool = False,
    ) -> None:
        """
        Args:
            engine: draws.
            generator: what new documents are drawn with, by name or path.
            folder: where pictures go.
            read: returns bytes of the client's lines, none at the end.
            output: descriptor to which lines are written.
            carries_files: whether the client is a relay on another machine, so that files go through the lines too.
        """
        self._jobs = Jobs()
        self._desk = Desk(engine, generator, folder)
        self._read, self._output = read, output
        self._carries_files = carries_files
        self._writing = threading.Lock()
        self._over = threading.Event()
        self._greeted = False
        self._last: Request | None = None

    def end(self) -> None:
        """Stop everything; may be called from any thread, and from a signal's handler."""
        self._over.set()

    def run(self, orphaned: Callable[[], bool]) -> bool:
        """Serve until the end.

        Args:
            orphaned: says whether nobody is there any more to serve.

        Returns:
            whether the work could be stopped; where it could not, only the end of the process ends it.
        """
        facts = {"pid": os.getpid(), "folder": str(self._desk.folder.path), "device": self._desk.engine.device}
        self._send({"event": "hello", "program": "latentedit", "version": __version__, "protocol": PROTOCOL, **facts})
        worker = threading.Thread(target=self._work, name="serve-work", daemon=True)
        worker.start()
        threading.Thread(target=self._listen, name="serve-read", daemon=True).start()
        while not self._over.wait(LOOK_S):
            if orphaned():
                break
        self._over.set()
        self._jobs.stop()
        worker.join(GRACE_S)
        if self._last is not None:
            self._send({"id": self._last.id, "result": {}})
        return not worker.is_alive()

    # Reading

    def _listen(self) -> None:
        try:
            for line in lines(self._read):
                if self._over.is_set():
                    return
                if line is None or line.strip():
                    self._hear(line)
        finally:
            self.end()

    def _hear(self, line: bytes | None) -> None:
        if self._carries_files and line is not None and line.startswith(BEGINNING):
            try:
                receive(line, self._desk.folder.path)
            except (OSError, ValueError) as error:  # the request that needs the file is refused as well
                self._send(refusal(None, error))
            return
        try:
            request = parse_request(line)
        except ProtocolError as error:
            self._send(refusal(error.request, error))
            return
        try:
            self._receive(request)
        except ProtocolError as error:
            self._send(refusal(request.id, error))

    def _receive(self, request: Request) -> None:
        """Do what is done at once, hand everything else in.

        Raises:
            ProtocolError: it is no request that can be done.
        """
        params = Params(request.params)
        if request.method == "hello":
            self._greet(request, params)
            return
        if not self._greeted:
            raise ProtocolError("The first request is to be hello.", hint=f'Send hello with "protocol": {PROTOCOL}.')
        if request.method == "shutdown":
            params.require_only(frozenset())
            self._last = request
            self.end()
            return
        if request.method == "ping":
            params.require_only(frozenset())
            self._send({"id": request.id, "result": {}})
            return
        if request.method == "cancel":
            params.require_only(frozenset({"request"}))
            self._cancel(request, params.whole("request"))
            return
        if request.method not in METHODS:
            known = ", ".join(("hello", *METHODS, "cancel", "ping", "shutdown"))
            raise ProtocolError(f"There is no method {request.method[:40]}.", hint=f"There are {known}.")
        method = METHODS[request.method]
        params.require_only(method.params)
        for job in self._jobs.submit(_job(request, method.urgency)):
            self._send({"id": job.request.id, "result": {"stale": True}})

    def _greet(self, request: Request, params: Params) -> None:
        params.require_only(_HELLO)
        spoken = params.whole("protocol")
        params.text("client", "")
        if spoken != PROTOCOL:
            old, hint = "this program", "Update latentedit: pip install --upgrade latentedit."
            if spoken < PROTOCOL:
                old, hint = "the client", "Update the plug-in: latentedit plugins install."
            message = f"The client speaks protocol {spoken}, this program protocol {PROTOCOL}: {old} is too old."
            raise ProtocolError(message, hint=hint)
        self._greeted = True
        self._send({"id": request.id, "result": {"protocol": PROTOCOL, "version": __version__}})

    def _cancel(self, request: Request, wanted: int) -> None:
        job = self._jobs.withdraw(wanted)
        if job is not None:  # what has not begun need not wait for the worker to be refused
            self._refuse(job, Cancelled("It was cancelled."))
        self._send({"id": request.id, "result": {"cancelled": job is not None or self._jobs.cancel(wanted)}})

    # Working

    def _work(self) -> None:
        while (job := self._jobs.take()) is not None:
            if self._go_on(job):
                self._jobs.put_back(job)
            else:
                job.steps = None
                self._jobs.done()

    def _go_on(self, job: Job) -> bool:
        """Do one step of a job, or refuse it; whether there is more to do."""
        if job.cancelled:
            close = getattr(job.steps, "close", None)
            if close is not None:
                close()
            self._refuse(job, Cancelled("It was cancelled."))
            return False
        try:
            if job.steps is None:
                job.steps = self._begun(job)
            event = next(job.steps)
        except StopIteration as end:
            self._answer(job, end.value)
            return False
        except Exception as error:
            self._refuse(job, error)
            return False
        if event is not None:
            self._send({**event, "id": job.request.id})
        return True

    def _begun(self, job: Job) -> Steps:
        """The steps of a request. To close a document is to cancel what else is about it."""
        if job.request.method == "close" and job.document is not None:
            self._jobs.cancel_document(job.document, job.request.id)
        return _steps(self._desk, job.request)

    def _answer(self, job: Job, result: dict[str, Any]) -> None:
        self._send({"id": job.request.id, "result": result})

    def _refuse(self, job: Job, error: BaseException) -> None:
        answer = refusal(job.request.id, error)
        if answer["error"]["kind"] == "bug":
            traceback.print_exception(error, file=sys.stderr)
        self._send(answer)

    def _send(self, message: dict[str, Any]) -> None:
        """Write a line at once; when nobody reads any more, that is the end."""
        try:
            data = memoryview(encode(message))
        except ValueError as error:  # a number that JSON does not have: the client still waits for an answer
            data = memoryview(encode(refusal(message.get("id"), error)))
        with self._writing:
            try:
                if self._carries_files:
                    self._carry(message)
                self._write(data)
            except OSError:
                self.end()

    def _carry(self, message: dict[str, Any]) -> None:
        """Send the files that a message names, and forget them and those that came for its request."""
        folder = self._desk.folder.path
        for path in files_in(message, folder):
            for frame in frames(path, path.name):
                self._write(memoryview(frame))
            path.unlink()
        if "event" not in message:
            shutil.rmtree(folder / f"in-{message.get('id')}", ignore_errors=True)

    def _write(self, data: memoryview) -> None:
        while data:
            data = data[os.write(self._output, data) :]


def _job(request: Request, urgency: Urgency) -> Job:
    document = request.params.get("document")
    document = document if is_whole(document) else None
    if not is_preview(request):
        return Job(request, urgency, document)
    face = request.params.get("face", 0)
    return Job(request, Urgency.QUICK, document, (document, face) if is_whole(face) else None)


def _steps(desk: Desk, request: Request) -> Steps:
    """A request as an iterator, also where its method has no steps."""
    result = METHODS[request.method].run(desk, Params(request.params))
    if not isinstance(result, dict):
        result = yield from result
    return result
