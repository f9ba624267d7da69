from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from latentedit_gui.worker import Job, Urgency, Worker


class Gate:
    """Work that waits at its first step until it is let through, so that others can be queued behind it."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self.closed = False

    def __call__(self) -> Iterator[int]:
        try:
            self.reached.set()
            self.open.wait(5)
            yield 1
            yield 2
        finally:
            self.closed = True


def heard(job: Job) -> list[tuple[str, Any]]:
    events: list[tuple[str, Any]] = []
    job.stepped.connect(lambda value: events.append(("stepped", value)))
    job.finished.connect(lambda value: events.append(("finished", value)))
    job.failed.connect(lambda error: events.append(("failed", type(error))))
    job.ended.connect(lambda: events.append(("ended", None)))
    return events


def test_steps_come_in_order_and_in_the_thread_that_asked(qtbot: QtBot, worker: Worker) -> None:
    threads: set[int] = set()
    inside: list[int] = []

    def work() -> Iterator[int]:
        inside.append(threading.get_ident())
        yield from range(3)

    job = worker.submit(work)
    events = heard(job)
    job.stepped.connect(lambda _: threads.add(threading.get_ident()))
    with qtbot.waitSignal(job.ended):
        pass
    assert events == [("stepped", 0), ("stepped", 1), ("stepped", 2), ("finished", 2), ("ended", None)]
    assert threads == {threading.get_ident()} and inside != [threading.get_ident()]


def test_what_a_step_raises_is_told_and_the_worker_goes_on(qtbot: QtBot, worker: Worker) -> None:
    job = worker.call(lambda: 1 // 0)
    events = heard(job)
    with qtbot.waitSignal(job.ended):
        pass
    assert events == [("failed", ZeroDivisionError), ("ended", None)]
    after = worker.call(lambda: 7)
    with qtbot.waitSignal(after.finished) as told:
        pass
    assert told.args == [7]


def test_a_cancelled_job_says_nothing_more_and_its_iterator_is_closed(qtbot: QtBot, worker: Worker) -> None:
    gate = Gate()
    job = worker.submit(gate)
    events = heard(job)
    assert gate.reached.wait(5)
    job.cancel()
    assert events == [("ended", None)], "at once, whatever the thread is at"
    gate.open.set()
    with qtbot.waitSignal(worker.busy_changed) as told:
        pass
    assert told.args == [False]
    assert events == [("ended", None)] and gate.closed


def test_the_urgent_goes_first_between_the_steps_of_others(qtbot: QtBot, worker: Worker) -> None:
    order: list[str] = []

    def named(name: str, steps: int) -> Any:
        def work() -> Iterator[None]:
            for number in range(steps):
                order.append(f"{name}{number}")
                yield None

        return work

    gate = Gate()
    worker.submit(gate, Urgency.PREVIEW)
    assert gate.reached.wait(5)
    long = worker.submit(named("task", 2), Urgency.TASK)
    worker.submit(named("first", 1), Urgency.COMPOSITE)
    worker.submit(named("second", 1), Urgency.COMPOSITE)
    worker.submit(named("urgent", 1), Urgency.PREVIEW)
    gate.open.set()
    with qtbot.waitSignal(long.finished):
        pass
    assert order == ["urgent0", "first0", "second0", "task0", "task1"]


def test_only_the_newest_of_a_key_is_told(qtbot: QtBot, worker: Worker) -> None:
    gate = Gate()
    worker.submit(gate)
    assert gate.reached.wait(5)
    jobs = [worker.call(lambda number=number: number, key="slider") for number in range(5)]  # type: ignore[misc]
    events = [heard(job) for job in jobs]
    gate.open.set()
    with qtbot.waitSignal(jobs[-1].finished):
        pass
    assert [told for told in events if ("finished", 4) in told] == [events[-1]]
    assert all(told == [("ended", None)] or not told for told in events[:-1])


def test_busy_from_the_first_job_to_the_last(qtbot: QtBot, worker: Worker) -> None:
    told: list[bool] = []
    worker.busy_changed.connect(told.append)
    jobs = [worker.call(lambda: None) for _ in range(3)]
    jobs[1].cancel()
    qtbot.waitUntil(lambda: told[-1:] == [False])
    assert told == [True, False]


@pytest.mark.parametrize("started", [True, False])
def test_stopping_ends_the_thread_whatever_it_is_at(qtbot: QtBot, started: bool) -> None:
    worker = Worker()
    gate = Gate()
    if started:
        job = worker.submit(gate)
        events = heard(job)
        assert gate.reached.wait(5)
        gate.open.set()
    worker.stop()
    if started:
        assert ("finished", 2) not in events
