"""What dialogs are built of: text in its roles, with an icon, and a page that scrolls."""

from __future__ import annotations

from typing import Literal

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QVBoxLayout, QWidget

from latentedit_gui.icon_set import icon

Role = Literal["", "title", "heading", "quiet", "warning", "danger"]


def label(text: str, role: Role = "", *, selectable: bool = False) -> QLabel:
    """Text that wraps, never taken for HTML."""
    made = Words(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


class Words(QLabel):
    """Text that wraps and is never cut off: layouts take no notice of how high it is at its width when a window has to be small."""

    def setText(self, a0: str | None) -> None:
        super().setText(a0)
        self._keep_room()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._keep_room()

    def _keep_room(self) -> None:
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


def card(*children: QWidget) -> QFrame:
    """A group of things that belong together, one below the other."""
    made = QFrame()
    made.setProperty("role", "card")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(14, 12, 14, 12)
    layout.setSpacing(4)
    for child in children:
        layout.addWidget(child)
    return made


def close_button(dialog: QDialog, tip: str) -> QDialogButtonBox:
    """The only button of a dialog that is only read."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    made = box.button(QDialogButtonBox.StandardButton.Close)
    assert made is not None
    made.setToolTip(tip)
    return box


class IconLabel(QWidget):
    """An icon that is only looked at; it follows the palette and the screen's pixels, since it is drawn whenever it is painted."""

    def __init__(
        self, name: str, size: int = 32, role: QPalette.ColorRole = QPalette.ColorRole.Accent, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon(name, role)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()
