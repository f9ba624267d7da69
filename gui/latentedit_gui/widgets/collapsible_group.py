"""A heading under which widgets can be folded away."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

_HEADER = """
QToolButton { text-align: left; border: 1px solid transparent; background: transparent; padding: 4px 1px; }
QToolButton:focus { border-color: palette(accent); border-radius: 3px; }
"""


class CollapsibleGroup(QWidget):
    """A heading with an arrow, and below it whatever is added to :attr:`body`.

    Signals:
        expanded_changed(expanded): a person has folded or unfolded it.
    """

    expanded_changed = pyqtSignal(bool)

    def __init__(self, title: str, *, expanded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = QToolButton()
        self.header.setText(title)
        self.header.setToolTip(self.tr("Show or fold away “{}”.").format(title))
        self.header.setCheckable(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setStyleSheet(_HEADER)
        font = self.header.font()
        font.setBold(True)
        self.header.setFont(font)
        self.header.clicked.connect(self._on_clicked)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(4, 0, 0, 6)
        self.body.setSpacing(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._content)
        self.set_expanded(expanded)

    @property
    def expanded(self) -> bool:
        """Whether what is in it can be seen."""
        return self.header.isChecked()

    def set_expanded(self, expanded: bool) -> None:
        """Fold or unfold it; nothing is emitted."""
        self.header.setChecked(expanded)
        self.header.setArrowType(Qt.ArrowType.DownArrow if expanded else Qt.ArrowType.RightArrow)
        self._content.setVisible(expanded)

    def _on_clicked(self, expanded: bool) -> None:
        self.set_expanded(expanded)
        self.expanded_changed.emit(expanded)
