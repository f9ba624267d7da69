"""Notes how long an event loop was held up, in which part of a test, and by what."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PyQt6.QtCore import QObject, Qt, QTimer
from PyQt6.QtTest import QTest

BEAT_MS = 5
LOOK_EVERY_S = 0.02
FRAMES = 6
IDLE = "idle"
IDLE_FOR_MS = 1000
IDLE_BAR_MS = 50
"""On a machine where an idle loop is later than this, nothing can be said."""


class Watchdog(QObject):
    """A timer whose beats should come every 5 ms; a thread looks what the loop's thread is doing when they do not.

    What the system let a ready thread of this process wait for a processor is not counted, where the system tells: others' work is not our fault.

    To be made in the thread of the loop, and stopped.
    """

    def __init__(self, suspicious_ms: float = 60.0) -> None:
        """
        Args:
            suspicious_ms: held up for so long, it is noted where.
        """
        super().__init__()
        self.late_ms: dict[str, float] = {}
        """The latest beat of each part."""
        self.seen: dict[str, str] = {}
        """What all threads did when it was held up for longest, as text."""
        self._part = ""
        self._suspicious_s = suspicious_ms / 1000
        self._watched = threading.get_ident()
        self._stopping = threading.Event()
        self._last = time.perf_counter()
        self._waits = waits_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._look)

    def start(self) -> None:
        """Begin to watch, once."""
        self._last, self._waits = time.perf_counter(), waits_ms()
        self._timer.start(BEAT_MS)
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._stopping.set()
        self._thread.join()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What happens within is noted under a name."""
        self._beat()
        self._part = name
        yield
        self._beat()
        self._part = ""

    def told(self) -> dict[str, str]:
        """How late each part was, and what was seen."""
        return {part: f"{part}: {late:.0f} ms\n{self.seen.get(part, '')}" for part, late in self.late_ms.items()}

    def _beat(self) -> None:
        now = time.perf_counter()
        waits = waits_ms()
        starved = max((wait - self._waits[thread] for thread, wait in waits.items() if thread in self._waits), default=0.0)
        late = (now - self._last) * 1000 - BEAT_MS - starved
        self._last, self._waits = now, waits
        if self._part:
            self.late_ms[self._part] = max(self.late_ms.get(self._part, 0.0), late)

    def _look(self) -> None:
        """In a thread of its own."""
        longest: dict[str, float] = {}
        while not self._stopping.wait(LOOK_EVERY_S):
            part, late = self._part, time.perf_counter() - self._last
            if late > max(self._suspicious_s, longest.get(part, 0.0)):
                longest[part] = late
                self.seen[part] = f"noticed after {late * 1000:.0f} ms\n{self._stacks()}"

    def _stacks(self) -> str:
        """The loop's thread, and the others, one of which may have kept Python's lock."""
        others = (threading.get_ident(), self._watched)
        frames = sys._current_frames()
        stacks = [frames[self._watched], *(frame for thread, frame in frames.items() if thread not in others)]
        return "other thread\n".join("".join(traceback.format_stack(frame)[-FRAMES:]) for frame in stacks)


@contextmanager
def watching(bar_ms: float) -> Iterator[Watchdog]:
    """Fails when a part of what happens within held up the loop for longer than a bar; skips where an idle loop is late by itself."""
    watchdog = Watchdog()
    watchdog.start()
    try:
        with watchdog.part(IDLE):
            QTest.qWait(IDLE_FOR_MS)
        yield watchdog  # not measured again afterwards: what the window still does then would excuse itself
    finally:
        watchdog.stop()
    idle = watchdog.late_ms.pop(IDLE)
    if idle > IDLE_BAR_MS:
        pytest.skip(f"this machine is too busy: an idle event loop was {idle:.0f} ms late")
    late = [text for part, text in watchdog.told().items() if watchdog.late_ms[part] > bar_ms + idle]
    assert not late, "\n".join(late)


def waits_ms() -> dict[str, float]:
    """How long each thread of this process was ready and had no processor; empty where the system does not tell."""
    waits = {}
    for file in Path("/proc/self/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # the thread has ended meanwhile
            waits[file.parent.name] = int(file.read_text().split()[1]) / 1e6
    return waits
