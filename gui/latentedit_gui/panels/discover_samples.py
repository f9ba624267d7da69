"""Faces to sort into two groups: a click puts one into A, another into B, a third takes it out."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QEvent, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QWidget

from latentedit_gui.pixels import image_of

GAP_PX, LEAST_PX = 4, 68
COLOUR_B = QColor("#d9822b")
GROUPS = ("", "A", "B")


class SampleButton(QAbstractButton):
    """One face.

    Signals:
        sorted(): it is in another group.
        walked(columns, rows): the focus is to go there.
    """

    sorted = pyqtSignal()
    walked = pyqtSignal(int, int)

    def __init__(self, seed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seed = seed
        self.letter = ""
        self._pixmap: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Click: group A. Again: group B. Again: neither. The keys A, B and Delete do it as well."))
        self.clicked.connect(lambda: self.put(GROUPS[(GROUPS.index(self.letter) + 1) % len(GROUPS)]))
        self._describe()

    def show_pixels(self, pixels: Any) -> None:
        """Show the face [H, W, 3]."""
        self._pixmap = QPixmap.fromImage(image_of(pixels))
        self.update()

    def put(self, group: str) -> None:
        """Put it into ``A``, ``B`` or neither."""
        if group != self.letter:
            self.letter = group
            self._describe()
            self.update()
            self.sorted.emit()

    def _describe(self) -> None:
        words = {"": self.tr("in neither group"), "A": self.tr("in group A"), "B": self.tr("in group B")}
        self.setAccessibleName(self.tr("Face {number}, {group}").format(number=self.seed + 1, group=words[self.letter]))

    def sizeHint(self) -> QSize:
        return QSize(LEAST_PX, LEAST_PX)

    def event(self, e: QEvent | None) -> bool:
        # The window's own keys of one letter, such as B for the brush, are not meant here.
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.ShortcutOverride and _group_of(e) is not None:
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if (group := _group_of(event)) is not None:
            self.put(group)
        elif key in steps:
            self.walked.emit(*steps[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        if self._pixmap is None:
            painter.fillRect(self.rect(), colours.color(QPalette.ColorRole.Base))
        else:
            painter.drawPixmap(self.rect(), self._pixmap)
        colour = {"A": colours.color(QPalette.ColorRole.Highlight), "B": COLOUR_B}.get(self.letter)
        if colour is not None:
            painter.setPen(QPen(colour, 4))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
            self._draw_badge(painter, colour)
        if self.hasFocus():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.WindowText), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(5, 5, -6, -6))

    def _draw_badge(self, painter: QPainter, colour: QColor) -> None:
        badge = QRect(0, 0, 22, 22)
        painter.fillRect(badge, colour)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor("black") if colour.lightnessF() > 0.5 else QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self.letter)


def _group_of(event: QKeyEvent) -> str | None:
    """The group that a key means; None for every other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return None
    keys = {Qt.Key.Key_A: "A", Qt.Key.Key_B: "B", Qt.Key.Key_Delete: "", Qt.Key.Key_Backspace: ""}
    return keys.get(Qt.Key(event.key()))


class SampleGrid(QWidget):
    """Faces side by side, as many in a row as fit.

    Signals:
        sorted(): a face is in another group.
    """

    sorted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[SampleButton] = []

    def seeds(self, group: str) -> list[int]:
        """The seeds of a group."""
        return [button.seed for button in self.buttons if button.letter == group]

    def add(self, seed: int) -> None:
        """Make room for one more face."""
        button = SampleButton(seed, self)
        button.sorted.connect(self.sorted)
        button.walked.connect(lambda columns, rows: self._walk(button, columns, rows))
        self.buttons.append(button)
        button.show()
        self._place()

    def clear(self) -> None:
        """Take all faces away."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        self._place()

    @property
    def _columns(self) -> int:
        return max(2, (self.width() + GAP_PX) // (LEAST_PX + GAP_PX))

    def _place(self) -> None:
        columns = self._columns
        side = max(16, (self.width() + GAP_PX) // columns - GAP_PX)
        for index, button in enumerate(self.buttons):
            row, column = divmod(index, columns)
            button.setGeometry(column * (side + GAP_PX), row * (side + GAP_PX), side, side)
        rows = -(-len(self.buttons) // columns)
        self.setFixedHeight(max(rows * (side + GAP_PX) - GAP_PX, 0))

    def _walk(self, button: SampleButton, columns: int, rows: int) -> None:
        index = self.buttons.index(button) + columns + rows * self._columns
        if 0 <= index < len(self.buttons):
            self.buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and event.size().width() != event.oldSize().width():
            self._place()
