"""Faces of other photographs and projects, to mix with: found, and learnt if they were not, in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from latentedit.errors import LatentEditError
from latentedit_gui.panels.thumbnails import picture
from latentedit_gui.widgets.thumbnail import PICTURE_PX
from latentedit_gui.worker import Urgency

if TYPE_CHECKING:
    from latentedit.own_direction import OwnDirection
    from latentedit.scene import Scene
    from latentedit.session import Session
    from latentedit_gui.context import Context
    from latentedit_gui.worker import Job

PRESET = "fast"


@dataclass(frozen=True, eq=False)
class Candidate:
    """A face of another file.

    Attributes:
        path: of the photograph or project.
        session: that holds it, drawn by the generator that it is to be mixed in.
        index: of the face in the session, or where it is ``learnt``, in the project.
        picture: what it looks like in its photograph.
        learnt: whether the project holds its latent.
    """

    path: Path
    session: Session
    index: int
    picture: QImage
    learnt: bool


class Finder(QObject):
    """One search at a time.

    Signals:
        candidates(faces): several, of which one is to be chosen.
        progressed(share): of learning a face, in [0, 1]; below 0 while nothing is known.
        found(source): a face is known to the session under this name.
        failed(exception).
        busy_changed(busy).
    """

    candidates = pyqtSignal(object)
    progressed = pyqtSignal(float)
    found = pyqtSignal(str)
    failed = pyqtSignal(Exception)
    busy_changed = pyqtSignal(bool)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._worker = context.document, context.worker
        self._job: Job | None = None
        self._document.opened.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether something is being looked for."""
        return self._job is not None

    def open(self, path: Path) -> None:
        """Look for the faces of a photograph or project."""
        session = self._document.session
        if session is not None:
            self.progressed.emit(-1.0)
            scene = session.scene
            self._begin(self._worker.call(partial(look_at, path, scene))).finished.connect(self._on_looked)

    def choose(self, candidate: Candidate) -> None:
        """Take one of the faces that were found."""
        session = self._document.session
        if session is not None:
            scene = session.scene
            job = self._begin(self._worker.submit(partial(learn, candidate, scene), Urgency.TASK))
            job.stepped.connect(self._on_stepped)
            job.finished.connect(self._on_learnt)

    def cancel(self) -> None:
        """Look no more."""
        if self._job is not None:
            self._job.cancel()

    def _begin(self, job: Job) -> Job:
        self.cancel()
        self._job = job
        job.failed.connect(self.failed)
        job.ended.connect(partial(self._on_ended, job))
        self.busy_changed.emit(True)
        return job

    def _on_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.busy_changed.emit(False)

    def _on_looked(self, candidates: Sequence[Candidate]) -> None:
        if len(candidates) == 1:
            self.choose(candidates[0])
        else:
            self.candidates.emit(candidates)

    def _on_stepped(self, step: float | OwnDirection) -> None:
        if isinstance(step, float):
            self.progressed.emit(step)

    def _on_learnt(self, latent: OwnDirection) -> None:
        session = self._document.session
        if session is None:
            return
        try:
            # Its generator is loaded by now: the worker has used it.
            source = session.add_direction(latent.direction)
        except LatentEditError as error:
            self.failed.emit(error)
        else:
            self.found.emit(source)


def look_at(path: Path, scene: Scene) -> list[Candidate]:
    """In the worker's thread: the faces of a photograph or project, at least one.

    Raises:
        NoFaceError: there is none.
        PhotoError, ProjectFileError, AssetError, CheckpointError: a file cannot be read.
    """
    from latentedit.session import Session

    opened = Session.open(path, engine=scene.engine, generator=scene.generator)
    known = [index for index, face in enumerate(opened.faces) if face.latents is not None]
    if known:
        return [Candidate(path, opened, index, picture(opened.face(index).square(PICTURE_PX)), True) for index in known]
    # Not the opened one: a project's faces are to be learnt by the generator that they are mixed in.
    session = Session(opened.photo, engine=scene.engine, generator=scene.generator)
    if opened.faces:
        session.set_faces([known.face for known in opened.faces])
    else:
        session.find_faces(store=scene.engine.store)
    return [Candidate(path, session, index, picture(face.square(PICTURE_PX)), False) for index, face in enumerate(session.faces)]


def learn(candidate: Candidate, scene: Scene) -> Iterator[float | OwnDirection]:
    """In the worker's thread: the share that is done, and at the end the latent.

    Raises:
        FaceTooSmallError, AssetError, CheckpointError: the face cannot be projected, or was with another generator.
    """
    from latentedit.face_latents import FaceLatents
    from latentedit.project_file import GeneratorIdentity, load_project
    from latentedit.session_latents import latent_of_project, named_latent

    path, index = candidate.path, candidate.index
    if candidate.learnt:
        identity = GeneratorIdentity.of(scene.generator.spec)
        yield latent_of_project(load_project(path), path, identity, index)
        return
    step = None
    for step in candidate.session.scene.project(index, preset=PRESET):
        yield step.step / step.num_steps
    assert step is not None  # a projection has steps
    chosen = f"#{index}" if len(candidate.session.faces) > 1 else ""
    yield named_latent(path.stem + chosen, FaceLatents.from_step(step), path.name + chosen)
