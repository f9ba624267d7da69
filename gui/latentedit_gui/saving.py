"""Saving, exporting, copying and the autosave: written in the worker, so that the window goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from latentedit.errors import LatentEditError
from latentedit.images import apply_patches
from latentedit.project_file import save_project
from latentedit_gui.document import Document
from latentedit_gui.export_request import ExportRequest, write_export
from latentedit_gui.pixels import image_of
from latentedit_gui.recovery import RecoverySlot
from latentedit_gui.worker import Urgency, Worker

AUTOSAVE_S = 20


class Saver(QObject):
    """Writes what the document holds.

    Signals:
        saved(path): the project was written.
        exported(path, notes): a picture was written; sentences that people should read about it.
        copied(image): the edited photograph, for the clipboard.
        failed(exception): something could not be written; nothing was harmed.
    """

    saved = pyqtSignal(Path)
    exported = pyqtSignal(Path, object)
    copied = pyqtSignal(QImage)
    failed = pyqtSignal(Exception)

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._worker = document, worker

    def save(self, path: Path | None = None) -> bool:
        """Write the project, to its own file when no path is given.

        Returns: whether it is being written; what is wrong with the path is told by :attr:`failed`.
        """
        session = self._document.session
        if session is None:
            return False
        try:
            target, project = session.save_target(path), session.to_project()
        except LatentEditError as error:
            self.failed.emit(error)
            return False
        session.seal()  # one undo comes back to what was saved

        def written(_: Any) -> None:
            session.mark_saved(target, project)
            self.saved.emit(target)

        job = self._worker.call(lambda: save_project(target, project), Urgency.COMPOSITE)
        job.finished.connect(written)
        job.failed.connect(self.failed)
        return True

    def save_now(self, path: Path | None = None) -> bool:
        """Write the project and wait for it: the window is about to close.

        Returns: whether it was written.
        """
        session = self._document.session
        try:
            if session is not None:
                session.save(path)
        except LatentEditError as error:
            self.failed.emit(error)
            return False
        return True

    def export(self, request: ExportRequest) -> None:
        """Write a picture."""
        session = self._document.session
        if session is None:
            return
        scene = session.scene
        job = self._worker.call(lambda: write_export(scene, request), Urgency.COMPOSITE)
        job.finished.connect(lambda notes: self.exported.emit(request.path, notes))
        job.failed.connect(self.failed)

    def copy(self) -> None:
        """Draw the edited photograph for the clipboard."""
        session = self._document.session
        if session is None:
            return
        scene = session.scene
        job = self._worker.call(lambda: image_of(apply_patches(scene.photo, scene.patches())), Urgency.COMPOSITE)
        job.finished.connect(lambda image: self.copied.emit(image))
        job.failed.connect(self.failed)


class Autosave(QObject):
    """Keeps what is not saved where the next start finds it, should this one end badly."""

    def __init__(self, document: Document, worker: Worker, slot: RecoverySlot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._worker, self._slot = document, worker, slot
        self._kept: object = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep)
        self.set_interval_s(AUTOSAVE_S)
        document.projected.connect(lambda _: self.keep())  # the dearest of all
        document.opened.connect(self._on_opened)
        document.modified_changed.connect(self._on_modified)

    def set_interval_s(self, seconds: int) -> None:
        """How often what has changed is kept."""
        self._timer.start(seconds * 1000)

    def keep(self) -> None:
        """Write what is not saved, unless nothing has changed since it was kept last."""
        session = self._document.session
        if session is None or not self._document.modified:
            return
        now = (session.history, session.faces)
        if now == self._kept:
            return
        self._kept = now
        write = self._slot.writer(session.to_project(), session.path)
        # Not less urgent: while somebody moves a slider, thumbnails wait, and this must not.
        self._worker.call(write, Urgency.COMPOSITE, key="autosave").failed.connect(self._on_failed)

    def stop(self) -> None:
        """The window ends as it should."""
        self._timer.stop()

    def _on_failed(self, error: Exception) -> None:
        self._kept = None  # tried again; a full disk is told when the user saves

    def _on_opened(self) -> None:
        self._kept = None
        self._forget_when_idle()

    def _on_modified(self) -> None:
        if not self._document.modified:
            self._kept = None  # what is done again is kept again
            self._forget_when_idle()

    def _forget_when_idle(self) -> None:
        # Behind a write that may be under way.
        self._worker.call(self._slot.clear, Urgency.COMPOSITE, key="autosave")
