"""A process beside this one, for libraries that keep Python's lock while they work: a window in the same process would stand still."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

WAIT_S = 0.02

Result = TypeVar("Result")


class SideProcess:
    """Starts with the first work, and lives until :meth:`close`."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def steps(self, function: Callable[..., Result], *arguments: Any) -> Iterator[Result | None]:
        """Call a function there, of a module that is quick to import.

        Yields: None while it works, then what it returns. To give up, stop iterating: what was begun goes on, for nobody.

        Raises:
            BrokenProcessPool: the process was killed, for want of memory, say. The next work starts another.
            Exception: what the function raises.
        """
        result = self._submit(function, *arguments)
        while not result.done():
            yield None
            wait([result], WAIT_S)
        try:
            yield result.result()
        except BrokenProcessPool:
            self.close()
            raise

    def call(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Call a function there, and wait; here instead, when the process is killed: a window that stands still is better than nothing done.

        Raises:
            Exception: what the function raises.
        """
        result = self._submit(function, *arguments)
        try:
            return result.result()
        except BrokenProcessPool:
            self.close()
            return function(*arguments)

    def close(self) -> None:
        """End the process, whatever it is at."""
        pool, self._pool = self._pool, None
        if pool is not None:
            # Its own way to end waits until the work is done, which nobody wants any more.
            for process in list((pool._processes or {}).values()):
                process.terminate()
            pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        if self._pool is None:
            # Not a fork: this process has threads that hold locks.
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)
        return self._pool.submit(function, *arguments)


def _end_with_parent() -> None:
    """In the process: its queue has no end that it could see when its parent is killed."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        assert parent is not None
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def call_here(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call a function in this process: for who has no window."""
    return function(*arguments)


Caller = Callable[..., Any]
"""Calls a function with its arguments: :func:`call_here`, or :meth:`SideProcess.call`."""
