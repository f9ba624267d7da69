"""Where a person types to find something in a list."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from latentedit_gui.icon_set import icon


class SearchField(QLineEdit):
    """A line with a lens and a button that empties it, which Escape does too."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(hint)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(a0)


def found(words: str, *texts: str) -> bool:
    """Whether every word occurs in one of the texts, whatever its case."""
    all_text = " ".join(texts).casefold()
    return all(word in all_text for word in words.casefold().split())
