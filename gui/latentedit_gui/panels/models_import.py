"""Making a checkpoint a generator of one's own: read it, ask only what it does not tell, keep it."""

from __future__ import annotations

import re
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from latentedit.errors import UnknownResolutionError
from latentedit.generators.importing import ReadCheckpoint, keep, read_checkpoint
from latentedit.generators.opening import NOT_TOLD, Domain
from latentedit_gui.error_words import error_words
from latentedit_gui.worker import Job, Worker

DOMAINS: tuple[Domain, ...] = ("face", "image")


class ImportForm(QFrame):
    """From a file to a kept generator, below the list; hidden when nothing is imported.

    Signals:
        imported(name): a generator was kept.
    """

    imported = pyqtSignal(str)

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._path = Path()
        self._job: Job | None = None
        self._checkpoint: ReadCheckpoint | None = None
        self.setProperty("role", "card")
        self._title, self._told, self._problem = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "heading")
        self._problem.setProperty("role", "danger")
        self._told.setProperty("role", "quiet")
        for label in (self._title, self._told, self._problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may say anything
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(self.tr("The checkpoint is being read"))
        layout = QVBoxLayout(self)
        for widget in (self._title, self._busy, self._told, self._problem):
            layout.addWidget(widget)
        layout.addLayout(self._build_form())
        layout.addLayout(self._build_buttons())
        self.hide()

    def _build_form(self) -> QFormLayout:
        self._name, self._licence = QLineEdit(), QLineEdit()
        self._name.setToolTip(self.tr("What it is called from now on: letters, digits, points, dashes and underscores."))
        self._licence.setToolTip(self.tr("What its weights may be used for; you find it where you have them from."))
        self._licence.setPlaceholderText(self.tr("not told by the file"))
        self._domain = QComboBox()
        self._domain.addItems([self.tr("Portraits, aligned as in FFHQ"), self.tr("Anything else")])
        self._domain.setToolTip(
            self.tr("The file does not tell. Portraits: eyes and mouth are always at the same place of the picture.")
        )
        self._size = QComboBox()
        self._size.setToolTip(self.tr("The file does not tell for which size it was trained; ask whoever trained it."))
        for box in (self._domain, self._size):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(self.tr("&Size:"), self._size)
        self._form.addRow(self.tr("&Name:"), self._name)
        self._form.addRow(self.tr("It &draws:"), self._domain)
        self._form.addRow(self.tr("&Licence:"), self._licence)
        self._name.returnPressed.connect(self._go_on)
        self._licence.returnPressed.connect(self._go_on)
        return self._form

    def _build_buttons(self) -> QHBoxLayout:
        self._cancel = QPushButton(self.tr("&Cancel"))
        self._cancel.setToolTip(self.tr("Do not import it."))
        self._cancel.clicked.connect(self.cancel)
        self._go = QPushButton()
        self._go.setProperty("role", "primary")
        self._go.clicked.connect(self._go_on)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self._go)
        return row

    def begin(self, path: Path) -> None:
        """Read a checkpoint, then ask what to call it."""
        self.cancel()
        self._path = path
        self.show()
        self._read(None)

    def cancel(self) -> None:
        """Forget what is being imported."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._checkpoint = None
        self.hide()

    def _read(self, size: int | None) -> None:
        path = self._path
        self._show_state(self.tr("Reading {}").format(path.name), busy=True)
        self._job = self._worker.call(lambda: read_checkpoint(path, size))
        self._job.finished.connect(self._on_read)
        self._job.failed.connect(self._on_failed)

    def _on_read(self, checkpoint: ReadCheckpoint) -> None:
        self._job, self._checkpoint = None, checkpoint
        spec, found = checkpoint.generator.spec, checkpoint.found
        self._name.setText(re.sub(r"[^A-Za-z0-9._-]+", "-", self._path.stem).strip("-._")[:60] or "generator")
        self._licence.setText("" if checkpoint.card.licence == NOT_TOLD else checkpoint.card.licence)
        told = self.tr("{architecture} of {program}, {pixels} px, {layers} layers.").format(
            architecture=spec.architecture, program=found.program, pixels=spec.img_resolution, layers=spec.num_ws
        )
        self._show_state(
            self.tr("Import {}").format(self._path.name),
            told=" ".join([told, *found.notes]),
            go=self.tr("&Keep"),
            rows=[self._name, self._licence, *([] if checkpoint.tells_domain else [self._domain])],
        )
        self._domain.setCurrentIndex(DOMAINS.index("image"))
        self._name.setFocus()
        self._name.selectAll()

    def _go_on(self) -> None:
        if self._job is not None:
            return
        if self._checkpoint is None:
            if self._size.count():
                self._read(self._size.currentData())
            return
        checkpoint, name, licence = self._checkpoint, self._name.text().strip(), self._licence.text().strip() or None
        domain = None if checkpoint.tells_domain else DOMAINS[self._domain.currentIndex()]
        self._problem.hide()
        self._busy.show()
        self._go.setEnabled(False)
        self._job = self._worker.call(lambda: keep(checkpoint, name, domain=domain, licence=licence))
        self._job.finished.connect(lambda path: self._on_kept(name))
        self._job.failed.connect(self._on_failed)

    def _on_kept(self, name: str) -> None:
        self._job = None
        self.cancel()
        self.imported.emit(name)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        problem = error_words(error).line
        if self._checkpoint is not None:  # it was not kept: another name may do
            self._busy.hide()
            self._go.setEnabled(True)
            self._tell(problem)
            return
        if not isinstance(error, UnknownResolutionError):
            self._show_state(self.tr("{} cannot be imported").format(self._path.name))
            self._tell(problem)
            return
        self._size.clear()
        for size in error.choices:
            self._size.addItem(self.tr("{} px").format(size), size)
        self._size.setCurrentIndex(self._size.count() - 1)
        told = self.tr("The file does not tell the size of its pictures. Choose the one that it was trained for.")
        self._show_state(self.tr("Import {}").format(self._path.name), told=told, go=self.tr("&Read"), rows=[self._size])
        self._size.setFocus()

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.show()

    def _show_state(
        self, title: str, *, told: str = "", go: str = "", busy: bool = False, rows: list[QLineEdit | QComboBox] | None = None
    ) -> None:
        self._title.setText(title)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._problem.hide()
        self._busy.setVisible(busy)
        self._go.setText(go)
        self._go.setVisible(bool(go))
        self._go.setEnabled(True)
        self._cancel.setText(self.tr("&Cancel") if busy or go else self.tr("&Close"))
        for row in (self._size, self._name, self._domain, self._licence):
            self._form.setRowVisible(row, row in (rows or []))
