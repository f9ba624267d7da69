"""Long work that is stopped by a key, or by the system, between two of its steps."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from latentedit.cli.console import tell


@contextmanager
def ended_by_interrupt() -> Iterator[Callable[[], bool]]:
    """Ctrl-C, and what a cluster sends before it kills, let the step that runs come to its end; a second one does not wait."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        tell("Stopping after this step …")

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(pressed)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
