"""What is open in a window: one session, and the face that the panels speak of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from latentedit.edits import Command, EditState, FaceEdits
from latentedit.errors import LatentEditError
from latentedit.session import Session
from latentedit.session_face import SessionFace


class Document(QObject):
    """Tells widgets what changes in the session. All of it is used in the window's thread alone.

    Signals:
        opened(): another photograph or project, or none, is open; everything else may have changed.
        faces_changed(): its faces are others.
        projected(face): a face can be edited now, or looks otherwise unedited.
        selected(face): another face is meant, -1 for none.
        state_changed(state, before): the edits.
        history_changed(): what undo and redo would do.
        modified_changed(): there is something to save, or no more.
        refused(exception): a command could not be done.
    """

    opened = pyqtSignal()
    faces_changed = pyqtSignal()
    projected = pyqtSignal(int)
    selected = pyqtSignal(int)
    state_changed = pyqtSignal(EditState, EditState)
    history_changed = pyqtSignal()
    modified_changed = pyqtSignal()
    refused = pyqtSignal(Exception)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._face = -1

    # What there is

    @property
    def session(self) -> Session | None:
        """The session that is open."""
        return self._session

    @property
    def face(self) -> int:
        """The index of the face that is meant, -1 for none."""
        return self._face

    @property
    def known_face(self) -> SessionFace | None:
        """What is known about the face that is meant."""
        if self._session is None or not 0 <= self._face < len(self._session.faces):
            return None
        return self._session.face(self._face)

    @property
    def editable(self) -> bool:
        """Whether the face that is meant can be edited."""
        known = self.known_face
        return known is not None and known.latents is not None

    @property
    def edits(self) -> FaceEdits | None:
        """What is done to the face that is meant; None when it cannot be edited."""
        if self._session is None or not self.editable:
            return None
        return self._session.state.face(self._face)

    @property
    def title(self) -> str:
        """The name of the project or photograph; empty when there is none."""
        if self._session is None:
            return ""
        return self._session.path.name if self._session.path is not None else self._session.photo.name

    @property
    def modified(self) -> bool:
        """Whether there is something worth saving: a photograph that was only looked at has nothing."""
        session = self._session
        return session is not None and session.modified and any(face.latents is not None for face in session.faces)

    # Changing it

    def open(self, session: Session | None) -> None:
        """Take another session, or none."""
        if self._session is not None:
            self._disconnect(self._session)
        self._session = session
        self._face = -1
        if session is not None:
            session.state_changed.connect(self._on_state)
            session.history_changed.connect(self._on_history)
            session.faces_changed.connect(self._on_faces)
            session.latents_changed.connect(self._on_latents)
            session.saved.connect(self._on_saved)
        self.opened.emit()
        self.history_changed.emit()
        self.modified_changed.emit()
        if session is not None:
            projected = [index for index, face in enumerate(session.faces) if face.latents is not None]
            self.select(projected[0] if projected else -1)

    def select(self, face: int) -> None:
        """Mean another face."""
        count = 0 if self._session is None else len(self._session.faces)
        face = face if 0 <= face < count else -1
        if face != self._face:
            self._face = face
            self.selected.emit(face)

    def do(self, command: Command) -> bool:
        """Do a command; what cannot be done is told by :attr:`refused`.

        Returns: whether it was done.
        """
        return self._tried(lambda session: session.do(command))

    def seal(self) -> None:
        """End the newest undo: a slider was released."""
        if self._session is not None:
            self._session.seal()

    def undo(self) -> bool:
        """One step back."""
        return self._tried(lambda session: session.undo())

    def redo(self) -> bool:
        """One step forth."""
        return self._tried(lambda session: session.redo())

    def _tried(self, change: Callable[[Session], object]) -> bool:
        if self._session is None:
            return False
        try:
            change(self._session)
        except LatentEditError as error:
            self.refused.emit(error)
            return False
        return True

    # What the session tells

    def _disconnect(self, session: Session) -> None:
        for signal, slot in (
            (session.state_changed, self._on_state),
            (session.history_changed, self._on_history),
            (session.faces_changed, self._on_faces),
            (session.latents_changed, self._on_latents),
            (session.saved, self._on_saved),
        ):
            signal.disconnect(slot)

    def _on_state(self, state: EditState, before: EditState) -> None:
        self.state_changed.emit(state, before)
        self.modified_changed.emit()

    def _on_history(self) -> None:
        self.history_changed.emit()
        self.modified_changed.emit()

    def _on_faces(self) -> None:
        self._face = -1
        self.faces_changed.emit()
        self.selected.emit(-1)
        self.modified_changed.emit()

    def _on_latents(self, face: int) -> None:
        self.projected.emit(face)
        self.modified_changed.emit()

    def _on_saved(self, path: Path) -> None:
        self.modified_changed.emit()
