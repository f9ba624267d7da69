"""The canvas shows what the document holds: photograph, outlines of faces, what edits change, what is painted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PyQt6.QtCore import QObject, QRectF, pyqtSignal

from latentedit.brush import Brush
from latentedit.edits import EditState, SetCompositing
from latentedit.edits.edit import BRUSH
from latentedit.errors import LatentEditError
from latentedit_gui.canvas import Canvas, FaceMark, FaceState, Tool
from latentedit_gui.document import Document
from latentedit_gui.opening import Read
from latentedit_gui.projecting import Progress, Projector
from latentedit_gui.renderer import Renderer

PAINTING = (Tool.BRUSH, Tool.ERASER)


class Stage(QObject):
    """Wires document, renderer and projector to the canvas.

    Signals:
        confined(): a first stroke was painted: from now on the face changes only there.
    """

    confined = pyqtSignal()

    def __init__(
        self, document: Document, renderer: Renderer, projector: Projector, canvas: Canvas, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._projector, self._canvas = document, projector, canvas
        for changed in (document.opened, document.faces_changed, document.selected, document.projected):
            changed.connect(self.show_faces)
        for moved in (projector.started, projector.finished, projector.stopped):
            moved.connect(self.show_faces)
        document.selected.connect(self.show_mask)
        document.state_changed.connect(self._on_state)
        renderer.previewed.connect(canvas.set_preview)
        renderer.composited.connect(canvas.set_parts)
        projector.advanced.connect(self._on_progress)
        projector.stopped.connect(renderer.composite)
        canvas.mask_painted.connect(self._on_painted)

    def show(self, read: Read) -> None:
        """Show another photograph, and open its session."""
        self._canvas.show_photo(read.picture)
        self._document.open(read.session)

    def set_tool(self, tool: Tool) -> None:
        """Take a tool; the painted mask is seen while it is painted."""
        self._canvas.set_tool(tool)
        self.show_mask()

    def show_face(self) -> None:
        """Fill the canvas with the face that is meant."""
        known = self._document.known_face
        if known is not None:
            (left, top), (right, bottom) = known.face.quad.min(axis=0), known.face.quad.max(axis=0)
            # Whole numbers are at pixel centres, the view counts from the edge.
            self._canvas.show_area(QRectF(left + 0.5, top + 0.5, right - left, bottom - top))

    def show_faces(self, *_: object) -> None:
        """Outline the faces."""
        session = self._document.session
        words: dict[FaceState, str] = {
            "found": self.tr("Click to edit this face"),
            "projected": self.tr("Ready to edit"),
            "working": self.tr("Getting to know this face"),
        }
        marks = []
        for index, known in enumerate(() if session is None else session.faces):
            state: FaceState = "found" if known.latents is None else "projected"
            if index in self._projector.working:
                state = "working"
            selected = index == self._document.face
            label = "" if selected and state == "projected" else words[state]  # nothing to say while it is being edited
            marks.append(FaceMark(index, known.face.quad, known.face.box, label, state, selected))
        self._canvas.set_faces(marks)
        chosen = next((mark for mark in marks if mark.selected), None)
        parts = [self.tr("Photograph"), "" if session is None else session.photo.name]
        if marks:
            parts.append(self.tr("%n face(s).", "", len(marks)))
        if chosen is not None:
            parts.append(self.tr("Face {number}: {state}.").format(number=chosen.index + 1, state=words[chosen.state]))
        self._canvas.setAccessibleName(" ".join(parts).strip())  # screen readers say it again when it changes

    def show_mask(self, *_: object) -> None:
        """Show what is painted over the face that is meant, as long as a brush is in hand."""
        session, edits = self._document.session, self._document.edits
        region = None if edits is None else edits.compositing.region
        painted = session is not None and region is not None and region.startswith(BRUSH)
        if self._canvas.tool in PAINTING and painted and session is not None and region is not None:
            self._canvas.set_mask(session.brush(region).pixels)
        else:
            self._canvas.set_mask(None)

    def _on_state(self, state: EditState, before: EditState) -> None:
        face = self._document.face
        if not 0 <= face < min(len(state.faces), len(before.faces)):
            return
        if state.face(face).compositing.region != before.face(face).compositing.region:
            self.show_mask()

    def _on_painted(self, mask: Any) -> None:
        session, edits = self._document.session, self._document.edits
        if session is None or edits is None:
            return
        compositing = edits.compositing
        first = not (compositing.region or "").startswith(BRUSH)
        if not mask.any():
            region = None
        else:
            try:
                region = session.add_brush(Brush(mask))
            except LatentEditError as error:
                self._document.refused.emit(error)
                return
        self._document.do(
            SetCompositing(
                self._document.face, replace(compositing, region=region, inverted=region is not None and compositing.inverted)
            )
        )
        if first and region is not None:
            self.confined.emit()

    def _on_progress(self, progress: Progress) -> None:
        session = self._document.session
        if session is None:
            return
        self._canvas.set_progress(progress.face, progress.fraction)
        if progress.look is not None:
            self._canvas.set_preview(progress.face, progress.look, session.face(progress.face).face.quad)
