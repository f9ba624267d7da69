"""Photographs that are dropped on a widget: as files, or as pictures without a file."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QEvent, QMimeData, QObject, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PyQt6.QtWidgets import QWidget


class DropTarget(QObject):
    """Watches the drops of a widget, which owns it.

    Signals:
        files_dropped: list of Path; whether they are photographs shows when they are opened.
        image_dropped: QImage that came without a file, as from a browser.
        hovered: whether something welcome is being held over the widget.
    """

    files_dropped = pyqtSignal(object)
    image_dropped = pyqtSignal(object)
    hovered = pyqtSignal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QDragEnterEvent):
            welcome = _is_welcome(event.mimeData())
            event.setAccepted(welcome)
            self.hovered.emit(welcome)
            return True
        if isinstance(event, QDragLeaveEvent):
            self.hovered.emit(False)
            return True
        if isinstance(event, QDropEvent):
            # Moves of the mouse are drop events too, by inheritance.
            if event.type() == QEvent.Type.Drop:
                self.hovered.emit(False)
                self._drop(event)
            else:
                event.setAccepted(_is_welcome(event.mimeData()))
            return True
        return super().eventFilter(watched, event)

    def _drop(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if data is None or not _is_welcome(data):
            event.ignore()
            return
        event.acceptProposedAction()
        if files := dropped_files(data):
            self.files_dropped.emit(files)
        elif (image := dropped_image(data)) is not None:
            self.image_dropped.emit(image)


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files of a drop, or of the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def dropped_image(data: QMimeData) -> QImage | None:
    """The picture itself, where there is one."""
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def _is_welcome(data: QMimeData | None) -> bool:
    return data is not None and bool(dropped_files(data) or data.hasImage())
