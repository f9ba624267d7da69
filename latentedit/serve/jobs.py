"""The requests that wait, and which goes first."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from latentedit.serve.protocol import ProtocolError, Request

MAX_WAITING = 1000


class Urgency(IntEnum):
    """What goes first, also between the steps of what comes later."""

    QUICK = 0
    LONG = 1


@dataclass(eq=False)
class Job:
    """A request that is being done, or waits for it.

    Attributes:
        request: what was asked for.
        urgency: of its method.
        document: which one it is about; None for none.
        replaced_by_newer: jobs of the same key that have not begun are stale when a newer one comes; None for those that never are.
        steps: what is left to do; None before it has begun.
        cancelled: nobody wants it any more.
    """

    request: Request
    urgency: Urgency
    document: int | None = None
    replaced_by_newer: Hashable | None = None
    steps: Iterator[dict[str, Any] | None] | None = None
    cancelled: bool = False
    number: int = field(default=0, init=False)


class Jobs:
    """All jobs of a server. The reading thread hands them in and cancels them, one other thread takes them; whoever is given a job answers it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._current: Job | None = None
        self._count = 0
        self._stopped = False

    def submit(self, job: Job) -> list[Job]:
        """Hand in a job.

        Returns:
            those that have become stale.

        Raises:
            ProtocolError: a request of its id is not answered yet, or too many wait.
        """
        with self._changed:
            if any(known.request.id == job.request.id for known in self._all()):
                raise ProtocolError(
                    f"The request {job.request.id} is not answered yet.", hint="Give each request a number of its own."
                )
            if len(self._waiting) >= MAX_WAITING:
                raise ProtocolError(f"{MAX_WAITING} requests wait already.", hint="Wait for answers.")
            key = job.replaced_by_newer
            stale = [known for known in self._waiting if key is not None and known.replaced_by_newer == key]
            self._waiting = [known for known in self._waiting if known not in stale]
            job.number = self._count
            self._count += 1
            self._waiting.append(job)
            self._changed.notify_all()
            return stale

    def take(self) -> Job | None:
        """Wait for the job that goes first: one that was cancelled, then by urgency and age. None when there will be none any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopped)
            if not self._waiting:
                return None
            job = min(self._waiting, key=lambda each: (not each.cancelled, each.urgency, each.number))
            self._waiting.remove(job)
            self._current = job
            return job

    def put_back(self, job: Job) -> None:
        """Let others go first that are more urgent, after a step."""
        with self._changed:
            self._waiting.append(job)
            self._current = None

    def done(self) -> None:
        """The job that was taken is answered."""
        with self._changed:
            self._current = None

    def cancel(self, request: int) -> bool:
        """Whether there was such a request. It is answered by who takes it, at once or after the step that is being done."""
        with self._changed:
            return self._cancel([job for job in self._all() if job.request.id == request])

    def cancel_document(self, document: int, but: int) -> None:
        """Cancel all requests about a document, but for one."""
        with self._changed:
            self._cancel([job for job in self._all() if job.document == document and job.request.id != but])

    def withdraw(self, request: int) -> Job | None:
        """A job of this id that has not begun, taken out; None where there is none."""
        with self._changed:
            for job in self._waiting:
                if job.request.id == request and job.steps is None:
                    self._waiting.remove(job)
                    return job
            return None

    def stop(self) -> None:
        """Cancel everything, and take nothing more."""
        with self._changed:
            self._stopped = True
            self._cancel(self._all())

    def _all(self) -> list[Job]:
        return self._waiting + ([] if self._current is None else [self._current])

    def _cancel(self, jobs: list[Job]) -> bool:
        for job in jobs:
            job.cancelled = True
        self._changed.notify_all()
        return bool(jobs)
