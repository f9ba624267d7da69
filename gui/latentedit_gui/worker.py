"""The one thread in which everything is drawn, projected and read, step by step.

A job is an iterator. Between its steps the worker goes on with whichever job is most urgent, so that a slider's drawing does not wait for the end
of a projection, and cancelling takes effect at once: the window forgets the job, the thread leaves it at its next step.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from enum import IntEnum
from typing import Any

from PyQt6.QtCore import QObject, QThread, pyqtSignal

CALM_S = 0.35
"""For so long after a preview was begun, only previews and composites are drawn."""

Work = Callable[[], Iterator[Any]]
"""Begins the work, in the worker's thread; what its steps yield is handed to the window."""


class Urgency(IntEnum):
    """What goes first."""

    PREVIEW = 0
    COMPOSITE = 1
    THUMBNAIL = 2
    TASK = 3
    BACKGROUND = 4


class Job(QObject):
    """Work that was handed in. Its signals are emitted in the thread that made it, and never once it was cancelled.

    Signals:
        stepped(value): what a step yielded.
        finished(value): it has ended, with what the last step yielded, or None.
        failed(exception): a step raised it; nothing follows.
        ended(): after finished, failed or a cancel: whoever waits may stop.
    """

    stepped = pyqtSignal(object)
    finished = pyqtSignal(object)
    failed = pyqtSignal(Exception)
    ended = pyqtSignal()

    def __init__(self, work: Work, urgency: Urgency, key: Hashable | None, number: int, parent: QObject) -> None:
        super().__init__(parent)
        self.urgency = urgency
        self.key = key
        self.number = number
        self._work: Work | None = work
        self._steps: Iterator[Any] | None = None
        self._last: Any = None
        self._cancelled = threading.Event()
        self._done = False

    @property
    def running(self) -> bool:
        """Whether signals are still to come."""
        return not self._done

    @property
    def cancelled(self) -> bool:
        """Whether the worker is to leave it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Forget it. To be called in the thread that made it."""
        if self._done:
            return
        self._done = True
        self._cancelled.set()
        self.ended.emit()
        self.deleteLater()

    # In the worker's thread

    def advance(self) -> tuple[str, Any]:
        """One step: ("stepped", value), ("finished", last value) or ("failed", exception)."""
        if self._cancelled.is_set():
            self._leave()
            return "left", None
        try:
            if self._steps is None:
                assert self._work is not None
                self._steps = self._work()
            self._last = next(self._steps)
        except StopIteration:
            last = self._last
            self._leave()
            return "finished", last
        except Exception as error:
            self._leave()
            return "failed", error
        return "stepped", self._last

    def _leave(self) -> None:
        """Let go of everything: the job's object may outlive its work by far, and a photograph is large."""
        close = getattr(self._steps, "close", None)
        if close is not None:
            close()
        self._work = self._steps = self._last = None

    # In the window's

    def deliver(self, event: str, value: Any) -> None:
        """Tell whoever listens what a step has given; nothing when it was cancelled meanwhile."""
        if self._done or event == "left":
            return
        if event == "stepped":
            self.stepped.emit(value)
            return
        self._done = True
        (self.finished if event == "finished" else self.failed).emit(value)
        self.ended.emit()
        self.deleteLater()


class Worker(QObject):
    """Hands jobs to its thread; the most urgent goes first, of those the one that waits longest.

    Signals:
        busy_changed(busy): whether anything is being worked on.
    """

    busy_changed = pyqtSignal(bool)
    _stepped = pyqtSignal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._jobs: list[Job] = []
        self._changed = threading.Condition()
        self._stopping = False
        self._known: dict[Hashable, Job] = {}
        self._in_hand = 0
        self._calm_at = 0.0
        self._stepped.connect(self._deliver)  # queued, since it is emitted in another thread
        self._thread = _Loop(self._loop, self)
        self._thread.start()

    def submit(self, work: Work, urgency: Urgency = Urgency.TASK, key: Hashable | None = None) -> Job:
        """Begin a job.

        Args:
            work: begins it; called in the worker's thread.
            urgency: before which others it goes.
            key: an earlier job of the same key is cancelled: only the newest is wanted.
        """
        if key is not None and (earlier := self._known.pop(key, None)) is not None:
            earlier.cancel()
        job = Job(work, urgency, key, next(self._numbers), self)
        if key is not None:
            self._known[key] = job
        with self._changed:
            self._jobs.append(job)
            self._changed.notify()
        self._count(1)
        return job

    def call(self, function: Callable[[], Any], urgency: Urgency = Urgency.TASK, key: Hashable | None = None) -> Job:
        """A job of one step; :attr:`Job.finished` has what the function returned."""

        def once() -> Iterator[Any]:
            yield function()

        return self.submit(once, urgency, key)

    def stop(self) -> None:
        """Cancel everything and end the thread; waits for the step that it is at."""
        for job in self.findChildren(Job):
            job.cancel()
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.wait()

    # In the worker's thread

    def _loop(self) -> None:
        while (job := self._next_job()) is not None:
            event, value = job.advance()
            if event == "stepped":
                with self._changed:
                    job.number = next(self._numbers)  # behind those of its urgency
                    self._jobs.append(job)
            self._stepped.emit(job, event, value)

    def _next_job(self) -> Job | None:
        with self._changed:
            while not self._jobs and not self._stopping:
                self._changed.wait()
            if self._stopping:
                return None
            # First those that are cancelled: they are left at once, and hold memory.
            job = min(self._jobs, key=lambda job: (not job.cancelled, job.urgency, job.number))
            # While somebody moves a slider, the next preview is not to wait for a step of what nobody waits for.
            while not job.cancelled and job.urgency >= Urgency.THUMBNAIL and (calm := self._calm_at - time.monotonic()) > 0:
                self._changed.wait(calm)
                if self._stopping:
                    return None
                job = min(self._jobs, key=lambda job: (not job.cancelled, job.urgency, job.number))
            if job.urgency == Urgency.PREVIEW:
                self._calm_at = time.monotonic() + CALM_S
            self._jobs.remove(job)
            return job

    # In the window's

    def _deliver(self, job: Job, event: str, value: Any) -> None:
        if event != "stepped" and job.key is not None and self._known.get(job.key) is job:
            del self._known[job.key]
        job.deliver(event, value)
        if event != "stepped":
            self._count(-1)

    def _count(self, change: int) -> None:
        before, self._in_hand = self._in_hand, self._in_hand + change
        if (before > 0) != (self._in_hand > 0):
            self.busy_changed.emit(self._in_hand > 0)


class _Loop(QThread):
    """A thread that runs one function."""

    def __init__(self, loop: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._run = loop

    def run(self) -> None:
        self._run()
