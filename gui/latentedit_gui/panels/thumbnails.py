"""Small drawings of what edits would make of the face, one by one in the worker, and only while somebody can see them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PyQt6.QtCore import QEvent, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from latentedit_gui.widgets.thumbnail import PICTURE_PX
from latentedit_gui.worker import Urgency

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from latentedit.edits import EditState, FaceEdits
    from latentedit.scene import Scene
    from latentedit_gui.context import Context
    from latentedit_gui.worker import Job

REST_MS = 150
"""How long nothing must change before thumbnails are drawn: a slider that is dragged has the worker for itself."""


@dataclass(frozen=True)
class Sketch:
    """One thumbnail: what it is of, and the face's edits in it."""

    key: Hashable
    edits: FaceEdits


class Thumbnails(QObject):
    """Draws a widget's thumbnails of the face that is meant, again when its edits change.

    Signals:
        drawn(key, image): one of them, as a QImage.
        began(): all are to be drawn again.
    """

    drawn = pyqtSignal(object, QImage)
    began = pyqtSignal()

    def __init__(self, context: Context, watched: QWidget, wanted: Callable[[FaceEdits], Sequence[Sketch]]) -> None:
        """
        Args:
            watched: whose thumbnails they are; nothing is drawn while it is hidden.
            wanted: what is to be drawn, in that order, of a face with these edits.
        """
        super().__init__(watched)
        self._document, self._worker = context.document, context.worker
        self._watched, self._wanted = watched, wanted
        self._job: Job | None = None
        self._stale = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._draw)
        watched.installEventFilter(self)
        document = self._document
        for signal in (document.opened, document.selected, document.faces_changed, document.projected):
            signal.connect(self.refresh)
        document.state_changed.connect(self._on_state)

    def refresh(self) -> None:
        """They show something else now: draw them, once they can be seen."""
        self.cancel()
        self._stale = True
        if self._watched.isVisible():
            self._rest.start()

    def cancel(self) -> None:
        """Draw no more of them."""
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a0 is self._watched and a1 is not None:
            if a1.type() == QEvent.Type.Show and self._stale:
                self._rest.start()
            elif a1.type() == QEvent.Type.Hide:
                self.cancel()  # what was not drawn is still wanted when it is shown again
        return super().eventFilter(a0, a1)

    def _on_state(self, state: EditState, before: EditState) -> None:
        face = self._document.face
        same = 0 <= face < min(len(state.faces), len(before.faces)) and state.faces[face] == before.faces[face]
        if not same:
            self.refresh()

    def _draw(self) -> None:
        session, face, edits = self._document.session, self._document.face, self._document.edits
        if session is None or edits is None:
            return
        sketches = self._wanted(edits)
        self.began.emit()
        if not sketches:
            return
        scene = session.scene
        self._job = job = self._worker.submit(partial(draw_sketches, scene, face, sketches), Urgency.THUMBNAIL)
        job.stepped.connect(lambda step: self.drawn.emit(*step))
        job.finished.connect(self._on_finished)
        job.ended.connect(partial(self._forget, job))
        # What cannot be drawn at all, the renderer of the photograph has told already.

    def _on_finished(self) -> None:
        self._stale = False

    def _forget(self, job: Job) -> None:
        if self._job is job:
            self._job = None


def draw_sketches(scene: Scene, face: int, sketches: Sequence[Sketch]) -> Iterator[tuple[Hashable, QImage]]:
    """In the worker's thread: the thumbnails with their keys, each the generator's preview."""
    from latentedit.images import to_uint8

    for sketch in sketches:
        drawing = scene.with_edits(face, sketch.edits).drawing(face, preview=True)
        yield sketch.key, picture(to_uint8(drawing))


def picture(rgb: NDArray[np.uint8]) -> QImage:
    """Pixels [H, W, 3] as a picture of the size of thumbnails."""
    if max(rgb.shape[:2]) > PICTURE_PX:
        rgb = np.asarray(Image.fromarray(rgb).resize((PICTURE_PX, PICTURE_PX), Image.Resampling.BOX))
    rgb = np.ascontiguousarray(rgb)
    height, width = rgb.shape[:2]
    return QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
