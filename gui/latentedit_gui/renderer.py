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
from latentedit_gui.worker import Job, Urgency, Worker

REST_MS = 220
"""How long nothing must change before the whole composite is drawn."""
LOOK_PX = 256
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
        self._job: Job | None = None
        self._look: Job | None = None
        self._awaited = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.composite)
        document.opened.connect(self._on_opened)
        document.state_changed.connect(self._on_state)
        document.projected.connect(self.composite)
        document.projected.connect(self.warm_up)
        document.selected.connect(self.warm_up)

    @property
    def drawing(self) -> bool:
        """Whether a composite is on its way, or soon will be."""
        return self._drawing or self._awaited or self._rest.isActive()

    def set_rest_ms(self, milliseconds: int) -> None:
        """How long nothing must change before the whole composite is drawn."""
        self._rest.setInterval(milliseconds)

    def preview(self, face: int) -> None:
        """Draw the small picture of a face as it stands now; the whole composite when nothing has changed for a while after it."""
        session = self._document.session
        if session is None or session.face(face).latents is None:
            self._rest.start()
            return
        scene, quad = session.scene, session.face(face).face.quad
        # One key for all faces: a person moves one slider at a time.
        self._look = job = self._worker.call(lambda: scene.preview(face, LOOK_PX), Urgency.PREVIEW, key="preview")
        job.finished.connect(lambda rgba: self._on_previewed(face, rgba, quad))
        job.failed.connect(self._on_failed)
        self._awaited = True

    def warm_up(self, face: int) -> None:
        """Draw the small picture for nobody: the first tick of a slider then finds all that does not depend on it."""
        session = self._document.session
        if session is not None and face >= 0 and session.face(face).latents is not None:
            scene = session.scene
            self._worker.call(lambda: scene.preview(face, LOOK_PX), Urgency.THUMBNAIL, key="warm up")

    def composite(self) -> None:
        """Draw the whole composite as it stands now."""
        self._rest.stop()
        self._awaited = False
        session = self._document.session
        if session is None:
            return
        self._set_drawing(True)
        self._job = job = self._worker.submit(lambda scene=session.scene: self._parts(scene), Urgency.COMPOSITE, key="composite")  # type: ignore[misc]
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
        self._give_up()
        if self._look is not None:
            self._look.cancel()  # it would be laid over another photograph
        self._awaited = False
        self._patches = {}
        if self._document.session is not None and self._document.session.state.faces:
            self.composite()

    def _on_state(self, state: EditState, before: EditState) -> None:
        if len(state.faces) != len(before.faces):
            return
        self._rest.stop()
        self._give_up()
        for index, (now, then) in enumerate(zip(state.faces, before.faces, strict=True)):
            if now != then:
                self.preview(index)

    def _give_up(self) -> None:
        """The composite that is being drawn is out of date."""
        if self._job is not None:
            self._job.cancel()
        self._set_drawing(False)

    def _on_previewed(self, face: int, rgba: object, quad: object) -> None:
        self._awaited = False
        # Not before: on a slow machine, too, whoever moves a slider sees it move first.
        self._rest.start()
        self.previewed.emit(face, rgba, quad)

    def _on_composited(self, parts: object) -> None:
        self._set_drawing(False)
        self.composited.emit(parts)

    def _on_failed(self, error: Exception) -> None:
        self._awaited = False
        self._set_drawing(False)
        self.failed.emit(error)

    def _set_drawing(self, drawing: bool) -> None:
        if drawing != self._drawing:
            self._drawing = drawing
            self.drawing_changed.emit(drawing)
