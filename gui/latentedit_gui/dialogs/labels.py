"""What dialogs are built of: text in its roles, with an icon, and a page that scrolls."""

from __future__ import annotations

from typing import Literal

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QGuiApplication, QPalette
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from latentedit_gui.icon_set import icon_pixmap

Role = Literal["", "title", "heading", "quiet", "warning", "danger"]


def label(text: str, role: Role = "", *, selectable: bool = False) -> QLabel:
    """Text that wraps, never taken for HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


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


def scrolling(page: QWidget) -> QScrollArea:
    """A page that scrolls up and down when it is too long."""
    page.setProperty("role", "page")
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def close_button(dialog: QDialog, tip: str) -> QDialogButtonBox:
    """The only button of a dialog that is only read."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    made = box.button(QDialogButtonBox.StandardButton.Close)
    assert made is not None
    made.setToolTip(tip)
    return box


class IconLabel(QLabel):
    """An icon that is only looked at; it follows the palette."""

    def __init__(self, name: str, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._draw()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self._draw()

    def _draw(self) -> None:
        colour = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
        self.setPixmap(icon_pixmap(self._name, self._size, colour, self.devicePixelRatioF()))
