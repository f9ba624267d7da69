"""The line at the window's lower edge: what is open, how large it is seen, and for a while what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QLabel, QStatusBar, QWidget

from latentedit import __version__

if TYPE_CHECKING:
    from latentedit.session import Session

TOLD_MS = 6000


class StatusLine(QStatusBar):
    """What it tells for a while is read aloud by screen readers at once; of nothing else in the window does Qt tell them so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self.zoom, self._drawing = QLabel(), QLabel(), QLabel()
        self._drawing.setProperty("role", "quiet")
        self.addWidget(self._what, 1)
        self.addPermanentWidget(self._drawing)
        self.addPermanentWidget(self.zoom)

    def tell(self, text: str) -> None:
        """Say for a while what has happened."""
        self.showMessage(text, TOLD_MS)

    def show_open(self, session: Session | None, scale: float) -> None:
        """Name the photograph, its size, and the scale it is seen at (1.0 for 100 %); or only the program."""
        if session is None:
            self._what.setText(self.tr("latentedit {}").format(__version__))
            self.zoom.clear()
        else:
            photo = session.photo
            self._what.setText(self.tr("{} · {} × {} pixels").format(photo.name, photo.width, photo.height))
            self.zoom.setText(self.tr("{} %").format(round(scale * 100)))

    def show_drawing(self, on: bool) -> None:
        """Whether the photograph is being drawn."""
        self._drawing.setText(self.tr("Drawing…") if on else "")
