"""One photograph being edited: what the window, the command line and the host plug-ins share.

A session holds the photograph, its faces, their latents and the edits with their history, tells listeners what changes
(`psygnal` signals), and draws through the :class:`~latentedit.engine.Engine`. It starts no threads; long work is an iterator.
torch is imported only when something is projected or drawn, or a direction is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from psygnal import Signal

from latentedit.atomic_file import same_file
from latentedit.defaults import DEFAULT_GENERATOR, PROJECT_SUFFIX
from latentedit.edits import EditState, FaceEdits, History
from latentedit.edits.edit import BRUSH
from latentedit.errors import NoFaceError, UsageError
from latentedit.project_archive import is_zip
from latentedit.session_face import SessionFace, changes_photo, draw_patch, drawing_mask
from latentedit.session_history import EventedHistory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image
    from torch import Tensor

    from latentedit.assets import AssetStore
    from latentedit.brush import Brush
    from latentedit.directions import Direction
    from latentedit.dragging import DragConfig, DragStep
    from latentedit.edits import DragEdit, Point, Region
    from latentedit.engine import Engine
    from latentedit.face_latents import Space
    from latentedit.faces import Face, Frame
    from latentedit.generators import Generator
    from latentedit.images import Patch, Photo
    from latentedit.masks import FaceInSquare, Mask
    from latentedit.perceptual.base import Distance
    from latentedit.project_file import GeneratorIdentity, Project
    from latentedit.projection import ProjectionStep, State
    from latentedit.projection.config import Method, ProjectionConfig
    from latentedit.session_directions import OwnDirections


class Drawing(TypedDict, total=False):
    """The constructor's keywords, which the other ways to make a session hand on to it."""

    generator: Generator | str | Path | None
    device: str
    store: AssetStore | None
    engine: Engine | None


class Session(EventedHistory):
    """An opened photograph or project; see :meth:`open`.

    Signals, each emitted after the change, beside those of the history:
        faces_changed(): the list of faces is another one.
        latents_changed(face_index): a face was projected (again).
        saved(path): the project was written.
    """

    faces_changed = Signal()
    latents_changed = Signal(int)
    saved = Signal(Path)

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
        self._saved_history: History | None = None
        self._changed_otherwise = False
        self.path: Path | None = None

    @classmethod
    def open(cls, path: str | Path, **drawing: Unpack[Drawing]) -> Session:
        """Open a photograph or a ``.ledit`` project, told apart by content.

        Args:
            drawing: ``generator``, ``device``, ``store``, ``engine``, as for the constructor. A project whose faces are
                projected, or that has directions of its own, keeps its own generator, which the given one can only be if it
                is loaded and has those weights.

        Raises:
            PhotoError: the photograph cannot be read.
            ProjectFileError: the project is damaged or newer.
        """
        path = Path(path)
        if path.suffix.lower() == PROJECT_SUFFIX or is_zip(path):
            from latentedit.project_file import load_project

            session = cls.from_project(load_project(path), **drawing)
            session.path = path
            return session
        from latentedit.images import open_photo

        return cls(open_photo(path), **drawing)

    @classmethod
    def from_project(cls, project: Project, **drawing: Unpack[Drawing]) -> Session:
        """Continue where a project was left; the arguments are those of :meth:`open`.

        Raises:
            PhotoError: the photograph in it cannot be read.
        """
        from latentedit.images import Photo

        photo = Photo.from_bytes(project.photo_data, project.photo_name)
        session = cls(photo, **drawing)
        session._identity = project.generator
        if project.generator is not None and session._generator is None:
            session._generator = project.generator.name  # also for faces that are found again
        session._faces = tuple(SessionFace.of_project(face, index, photo) for index, face in enumerate(project.faces))
        session._history = session._saved_history = project.history
        session._own = {direction.name: direction for direction in project.directions}
        session._brushes = {brush.region: brush for brush in project.brushes}
        return session

    # What there is

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
    def takes_squares(self) -> bool:
        """Whether the generator draws other things than faces, so that a square of the photograph is in a face's place."""
        given = self._generator
        if self._identity is not None or not isinstance(given, str | Path | None):
            return self.generator.spec.domain == "image"
        # Not loaded for this: there may be no face to project.
        return self.engine.spec(given or DEFAULT_GENERATOR).domain == "image"

    @property
    def faces(self) -> tuple[SessionFace, ...]:
        """The faces, largest first; empty until :meth:`find_faces`."""
        return self._faces

    def face(self, index: int) -> SessionFace:
        """One face.

        Raises:
            NoFaceError: there is no such face.
        """
        if not 0 <= index < len(self._faces):
            count = len(self._faces)
            raise NoFaceError(
                f"There is no face {index} in {self.photo.name}.",
                hint=f"Faces are numbered 0 to {count - 1}." if count else "No face was found in it.",
            )
        return self._faces[index]

    @property
    def modified(self) -> bool:
        """Whether there is something that was not saved."""
        return self._changed_otherwise or (self._history != (self._saved_history or History(EditState())))

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
        from latentedit.faces import find_faces, framed, select_faces

        if frame is not None or self.takes_squares:
            return self.set_faces([framed(self.photo, frame)])
        return self.set_faces(select_faces(find_faces(self.photo, store=store), "all"))

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
        from latentedit.faces import require_projectable
        from latentedit.projection import project

        face = self.face(face_index).face
        generator = self.generator
        if generator.spec.domain == "face":
            require_projectable(face)
        last: ProjectionStep | None = None
        how: dict[str, Any] = {"preset": preset, "method": method, "space": space, "seed": seed}
        store = store if store is not None else self.engine.store
        for step in project(
            generator, face, **how, steps=steps, config=config, store=store, resume=resume, distance=distance, detail=detail
        ):
            last = step
            yield step
        if last is not None:
            self.keep(face_index, last, space=space, report=how)

    def keep(
        self, face_index: int, step: ProjectionStep, *, space: Space = "w_plus", report: Mapping[str, Any] | None = None
    ) -> None:
        """Make one step's latents the face's own; its edits stay.

        Args:
            report: what to remember about the projection beside its steps, seconds and loss.
        """
        from latentedit.face_latents import FaceLatents
        from latentedit.project_file import GeneratorIdentity

        facts = {"steps": step.step, "seconds": step.seconds, "loss": step.loss}
        known = self.face(face_index)
        changed = replace(known, latents=FaceLatents.from_step(step, space), report={**(report or {}), **facts})
        self._identity = GeneratorIdentity.of(self.generator.spec)
        self._set_face(face_index, changed)
        self.latents_changed.emit(face_index)

    def add_to_report(self, face_index: int, facts: Mapping[str, Any]) -> None:
        """Remember more about a face's projection (JSON values), such as its measured quality."""
        known = self.face(face_index)
        self._set_face(face_index, replace(known, report={**known.report, **facts}))

    # Directions

    @property
    def own_directions(self) -> Mapping[str, Direction]:
        """The directions that only this session knows, by the names under which edits refer to them."""
        return {name: known.direction for name, known in self._own.items()}

    def add_direction(self, direction: Direction) -> str:
        """Make a direction known to this session, which its project then holds as soon as an edit names it.

        Returns:
            the name under which edits refer to it: its own, or that with a number where its own means another direction.

        Raises:
            DirectionError: it does not fit the generator, or a value of it is out of range.
            UsageError: there are too many.
            CheckpointError, DeviceError, AssetError: the generator cannot be loaded.
        """
        from latentedit.session_directions import has_room, with_direction, without_forgotten_drags

        if not has_room(self._own, direction):
            self._own = without_forgotten_drags(self._own, self._history)
        name, self._own = with_direction(self._own, direction, self.engine, self.generator.spec)
        return name

    def add_latent(self, path: str | Path, face: int | None = None) -> str:
        """Make a face of another project known to this session, to mix with.

        Args:
            face: its index; the first that is projected if None.

        Returns:
            the source under which :class:`~latentedit.edits.SetMix` refers to it.

        Raises:
            ProjectFileError, UsageError: the project cannot be read, or holds no projected face, or not that one.
            CheckpointError: it was made with another generator.
        """
        from latentedit.project_file import GeneratorIdentity, load_project
        from latentedit.session_latents import latent_of_project

        identity = GeneratorIdentity.of(self.generator.spec)
        latent = latent_of_project(load_project(path), Path(path), identity, face)
        return self.add_direction(latent.direction)

    # Drags

    def drag(
        self,
        face_index: int,
        handles: Sequence[Point],
        targets: Sequence[Point],
        *,
        keep: Sequence[Region] = (),
        config: DragConfig | None = None,
        resume: State | None = None,
    ) -> Iterator[DragStep]:
        """Drag points of a face, as its edits draw it now, to other places; what the last step has reached becomes an edit on top of its stack.

        Edits that masks confine are left out of the drawing that is dragged: the drag moves what is drawn everywhere, they lie over it.
        To cancel, stop iterating: nothing is changed then, unless a step is given to :meth:`keep_drag`.

        Args:
            handles, targets: (x, y) on the face's aligned square: (0, 0) is its top left corner, (1, 1) its bottom right one.
            keep: parts of the face that are to stay as they are.
            config, resume: as of :func:`latentedit.dragging.drag`.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected, or a point cannot be dragged.
        """
        from latentedit.session_drag import drag_face

        last: DragStep | None = None
        for step in drag_face(self, face_index, handles, targets, keep=keep, config=config, resume=resume):
            last = step
            yield step
        if last is not None:
            self.keep_drag(face_index, last, handles, targets, keep)

    def keep_drag(
        self, face_index: int, step: DragStep, handles: Sequence[Point], targets: Sequence[Point], keep: Sequence[Region] = ()
    ) -> DragEdit:
        """Make an edit of one step of :meth:`drag`, with the same arguments."""
        from latentedit.session_drag import keep_drag

        return keep_drag(self, face_index, step, handles, targets, keep)

    @property
    def _named(self) -> OwnDirections:
        """All vectors that this session's edits may name beside the shipped ones."""
        from latentedit.session_latents import face_sources

        if self._sources_of is not self._faces:
            self._sources, self._sources_of = face_sources(self._faces), self._faces
        return {**self._own, **self._sources}

    # Painted masks

    def add_brush(self, brush: Brush) -> str:
        """Make a painted mask known to this session, which its project then holds as soon as an edit names it.

        Returns:
            the region under which :class:`~latentedit.edits.EditMask` and :class:`~latentedit.edits.Compositing` refer to it.

        Raises:
            UsageError: edits and their history name too many already.
        """
        from latentedit.project_brushes import with_brush

        self._brushes = with_brush(self._brushes, brush, self._history)
        return brush.region

    def brush(self, region: str) -> Brush:
        """A painted mask by its region.

        Raises:
            UsageError: it is not known.
        """
        from latentedit.brush import known_brush

        return known_brush(self._brushes, region)

    # Drawing

    def render_face(self, face_index: int = 0, *, edited: bool = True, preview: bool = False) -> Image.Image:
        """The generator's own drawing of a face, at its size (or its preview's).

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected.
            DirectionError: an edit names an unknown direction.
        """
        from PIL import Image

        from latentedit.images import to_uint8

        edits = self.state.face(face_index) if edited else None
        how: dict[str, Any] = {"preview": preview, "own": self._named, "inside": self.inside(face_index)}
        drawn = self.engine.render_face(self.generator, self.face(face_index).projected(), edits, **how)
        return Image.fromarray(to_uint8(drawn))

    def edited_latent(self, face_index: int = 0, *, masked: bool = True) -> Tensor:
        """The latent [1, num_ws, w_dim] of a face after its edits, on the generator's device.

        Args:
            masked: whether edits count whose masks confine them to a part of the drawing; the latent is moved as if they did not.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected.
            DirectionError: an edit names what is unknown.
        """
        latents, edits = self.face(face_index).projected(), self.state.face(face_index)
        if not masked:
            edits = replace(edits, edits=tuple(edit for edit in edits.edits if edit.mask is None))
        return self.engine.edited_latent(self.generator, latents, edits, self._named)

    def patches(self) -> list[Patch]:
        """What the edits change in the photograph, face by face; faces without a projection change nothing.

        Raises:
            DirectionError: an edit names an unknown direction.
        """
        changed = [index for index, pair in enumerate(zip(self._faces, self.state.faces, strict=True)) if changes_photo(*pair)]
        patches = [self.patch(index, self.state.face(index)) for index in changed]
        return [patch for patch in patches if patch is not None]

    def patch(self, face_index: int, edits: FaceEdits) -> Patch | None:
        """What these edits of a face would change in the photograph; None when nothing of it lies there.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected, or a painted mask is not there.
            DirectionError: an edit names an unknown direction.
        """
        known, inside = self.face(face_index), self.inside(face_index)
        return draw_patch(self.photo, known, edits, inside, self.engine, self.generator, self._named)

    def mask(self, face_index: int, edits: FaceEdits) -> Mask:
        """Where :meth:`patch` may change the photograph: [S, S] over the face's square, in [0, 1].

        Raises:
            NoFaceError, UsageError, DirectionError: as :meth:`patch`.
        """
        latents, inside = self.face(face_index).projected(), self.inside(face_index)
        edited = self.engine.render_face(self.generator, latents, edits, own=self._named, inside=inside)
        return drawing_mask(edits, inside, edited, self.engine.render_face(self.generator, latents))

    def inside(self, face_index: int) -> FaceInSquare:
        """What masks of a face are made of.

        Raises:
            NoFaceError: there is no such face.
        """
        from latentedit.masks import FaceInSquare

        return FaceInSquare(self.face(face_index).regions, self._brushes)

    def render(self) -> Image.Image:
        """The whole photograph, upright, with every face's edits in it; the untouched photograph when there are none.

        Raises:
            DirectionError: an edit names an unknown direction.
        """
        from PIL import Image

        return Image.fromarray(self.render_uint8())

    def render_uint8(self) -> NDArray[np.uint8]:
        """:meth:`render` as sRGB [H, W, 3]."""
        from latentedit.images import apply_patches

        return apply_patches(self.photo, self.patches())

    # Files

    def export(self, path: str | Path, *, mark_ai: bool = True) -> bool:
        """Write the edited photograph in its own kind of file, or in the one that the suffix names.

        With ``mark_ai`` the file says that parts of it were made by a model.

        Returns:
            whether the file is another than the photograph's.

        Raises:
            UsageError: the suffix names no kind of image.
            StorageError: the file cannot be written.
        """
        from latentedit.images import write_edited

        return write_edited(self.photo, self.patches(), path, mark_ai=mark_ai)

    def save(self, path: str | Path | None = None) -> Path:
        """Write the project; to where it was opened from or saved last when no path is given.

        Raises:
            UsageError: there is no path to save to, it is the photograph's own, or an edit names a layer that the generator does not have.
            StorageError: the file cannot be written.
        """
        from latentedit.project_file import save_project

        target = self.path if path is None else Path(path)
        hint = f"Give a file name ending in {PROJECT_SUFFIX}."
        if target is None:
            raise UsageError("The project has no file yet.", hint=hint)
        if self.photo.path is not None and same_file(target, self.photo.path):
            raise UsageError("A project cannot be saved over its photograph.", hint=hint)
        save_project(target, self.to_project())
        self.path = target
        self._saved_history = self._history
        self._changed_otherwise = False
        self.saved.emit(target)
        return target

    def to_project(self) -> Project:
        """Everything that a project file holds."""
        from latentedit.project_directions import named_directions
        from latentedit.project_file import GeneratorIdentity, Project

        directions = named_directions(self._own.values(), self._history)
        # Directions belong to a generator as latents do, so that a project is bound to it even before a face is projected.
        identity = GeneratorIdentity.of(self.generator.spec) if directions and self._identity is None else self._identity
        faces = tuple(known.to_project() for known in self._faces)
        brushes = tuple(self._brushes.values())
        return Project(self.photo.name, self.photo.data, identity, faces, self._history, directions=directions, brushes=brushes)

    def _set_history(self, history: History) -> None:
        # Before anything changes: edits that name what nobody painted could be neither drawn nor saved.
        for region in sorted(region for face in history.present.faces for region in face.regions if region.startswith(BRUSH)):
            self.brush(region)
        super()._set_history(history)

    def _set_face(self, index: int, face: SessionFace) -> None:
        self._faces = (*self._faces[:index], face, *self._faces[index + 1 :])
        self._changed_otherwise = True
