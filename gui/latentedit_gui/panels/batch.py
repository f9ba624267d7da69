"""Many photographs at once, each into a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from latentedit.batch import BatchConfig, BatchStep, Record, Tempo, Workbench
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit_gui.error_words import error_words
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.batch_files import InputFiles
from latentedit_gui.panels.batch_table import BatchTable, message_of
from latentedit_gui.panels.batch_what import WhatToDo
from latentedit_gui.panels.batch_work import Order, known_directions, run
from latentedit_gui.panels.layers import heading, scrolled
from latentedit_gui.panels.panel import Panel
from latentedit_gui.time_words import time_left
from latentedit_gui.widgets.elided_label import ElidedLabel
from latentedit_gui.worker import Job, Urgency

BAR_STEPS = 1000
KINDS = (None, "jpg", "png", "webp", "tif")


class BatchPanel(Panel):
    """Inputs, what to do, where to; then a table of what became of each."""

    name: ClassVar[str] = "batch"
    icon_name: ClassVar[str] = "batch"

    def title(self) -> str:
        return self.tr("Batch")

    def missing(self) -> str:
        return ""

    def make_bench(self) -> Workbench:
        """What the batch works with: the window's own engine, so that no generator is loaded twice."""
        return Workbench(engine=self.context.engine)

    def build(self) -> QWidget:
        self._job: Job | None = None
        self._output: Path | None = None
        self._generator = DEFAULT_GENERATOR
        page = QWidget()
        page.setProperty("role", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        self._inputs = InputFiles()
        self._recursive = QCheckBox(self.tr("Folders in folders, too"))
        self._recursive.setToolTip(self.tr("Look for photographs in the folders' own folders as well."))
        self._what = WhatToDo(self.document)
        layout.addWidget(heading(self.tr("Photographs")))
        layout.addWidget(self._inputs)
        layout.addWidget(self._recursive)
        layout.addWidget(heading(self.tr("What to do")))
        layout.addWidget(self._what)
        layout.addWidget(heading(self.tr("Results")))
        layout.addLayout(self._build_form())
        layout.addLayout(self._build_run())
        self._table = BatchTable()
        self._table.setMinimumHeight(160)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._open)
        layout.addWidget(self._table, 1)
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may be anything
        self._message.hide()
        layout.addWidget(self._message)
        self._open_button = QPushButton(self.tr("Open the resul&t"))
        self._open_button.setToolTip(self.tr("Open the photograph that was written; its project, where one is kept."))
        self._open_button.clicked.connect(lambda: self._open(self._table.current_record))
        layout.addWidget(self._open_button)
        self._inputs.changed.connect(self._refresh)
        self._what.changed.connect(self._refresh)
        for signal in (self.document.opened, self.document.faces_changed):
            signal.connect(self._learn_names)
        self._refresh()
        return scrolled(page)

    def _build_form(self) -> QFormLayout:
        self._folder = QLineEdit()
        self._folder.setPlaceholderText(self.tr("a new folder"))
        self._folder.setToolTip(self.tr("Where the results go: a folder that is new or empty."))
        self._folder.textChanged.connect(self._refresh)
        browse = QToolButton()
        browse.setIcon(icon("folder"))
        browse.setToolTip(self.tr("Choose the folder."))
        browse.setAccessibleName(self.tr("Choose the folder for the results"))
        browse.clicked.connect(self._ask_for_folder)
        row = QHBoxLayout()
        row.addWidget(self._folder)
        row.addWidget(browse)
        self._kind, self._faces = QComboBox(), QComboBox()
        for kind in KINDS:
            self._kind.addItem(self.tr("As each photograph") if kind is None else kind.upper(), kind)
        self._kind.setToolTip(self.tr("What kind of files the results are."))
        self._faces.addItem(self.tr("All faces"), "all")
        self._faces.addItem(self.tr("The largest face"), "largest")
        self._faces.setToolTip(self.tr("Which faces of each photograph are changed."))
        self._keep = QCheckBox(self.tr("Keep a project beside each result"))
        self._keep.setToolTip(self.tr("So that you can go on with any of them by hand."))
        self._resume = QCheckBox(self.tr("Go on where an earlier run stopped"))
        self._resume.setToolTip(self.tr("Do only what is missing, failed, or was made otherwise."))
        form = QFormLayout()
        form.addRow(self.tr("Fo&lder:"), row)
        form.addRow(self.tr("&Kind:"), self._kind)
        form.addRow(self.tr("F&aces:"), self._faces)
        form.addRow(self._keep)
        form.addRow(self._resume)
        label = form.labelForField(row)
        assert isinstance(label, QLabel)
        label.setBuddy(self._folder)
        return form

    def _build_run(self) -> QVBoxLayout:
        self._start, self._cancel = QPushButton(self.tr("&Start")), QPushButton(self.tr("&Cancel"))
        self._start.setProperty("role", "primary")
        self._start.clicked.connect(self._begin)
        self._cancel.setToolTip(self.tr("Stop; what is done is kept, and can be gone on with."))
        self._cancel.clicked.connect(self._stop)
        self._bar = _bar(self.tr("All photographs"))
        self._photo_bar = _bar(self.tr("The photograph that is worked on"))
        self._photo_words = ElidedLabel()
        self._photo_words.setProperty("role", "quiet")
        self._photo_words.hide()
        self._status = QLabel()
        self._status.setWordWrap(True)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.hide()
        row = QHBoxLayout()
        row.addWidget(self._start, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout()
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._status)
        column.addWidget(self._photo_bar)
        column.addWidget(self._photo_words)
        return column

    # What is set

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._learn_names()

    @property
    def running(self) -> bool:
        """Whether photographs are being worked on."""
        return self._job is not None

    def use_generator(self, name: str) -> None:
        """Learn photographs with another generator while none is open."""
        self._generator = name
        self._learn_names()

    @property
    def _used(self) -> str:
        session = self.document.session
        return self._generator if session is None else session.generator_name

    def _learn_names(self) -> None:
        """Which directions there are for the generator."""
        if not self.isVisible():
            return
        engine, generator = self.context.engine, self._used
        job = self.context.worker.call(lambda: known_directions(engine, generator), Urgency.THUMBNAIL, key="batch directions")
        job.finished.connect(self._what.know)
        job.failed.connect(self.context.show_error)

    def _config(self) -> BatchConfig | None:
        usual = BatchConfig(
            face=self._faces.currentData(),
            generator=self._used,
            preset=self.context.settings.preset,
            format=self._kind.currentData(),
            keep_projects=self._keep.isChecked(),
        )
        return self._what.config(usual)

    def _refresh(self) -> None:
        running = self._job is not None
        if not self._inputs.paths:
            lacking = self.tr("Add photographs first.")
        elif self._config() is None:
            lacking = self.tr("Say what is to be done.")
        elif not self._folder.text().strip():
            lacking = self.tr("Choose a folder for the results.")
        else:
            lacking = ""
        self._start.setEnabled(not lacking and not running)
        self._start.setToolTip(lacking or self.tr("Begin. You can go on with other things meanwhile."))
        self._cancel.setEnabled(running)
        record = self._table.current_record
        self._open_button.setEnabled(record is not None and bool(record.output))

    # Running

    def _begin(self) -> None:
        config = self._config()
        if config is None or self._job is not None:
            return
        self._output = Path(self._folder.text().strip()).expanduser()
        order = Order(config, self._inputs.paths, self._output, self._recursive.isChecked(), self._resume.isChecked())
        self._table.begin([])
        self._tell(self.tr("Looking for photographs"))
        self._tempo = Tempo()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._job = self.context.worker.submit(lambda: run(order, self.make_bench), Urgency.BACKGROUND)
        self._job.stepped.connect(self._on_step)
        self._job.finished.connect(lambda _: self._on_end(self._summary()))
        self._job.failed.connect(self._on_failed)
        self._refresh()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._table.stop()
            self._resume.setChecked(True)
            self._on_end(self.tr("Stopped. {summary} Start goes on.").format(summary=self._summary()))

    def _on_step(self, step: Any) -> None:
        if not isinstance(step, BatchStep):
            self._table.begin(step)
            self._bar.setRange(0, BAR_STEPS)
            return
        self._table.show_step(step)
        self._tempo.count(step)
        self._bar.setValue(round(self._tempo.fraction * BAR_STEPS))
        told = self.tr("{done} of {all} photographs").format(done=self._tempo.num_ended, all=step.num_items)
        left = self._tempo.seconds_left
        self._tell(told if left is None else f"{told} · {time_left(left)}")
        self._photo_bar.setRange(0, BAR_STEPS if step.num_steps else 0)
        self._photo_bar.setValue(round(step.share * BAR_STEPS))
        self._photo_words.setText(f"{step.item.name}: {self._table.phase_words(step)}")
        for widget in (self._photo_bar, self._photo_words):
            widget.setVisible(step.record is None)

    def _on_failed(self, error: Exception) -> None:
        self._table.stop()
        self._on_end(error_words(error).line, "danger")

    def _on_end(self, text: str, role: str = "quiet") -> None:
        self._job = None
        for widget in (self._bar, self._photo_bar, self._photo_words):
            widget.hide()
        self._tell(text, role)
        self._refresh()

    def _summary(self) -> str:
        states = [record.status for record in self._table.records]
        done, failed = states.count("done"), states.count("failed")
        if failed:
            return self.tr("{done} done, {failed} failed.").format(done=done, failed=failed)
        return self.tr("{done} done.").format(done=done)

    def _tell(self, text: str, role: str = "quiet") -> None:
        self._status.setProperty("role", role)
        if (style := self._status.style()) is not None:
            style.polish(self._status)
        self._status.setText(text)
        self._status.show()

    # Results

    def _on_chosen(self, record: Record | None) -> None:
        text = "" if record is None else message_of(record)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._message.setProperty("role", "danger" if record is not None and record.status == "failed" else "quiet")
        if (style := self._message.style()) is not None:
            style.polish(self._message)
        self._refresh()

    def _open(self, record: Record | None) -> None:
        if record is not None and record.output and self._output is not None:
            self.context.open_path(self._output / (record.project or record.output))

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the results"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _bar(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    bar.hide()
    return bar
