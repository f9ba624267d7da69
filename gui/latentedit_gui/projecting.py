"""Preparing faces to be edited: projections in the worker, shown while they come about."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal

from latentedit.face_latents import FaceLatents
from latentedit.images import to_uint8
from latentedit.masks import soft_square
from latentedit_gui.document import Document
from latentedit_gui.worker import Job, Urgency, Worker

if TYPE_CHECKING:
    from latentedit.projection import ProjectionConfig, ProjectionStep, State
    from latentedit.scene import Scene

LOOK_EVERY_S = 0.4
"""How often the drawing is shown."""
KEEP_EVERY_S = 3.0
"""How often it is remembered from where a cancelled projection can be gone on with."""
SOFT_EDGE = 0.12
STRANGER_SHARE = 0.5
"""Of the coarse steps: so long the drawing is of a stranger, since every projection begins at the average face; then it appears over the photograph,
and hides it when the coarse steps are done."""


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a projection is.

    Attributes:
        face: whose.
        step, num_steps: done, and to be done in all.
        seconds_left: an estimate.
        likeness: how far the drawing may be shown, in [0, 1]; 0 as long as it is of a stranger.
        look: the drawing so far [p, p, 4], straight alpha, by the likeness; None when it was shown a moment ago, or is of a stranger.
        reached: what the session keeps of it.
        latents: of the last step.
        state: from which it can be gone on with; only now and then.
    """

    face: int
    step: int
    num_steps: int
    seconds_left: float
    likeness: float
    look: NDArray[np.uint8] | None
    reached: ProjectionStep
    latents: FaceLatents | None = None
    state: State | None = None

    @property
    def fraction(self) -> float:
        """Of the steps, in [0, 1]."""
        return self.step / self.num_steps


class Projector(QObject):
    """Projects faces of what is open.

    Signals:
        started(face): it will take a while.
        advanced(Progress): after each step.
        finished(face): the face can be edited.
        stopped(face): it was cancelled, or failed; nothing has changed.
        failed(exception): it cannot be done.
    """

    started = pyqtSignal(int)
    advanced = pyqtSignal(Progress)
    finished = pyqtSignal(int)
    stopped = pyqtSignal(int)
    failed = pyqtSignal(Exception)

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._worker = document, worker
        self._jobs: dict[int, Job] = {}
        self._stopped: dict[int, tuple[object, State]] = {}
        document.opened.connect(self._forget)
        document.faces_changed.connect(self._forget)

    @property
    def working(self) -> tuple[int, ...]:
        """The faces that are being projected, or wait for it."""
        return tuple(self._jobs)

    def project(self, face: int, preset: str, *, steps: int | None = None, seed: int = 0) -> None:
        """Begin; nothing happens when it has begun already."""
        session = self._document.session
        if session is None or face in self._jobs or not 0 <= face < len(session.faces):
            return
        asked = (preset, steps, seed)
        kept = self._stopped.get(face)
        resume = kept[1] if kept is not None and kept[0] == asked else None
        scene, how = session.scene, {"preset": preset, "method": "auto", "space": "w_plus", "seed": seed}
        job = self._worker.submit(lambda: progress_of(scene, face, preset, steps, seed, resume), Urgency.TASK)
        self._jobs[face] = job
        job.stepped.connect(lambda progress: self._on_step(asked, progress))
        job.finished.connect(lambda last: self._keep(face, last, how))
        job.failed.connect(lambda error: self._fail(face, error))
        self.started.emit(face)

    def cancel(self, face: int) -> None:
        """Stop, and change nothing."""
        job = self._jobs.pop(face, None)
        if job is not None:
            job.cancel()
            self.stopped.emit(face)

    def cancel_all(self) -> None:
        """Stop all of them."""
        for face in self.working:
            self.cancel(face)

    def _forget(self) -> None:
        self.cancel_all()
        self._stopped.clear()

    def _on_step(self, asked: object, progress: Progress) -> None:
        if progress.state is not None:
            self._stopped[progress.face] = (asked, progress.state)
        self.advanced.emit(progress)

    def _keep(self, face: int, last: Progress, how: dict[str, Any]) -> None:
        del self._jobs[face]
        self._stopped.pop(face, None)
        session = self._document.session
        assert session is not None
        session.keep(face, last.reached, report=how, latents=last.latents)
        self.finished.emit(face)

    def _fail(self, face: int, error: Exception) -> None:
        del self._jobs[face]
        self.stopped.emit(face)
        self.failed.emit(error)


def progress_of(
    scene: Scene, face: int, preset: str, steps: int | None = None, seed: int = 0, resume: State | None = None
) -> Iterator[Progress]:
    """The steps of a projection as the window shows them; for the worker."""
    from latentedit.projection import preset_config
    from latentedit.projection.pace import Pace

    config = preset_config(preset, steps)
    pace = Pace(config)
    looked_at, kept_at, edge = 0.0, time.monotonic(), None
    for step in scene.project(face, preset=preset, steps=steps, seed=seed, resume=resume):
        look, likeness = None, likeness_of(step, config)
        if likeness > 0 and (time.monotonic() - looked_at > LOOK_EVERY_S or step.step == step.num_steps):
            drawn = to_uint8(step.image)
            if edge is None:
                edge = soft_square(SOFT_EDGE, len(drawn)) * 255
            look = np.dstack([drawn, np.rint(edge * likeness).astype(np.uint8)])
            looked_at = time.monotonic()
        # Here, since torch would keep threads for whoever computes with it, and those of the window's would slow the worker's.
        latents = FaceLatents.from_step(step) if step.step == step.num_steps else None
        state = None
        if time.monotonic() - kept_at > KEEP_EVERY_S:
            state, kept_at = step.snapshot(), time.monotonic()
        yield Progress(face, step.step, step.num_steps, pace.seconds_left(step), likeness, look, step, latents, state)


def likeness_of(step: ProjectionStep, config: ProjectionConfig) -> float:
    """How far the drawing of a step may be shown over the photograph, in [0, 1]: not at all in the first coarse steps, wholly after the last."""
    if step.phase != "coarse":
        return 1.0
    done = step.step / max(config.coarse_steps, 1)
    return min(max((done - STRANGER_SHARE) / (1 - STRANGER_SHARE), 0.0), 1.0)
