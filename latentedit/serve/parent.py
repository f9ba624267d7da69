"""Whether the program that started this one is still there."""

from __future__ import annotations

import os
from collections.abc import Callable


def parent_watch() -> Callable[[], bool]:
    """Returns a function that says whether the parent has died since.

    Linux could send a signal (PR_SET_PDEATHSIG), but does so when the *thread* ends that started this process, and hosts start helpers from
    threads that end. A process whose parent has died is given another one instead, on every POSIX system; on Windows the end of
    standard input alone tells.
    """
    if os.name != "posix":
        return lambda: False
    parent = os.getppid()
    return lambda: os.getppid() != parent
