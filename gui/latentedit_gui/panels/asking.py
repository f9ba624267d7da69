"""Questions before something is lost: asked beside the event loop, so that nothing waits for an answer."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtWidgets import QMessageBox, QWidget


def ask(parent: QWidget, title: str, question: str, yes: str, then: Callable[[], None]) -> QMessageBox:
    """Ask, and do it when the answer is yes.

    Args:
        yes: what the button says that does it.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, question, QMessageBox.StandardButton.Cancel, parent)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setObjectName("question")
    box.buttonClicked.connect(lambda clicked: then() if clicked is button else None)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
