"""What is going on, over the lower edge of the canvas: one card for each long piece of work, each with Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

MARGIN_PX, WIDTH_PX = 16, 460
STEPS = 1000


class Card(QFrame):
    """One piece of work."""

    def __init__(self, text: str, cancel: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.words = QLabel(text)
        self.words.setProperty("role", "heading")
        self.detail = QLabel()
        self.detail.setProperty("role", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(6)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(text)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Stop this; nothing is changed"))
        self.cancel_button.clicked.connect(cancel)
        line = QHBoxLayout()
        line.addWidget(self.words)
        line.addStretch(1)
        line.addWidget(self.detail)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(14)
        layout.addLayout(column, 1)
        layout.addWidget(self.cancel_button)

    def advance(self, fraction: float | None, detail: str = "") -> None:
        """Show how far it is; None when nobody knows."""
        self.bar.setRange(0, 0 if fraction is None else STEPS)
        if fraction is not None:
            self.bar.setValue(round(fraction * STEPS))
        self.detail.setText(detail)


class ProgressCards(QWidget):
    """The cards over a widget, newest below; nothing of it catches the mouse but the cards."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._cards: dict[object, Card] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        over.installEventFilter(self)
        self.hide()

    def begin(self, key: object, text: str, cancel: Callable[[], None]) -> Card:
        """Show a card for a piece of work."""
        self.end(key)
        card = Card(text, cancel, self)
        self._cards[key] = card
        self._column.addWidget(card)
        self._place()
        return card

    def card(self, key: object) -> Card | None:
        """The card of a piece of work that goes on."""
        return self._cards.get(key)

    def end(self, key: object) -> None:
        """It has ended, somehow."""
        card = self._cards.pop(key, None)
        if card is not None:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._place()

    def _place(self) -> None:
        self.setVisible(bool(self._cards))
        width = min(WIDTH_PX, self._over.width() - 2 * MARGIN_PX)
        self.setFixedWidth(max(width, 200))
        self._column.activate()
        height = self._column.sizeHint().height()
        self.setGeometry((self._over.width() - self.width()) // 2, self._over.height() - height - MARGIN_PX, self.width(), height)
        self.raise_()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if watched is self._over and event is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() == Qt.Key.Key_Escape and self._cards:
            next(reversed(self._cards.values())).cancel_button.click()
        else:
            super().keyPressEvent(event)
