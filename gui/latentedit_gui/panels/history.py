"""All that was done, in order: a click goes to where the photograph was then."""

from __future__ import annotations

from typing import ClassVar

from PyQt6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PyQt6.QtGui import QPalette, QShowEvent
from PyQt6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from latentedit.errors import LatentEditError
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.history_words import faces_of_entries, label_words
from latentedit_gui.panels.panel import Panel

ROW_MARGIN_PX = 12


class HistoryPanel(Panel):
    """Undos, the present and redos as one list, the original on top."""

    name: ClassVar[str] = "history"
    icon_name: ClassVar[str] = "history"

    def title(self) -> str:
        return self.tr("History")

    def missing(self) -> str:
        return self.tr("Open a photograph first.") if self.document.session is None else ""

    def build(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(8, 8, 8, 8)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("What was done, the oldest first"))
        self._list.setToolTip(self.tr("Click a line, or use the arrow keys, to go back or forth to it."))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.currentRowChanged.connect(self._go_to)
        layout.addWidget(self._list)
        layout.addLayout(self._buttons())
        self.document.opened.connect(self._refresh)
        self.document.history_changed.connect(self._refresh)
        return content

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._undo, self._redo = QToolButton(), QToolButton()
        for button, name, text, tip, slot in (
            (self._undo, "undo", self.tr("Undo"), self.tr("Take back the last change."), self.document.undo),
            (self._redo, "redo", self.tr("Redo"), self.tr("Do again what was taken back."), self.document.redo),
        ):
            button.setIcon(icon(name))
            button.setText(text)
            button.setToolTip(tip)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        return row

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._refresh()

    def _refresh(self) -> None:
        """Show the history as it is; lines that are right already stay, since a slider changes the newest alone."""
        if not self.isVisible() or (session := self.document.session) is None:
            return
        history = session.history
        labels = [entry.label for entry in (*history.past, *reversed(history.future))]
        lines = [self.tr("Original"), *map(self._line, labels, faces_of_entries(history))]
        present = len(history.past)
        with QSignalBlocker(self._list):
            while self._list.count() > len(lines):
                self._list.takeItem(self._list.count() - 1)
            for row, line in enumerate(lines):
                item = self._list.item(row)
                if item is None:
                    item = QListWidgetItem(self._list)
                self._show_line(item, line, row - present)
            self._list.setCurrentRow(present)
        self._list.scrollToItem(self._list.item(present))
        self._undo.setEnabled(history.can_undo)
        self._redo.setEnabled(history.can_redo)

    def _line(self, label: str, face: int | None) -> str:
        words = label_words(label)
        return words if face is None else self.tr("{change}  ·  face {number}").format(change=words, number=face + 1)

    def _show_line(self, item: QListWidgetItem, line: str, steps: int) -> None:
        """One line, so many steps from the present: what can be done again is fainter."""
        if item.text() != line:
            item.setText(line)
            item.setToolTip(line)
        faint = self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        item.setData(Qt.ItemDataRole.ForegroundRole, faint if steps > 0 else None)
        item.setSizeHint(QSize(0, self.fontMetrics().height() + ROW_MARGIN_PX))
        font = item.font()
        font.setBold(steps == 0)
        item.setFont(font)
        spoken = self.tr("{change}, undone") if steps > 0 else self.tr("{change}, the present") if steps == 0 else "{change}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken.format(change=line))

    def _go_to(self, row: int) -> None:
        session = self.document.session
        if session is None or row < 0:
            return
        try:
            session.step(row - len(session.history.past))
        except LatentEditError as error:
            self.context.show_error(error)
            self._refresh()
