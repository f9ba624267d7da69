"""Cyclic garbage is collected in the window's thread alone.

Python collects it in whichever thread happens to allocate; were that the worker, widgets caught in a cycle would be destroyed there, which Qt answers with a crash.
"""

from __future__ import annotations

import gc

from PyQt6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageCollector(QObject):
    """As long as it lives, Python's own collection is off, and a timer does what it would have done, in the thread that made it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.collect()
        # Modules and what they hold stay: looked through again each time, they would take longer than a window may stand still.
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """Collect the generations that are full."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Give the collection back to Python."""
        self._timer.stop()
        gc.enable()
        gc.unfreeze()
