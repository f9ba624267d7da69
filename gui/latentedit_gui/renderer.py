"""From edits to pictures on the canvas: at once a small one, and the whole when the slider rests. Only the newest is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from latentedit.edits import EditState, FaceEdits
from latentedit.images import Patch, apply_patches_in_parts
from latentedit.scene import Scene
from latentedit.session_face import SessionFace
from latentedit_gui.canvas import pyramid
from latentedit_gui.document import Document
from latentedit_gui.worker import Urgency, Worker

REST_MS = 220
"""How long nothing must change before the whole composite is drawn."""
LOOK_PX = 320
"""Side of the small picture of a face's square."""


class Renderer(QObject):
    """Listens to a document, draws in the worker.

    Signals:
        previewed(face, rgba, quad): [S, S, 4] of a face's square, over the photograph until the parts come.
        composited(parts): [(box, pyramid)] that differ from the photograph, at its full size; all there are.
        failed(exception): something could not be drawn.
        drawing_changed(drawing): whether a composite is on its way.
    """

    previewed = pyqtSignal(int, object, object)
    composited = pyqtSignal(object)
    failed = pyqtSignal(Exception)
    drawing_changed = pyqtSignal(bool)

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._patches: dict[int, tuple[SessionFace, FaceEdits, Patch | None]] = {}
        self._drawing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.composite)
        document.opened.connect(self._on_opened)
        document.state_changed.connect(self._on_state)
        document.projected.connect(self.composite)

    @property
    def drawing(self) -> bool:
        """Whether a composite is on its way, or soon will be."""
        return self._drawing or self._rest.isActive()

    def set_rest_ms(self, milliseconds: int) -> None:
        """How long nothing must change before the whole composite is drawn."""
        self._rest.setInterval(milliseconds)

    def preview(self, face: int) -> None:
        """Draw the small picture of a face as it stands now."""
        session = self._document.session
        if session is None or session.face(face).latents is None:
            return
        scene, quad = session.scene, session.face(face).face.quad
        # One key for all faces: a person moves one slider at a time.
        job = self._worker.call(lambda: scene.preview(face, LOOK_PX), Urgency.PREVIEW, key="preview")
        job.finished.connect(lambda rgba: self.previewed.emit(face, rgba, quad))
        job.failed.connect(self.failed)

    def composite(self) -> None:
        """Draw the whole composite as it stands now."""
        self._rest.stop()
        session = self._document.session
        if session is None:
            return
        self._set_drawing(True)
        job = self._worker.submit(lambda scene=session.scene: self._parts(scene), Urgency.COMPOSITE, key="composite")  # type: ignore[misc]
        job.finished.connect(self._on_composited)
        job.failed.connect(self._on_failed)

    def _parts(self, scene: Scene) -> Iterator[Any]:
        """In the worker's thread: face by face, so that a preview need not wait for all of them."""
        drawn: dict[int, tuple[SessionFace, FaceEdits, Patch | None]] = {}
        for index in range(len(scene.state.faces)):
            if not scene.changes_photo(index):
                continue
            known, edits = scene.face(index), scene.state.face(index)
            earlier = self._patches.get(index)
            if earlier is not None and earlier[0] is known and earlier[1] == edits:
                drawn[index] = earlier
                continue
            # The drawings are remembered by the engine: two shorter steps instead of one long.
            scene.drawing(index, edited=False)
            yield None
            scene.drawing(index)
            yield None
            drawn[index] = (known, edits, scene.patch(index))
            yield None
        self._patches = drawn
        parts = apply_patches_in_parts(scene.photo, [patch for _, _, patch in drawn.values() if patch is not None])
        yield [(box, pyramid(pixels)) for box, pixels in parts]

    def _on_opened(self) -> None:
        self._rest.stop()
        self._patches = {}
        if self._document.session is not None and self._document.session.state.faces:
            self.composite()

    def _on_state(self, state: EditState, before: EditState) -> None:
        if len(state.faces) != len(before.faces):
            return
        for index, (now, then) in enumerate(zip(state.faces, before.faces, strict=True)):
            if now != then:
                self.preview(index)
        self._rest.start()

    def _on_composited(self, parts: object) -> None:
        self._set_drawing(False)
        self.composited.emit(parts)

    def _on_failed(self, error: Exception) -> None:
        self._set_drawing(False)
        self.failed.emit(error)

    def _set_drawing(self, drawing: bool) -> None:
        if drawing != self._drawing:
            self._drawing = drawing
            self.drawing_changed.emit(drawing)
