"""What became of each photograph of a batch."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from latentedit.batch import BatchItem, BatchStep, Record

NAME, FACES, STATE, TIME, MESSAGE = range(5)
WIDTHS = (104, 52, 80, 52, 200)


class BatchTable(QTableWidget):
    """A row for each photograph.

    Signals:
        chosen(record): another row is meant; None when nothing became of it yet.
        opened(record): its result is to be opened.
    """

    chosen = pyqtSignal(object)
    opened = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(WIDTHS), parent)
        self._records: dict[int, Record] = {}
        headings = (self.tr("Photograph"), self.tr("Faces"), self.tr("State"), self.tr("Time"), self.tr("Message"))
        self.setHorizontalHeaderLabels(headings)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("What became of each photograph"))
        self.setToolTip(self.tr("Double-click a line, or press Enter, to open its result."))
        if (rows := self.verticalHeader()) is not None:
            rows.hide()
        if (columns := self.horizontalHeader()) is not None:
            columns.setStretchLastSection(True)
            columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            for column, width in enumerate(WIDTHS):
                self.setColumnWidth(column, max(width, columns.sectionSizeHint(column)))
        self.currentCellChanged.connect(lambda row: self.chosen.emit(self._records.get(row)))
        self.cellActivated.connect(lambda row: self.opened.emit(self._records.get(row)))

    @property
    def records(self) -> tuple[Record, ...]:
        """What is known by now."""
        return tuple(self._records.values())

    @property
    def current_record(self) -> Record | None:
        """Of the row that is meant."""
        return self._records.get(self.currentRow())

    def begin(self, items: Sequence[BatchItem]) -> None:
        """Show what a batch is about."""
        self._records = {}
        self.clearContents()
        self.setRowCount(len(items))
        for row, item in enumerate(items):
            self._put(row, NAME, item.name)
            self._put(row, STATE, self.tr("waiting"))

    def show_step(self, step: BatchStep) -> None:
        """Show how far one of them is."""
        record = step.record
        if record is None:
            self._put(step.number, STATE, self.phase_words(step))
            return
        self._records[step.number] = record
        self._put(step.number, STATE, self.tr("done before") if step.phase == "unchanged" else self._status(record.status))
        self._put(step.number, FACES, str(len(record.faces)) if record.status == "done" else "")
        self._put(step.number, TIME, self.tr("{} s").format(f"{record.seconds:.0f}"))
        self._put(step.number, MESSAGE, message_of(record))
        if step.number == self.currentRow():
            self.chosen.emit(record)

    def stop(self) -> None:
        """Say of what is not done that it was stopped."""
        for row in range(self.rowCount()):
            if row not in self._records:
                self._put(row, STATE, self.tr("stopped"))

    def _put(self, row: int, column: int, text: str) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            if column in (FACES, TIME):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)
        if item.text() != text:
            item.setText(text)
            item.setToolTip(text)

    def phase_words(self, step: BatchStep) -> str:
        """What is being done to one of them."""
        words = {
            "started": self.tr("begun"),
            "reading": self.tr("reading"),
            "finding faces": self.tr("finding faces"),
            "projecting": self.tr("learning"),
            "measuring": self.tr("measuring"),
            "drawing": self.tr("drawing"),
            "writing": self.tr("writing"),
        }
        if step.phase == "projecting" and step.num_faces > 1:
            return self.tr("learning face {} of {}").format(step.face + 1, step.num_faces)
        return words.get(step.phase, step.phase)

    def _status(self, status: str) -> str:
        return {"done": self.tr("done"), "failed": self.tr("failed"), "started": self.tr("stopped")}.get(status, status)


def message_of(record: Record) -> str:
    """Why it failed and what to do, or what should be known of the result."""
    if record.status == "failed":
        return f"{record.error} {record.hint}".strip()
    return " ".join(record.notes)
