"""Opening photographs and projects: read in the worker, shown as soon as they are there, their faces found at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.engine import Engine
from latentedit.face_finder import find_faces_apart
from latentedit.faces import Face, Frame, select_faces
from latentedit.images import Photo
from latentedit.session import Session
from latentedit.side_process import SideProcess
from latentedit_gui.canvas import Pyramid, pyramid
from latentedit_gui.worker import Job, Urgency, Worker


@dataclass(frozen=True, eq=False)
class Read:
    """A session that was read, and its photograph ready to be shown."""

    session: Session
    picture: Pyramid


class Opener(QObject):
    """Reads one thing at a time; opening another forgets the one before.

    Signals:
        began(name): something is being read.
        read(Read): it can be shown; faces of a new photograph are still to be found.
        looking(): faces are being looked for.
        faces_found(count): the session has its faces; 0 when none was found.
        failed(exception): it cannot be read; what was open stays.
        ended(): after each of these, whatever came of it.
    """

    began = pyqtSignal(str)
    read = pyqtSignal(Read)
    looking = pyqtSignal()
    faces_found = pyqtSignal(int)
    failed = pyqtSignal(Exception)
    ended = pyqtSignal()

    def __init__(self, worker: Worker, engine: Engine, side: SideProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._engine, self._side = worker, engine, side
        self._job: Job | None = None
        self._search: Job | None = None
        self.generator = DEFAULT_GENERATOR
        """What new photographs are drawn with, by name or path."""

    @property
    def engine(self) -> Engine:
        """What draws the sessions that are opened."""
        return self._engine

    def use_generator(self, name: str) -> None:
        """Draw photographs that are opened from now on with another generator."""
        self.generator = name

    def open_path(self, path: Path) -> None:
        """Read a photograph or a project."""
        self._begin(path.name, lambda: Session.open(path, engine=self._engine, generator=self.generator))

    def open_bytes(self, data: bytes, name: str) -> None:
        """Read a photograph that has no file, such as one from the clipboard."""
        self._begin(name, lambda: Session(Photo.from_bytes(data, name), engine=self._engine, generator=self.generator))

    def open_session(self, session: Session) -> None:
        """Show a session that is there already."""
        self._begin(session.photo.name, lambda: session)

    def find_faces(self, session: Session, frame: Frame | None = None) -> None:
        """Find the faces of a session's photograph, or take a square in their place; their edits are forgotten.

        Args:
            frame: the square.
        """
        store = self._engine.store

        def work() -> Iterator[list[Face] | None]:
            if frame is not None or session.takes_squares:
                yield session.look_for_faces(store=store, frame=frame)
                return
            for faces in find_faces_apart(session.photo, self._side, store):
                yield None if faces is None else select_faces(faces, "all")

        self.looking.emit()
        self._search = job = self._worker.submit(work, Urgency.COMPOSITE, key="find faces")
        job.finished.connect(lambda faces: self._on_faces(session, faces))
        job.failed.connect(self.failed)
        job.ended.connect(self.ended)

    def cancel(self) -> None:
        """Forget what is being read, or looked for."""
        for job in (self._job, self._search):
            if job is not None:
                job.cancel()

    def _begin(self, name: str, read: Callable[[], Session]) -> None:
        def work() -> Iterator[Any]:
            session = read()
            yield Read(session, pyramid(session.photo.rgb_uint8))

        self.cancel()
        self.began.emit(name)
        self._job = job = self._worker.submit(work, Urgency.COMPOSITE, key="open")
        job.finished.connect(self.read)
        job.failed.connect(self.failed)
        job.ended.connect(self.ended)

    def _on_faces(self, session: Session, faces: list[Any]) -> None:
        session.set_faces(faces)
        self.faces_found.emit(len(faces))
