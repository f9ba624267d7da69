"""What is seen before anything is open: the invitation to bring a photograph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from latentedit_gui.canvas.drops import dropped_files, dropped_image
from latentedit_gui.dialogs.labels import IconLabel
from latentedit_gui.icon_set import icon

SHOWN = 6
PICTURE_PX = 72
TEXT_PX = 600


class StartPage(QWidget):
    """Open, drop or paste a photograph, or go on with a recent one.

    Signals:
        open_clicked(), paste_clicked(): the buttons.
        path_chosen(path): a recent file was clicked.
        files_dropped(paths), image_dropped(image): as on the canvas.
    """

    open_clicked = pyqtSignal()
    paste_clicked = pyqtSignal()
    path_chosen = pyqtSignal(Path)
    files_dropped = pyqtSignal(object)
    image_dropped = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        picture = IconLabel("face", PICTURE_PX, QPalette.ColorRole.WindowText)
        title = QLabel(self.tr("Open a photograph, and its faces become sliders"))
        title.setProperty("role", "title")
        below = QLabel(self.tr("Drop it here. Nothing leaves this computer, and the photograph itself is never changed."))
        below.setProperty("role", "quiet")
        for words in (title, below):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = QPushButton(icon("open", QPalette.ColorRole.HighlightedText), self.tr("&Open a photograph…"))
        self.open_button.setProperty("role", "primary")
        self.open_button.setToolTip(self.tr("A photograph, or a project that was saved"))
        self.open_button.clicked.connect(self.open_clicked)
        self.paste_button = QPushButton(icon("paste"), self.tr("&Paste from the clipboard"))
        self.paste_button.setToolTip(self.tr("A picture that was copied in another program"))
        self.paste_button.clicked.connect(self.paste_clicked)
        self._recent_title = QLabel(self.tr("Recent"))
        self._recent_title.setProperty("role", "heading")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        box = QFrame()
        box.setMaximumWidth(TEXT_PX)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        for words in (title, below):
            column.addWidget(words)  # as wide as the box: centred ones would be broken into narrow lines
        for widget in (self.open_button, self.paste_button):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(self._recent_title, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._recent)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(box)
        layout.addLayout(row)
        layout.addStretch(1)
        self.show_recent(())

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Offer these files, but for those that are gone."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        there = [path for path in paths if path.exists()][:SHOWN]
        self._recent_title.setVisible(bool(there))
        for path in there:
            button = QPushButton(path.name)
            button.setFlat(True)
            button.setToolTip(str(path))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _, path=path: self.path_chosen.emit(path))
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        assert event is not None
        data = event.mimeData()
        event.setAccepted(data is not None and bool(dropped_files(data) or data.hasImage()))

    def dropEvent(self, event: QDropEvent | None) -> None:
        assert event is not None
        data = event.mimeData()
        if data is None:
            return
        if files := dropped_files(data):
            event.acceptProposedAction()
            self.files_dropped.emit(files)
        elif (image := dropped_image(data)) is not None:
            event.acceptProposedAction()
            self.image_dropped.emit(image)
