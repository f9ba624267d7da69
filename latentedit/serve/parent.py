"""Ending when the program that started this one ends, however that happens.

The end of stdin tells it mostly, but not where another program holds the pipe. The system could send a signal (PR_SET_PDEATHSIG), but ties it
to the thread that started us, and hosts start programs from threads that live no longer than the call.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

_LOOK_EVERY_S = 0.5


def end_with_parent() -> None:
    """From now on, SIGTERM comes soon after the parent has ended; on Windows, where nobody inherits the orphans, only stdin tells."""
    if sys.platform != "win32":
        threading.Thread(target=_watch, args=(os.getppid(),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)
