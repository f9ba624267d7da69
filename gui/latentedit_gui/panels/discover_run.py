"""A search that is under way, and the directions that it has found: what both ways to discover share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from latentedit.directions.discovery_step import DiscoveryStep, Finding
from latentedit.generators import Generator, GeneratorSpec
from latentedit_gui.context import Context
from latentedit_gui.error_words import error_words
from latentedit_gui.panels.discover_axis import STRIP_PX, AxisRow
from latentedit_gui.panels.discover_work import Progress, Strip, strips
from latentedit_gui.worker import Job, Urgency

Load = Callable[[], Generator]


class Results(QWidget):
    """Progress with a way to cancel; then a row for each direction.

    Signals:
        kept(name): one of them was kept.
        running_changed(running): whether a search is under way.
    """

    kept = pyqtSignal(str)
    running_changed = pyqtSignal(bool)

    def __init__(self, context: Context, load: Callable[[], Load], parent: QWidget | None = None) -> None:
        """
        Args:
            load: gives, in the window's thread, what loads the generator in the worker's.
        """
        super().__init__(parent)
        self._context, self._load = context, load
        self._job: Job | None = None
        self._drawing: Job | None = None
        self._name = ""
        self._rows: list[AxisRow] = []
        self._status = QLabel()
        self._status.setWordWrap(True)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop the search; nothing is kept of it."))
        self._cancel.clicked.connect(self.clear)
        self._running = QWidget()
        line = QHBoxLayout(self._running)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._status)
        self._layout.addWidget(self._running)
        self._status.hide()
        self._running.hide()

    def run(self, work: Callable[[], Iterator[Progress]], name: str = "") -> None:
        """Begin a search; the directions of the last one go.

        Args:
            name: what a direction is called at first; nothing asks for a name.
        """
        self.clear()
        self._name = name
        self._job = job = self._context.worker.submit(work)
        job.stepped.connect(self._on_step)
        job.finished.connect(self._on_found)
        job.failed.connect(self._on_failed)
        self._bar.setRange(0, 0)
        self._tell(self.tr("Preparing"))
        self._running.show()
        self.running_changed.emit(True)

    def clear(self) -> None:
        """Cancel what is under way, and forget what was found."""
        self._end()
        if self._drawing is not None:
            self._drawing.cancel()
        self._status.hide()
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            self._running.hide()
            self.running_changed.emit(False)

    def _tell(self, text: str, role: str = "quiet") -> None:
        self._status.setProperty("role", role)
        if (style := self._status.style()) is not None:
            style.polish(self._status)
        self._status.setText(text)
        self._status.show()

    def _on_step(self, progress: Progress) -> None:
        step: DiscoveryStep = progress.step
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.number)
        self._tell(
            self.tr("{phase}, {number} of {total}").format(phase=self._phase(step.phase), number=step.number, total=step.total)
        )

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._tell(error_words(error).line, "danger")

    def _on_found(self, progress: Progress | None) -> None:
        self._end()
        if progress is None or not progress.step.findings:
            self._tell(self.tr("Nothing was found."))
            return
        self._show(list(progress.step.findings), progress.spec)

    def _show(self, findings: list[Finding], spec: GeneratorSpec) -> None:
        document = self._context.document
        session = document.session
        scene = session.scene if session is not None and document.editable else None
        on = self.tr("Tried on the open face.") if scene is not None else self.tr("Tried on a random face.")
        self._tell(f"{on} {self.tr('Name what you like, and keep it.')}")
        for finding in findings:
            row = AxisRow(self._context, finding, spec, self._name)
            row.kept.connect(self.kept)
            self._layout.addWidget(row)
            row.show()
            self._rows.append(row)
        directions, load, face = [finding.direction for finding in findings], self._load(), document.face
        side = round(STRIP_PX * self.devicePixelRatioF())
        self._drawing = self._context.worker.submit(lambda: strips(load, scene, face, directions, side), Urgency.THUMBNAIL)
        self._drawing.stepped.connect(self._show_strip)
        self._drawing.failed.connect(self._context.show_error)
        self._drawing.ended.connect(self._on_drawn)

    def _on_drawn(self) -> None:
        self._drawing = None

    def _show_strip(self, strip: Strip) -> None:
        if strip.number < len(self._rows):
            self._rows[strip.number].show_pictures(strip.pictures)

    def _phase(self, phase: str) -> str:
        words = {
            "factorising": self.tr("Looking into the model"),
            "mapping latents": self.tr("Making random faces"),
            "drawing and scoring": self.tr("Drawing and measuring faces"),
            "finding the boundary": self.tr("Finding what they depend on"),
            "trying channels": self.tr("Trying single switches"),
            "guessing each from the others": self.tr("Guessing each face's group from the others"),
            "finding the direction": self.tr("Finding the direction"),
            "measuring ranges": self.tr("Measuring how far each may go"),
            "setting ranges": self.tr("Measuring how far each may go"),
        }
        return words.get(phase, phase)
