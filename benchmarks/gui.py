"""The window, driven without a screen: from a slider's tick to the small picture on the canvas, opening a photograph of 24 megapixels, how long the
event loop was ever held up, and what memory remains after many opens and edits.

    python benchmarks/gui.py [--json] [--ticks 100] [--opens 50] [--edits 200]

The tick is a change of the real slider in the panel; the time ends when the canvas has been painted. Its peer is the whole drawing of the generator, as editors
without a preview draw it for every tick. Opening ends when the photograph is painted; its peer is Qt's own reader and a pixmap, which show it and could not edit it.
The other two rows are no comparisons: their peers are the bars (100 ms, 100 MB) and their units are in the note.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from editing import session_with_a_face
from measuring import Row, arguments, tell
from PIL import Image
from PyQt6.QtCore import QEventLoop, QObject, QTimer
from PyQt6.QtGui import QImageReader, QPixmap
from PyQt6.QtWidgets import QApplication

from latentedit.assets import AssetStore
from latentedit.edits import SetAmount
from latentedit.engine import Engine
from latentedit_gui.app import CACHE_BYTES
from latentedit_gui.garbage import GarbageCollector
from latentedit_gui.main_window import MainWindow
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme

DIRECTION = "smile"
TICK_BAR_MS, TICK_P95_BAR_MS, LOOP_BAR_MS, OPEN_BAR_MS, MEMORY_BAR_MB = 100, 200, 100, 1000, 100
BEAT_MS = 10


class Watchdog(QObject):
    """Notes how late a timer's beats come: so long the event loop was held up."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def start(self) -> None:
        """Forget what was noted."""
        self.longest_ms, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000 - BEAT_MS)
        self._last = now


def until(app: QApplication, done: Callable[[], bool], timeout_s: float = 120.0) -> None:
    """Let the window work until something is so."""
    end = time.perf_counter() + timeout_s
    while not done():
        # Sleeping between events, as the program does: the worker needs both cores. The watchdog's beats end the wait.
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError("the window did not get there")


def waiting_for(signal: object) -> Callable[[], bool]:
    """Whether a signal has come since this was called."""
    came: list[object] = []
    signal.connect(lambda *_: came.append(1))  # type: ignore[attr-defined]
    return lambda: bool(came)


def opened(app: QApplication, window: MainWindow, path: Path) -> float:
    """Open a file; milliseconds until it is painted."""
    window.document.open(None)  # nothing to ask about
    began = time.perf_counter()
    done = waiting_for(window.opener.read)
    window.files.open_path(path)
    until(app, done)
    window.canvas.grab()
    return (time.perf_counter() - began) * 1000


def ticks(app: QApplication, window: MainWindow, count: int) -> list[float]:
    """Milliseconds from each of so many changes of a slider to the painted canvas, one after the other as they are shown."""
    taken = []
    for amount in np.linspace(0.02, 2.5, count):
        done = waiting_for(window.renderer.previewed)
        began = time.perf_counter()
        window.document.do(SetAmount(0, DIRECTION, float(amount)))
        until(app, done)
        viewport = window.canvas.viewport()
        assert viewport is not None
        viewport.repaint()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def resident_mb() -> float:
    """Of this process, after what can be freed was."""
    gc.collect()
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--ticks", type=int, default=100)
    parser.add_argument("--opens", type=int, default=50)
    parser.add_argument("--edits", type=int, default=200)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    app = QApplication(["benchmark"])
    engine = Engine(options.device, store=AssetStore.default(), cache_bytes=CACHE_BYTES)
    # As in the program, nothing is computed in the window's thread: torch would keep threads for it, which get in the worker's way.
    with ThreadPoolExecutor(1) as elsewhere:
        session = elsewhere.submit(lambda: session_with_a_face(engine.generator(), options.device, 2400)).result()
    project = session.save(folder / "made.ledit")
    photo = folder / "made.jpg"
    Image.fromarray(session.photo.rgb_uint8).save(photo, quality=92)
    window = MainWindow(Settings(folder / "settings.ini"), engine, Theme(app), weights=(), recovery=folder / "recovery")
    window.resize(1360, 860)
    window.show()
    garbage = GarbageCollector(app)
    watchdog = Watchdog()
    rows: list[Row] = []

    opened(app, window, photo)
    watchdog.start()
    ours = [opened(app, window, photo) for _ in range(7)]
    held_up = [watchdog.longest_ms]
    theirs = []
    for _ in ours:
        began = time.perf_counter()
        QPixmap.fromImage(QImageReader(str(photo)).read())
        theirs.append((time.perf_counter() - began) * 1000)
    rows.append(_row("open a JPEG of 24 MP", ours, "Qt's reader and a pixmap", theirs, f"bar: {OPEN_BAR_MS} ms"))

    watchdog.start()
    opened(app, window, project)
    until(app, lambda: window.document.editable)
    ticks(app, window, 5)
    until(app, lambda: not window.renderer.drawing)
    taken = ticks(app, window, options.ticks)
    until(app, lambda: not window.renderer.drawing)
    held_up.append(watchdog.longest_ms)
    scene = session.scene
    whole = []
    with ThreadPoolExecutor(1) as elsewhere:
        for amount in np.linspace(0.03, 2.4, 9):
            edited = scene.with_edits(0, SetAmount(0, DIRECTION, float(amount)).apply(scene.state).face(0))
            began = time.perf_counter()
            elsewhere.submit(edited.drawing, 0).result()
            whole.append((time.perf_counter() - began) * 1000)
    p95 = float(np.percentile(taken, 95))
    note = f"p95 {p95:.0f} ms; bars: {TICK_BAR_MS} ms, p95 {TICK_P95_BAR_MS} ms"
    rows.append(_row("slider tick to preview", taken, "whole drawing", whole, note))
    longest = max(held_up)
    note = "while all of the above was opened, moved and drawn"
    rows.append(
        Row("event loop held up at most", round(longest, 1), "the bar", LOOP_BAR_MS, round(longest / LOOP_BAR_MS, 3), note)
    )

    # The heap grows to what one photograph beside the next takes, and is kept on purpose (latentedit/memory.py).
    for _ in range(6):
        opened(app, window, project)
        until(app, lambda: window.document.editable)
        ticks(app, window, 3)
        until(app, lambda: not window.renderer.drawing)
    for _ in range(8):
        opened(app, window, project)
    until(app, lambda: window.document.editable and not window.renderer.drawing)
    before = resident_mb()
    for _ in range(options.opens):
        opened(app, window, project)
    until(app, lambda: window.document.editable)
    for amount in np.linspace(-2, 2, options.edits):
        window.document.do(SetAmount(0, DIRECTION, float(amount)))
        window.document.seal()
        app.processEvents()
    until(app, lambda: not window.renderer.drawing)
    opened(app, window, project)
    until(app, lambda: window.document.editable and not window.renderer.drawing)
    grown = resident_mb() - before
    note = f"MB instead of ms, after {options.opens} opens and {options.edits} edits, beyond 14 opens and 18 ticks"
    rows.append(Row("memory grown by", round(grown, 1), "the bar", MEMORY_BAR_MB, round(grown / MEMORY_BAR_MB, 3), note))

    window.document.open(None)
    window.close()
    garbage.stop()
    tell("gui", rows, device=options.device, packages=("PyQt6", "numpy"), as_json=options.json)


def _row(case: str, ours: list[float], peer: str, theirs: list[float], note: str) -> Row:
    mine, other = statistics.median(ours), statistics.median(theirs)
    return Row(case, round(mine, 1), peer, round(other, 1), round(mine / other, 3), note, round(min(ours), 1))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
