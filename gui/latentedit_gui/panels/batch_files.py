"""Which photographs a batch works on: files and folders, dropped or chosen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from latentedit_gui.icon_set import icon


class FileList(QListWidget):
    """Paths, which can be dropped on it.

    Signals:
        dropped(paths): files or folders.
        unwanted(): the chosen ones are to go.
    """

    dropped = pyqtSignal(list)
    unwanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def dragEnterEvent(self, e: QDragEnterEvent | None) -> None:
        if e is not None and paths_of(e):
            e.acceptProposedAction()

    def dragMoveEvent(self, e: QDragMoveEvent | None) -> None:
        if e is not None and paths_of(e):
            e.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        if event is not None and (paths := paths_of(event)):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is not None and e.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unwanted.emit()
        else:
            super().keyPressEvent(e)


class InputFiles(QWidget):
    """The list with its buttons.

    Signals:
        changed(): another file or folder is in it, or one fewer.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = FileList()
        self._list.setAccessibleName(self.tr("Photographs and folders"))
        self._list.setToolTip(
            self.tr("Drop photographs, projects and folders here. Delete takes the chosen ones out of the list.")
        )
        self._list.setFixedHeight(110)
        self._list.dropped.connect(self.add)
        self._list.unwanted.connect(self._remove)
        row = QHBoxLayout()
        for text, tip, slot in (
            (self.tr("Add &files…"), self.tr("Choose photographs and projects."), self._ask_for_files),
            (self.tr("Add f&older…"), self.tr("Choose a folder of photographs."), self._ask_for_folder),
            (self.tr("&Remove"), self.tr("Take the chosen ones out of the list; the files stay."), self._remove),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setStyleSheet("padding-left: 6px; padding-right: 6px;")  # three in a narrow panel
            button.clicked.connect(slot)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        layout.addLayout(row)

    @property
    def paths(self) -> tuple[Path, ...]:
        """What is in the list."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if item is not None)

    def add(self, paths: Iterable[Path]) -> None:
        """Put files and folders in, each once."""
        known = set(self.paths)
        for path in paths:
            if path not in known:
                known.add(path)
                item = QListWidgetItem(icon("folder" if path.is_dir() else "face"), path.name or str(path), self._list)
                item.setData(Qt.ItemDataRole.UserRole, path)
                item.setToolTip(str(path))
        self.changed.emit()

    def _remove(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self.changed.emit()

    def _ask_for_files(self) -> None:
        self._ask(self.tr("Photographs for the batch"), QFileDialog.FileMode.ExistingFiles)

    def _ask_for_folder(self) -> None:
        self._ask(self.tr("Folder for the batch"), QFileDialog.FileMode.Directory)

    def _ask(self, title: str, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda paths: self.add(map(Path, paths)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def paths_of(event: QDropEvent) -> list[Path]:
    """The files and folders that are dragged."""
    data = event.mimeData()
    return [] if data is None else [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
