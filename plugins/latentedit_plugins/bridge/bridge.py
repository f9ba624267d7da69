"""Requests to a running latentedit and what comes of them, told in the host's own thread and never waiting.

The host calls :meth:`Bridge.poll` from a timer of its interface; all that the program has answered since is handed to those who asked.
"""

import itertools
import sys
import time
import weakref
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from .finding import ProgramMissing, find_program
from .pipes import Pipes, encoded

CHOOSING = "name its path in the environment variable LATENTEDIT_PROGRAM, and start this program again"
NOT_FOUND = "not-found"
"""The kind of trouble when there is no program; ``missing`` is the program's own word for what it lacks."""
PROTOCOL = 1
"""The version of ``latentedit serve``'s protocol that is spoken here (see docs/serve.md)."""
START_S = 60.0
"""For so long the program may take to say hello: torch is read from a disk that may be slow."""
QUIET_S = 20.0
"""After so long without a word, while something is asked, the program counts as hanging: it answers pings even while it works."""

Answer = Callable[[Dict[str, Any]], None]
Failure = Callable[["Trouble"], None]


class Trouble(Exception):
    """Something that a person has to be told.

    Attributes:
        kind: what it is, in one word: of the program's errors, or ``not-found``, ``start``, ``died``, ``hanging``, ``version``, ``closed``, ``cancelled``.
        hint: what to do; may be empty.
        details: what else may help whoever helps; may be empty.
    """

    def __init__(self, kind: str, message: str, hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.kind, self.hint, self.details = kind, hint, details


class Request:
    """Something that was asked. None of its functions is called after :meth:`cancel`."""

    def __init__(
        self, bridge: "Bridge", number: int, method: str, on_answer: Answer, on_failure: Failure, on_event: Answer
    ) -> None:
        self.method = method
        self.number = number
        self.pending = True
        self.asked_at = time.monotonic()
        self._bridge = bridge
        self._on_answer, self._on_failure, self._on_event = on_answer, on_failure, on_event

    def cancel(self) -> None:
        """Give it up: the program stops at its next step, and nothing more of it is told."""
        if self.pending:
            self.pending = False
            self._bridge._give_up(self)

    def _answered(self, result: Dict[str, Any]) -> None:
        if self.pending:
            self.pending = False
            self._on_answer(result)

    def _failed(self, trouble: Trouble) -> None:
        if self.pending:
            self.pending = False
            self._on_failure(trouble)

    def _happened(self, event: Dict[str, Any]) -> None:
        if self.pending:
            self._on_event(event)


class Bridge:
    """One running latentedit, started when it is first needed, and again after it died.

    Attributes:
        program, arguments: what is started next.
        hello: what the program said of itself (version, device, folder); empty until it has, and the versions fit.
        process: tells the program that runs from those that ran before: a number's meaning (of a document) ends with the process that gave it.
            0 while none runs.
    """

    def __init__(
        self,
        program: str = "",
        *,
        client: str = "",
        beside: Optional[Path] = None,
        environ: Optional[Mapping[str, str]] = None,
        arguments: Sequence[str] = ("serve",),
        choosing: str = CHOOSING,
    ) -> None:
        """Nothing is started yet.

        Args:
            program: the program that a person has chosen; empty to look for it.
            client: what to call the host in the program's messages: ``Krita 5.2``.
            beside: the folder with the record of the program that installed the plug-in.
            environ: of the program; the host's own when not given.
            arguments: of the program.
            choosing: what a person who has the program does in this host to have it found, as the end of a sentence.
        """
        self._choosing = choosing
        self.program, self.client = program, client
        self.hello: Dict[str, Any] = {}
        self.process = 0
        self._processes = itertools.count(1)
        self._on_end: List[weakref.WeakMethod[Failure]] = []
        self._about: Dict[str, Any] = {}
        self.arguments = tuple(arguments)
        self._beside, self._environ = beside, environ
        self._pipes: Optional[Pipes] = None
        self._requests: Dict[int, Request] = {}
        self._waiting: List[Dict[str, Any]] = []
        self._troubles: List[Any] = []
        self._numbers = itertools.count(1)
        self._started = self._pinged = 0.0

    # What a host uses

    @property
    def running(self) -> bool:
        """Whether there is a program to speak to."""
        return self._pipes is not None

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return bool(self._requests)

    def ask(
        self,
        method: str,
        params: Optional[Mapping[str, Any]] = None,
        on_answer: Optional[Answer] = None,
        on_failure: Optional[Failure] = None,
        on_event: Optional[Answer] = None,
    ) -> Request:
        """Send a request, starting the program if it does not run; returns at once.

        All functions are called from :meth:`poll`: ``on_answer`` or ``on_failure`` once, ``on_event`` before, any number of times.
        """
        number = next(self._numbers)
        request = Request(self, number, method, on_answer or _nothing, on_failure or _nothing, on_event or _nothing)
        self._requests[number] = request
        message = {"id": number, "method": method, "params": dict(params or {})}
        try:
            encoded(message)
            self._start()
        except ValueError as error:
            self._troubles.append((request, Trouble("usage", "This cannot be asked of latentedit.", "", str(error))))
            return request
        except Trouble as trouble:
            self._troubles.append((request, trouble))
            return request
        self._say(message)
        return request

    def poll(self) -> None:
        """Hand out what has come since the last call. To be called from a timer, some twenty times a second while :attr:`busy`, else once."""
        troubles, self._troubles = self._troubles, []
        for request, trouble in troubles:
            self._requests.pop(request.number, None)
            request._failed(trouble)
        pipes = self._pipes
        if pipes is None:
            return
        ended = pipes.ended
        for message in pipes.received():
            self._hear(message)
        if self._pipes is not pipes:
            return  # a function that was called has closed it
        if ended:
            self._fail_all(self._why_it_ended(pipes))
        else:
            self._watch(pipes)

    def tell_end(self, method: Failure) -> None:
        """Have a method of an object called whenever the program has ended or was closed, for as long as the object is used elsewhere.

        It is told why, before the requests fail, when nothing runs any more.
        """
        self._on_end.append(weakref.WeakMethod(method))

    def close(self, wait_s: float = 0.0) -> None:
        """End the program; everything that is still asked is forgotten.

        Args:
            wait_s: how long to wait for the end; a host that closes waits a little, so that the program has taken its temporary files away.
        """
        pipes, self._pipes = self._pipes, None
        for request in self._requests.values():
            request.pending = False
        self._requests.clear()
        self._waiting.clear()
        self._troubles.clear()
        self.hello = {}
        if pipes is not None:
            pipes.send({"id": 0, "method": "shutdown", "params": {}})
            pipes.close()
            self._ended(Trouble("closed", "The program latentedit was ended.", "Try again; it is started anew."))
            if wait_s > 0:
                pipes.join(wait_s)

    # Starting

    def _start(self) -> None:
        if self._pipes is not None:
            return
        try:
            command = find_program(self.program, beside=self._beside, environ=self._environ)
        except ProgramMissing as error:
            hint = f"{error.hint} If it is installed, {self._choosing}."
            raise Trouble(NOT_FOUND, str(error), hint, "Looked for: " + ", ".join(error.looked)) from error
        try:
            self._pipes = Pipes(command + self.arguments, self._environ)
        except OSError as error:
            hint = f"{ProgramMissing.hint} If it is installed elsewhere, {self._choosing}."
            raise Trouble("start", f"The program {command[0]} cannot be started: {error.strerror or error}.", hint) from error
        self.hello = {}
        self.process = next(self._processes)
        self._started = self._pinged = time.monotonic()
        self._pipes.send({"id": 0, "method": "hello", "params": {"protocol": PROTOCOL, "client": self.client}})

    def _say(self, message: Dict[str, Any]) -> None:
        """Requests wait until the versions are known to fit."""
        if self._pipes is not None and self.hello:
            self._pipes.send(message)
        else:
            self._waiting.append(message)

    # Hearing

    def _hear(self, message: Dict[str, Any]) -> None:
        number = message.get("id")
        if message.get("event") == "hello" and number is None:
            self._about = message
            return
        if number == 0:
            self._greeted(message)
            return
        if number is None and "error" in message:
            # One of the lines was not understood, and nobody knows which: whoever waits for it would wait for ever.
            refused, self._requests = list(self._requests.values()), {}
            for each in refused:
                each._failed(_trouble_of(message["error"]))
            return
        request = self._requests.get(number) if isinstance(number, int) else None
        if request is None:
            return  # given up, or never asked
        if "event" in message:
            request._happened(message)
            return
        del self._requests[request.number]
        if isinstance(message.get("result"), dict):
            request._answered(message["result"])
        else:
            request._failed(_trouble_of(message.get("error")))

    def _greeted(self, message: Dict[str, Any]) -> None:
        if self.hello:
            return  # the answer to a ping or the shutdown
        result = message.get("result")
        if not isinstance(result, dict):
            refused = _trouble_of(message.get("error"))
            other = isinstance(self._about.get("protocol"), int) and self._about["protocol"] != PROTOCOL
            self._fail_all(_other_version(self._about) if other else refused)
            return
        if result.get("protocol") != PROTOCOL:
            self._fail_all(_other_version(result))
            return
        self.hello = dict(self._about, **result)
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            self._say(each)

    def _watch(self, pipes: Pipes) -> None:
        """Notice a program that does not say hello, or says nothing any more."""
        now = time.monotonic()
        if not self.hello:
            if now - self._started > START_S:
                hint = _CHECK_HINT
                if pipes.garbage:
                    hint = f"What was found is perhaps another program. To have the right one found, {self._choosing}."
                self._fail_all(Trouble("hanging", "The program latentedit does not answer.", hint, pipes.last_words))
        elif self._requests:
            # Who was not asked need not have spoken: silence begins with the oldest request, and what a ping is worth with the ping.
            oldest = min(request.asked_at for request in self._requests.values())
            quiet = now - max(pipes.last_heard, self._started, oldest)
            unanswered = now - self._pinged if self._pinged > pipes.last_heard else 0.0
            if quiet > QUIET_S and unanswered > QUIET_S / 2:
                hint = "It was ended. Try again; what was not saved of it is lost."
                self._fail_all(Trouble("hanging", "The program latentedit hangs.", hint, pipes.last_words))
            elif quiet > QUIET_S / 2 and self._pinged <= pipes.last_heard:
                self._pinged = now
                pipes.send({"id": 0, "method": "ping", "params": {}})

    def _why_it_ended(self, pipes: Pipes) -> Trouble:
        status = pipes.exit_status
        if not self.hello:
            words = pipes.last_words
            if "No such command" in words or "invalid choice" in words:
                return Trouble("version", "The program latentedit is too old for this plug-in.", _update_hint(), words)
            hint = _CHECK_HINT if words.strip() else f"It said nothing. If it is another program, {self._choosing}."
            return Trouble("start", f"The program latentedit ended before it was ready (status {status}).", hint, words)
        hint = "Try again; it is started anew. If it ran out of memory, close other programs."
        how = f"was killed by signal {-status}" if status is not None and status < 0 else f"ended by itself (status {status})"
        return Trouble("died", f"The program latentedit {how}.", hint, pipes.last_words)

    def _fail_all(self, trouble: Trouble) -> None:
        pipes, self._pipes = self._pipes, None
        if pipes is not None:
            pipes.kill()
        requests, self._requests = list(self._requests.values()), {}
        self._waiting.clear()
        self.hello = {}
        self._ended(trouble)
        for request in requests:
            request._failed(trouble)

    def _ended(self, why: Trouble) -> None:
        self.process = 0
        self._on_end = [each for each in self._on_end if each() is not None]
        for each in list(self._on_end):
            method = each()
            if method is not None:
                method(why)

    def _give_up(self, request: Request) -> None:
        self._requests.pop(request.number, None)
        unsent = [message for message in self._waiting if message["id"] == request.number]
        if unsent:
            self._waiting.remove(unsent[0])
        elif self._pipes is not None and self.hello:
            self._pipes.send({"id": 0, "method": "cancel", "params": {"request": request.number}})


_CHECK_HINT = "Check that it runs: latentedit doctor."


def _nothing(_: Any) -> None:
    """Nobody wants to know."""


def _trouble_of(error: Any) -> Trouble:
    """What the program says is wrong, or that it says nothing that can be understood."""
    if not isinstance(error, dict):
        return Trouble(
            "protocol", "The program latentedit gave an answer that is not understood.", _update_hint(), repr(error)[:500]
        )
    return Trouble(
        str(error.get("kind", "error")),
        str(error.get("message", "")),
        str(error.get("hint") or ""),
        str(error.get("details") or ""),
    )


def _other_version(hello: Mapping[str, Any]) -> Trouble:
    theirs, version = hello.get("protocol"), hello.get("version", "?")
    if isinstance(theirs, int) and theirs > PROTOCOL:
        message = f"The program latentedit ({version}) is newer than this plug-in."
        hint = "Update the plug-in: latentedit plugins install, then restart."
    else:
        message = f"The program latentedit ({version}) is too old for this plug-in."
        hint = _update_hint()
    return Trouble("version", message, hint, f"protocol {PROTOCOL} here, {theirs} there, Python {sys.version.split()[0]}")


def _update_hint() -> str:
    return "Update it: pip install --upgrade latentedit, then: latentedit plugins install."
