"""From the photograph to the first slider: what goes on is told, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from latentedit.errors import NoFaceError
from latentedit.faces import Frame
from latentedit_gui.opening import Read
from latentedit_gui.projecting import Progress
from latentedit_gui.time_words import time_left

if TYPE_CHECKING:
    from latentedit_gui.main_window import MainWindow


class Guide(QObject):
    """Leads through opening and learning, by the window's cards and its line above the canvas."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        opener, projector = window.opener, window.projector
        opener.began.connect(self._on_reading)
        opener.read.connect(self._on_read)
        opener.looking.connect(self._on_looking)
        opener.faces_found.connect(self._on_faces_found)
        opener.failed.connect(self._on_open_failed)
        self._reading = False
        opener.ended.connect(self._on_ended)
        projector.started.connect(self._on_started)
        projector.advanced.connect(self._on_advanced)
        projector.finished.connect(self._on_learnt)
        projector.stopped.connect(lambda face: window.cards.end(("face", face)))
        projector.failed.connect(window.show_error)
        window.stage.confined.connect(self._on_confined)
        window.canvas.face_clicked.connect(self._on_face_clicked)

    # Opening

    def find_faces_again(self) -> None:
        """Forget the faces, and look for them anew."""
        window, session = self._window, self._window.document.session
        if session is not None and window.files.may_lose(self.tr("The faces' edits will be forgotten.")):
            window.weights.with_them(lambda: window.opener.find_faces(session))

    def _on_reading(self, name: str) -> None:
        self._reading = True
        self._window.cards.end("look")
        self._window.cards.begin("open", self.tr("Opening {}").format(name), self._window.opener.cancel)

    def _on_ended(self) -> None:
        # The search begins before the reading has ended.
        self._window.cards.end("open" if self._reading else "look")
        self._reading = False

    def _on_read(self, read: Read) -> None:
        window, session = self._window, read.session
        window.notice.clear()
        window.stage.show(read)
        window.files.remember(session.path or session.photo.path)
        if not session.faces:
            window.weights.with_them(lambda: window.opener.find_faces(session))

    def _on_looking(self) -> None:
        self._window.cards.begin("look", self.tr("Looking for faces"), self._window.opener.cancel)

    def _on_faces_found(self, count: int) -> None:
        if count == 1:
            self._window.notice.say(self.tr("Click the face that you want to edit."))
        else:
            self._window.notice.say(self.tr("%n faces were found. Click one.", "", count))

    def _on_open_failed(self, error: Exception) -> None:
        window, session = self._window, self._window.document.session
        if not isinstance(error, NoFaceError) or session is None:
            window.show_error(error)
            return
        width, height = session.photo.size
        side = min(width, height)
        middle = Frame((width - side) // 2, (height - side) // 2, side)
        window.notice.say(
            self.tr("No face was found in this photograph."),
            self.tr("Take the middle of it"),
            lambda: window.opener.find_faces(session, middle),
        )

    def _on_confined(self) -> None:
        self._window.notice.say(
            self.tr("The face now changes only where you paint."),
            self.tr("Let all of it change"),
            self._window.actions_by_name["clear-mask"].trigger,
        )

    # Learning

    def learn_again(self, face: int) -> None:
        """Project a face, also when that was done before; its edits stay."""
        window, session = self._window, self._window.document.session
        if session is not None and 0 <= face < len(session.faces):
            window.weights.with_them(lambda: window.projector.project(face, window.settings.preset))

    def _on_face_clicked(self, face: int) -> None:
        document = self._window.document
        document.select(face)
        if not document.editable:
            self.learn_again(face)

    def _on_started(self, face: int) -> None:
        window = self._window
        window.notice.clear()
        words = self._learning_words(face, stranger=True)
        window.cards.begin(("face", face), words, lambda: window.projector.cancel(face))

    def _learning_words(self, face: int, *, stranger: bool) -> str:
        """Why nothing of the face is seen yet, or what is seen."""
        words = self.tr("Face {}: finding the likeness…") if stranger else self.tr("Getting to know face {}")
        return words.format(face + 1)

    def _on_advanced(self, progress: Progress) -> None:
        card = self._window.cards.card(("face", progress.face))
        if card is not None:
            card.words.setText(self._learning_words(progress.face, stranger=progress.likeness == 0))
            card.advance(progress.fraction, time_left(progress.seconds_left))

    def _on_learnt(self, face: int) -> None:
        self._window.cards.end(("face", face))
        if self._window.document.face < 0:
            self._window.document.select(face)
        self._window.show_panel("attributes")
        self._window.status.tell(self.tr("Face {} is learnt and can be edited.").format(face + 1))
