"""The faces of the photograph, as pictures to choose from."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QSignalBlocker, QSize, Qt
from PyQt6.QtGui import QIcon, QPixmap, QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QListView, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from latentedit.session import Session
from latentedit_gui.context import Context
from latentedit_gui.panels.asking import ask
from latentedit_gui.pixels import image_of
from latentedit_gui.worker import Urgency

THUMBNAIL_PX = 56


class FaceList(QWidget):
    """One picture a face; what is chosen here is the face that all panels speak of."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._document = context, context.document
        self._shown: Session | None = None
        self._list = QListWidget()
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setWrapping(False)
        self._list.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        self._list.setSpacing(4)
        self._list.setAccessibleName(self.tr("Faces"))
        self._list.setToolTip(self.tr("Choose the face that you want to change."))
        self._list.setFixedHeight(THUMBNAIL_PX + 38)
        self._list.currentRowChanged.connect(self._on_row)
        self._again = QPushButton(self.tr("&Learn again"))
        self._again.setToolTip(self.tr("Learn this face once more from the photograph; what was done to it stays."))
        self._again.clicked.connect(self._project)
        self._find = QPushButton(self.tr("&Find faces again"))
        self._find.setToolTip(self.tr("Look for faces once more; what was done to those that are known is forgotten."))
        self._find.clicked.connect(self._ask_to_find)
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addWidget(self._find)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        layout.addLayout(buttons)
        self._document.opened.connect(self._rebuild)
        self._document.faces_changed.connect(self._rebuild)
        self._document.projected.connect(self._refresh)
        self._document.selected.connect(self._refresh)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._rebuild()

    def _rebuild(self) -> None:
        session = self._document.session
        if not self.isVisible():
            return
        with QSignalBlocker(self._list):
            self._list.clear()
            for index in range(0 if session is None else len(session.faces)):
                QListWidgetItem(QIcon(_blank()), self.tr("Face {}").format(index + 1), self._list)
        self._refresh()
        if session is not None:
            for index in range(len(session.faces)):
                self._draw(session, index)

    def _draw(self, session: Session, index: int) -> None:
        known, side = session.face(index), round(THUMBNAIL_PX * self.devicePixelRatioF())
        job = self._context.worker.call(lambda: known.square(side), Urgency.THUMBNAIL, key=("face", index))
        job.finished.connect(lambda pixels: self._show(session, index, pixels))
        job.failed.connect(self._context.show_error)

    def _show(self, session: Session, index: int, pixels: Any) -> None:
        item = self._list.item(index)
        if item is not None and session is self._document.session:
            item.setIcon(QIcon(QPixmap.fromImage(image_of(pixels))))

    def _refresh(self) -> None:
        session, face = self._document.session, self._document.face
        self._again.setEnabled(session is not None and face >= 0)
        self._again.setText(self.tr("&Learn again") if self._document.editable else self.tr("&Learn this face"))
        self._find.setEnabled(session is not None)
        with QSignalBlocker(self._list):
            self._list.setCurrentRow(face)
            for index in range(self._list.count()):
                item = self._list.item(index)
                if item is None or session is None or index >= len(session.faces):
                    continue
                ready = session.face(index).latents is not None
                tip = self.tr("This face can be changed.") if ready else self.tr("This face was not learnt yet.")
                item.setToolTip(tip)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}. {tip}")

    def _on_row(self, row: int) -> None:
        self._document.select(row)

    def _project(self) -> None:
        if self._document.face >= 0:
            self._context.project_face(self._document.face)

    def _ask_to_find(self) -> None:
        session = self._document.session
        if session is None:
            return
        if not any(known.latents is not None for known in session.faces):
            self._find_again(session)
            return
        question = self.tr("Look for the faces again? What was learnt of them, and all that was done to them, will be forgotten.")
        ask(self, self.tr("Find faces again"), question, self.tr("Find again"), lambda: self._find_again(session))

    def _find_again(self, session: Session) -> None:
        from latentedit.faces import find_faces, framed

        photo, store = session.photo, self._context.engine.store
        self._find.setEnabled(False)

        def look() -> object:
            return [framed(photo)] if session.takes_squares else find_faces(photo, store=store)

        job = self._context.worker.call(look, key="find faces")
        job.finished.connect(lambda faces: self._take(session, faces))
        job.failed.connect(self._context.show_error)
        job.ended.connect(self._refresh)

    def _take(self, session: Session, faces: Any) -> None:
        if session is self._document.session:
            session.set_faces(faces)


def _blank() -> QPixmap:
    pixmap = QPixmap(THUMBNAIL_PX, THUMBNAIL_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
