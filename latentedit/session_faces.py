"""The photograph of a session, what draws it, its faces, and their projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psygnal import Signal

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import EditState, History
from latentedit.session_face import SessionFace, face_of
from latentedit.session_history import EventedHistory

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.brush import Brush
    from latentedit.engine import Engine
    from latentedit.face_latents import FaceLatents, Space
    from latentedit.faces import Face, Frame
    from latentedit.generators import Generator, GeneratorSpec
    from latentedit.images import Photo
    from latentedit.perceptual.base import Distance
    from latentedit.project_file import GeneratorIdentity
    from latentedit.projection import ProjectionStep, State
    from latentedit.projection.config import Method, ProjectionConfig
    from latentedit.scene import Scene
    from latentedit.session_directions import OwnDirections


class SessionFaces(EventedHistory):
    """The lower half of a :class:`~latentedit.session.Session`.

    Signals, each emitted after the change, beside those of the history:
        faces_changed(): the list of faces is another one.
        latents_changed(face_index): a face was projected (again).
    """

    faces_changed = Signal()
    latents_changed = Signal(int)

    def __init__(
        self,
        photo: Photo,
        *,
        generator: Generator | str | Path | None = None,
        device: str = "auto",
        store: AssetStore | None = None,
        engine: Engine | None = None,
    ) -> None:
        """
        Args:
            photo: the photograph; nothing is known about its faces yet.
            generator: what to project with, loaded or by name or path; the default one if None.
            device: what draws: ``auto``, ``cpu``, ``cuda`` or ``mps``.
            store: where weights are kept; the user's own if None.
            engine: draws, with its own device and store instead of these two; a new one, made when needed, if None.
        """
        super().__init__()
        self.photo = photo
        self._device, self._store = device, store
        self._engine = engine
        self._generator = generator
        self._identity: GeneratorIdentity | None = None
        self._faces: tuple[SessionFace, ...] = ()
        self._own: OwnDirections = {}
        self._brushes: Mapping[str, Brush] = {}
        self._sources: OwnDirections = {}
        self._sources_of: tuple[SessionFace, ...] = ()
        self._saved_state = EditState()
        self._changed_otherwise = False
        self.path: Path | None = None

    # What there is

    @property
    def scene(self) -> Scene:
        """All that a picture of this session is made of, as it stands now."""
        from latentedit.scene import Scene

        return Scene(
            self.photo, self._faces, self.state, self._named, self._brushes, self.mask_names, self.engine, lambda: self.generator
        )

    @property
    def mask_names(self) -> Mapping[str, str]:
        """What people call the painted masks that have a name, by their regions."""
        return {region: brush.called for region, brush in self._brushes.items() if brush.called}

    @property
    def _named(self) -> OwnDirections:
        """All vectors that this session's edits may name beside the shipped ones."""
        from latentedit.session_latents import face_sources

        if self._sources_of is not self._faces:
            self._sources, self._sources_of = face_sources(self._faces), self._faces
        return {**self._own, **self._sources}

    @property
    def engine(self) -> Engine:
        """What draws; made when it is first asked for, if none was given."""
        if self._engine is None:
            from latentedit.engine import Engine

            self._engine = Engine(self._device, store=self._store)
        return self._engine

    @property
    def generator(self) -> Generator:
        """The generator of this session, loaded when it is first asked for.

        Raises:
            CheckpointError: the project was made with other weights than those that are there.
            UsageError, DeviceError, AssetError: it cannot be loaded.
        """
        given, own = self._generator, self._identity
        loaded = None if isinstance(given, str | Path | None) else given
        if own is not None and (loaded is None or loaded.spec.weights_hash != own.weights_hash):
            return self.engine.generator_of(own)
        if loaded is not None:
            return loaded
        return self.engine.generator() if given is None else self.engine.generator(str(given))

    @property
    def spec(self) -> GeneratorSpec:
        """The facts about the generator, which is not loaded for them unless it is a file that is not imported.

        Raises:
            CheckpointError, UsageError, DeviceError: as :attr:`generator`.
        """
        given, own = self._generator, self._identity
        loaded = None if isinstance(given, str | Path | None) else given
        if own is not None and (loaded is None or loaded.spec.weights_hash != own.weights_hash):
            return self.engine.spec_of(own)
        return self.engine.spec(str(given or DEFAULT_GENERATOR)) if loaded is None else loaded.spec

    @property
    def generator_name(self) -> str:
        """What the generator of this session is called; it is not loaded for this."""
        if self._identity is not None:
            return self._identity.name
        given = self._generator or DEFAULT_GENERATOR
        return str(given) if isinstance(given, str | Path) else given.spec.name

    def use_generator(self, generator: Generator | str | Path) -> None:
        """Draw with another generator from now on: the faces stay where they are, their latents, edits and history are forgotten.

        A generator of another domain may need other faces: see :attr:`takes_squares`.
        """
        self._generator = generator
        self.set_faces([known.face for known in self._faces])

    @property
    def takes_squares(self) -> bool:
        """Whether the generator draws other things than faces, so that a square of the photograph is in a face's place."""
        return self.spec.domain == "image"

    @property
    def faces(self) -> tuple[SessionFace, ...]:
        """The faces, largest first; empty until :meth:`find_faces`."""
        return self._faces

    def face(self, index: int) -> SessionFace:
        """One face.

        Raises:
            NoFaceError: there is no such face.
        """
        return face_of(self._faces, index, self.photo)

    # Faces and projection

    def find_faces(self, *, store: AssetStore | None = None, frame: Frame | None = None) -> tuple[SessionFace, ...]:
        """Find the faces, forgetting those that were known, their latents and their edits.

        Args:
            frame: a square to take in the place of a face, whatever the detector would find. A generator that draws other things than faces
                takes the largest in the middle when it is None.

        Raises:
            NoFaceError: there is none; what was known stays.
            UsageError: the frame does not lie in the photograph.
            PhotoError, AssetError, CheckpointError: the photograph, the models or the generator cannot be read.
        """
        return self.set_faces(self.look_for_faces(store=store, frame=frame))

    def look_for_faces(self, *, store: AssetStore | None = None, frame: Frame | None = None) -> list[Face]:
        """The faces that :meth:`find_faces` would use, with the same arguments and errors; nothing is changed."""
        from latentedit.faces import find_faces, framed, select_faces

        if frame is not None or self.takes_squares:
            return [framed(self.photo, frame)]
        return select_faces(find_faces(self.photo, store=store), "all")

    def set_faces(self, faces: Sequence[Face]) -> tuple[SessionFace, ...]:
        """Use these faces of the photograph, forgetting those that were known, their latents and their edits.

        A session that was bound to a generator by latents is free again, and forgets its own directions, which were that generator's.
        """
        if self._identity is not None:
            self._own = {}
        self._faces = tuple(SessionFace(replace(face, index=index, photo=self.photo)) for index, face in enumerate(faces))
        self._identity = None
        self._changed_otherwise = True
        # Before anybody is told: listeners draw, and faces without edits of their own cannot be drawn.
        before, self._history = self._history, History(EditState.for_faces(len(self._faces)))
        self.faces_changed.emit()
        self._tell_history(before)
        return self._faces

    def project(
        self,
        face_index: int = 0,
        *,
        preset: str = "balanced",
        method: Method = "auto",
        space: Space = "w_plus",
        steps: int | None = None,
        seed: int = 0,
        config: ProjectionConfig | None = None,
        store: AssetStore | None = None,
        resume: State | None = None,
        distance: Distance | None = None,
        detail: Distance | None = None,
    ) -> Iterator[ProjectionStep]:
        """Project a face; the last step's latents become the face's when the iterator is exhausted.

        To cancel, stop iterating: nothing is changed then, unless a step is given to :meth:`keep`. The arguments are those of
        :func:`latentedit.projection.project`.

        Raises:
            NoFaceError: there is no such face.
            FaceTooSmallError: it has too few pixels.
            UsageError, InputError, AssetError: see :func:`latentedit.projection.project`.
        """
        last: ProjectionStep | None = None
        how: dict[str, Any] = {"preset": preset, "method": method, "space": space, "seed": seed}
        more: dict[str, Any] = {"steps": steps, "config": config, "store": store, "resume": resume}
        for step in self.scene.project(face_index, **how, **more, distance=distance, detail=detail):
            last = step
            yield step
        if last is not None:
            self.keep(face_index, last, space=space, report=how)

    def keep(
        self,
        face_index: int,
        step: ProjectionStep,
        *,
        space: Space = "w_plus",
        report: Mapping[str, Any] | None = None,
        latents: FaceLatents | None = None,
    ) -> None:
        """Make one step's latents the face's own; its edits stay.

        Args:
            latents: those of the step, if they were made elsewhere already.
            report: what to remember about the projection beside its steps, seconds and loss.
        """
        from latentedit.face_latents import FaceLatents
        from latentedit.project_file import GeneratorIdentity

        facts = {"steps": step.step, "seconds": step.seconds, "loss": step.loss}
        known = self.face(face_index)
        changed = replace(known, latents=latents or FaceLatents.from_step(step, space), report={**(report or {}), **facts})
        self._identity = GeneratorIdentity.of(self.generator.spec)
        self._set_face(face_index, changed)
        self.latents_changed.emit(face_index)

    def add_to_report(self, face_index: int, facts: Mapping[str, Any]) -> None:
        """Remember more about a face's projection (JSON values), such as its measured quality."""
        known = self.face(face_index)
        self._set_face(face_index, replace(known, report={**known.report, **facts}))

    def _set_face(self, index: int, face: SessionFace) -> None:
        self._faces = (*self._faces[:index], face, *self._faces[index + 1 :])
        self._changed_otherwise = True
