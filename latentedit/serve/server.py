"""The loop: one thread reads requests, this one does them, the most urgent first, step by step."""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from latentedit.errors import Cancelled, LatentEditError, UsageError
from latentedit.serve.desk import Desk, Steps
from latentedit.serve.params import Params
from latentedit.serve.protocol import (
    PROTOCOL,
    Message,
    NumberedError,
    ProtocolError,
    Request,
    answer,
    event,
    failure,
    parse_request,
)
from latentedit.serve.streams import Writer


class Urgency(IntEnum):
    """What goes first."""

    PREVIEW = 0
    FINAL = 1
    TASK = 2


@dataclass(frozen=True)
class Method:
    """Something that can be asked for.

    Attributes:
        begin: checks the parameters and does what is quick, in the order in which requests come; returns the result, or the long work that is left.
        urgency: of that work.
        newest_only: work of this method for the same document and face that has not begun is stale when another comes.
    """

    begin: Callable[[Desk, Params], Message | Steps]
    urgency: Urgency = Urgency.FINAL
    newest_only: bool = False


@dataclass(eq=False)
class _Task:
    """A request that is being worked on; ``silenced`` when its answer was given already."""

    request: Request
    method: Method
    steps: Steps
    number: int
    begun: bool = False
    silenced: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Less is more urgent."""
        return self.method.urgency, self.number

    def replaces(self, other: _Task) -> bool:
        """Whether the other's result would be out of date."""
        same = self.request.method == other.request.method and self.method.newest_only and not other.begun
        return same and all(self.request.params.get(key) == other.request.params.get(key) for key in ("document", "face"))


class Server:
    """Answers one client until he is gone."""

    def __init__(self, desk: Desk, methods: dict[str, Method], writer: Writer, about: Message) -> None:
        """
        Args:
            desk: what is worked on.
            methods: what can be asked for, by name; ``hello``, ``ping``, ``cancel`` and ``shutdown`` are the server's own.
            writer: where answers go.
            about: what ``hello`` tells of the program.
        """
        self._desk, self._methods, self._writer, self._about = desk, methods, writer, about
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._tasks: list[_Task] = []
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._ending = threading.Event()

    def run(self, lines: Iterable[bytes | ProtocolError]) -> None:
        """Answer all requests; returns when there are no more, or when the client says so."""
        self._writer.say({"event": "hello", **self._about})
        reader = threading.Thread(target=self._read, args=(lines,), name="requests", daemon=True)
        reader.start()
        try:
            while not self._ending.is_set():
                self._take(wait=not self._tasks)
                self._step()
        finally:
            for task in self._tasks:
                task.steps.close()

    # The reader's thread

    def _read(self, lines: Iterable[bytes | ProtocolError]) -> None:
        for line in lines:
            try:
                if isinstance(line, ProtocolError):
                    raise line
                self._sort(parse_request(line))
            except NumberedError as error:
                self._writer.say(failure(error.id, error))
            except ProtocolError as error:
                self._writer.say(failure(None, error))
        self._ending.set()
        self._requests.put(None)

    def _sort(self, request: Request) -> None:
        """Answer at once what must not wait for the work, and hand on the rest."""
        match request.method:
            case "ping":
                self._writer.say(answer(request.id, {}))
            case "hello":
                self._greet(request)
            case "cancel":
                self._cancel(request)
            case "shutdown":
                self._writer.say(answer(request.id, {}))
                self._ending.set()
                self._requests.put(None)
            case _:
                self._requests.put(request)

    def _greet(self, request: Request) -> None:
        theirs = request.params.get("protocol")
        if theirs != PROTOCOL:
            older = isinstance(theirs, int) and theirs < PROTOCOL
            what = "latentedit plugins install" if older else "pip install --upgrade latentedit"
            error = UsageError(f"The client speaks protocol {theirs}, this program {PROTOCOL}.", hint=f"Update: {what}.")
            self._writer.say({"id": request.id, "error": {**failure(request.id, error)["error"], "kind": "version"}})
        else:
            self._writer.say(answer(request.id, self._about))

    def _cancel(self, request: Request) -> None:
        """The answer to what is cancelled is given here and now; the work ends at its next step."""
        number = request.params.get("request")
        with self._lock:
            found = [task for task in self._tasks if task.request.id == number and not task.silenced]
            for task in found:
                task.silenced = True
                self._writer.say(failure(task.request.id, Cancelled("Cancelled.")))
        if found:
            self._writer.say(answer(request.id, {"cancelled": True}))
        else:
            self._requests.put(request)  # it may be on its way to the tasks

    # The working thread

    def _take(self, *, wait: bool) -> None:
        """Begin what has come; wait for something when there is nothing to do."""
        while True:
            try:
                request = self._requests.get(block=wait)
            except queue.Empty:
                return
            if request is None or self._ending.is_set():
                return
            wait = False
            self._begin(request)

    def _begin(self, request: Request) -> None:
        if request.method == "cancel":
            self._cancel_late(request)
            return
        method = self._methods.get(request.method)
        if method is None:
            known = ", ".join(sorted([*self._methods, "hello", "ping", "cancel", "shutdown"]))
            self._writer.say(
                failure(request.id, UsageError(f"There is no method {request.method!r}.", hint=f"There are: {known}."))
            )
            return
        params = Params(request.method, request.params)
        try:
            result = method.begin(self._desk, params)
            if isinstance(result, dict):
                self._writer.say(answer(request.id, result))
                return
            task = _Task(request, method, result, next(self._numbers))
        except Exception as error:
            self._fail(request.id, error)
            return
        with self._lock:
            stale = [other for other in self._tasks if task.replaces(other)]
            self._tasks = [other for other in self._tasks if other not in stale] + [task]
        for other in stale:
            other.steps.close()
            if not other.silenced:
                self._writer.say(answer(other.request.id, {"stale": True}))

    def _cancel_late(self, request: Request) -> None:
        number = request.params.get("request")
        with self._lock:
            found = any(task.request.id == number and not task.silenced for task in self._tasks)
        if found:
            self._cancel(request)
        else:
            self._writer.say(answer(request.id, {"cancelled": False}))

    def _step(self) -> None:
        """Go on with the most urgent work by one step."""
        for task in [task for task in self._tasks if task.silenced]:
            self._drop(task)
        if not self._tasks or self._ending.is_set():
            return
        task = min(self._tasks, key=lambda task: task.rank)
        task.begun = True
        number = task.request.id
        try:
            facts = next(task.steps)
        except StopIteration as end:
            self._finish(task, answer(number, end.value))
        except Exception as error:
            self._drop(task)
            if not task.silenced:
                self._fail(number, error)
        else:
            if facts is not None and not task.silenced:
                self._writer.say(event(number, facts.pop("event", "progress"), **facts))

    def _finish(self, task: _Task, message: Message) -> None:
        with self._lock:
            silenced, task.silenced = task.silenced, True
        self._drop(task)
        if not silenced:
            self._writer.say(message)

    def _drop(self, task: _Task) -> None:
        with self._lock:
            self._tasks.remove(task)
        task.steps.close()

    def _fail(self, number: int, error: Exception) -> None:
        """Tell the client; a mistake of ours also those who read stderr."""
        if not isinstance(error, LatentEditError):
            traceback.print_exception(error, file=sys.stderr)
        self._writer.say(failure(number, error))
