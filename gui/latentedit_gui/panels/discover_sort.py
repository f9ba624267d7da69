"""Making a direction by sorting faces into two groups."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QHideEvent, QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from latentedit.directions.examples import MIN_EXAMPLES
from latentedit_gui.context import Context
from latentedit_gui.panels.discover_run import Load, Results
from latentedit_gui.panels.discover_samples import SampleGrid
from latentedit_gui.panels.discover_work import faces_of_seeds, sorted_faces
from latentedit_gui.worker import Job, Urgency

AT_ONCE = 24
GOOD = 20
"""So many of each make a direction that is worth keeping."""


class SortTab(QWidget):
    """A grid of random faces; what is common to B and not to A becomes a slider.

    Signals:
        kept(name): a direction was kept.
    """

    kept = pyqtSignal(str)

    def __init__(self, context: Context, load: Callable[[], Load], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._load = context, load
        self._drawing: Job | None = None
        self._undrawn: list[int] = []
        how = QLabel(
            self.tr(
                "Sort faces that differ in one thing: without it into A, with it into B. Each click goes from A to B to neither."
            )
        )
        how.setWordWrap(True)
        how.setProperty("role", "quiet")
        self._grid = SampleGrid()
        self._grid.sorted.connect(self._show_state)
        self._counts = QLabel()
        self._counts.setWordWrap(True)
        self._more = QPushButton(self.tr("&More faces"))
        self._more.setToolTip(self.tr("Draw other random faces below these."))
        self._more.clicked.connect(self._add_faces)
        self._again = QPushButton(self.tr("Start &over"))
        self._again.setToolTip(self.tr("Take all faces out of their groups."))
        self._again.clicked.connect(self._start_over)
        self._make = QPushButton(self.tr("Make the &direction"))
        self._make.setProperty("role", "primary")
        self._make.setToolTip(self.tr("Find what leads from group A to group B."))
        self._make.clicked.connect(self._find)
        self.results = Results(context, load)
        self.results.kept.connect(self.kept)
        self.results.running_changed.connect(self._show_state)
        buttons = QHBoxLayout()
        buttons.addWidget(self._more)
        buttons.addWidget(self._again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(how)
        layout.addWidget(self._grid)
        layout.addLayout(buttons)
        layout.addWidget(self._counts)
        layout.addWidget(self._make)
        layout.addWidget(self.results)
        layout.addStretch()
        self._running = False
        self._show_state()

    def reset(self) -> None:
        """Another generator: its faces are others."""
        self._stop_drawing()
        self._undrawn = []
        self._grid.clear()
        self.results.clear()
        self._show_state()
        if self.isVisible():
            self._add_faces()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        if not self._grid.buttons:
            self._add_faces()
        else:
            self._draw()

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._stop_drawing()

    def _add_faces(self) -> None:
        first = len(self._grid.buttons)
        for seed in range(first, first + AT_ONCE):
            self._grid.add(seed)
            self._undrawn.append(seed)
        self._draw()

    def _draw(self) -> None:
        """Draw what is not drawn yet."""
        self._stop_drawing()
        seeds, load = tuple(self._undrawn), self._load()
        if not seeds:
            return
        self._drawing = self._context.worker.submit(lambda: faces_of_seeds(load, seeds), Urgency.THUMBNAIL)
        self._drawing.stepped.connect(self._show_face)
        self._drawing.failed.connect(self._context.show_error)
        self._drawing.ended.connect(self._on_drawn)

    def _show_face(self, drawn: tuple[int, object]) -> None:
        seed, pixels = drawn
        self._grid.buttons[seed].show_pixels(pixels)
        if seed in self._undrawn:
            self._undrawn.remove(seed)

    def _on_drawn(self) -> None:
        self._drawing = None

    def _stop_drawing(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()

    def _start_over(self) -> None:
        for button in self._grid.buttons:
            button.put("")
        self.results.clear()

    def _show_state(self, running: bool | None = None) -> None:
        self._running = self._running if running is None else running
        a, b = (len(self._grid.seeds(group)) for group in "AB")
        least = min(a, b)
        if least < MIN_EXAMPLES:
            advice = self.tr("At least {count} of each are needed.").format(count=MIN_EXAMPLES)
        elif least < GOOD:
            advice = self.tr("That is enough to try; {count} of each make a better one.").format(count=GOOD)
        else:
            advice = self.tr("That is plenty.")
        self._counts.setText(self.tr("A: {a}, B: {b}. {advice}").format(a=a, b=b, advice=advice))
        self._make.setEnabled(least >= MIN_EXAMPLES and not self._running)

    def _find(self) -> None:
        load, store = self._load(), self._context.engine.store
        a, b = self._grid.seeds("A"), self._grid.seeds("B")
        self.results.run(lambda: sorted_faces(load, a, b, store))
