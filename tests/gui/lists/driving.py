"""Finding a panel's widgets as a person does, and using them with mouse and keyboard."""

from __future__ import annotations

from typing import TypeVar

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
WIDTH_PX = 320
"""Of a docked panel."""
Kind = TypeVar("Kind", bound=QWidget)


def shown(qtbot: QtBot, widget: QWidget, height: int = 800) -> None:
    """Show a panel as narrow as it is docked."""
    qtbot.addWidget(widget)
    widget.resize(WIDTH_PX, height)
    with qtbot.waitExposed(widget):
        widget.show()


def question_of(widget: QWidget) -> QMessageBox:
    """The question that a panel asks now."""
    return next(box for box in widget.findChildren(QMessageBox) if box.isVisible())


def answer(qtbot: QtBot, widget: QWidget, *, yes: bool) -> None:
    """Click the answer of the question that a panel asks."""
    box = question_of(widget)
    role = QMessageBox.ButtonRole.AcceptRole if yes else QMessageBox.ButtonRole.RejectRole
    button = next(button for button in box.buttons() if box.buttonRole(button) == role)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def child(parent: QWidget, kind: type[Kind], **having: str) -> Kind:
    """The one child of a kind, told by its text, its accessible name or so."""
    found = [
        widget
        for widget in parent.findChildren(kind)
        if all(getattr(widget, name)().replace("&", "") == value for name, value in having.items())
    ]
    assert len(found) == 1, (kind, having, found)
    return found[0]


def press(qtbot: QtBot, parent: QWidget, text: str) -> None:
    """Click the button with this text."""
    button = child(parent, QPushButton, text=text)
    assert button.isEnabled() and button.isVisible(), text
    qtbot.mouseClick(button, LEFT)


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """With the keyboard, as the list under a mouse is a window of its own."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    while box.currentText() != text:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before, f"there is no {text}"
