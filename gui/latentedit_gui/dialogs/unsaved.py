"""Closing with changes that were not saved."""

from __future__ import annotations

from enum import Enum

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QMessageBox, QWidget


class UnsavedAnswer(Enum):
    """What is to become of the changes."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class UnsavedQuestion(QMessageBox):
    """Save, don't save, or go on editing.

    Signals:
        decided(UnsavedAnswer): once, when it is answered; Escape and closing it mean going on.
    """

    decided = pyqtSignal(UnsavedAnswer)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(self.tr("Unsaved changes"))
        self.setText(self.tr("Save the changes to {}?").format(name))
        self.setInformativeText(
            self.tr("What you did since you saved last is lost if you don't. The photograph itself stays as it is.")
        )
        button = QMessageBox.StandardButton
        self.setStandardButtons(button.Save | button.Discard | button.Cancel)
        words = {
            button.Save: (self.tr("&Save"), self.tr("Save the project, then close it")),
            button.Discard: (self.tr("&Don't save"), self.tr("Close it without the changes")),
            button.Cancel: (self.tr("Cancel"), self.tr("Go on editing")),
        }
        for which, (text, tip) in words.items():
            made = self.button(which)
            assert made is not None
            made.setText(text)
            made.setToolTip(tip)
        self.setDefaultButton(button.Save)
        self.setEscapeButton(button.Cancel)
        self.finished.connect(self._tell)

    @property
    def answer(self) -> UnsavedAnswer:
        """What was clicked; to go on editing when it was only closed."""
        button = QMessageBox.StandardButton
        return {button.Save: UnsavedAnswer.SAVE, button.Discard: UnsavedAnswer.DISCARD}.get(
            self.standardButton(self.clickedButton()), UnsavedAnswer.CANCEL
        )

    @classmethod
    def ask(cls, name: str, parent: QWidget | None = None) -> UnsavedAnswer:
        """Ask, and wait for the answer while everything else goes on."""
        question = cls(name, parent)
        question.exec()
        answer = question.answer
        question.deleteLater()
        return answer

    def _tell(self) -> None:
        self.decided.emit(self.answer)
