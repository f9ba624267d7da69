"""Dragging points of a face: in the worker, seen while it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal

from latentedit.alignment import apply_homography, quad_to_square, square_to_quad
from latentedit.edits import Region
from latentedit.errors import LatentEditError
from latentedit_gui.document import Document
from latentedit_gui.renderer import LOOK_PX
from latentedit_gui.worker import Job, Urgency, Worker

if TYPE_CHECKING:
    from latentedit.dragging import DragStep
    from latentedit.scene import Scene

Point = tuple[float, float]
SHOW_EVERY = 2
"""Every so many steps the face is drawn."""


@dataclass(frozen=True, eq=False)
class Drag:
    """What is asked for, in the photograph's pixels and in the face's square.

    Attributes:
        face: whose points.
        handles, targets: (x, y) on the square.
        keep: parts of the face that stay.
    """

    face: int
    handles: tuple[Point, ...]
    targets: tuple[Point, ...]
    keep: tuple[Region, ...] = ()


@dataclass(frozen=True, eq=False)
class DragProgress:
    """How far a drag is.

    Attributes:
        drag: which.
        step: what the engine has reached.
        points: where the points are, in the photograph's pixels.
        look: the face as it is now [S, S, 4]; None between two of them.
        to_go_px: how far the furthest point is from its target, in the photograph's pixels.
    """

    drag: Drag
    step: DragStep
    points: tuple[Point, ...]
    look: NDArray[np.uint8] | None
    to_go_px: float


class Dragger(QObject):
    """Drags points of what is open, one drag at a time.

    Signals:
        started(), advanced(DragProgress): as it goes.
        finished(arrived): the drag is an edit of the face now; whether all points are where they were to go.
        stopped(): given up; nothing has changed.
        failed(exception): it cannot be done.
    """

    started = pyqtSignal()
    advanced = pyqtSignal(DragProgress)
    finished = pyqtSignal(bool)
    stopped = pyqtSignal()
    failed = pyqtSignal(Exception)

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._worker = document, worker
        self._job: Job | None = None
        self._last: DragProgress | None = None
        document.opened.connect(self.cancel)
        document.faces_changed.connect(self.cancel)

    @property
    def working(self) -> bool:
        """Whether a drag goes on."""
        return self._job is not None

    def begin(self, points: Sequence[tuple[Point, Point]], keep: Sequence[Region] = ()) -> None:
        """Drag points of the face that is meant.

        Args:
            points: from where to where, in the photograph's pixels.
        """
        session, known = self._document.session, self._document.known_face
        if session is None or known is None or not points or self.working:
            return
        into = quad_to_square(known.face.quad)
        handles, targets = (_on_square(into, [pair[end] for pair in points]) for end in (0, 1))
        drag, scene = Drag(self._document.face, handles, targets, tuple(keep)), session.scene
        self._last = None
        self._job = job = self._worker.submit(lambda: drag_steps(scene, drag), Urgency.COMPOSITE)
        job.stepped.connect(self._on_step)
        job.finished.connect(lambda _: self.keep())
        job.failed.connect(self._on_failed)
        self.started.emit()

    def keep(self) -> None:
        """Stop, and keep what has been reached as an edit."""
        session, last = self._document.session, self._last
        self._end()
        if session is None or last is None:
            self.stopped.emit()
            return
        drag = last.drag
        try:
            session.keep_drag(drag.face, last.step, drag.handles, drag.targets, drag.keep)
        except LatentEditError as error:
            self.failed.emit(error)
            return
        self.finished.emit(last.step.arrived)

    def cancel(self) -> None:
        """Stop, and change nothing."""
        if self.working:
            self._end()
            self.stopped.emit()

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _on_step(self, progress: DragProgress) -> None:
        self._last = progress
        self.advanced.emit(progress)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.stopped.emit()
        self.failed.emit(error)


def drag_steps(scene: Scene, drag: Drag) -> Iterator[DragProgress]:
    """The steps of a drag as the window shows them; for the worker."""
    back = square_to_quad(scene.face(drag.face).face.quad)
    targets = apply_homography(back, np.array(drag.targets, dtype=np.float64))
    for step in scene.drag(drag.face, drag.handles, drag.targets, keep=drag.keep):
        look = None
        if step.step % SHOW_EVERY == 1 or step.arrived:
            look = scene.preview_of(drag.face, step.w_plus, LOOK_PX)
        points: Any = apply_homography(back, step.points.cpu().numpy().astype(np.float64))
        to_go = float(np.linalg.norm(points - targets, axis=1).max())
        yield DragProgress(drag, step, tuple((x, y) for x, y in points.tolist()), look, to_go)


def _on_square(into: NDArray[np.float64], points: Sequence[Point]) -> tuple[Point, ...]:
    """Points of the photograph on the face's square, kept inside."""
    placed: Any = apply_homography(into, np.array(points, dtype=np.float64)).clip(0, 1).tolist()
    return tuple((x, y) for x, y in placed)
