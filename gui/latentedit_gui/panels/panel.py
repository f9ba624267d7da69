"""What panels have in common."""

from __future__ import annotations

from typing import ClassVar

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from latentedit_gui.context import Context

LEAST_CHARACTERS = 40
"""Of its font, side by side: narrower than that, sliders are too short for a hand, and sentences become columns of words."""


class Panel(QWidget):
    """A dockable panel: what it needs is in front, or a sentence that says what is missing.

    A subclass builds its widgets in :meth:`build`, and says in :meth:`missing` why they cannot be used.
    """

    name: ClassVar[str]
    """For settings and tests; never shown."""
    icon_name: ClassVar[str]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.document = context.document
        self.setObjectName(f"panel-{self.name}")
        self._stack = QStackedLayout(self)
        self._content = self.build()
        self._missing = QLabel()
        self._missing.setWordWrap(True)
        self._missing.setMargin(24)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._missing.setObjectName("panel-hint")
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._missing)
        for signal in (self.document.opened, self.document.selected, self.document.faces_changed, self.document.projected):
            signal.connect(self.update_missing)
        self.update_missing()

    def title(self) -> str:
        """What the panel is called."""
        raise NotImplementedError

    def build(self) -> QWidget:
        """The panel's widgets."""
        raise NotImplementedError

    def missing(self) -> str:
        """What must be done before the panel is of use; empty when nothing."""
        if self.document.session is None:
            return self.tr("Open a photograph first.")
        if self.document.face < 0:
            return self.tr("Click a face in the photograph.")
        if not self.document.editable:
            return self.tr("This face has yet to be learnt. Click it in the photograph.")
        return ""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return least.expandedTo(QSize(LEAST_CHARACTERS * self.fontMetrics().averageCharWidth(), 0))

    def update_missing(self) -> None:
        """Show the widgets, or what is missing."""
        text = self.missing()
        self._missing.setText(text)
        self._stack.setCurrentWidget(self._missing if text else self._content)


def held(panel: Panel) -> QWidget:
    """A panel that may be hidden while its dock is not: a dock with nothing to show would let none beside it be wide."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(panel)
    return holder
