"""What a batch does to each photograph: what the open face has, or directions that are chosen here."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from latentedit.batch import BatchConfig
from latentedit.batch.of_edits import portable
from latentedit.edits.edit import MAX_AMOUNT
from latentedit.requested_edits import Assignment
from latentedit_gui.document import Document
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.batch_work import Range
from latentedit_gui.panels.history_words import label_words
from latentedit_gui.panels.layers_words import edit_facts, edit_title, plain_name


class DirectionRow(QWidget):
    """A direction with its amount.

    Signals:
        changed(), removed(): by a person.
    """

    changed = pyqtSignal()
    removed = pyqtSignal()

    def __init__(self, known: Mapping[str, Range], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._name, self._amount, remove = QComboBox(), QDoubleSpinBox(), QToolButton()
        self._name.setAccessibleName(self.tr("Direction"))
        self._name.setToolTip(self.tr("What is to change."))
        self._name.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for each in known:
            self._name.addItem(plain_name(each), each)
        self._name.setCurrentIndex(self._name.findData(name))
        self._amount.setRange(-MAX_AMOUNT, MAX_AMOUNT)
        self._amount.setSingleStep(0.5)
        self._amount.setAccessibleName(self.tr("Amount"))
        remove.setIcon(icon("trash"))
        remove.setToolTip(self.tr("Remove this line."))
        remove.setAccessibleName(self.tr("Remove this line"))
        self._name.currentIndexChanged.connect(self._on_name)
        self._amount.valueChanged.connect(self.changed)
        remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._name, 1)
        row.addWidget(self._amount)
        row.addWidget(remove)
        self._on_name()

    @property
    def assignment(self) -> Assignment:
        """What it asks for."""
        return Assignment(self._name.currentData(), self._amount.value())

    def _on_name(self) -> None:
        low, high = self._known[self._name.currentData()]
        self._amount.setToolTip(
            self.tr("How much. From {low} to {high} faces bear it well.").format(low=f"{low:g}", high=f"{high:g}")
        )
        if not low <= self._amount.value() <= high or not self._amount.value():
            self._amount.setValue(round(high / 2, 1))
        self.changed.emit()


class WhatToDo(QWidget):
    """Says what each photograph gets.

    Signals:
        changed(): it says something else.
    """

    changed = pyqtSignal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._known: dict[str, Range] = {}
        self._rows: list[DirectionRow] = []
        self._source = QComboBox()
        self._source.addItems([self.tr("What the open face has"), self.tr("Directions chosen here")])
        self._source.setAccessibleName(self.tr("What to do"))
        self._source.setToolTip(self.tr("What is done to every face of every photograph."))
        self._source.currentIndexChanged.connect(self._refresh)
        self._said, self._left_out = QLabel(), QLabel()
        self._said.setProperty("role", "quiet")
        self._left_out.setProperty("role", "warning")
        for label in (self._said, self._left_out):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._add = QPushButton(self.tr("Add a &direction"))
        self._add.setToolTip(self.tr("One more thing that is to change."))
        self._add.clicked.connect(self._add_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._source)
        layout.addWidget(self._said)
        layout.addWidget(self._left_out)
        layout.addLayout(self._list)
        layout.addWidget(self._add)
        for signal in (document.opened, document.selected, document.state_changed, document.projected):
            signal.connect(self._refresh)
        self._refresh()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._refresh()

    def know(self, known: Mapping[str, Range]) -> None:
        """Say which directions there are; rows of others go."""
        self._known = dict(known)
        for row in [row for row in self._rows if row.assignment.name not in known]:
            self._remove_row(row)
        self._refresh()

    def config(self, other: BatchConfig) -> BatchConfig | None:
        """The other settings with what is to be done; None when that is nothing."""
        if self._of_face:
            edits = self._document.edits
            found = None if edits is None else portable(edits, other, self._known).config
        else:
            found = BatchConfig(**{**vars(other), "edits": tuple(row.assignment for row in self._rows)})
        return found if found is not None and found.changes_photographs else None

    @property
    def _of_face(self) -> bool:
        return self._source.currentIndex() == 0

    def _add_row(self) -> None:
        used = {row.assignment.name for row in self._rows}
        row = DirectionRow(self._known, next((name for name in self._known if name not in used), next(iter(self._known))), self)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove_row(row))
        self._rows.append(row)
        self._list.addWidget(row)
        self.changed.emit()

    def _remove_row(self, row: DirectionRow) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        edits, of_face = self._document.edits, self._of_face
        self._add.setVisible(not of_face)
        self._add.setEnabled(bool(self._known))
        for row in self._rows:
            row.setVisible(not of_face)
        said = left = ""
        if of_face and edits is None:
            said = self.tr("No face is open that could be an example. Open one, or choose directions.")
        elif of_face and edits is not None:
            found = portable(edits, BatchConfig(), self._known)
            left = ", ".join(map(label_words, found.left_out))
            active = [f"{edit_title(edit)} {edit_facts(edit)}" for edit in edits.edits if edit.active]
            said = "\n".join(active) or self.tr("Nothing was done to the open face yet.")
        elif not self._known:
            said = self.tr("There are no directions for this model yet.")
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._left_out.setText(self.tr("Other photographs cannot have: {}.").format(left))
        self._left_out.setVisible(bool(left))
        self.changed.emit()
