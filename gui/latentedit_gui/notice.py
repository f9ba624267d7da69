"""A line above the canvas: what to do next, or what did not work, without a window in the way."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from latentedit_gui.icon_set import icon


class Notice(QFrame):
    """One sentence at a time, with at most one thing to do about it.

    Signals:
        closed(): a person has closed it.
        said(text): it says something else now.
    """

    closed = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.clear)
        self._close.clicked.connect(self.closed)
        self._action: Callable[[], None] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence.

        Args:
            action, act: a button, and what it does.
        """
        self._words.setText(text)
        self._action = act
        self._button.setText(action)
        self._button.setVisible(act is not None)
        self.show()
        self.said.emit(text)

    def clear(self) -> None:
        """Show nothing."""
        self._action = None
        self.hide()

    def _act(self) -> None:
        act = self._action
        self.clear()
        if act is not None:
            act()
