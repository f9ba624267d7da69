"""The edits of a face as a stack of rows: the newest on top, moved by their grips or by the keyboard."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PyQt6.QtCore import QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from latentedit.edits import Edit, EditKey
from latentedit_gui.icon_set import icon, icon_pixmap
from latentedit_gui.panels.layers_words import edit_facts, edit_title
from latentedit_gui.widgets.elided_label import ElidedLabel

LINE_PX = 2


class EditRow(QFrame):
    """One edit: whether it is shown, what it is called, how much it does.

    Signals:
        enabled_changed(enabled), chosen(), removed(): what a person wants of it.
        moved(rows): up (negative) or down by so many rows, by the keyboard.
        gripped(event): the grip was pressed, dragged or let go.
        walked(rows): the focus is to go up (negative) or down.
    """

    enabled_changed = pyqtSignal(bool)
    chosen = pyqtSignal()
    removed = pyqtSignal()
    moved = pyqtSignal(int)
    walked = pyqtSignal(int)
    gripped = pyqtSignal(QMouseEvent)

    def __init__(self, edit: Edit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = edit.key
        self._marked = False
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            self.tr(
                "Click to choose it. Alt and the arrow keys move it, the space bar switches it off and on, Delete removes it."
            )
        )
        self._eye = QToolButton()
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setToolTip(self.tr("Switch this edit off, keeping it, or on again."))
        self._eye.clicked.connect(self.enabled_changed)
        self._title, self._facts = ElidedLabel(), ElidedLabel()
        self._facts.setProperty("role", "quiet")
        self._remove = QToolButton()
        self._remove.setIcon(icon("trash"))
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._remove.clicked.connect(self.removed)
        self._remove.setToolTip(self.tr("Remove this edit."))
        self._grip = _Grip()
        self._grip.gripped.connect(self.gripped)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addWidget(self._grip)
        layout.addWidget(self._eye)
        layout.addLayout(words, 1)
        layout.addWidget(self._remove)
        self.show_edit(edit)

    def show_edit(self, edit: Edit) -> None:
        """Show an edit of this row's key."""
        title, facts = edit_title(edit), edit_facts(edit)
        self._title.setText(title)
        self._facts.setText(facts)
        self._facts.setToolTip(facts)
        self._title.setEnabled(edit.enabled)
        self._facts.setEnabled(edit.enabled)
        self._eye.setChecked(edit.enabled)
        self._eye.setIcon(icon("eye" if edit.enabled else "eye-off"))
        self._eye.setAccessibleName(self.tr("Show {}").format(title))
        self._remove.setAccessibleName(self.tr("Remove {}").format(title))
        self._grip.setAccessibleName(self.tr("Move {}").format(title))
        state = facts if edit.enabled else self.tr("{facts}, switched off").format(facts=facts)
        self.setAccessibleName(f"{title}, {state}")

    def mark(self, marked: bool) -> None:
        """Show whether it is the one that is chosen."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if not self._marked and not self.hasFocus():
            return
        painter = QPainter(self)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        if self._marked:
            painter.fillRect(0, 5, 3, self.height() - 10, accent)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(accent)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 5, 5)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.chosen.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step is not None:
            self.walked.emit(step)
        elif event.key() == Qt.Key.Key_Space:
            self._eye.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class _Grip(QLabel):
    """Where a row is taken to drag it."""

    gripped = pyqtSignal(QMouseEvent)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(self.tr("Drag to move this edit."))
        self.setFixedWidth(16)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        colour: QColor = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        painter = QPainter(self)
        painter.drawPixmap(0, (self.height() - 16) // 2, icon_pixmap("grip", 16, colour, self.devicePixelRatioF()))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        self._tell(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        self._tell(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self._tell(event)

    def _tell(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.gripped.emit(event)


class EditStack(QWidget):
    """The rows of all edits of a face.

    Signals:
        chosen(key): another edit is meant.
        enabled_changed(key, enabled), removed(key): what a person wants.
        moved(key, position): where an edit is to stand in the stack; 0 is the lowest row.
    """

    chosen = pyqtSignal(object)
    enabled_changed = pyqtSignal(object, bool)
    removed = pyqtSignal(object)
    moved = pyqtSignal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[EditRow] = []
        self._chosen: EditKey | None = None
        self._press: QPoint | None = None
        self._gap: int | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, LINE_PX, 0, LINE_PX)
        self._layout.setSpacing(4)

    @property
    def chosen_key(self) -> EditKey | None:
        """The edit that is meant."""
        return self._chosen

    def show_edits(self, edits: Sequence[Edit]) -> None:
        """Show a stack; rows that are there stay, so that the focus does."""
        newest_first = list(reversed(edits))
        known = {row.key: row for row in self._rows}
        wanted = {edit.key for edit in newest_first}
        focused = next((row.key for row in self._rows if row.hasFocus()), None)
        place = self._place_of(focused)
        for row in [row for row in self._rows if row.key not in wanted]:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for index, edit in enumerate(newest_first):
            row = known.get(edit.key) or self._made(edit)
            row.show_edit(edit)
            if self._layout.indexOf(row) != index:
                self._layout.insertWidget(index, row)
                row.show()  # now, not when the event loop comes to it
            self._rows.append(row)
        for before, after in itertools.pairwise(self._rows):
            QWidget.setTabOrder(before, after)
        if focused is not None and focused not in wanted and self._rows:
            self._rows[min(place, len(self._rows) - 1)].setFocus()
        new = [row.key for row in self._rows if row.key not in known]
        if len(new) == 1 and known:
            self.choose(new[0])  # what was just done is what is meant
        elif self._chosen not in wanted:
            self.choose(self._rows[0].key if self._rows else None)
        self._mark()

    def choose(self, key: EditKey | None) -> None:
        """Mean another edit."""
        if key != self._chosen:
            self._chosen = key
            self._mark()
            self.chosen.emit(key)

    def _made(self, edit: Edit) -> EditRow:
        row, key = EditRow(edit, self), edit.key
        row.chosen.connect(lambda: self.choose(key))
        row.enabled_changed.connect(lambda enabled: self.enabled_changed.emit(key, enabled))
        row.removed.connect(lambda: self.removed.emit(key))
        row.moved.connect(lambda rows: self._move(key, self._place_of(key) + rows))
        row.walked.connect(lambda rows: self._walk(key, rows))
        row.gripped.connect(lambda event: self._drag(row, event))
        return row

    def _mark(self) -> None:
        for row in self._rows:
            row.mark(row.key == self._chosen)

    def _place_of(self, key: EditKey | None) -> int:
        return next((index for index, row in enumerate(self._rows) if row.key == key), 0)

    def _walk(self, key: EditKey, rows: int) -> None:
        place = self._place_of(key) + rows
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, key: EditKey, place: int) -> None:
        place = min(max(place, 0), len(self._rows) - 1)
        if place != self._place_of(key):
            self.moved.emit(key, len(self._rows) - 1 - place)

    # Dragging

    def _drag(self, row: EditRow, event: QMouseEvent) -> None:
        where = self.mapFromGlobal(event.globalPosition().toPoint())
        if event.type() == QMouseEvent.Type.MouseButtonPress:
            self._press = where
            row.setFocus(Qt.FocusReason.MouseFocusReason)
        elif event.type() == QMouseEvent.Type.MouseMove and self._press is not None:
            if (where - self._press).manhattanLength() >= QApplication.startDragDistance():
                self._gap = self._gap_at(where.y())
        elif event.type() == QMouseEvent.Type.MouseButtonRelease:
            gap, self._gap, self._press = self._gap, None, None
            if gap is not None:
                place = self._place_of(row.key)
                self._move(row.key, gap - 1 if gap > place else gap)
        self.update()

    def _gap_at(self, y: int) -> int:
        """Before which row something dropped at this height goes."""
        return sum(y > row.geometry().center().y() for row in self._rows)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._gap is None or not self._rows:
            return
        row = self._rows[min(self._gap, len(self._rows) - 1)].geometry()
        y = row.top() - LINE_PX if self._gap < len(self._rows) else row.bottom() + 1
        QPainter(self).fillRect(0, y, self.width(), LINE_PX, self.palette().color(QPalette.ColorRole.Highlight))
