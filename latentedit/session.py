"""One photograph being edited: what the window, the command line and the host plug-ins share.

A session holds the photograph, its faces, their latents and the edits with their history, tells listeners what changes
(`psygnal` signals), and draws through the :class:`~latentedit.engine.Engine`. It starts no threads; long work is an iterator.
torch is imported only when something is projected or drawn, or a direction is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from psygnal import Signal

from latentedit.atomic_file import same_file
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.edits import FaceEdits
from latentedit.errors import UsageError
from latentedit.project_archive import is_zip
from latentedit.session_face import SessionFace
from latentedit.session_names import SessionNames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image
    from torch import Tensor

    from latentedit.assets import AssetStore
    from latentedit.dragging import DragConfig, DragStep
    from latentedit.edits import DragEdit, Point, Region
    from latentedit.engine import Engine
    from latentedit.generators import Generator
    from latentedit.images import Patch
    from latentedit.masks import FaceInSquare, Mask
    from latentedit.project_file import Project
    from latentedit.projection import State


class Drawing(TypedDict, total=False):
    """The constructor's keywords, which the other ways to make a session hand on to it."""

    generator: Generator | str | Path | None
    device: str
    store: AssetStore | None
    engine: Engine | None


class Session(SessionNames):
    """An opened photograph or project; see :meth:`open`.

    Signals, each emitted after the change, beside those of the history:
        faces_changed(): the list of faces is another one.
        latents_changed(face_index): a face was projected (again).
        saved(path): the project was written.
    """

    saved = Signal(Path)

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
        session._history, session._saved_state = project.history, project.history.present
        session._own = {direction.name: direction for direction in project.directions}
        session._brushes = {brush.region: brush for brush in project.brushes}
        return session

    @classmethod
    def recovered(cls, project: Project, path: Path | None, **drawing: Unpack[Drawing]) -> Session:
        """Continue what was never saved: there is something to save from the start.

        Args:
            path: the project's own file; None when it has none.
        """
        session = cls.from_project(project, **drawing)
        session.path = path
        session._changed_otherwise = True
        return session

    @property
    def modified(self) -> bool:
        """Whether the photograph would be another one if it were opened again: undone back to what was saved, it is not."""
        return self._changed_otherwise or self.state != self._saved_state

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
        last: DragStep | None = None
        for step in self.scene.drag(face_index, handles, targets, keep=keep, config=config, resume=resume):
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

        return Image.fromarray(to_uint8(self.scene.drawing(face_index, edited=edited, preview=preview)))

    def edited_latent(self, face_index: int = 0, *, masked: bool = True) -> Tensor:
        """The latent [1, num_ws, w_dim] of a face after its edits, on the generator's device.

        Args:
            masked: whether edits count whose masks confine them to a part of the drawing; the latent is moved as if they did not.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected.
            DirectionError: an edit names what is unknown.
        """
        return self.scene.edited_latent(face_index, masked=masked)

    def patches(self) -> list[Patch]:
        """What the edits change in the photograph, face by face; faces without a projection change nothing.

        Raises:
            DirectionError: an edit names an unknown direction.
        """
        return self.scene.patches()

    def patch(self, face_index: int, edits: FaceEdits) -> Patch | None:
        """What these edits of a face would change in the photograph; None when nothing of it lies there.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected, or a painted mask is not there.
            DirectionError: an edit names an unknown direction.
        """
        return self.scene.with_edits(face_index, edits).patch(face_index)

    def mask(self, face_index: int, edits: FaceEdits) -> Mask:
        """Where :meth:`patch` may change the photograph: [S, S] over the face's square, in [0, 1].

        Raises:
            NoFaceError, UsageError, DirectionError: as :meth:`patch`.
        """
        return self.scene.with_edits(face_index, edits).mask(face_index)

    def inside(self, face_index: int) -> FaceInSquare:
        """What masks of a face are made of.

        Raises:
            NoFaceError: there is no such face.
        """
        return self.scene.inside(face_index)

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

    def export(self, path: str | Path, *, mark_ai: bool = True, quality: int | None = None) -> bool:
        """Write the edited photograph in its own kind of file, or in the one that the suffix names.

        With ``mark_ai`` the file says that parts of it were made by a model; with a quality, 1 to 100, a JPEG, WebP or AVIF is coded anew as a whole.

        Returns:
            whether the file is another than the photograph's.

        Raises:
            UsageError: the suffix names no kind of image.
            StorageError: the file cannot be written.
        """
        from latentedit.exporting import export_scene

        return export_scene(self.scene, path, mark_ai=mark_ai, quality=quality)

    def save(self, path: str | Path | None = None) -> Path:
        """Write the project; to where it was opened from or saved last when no path is given.

        Raises:
            UsageError: there is no path to save to, it is the photograph's own, or an edit names a layer that the generator does not have.
            StorageError: the file cannot be written.
        """
        from latentedit.project_file import save_project

        target = self.save_target(path)
        self.seal()  # one undo comes back to what was saved
        project = self.to_project()
        save_project(target, project)
        self.mark_saved(target, project)
        return target

    def save_target(self, path: str | Path | None = None) -> Path:
        """Where :meth:`save` would write.

        Raises:
            UsageError: there is no path to save to, or it is the photograph's own.
        """
        target = self.path if path is None else Path(path)
        hint = f"Give a file name ending in {PROJECT_SUFFIX}."
        if target is None:
            raise UsageError("The project has no file yet.", hint=hint)
        if self.photo.path is not None and same_file(target, self.photo.path):
            raise UsageError("A project cannot be saved over its photograph.", hint=hint)
        return target

    def mark_saved(self, path: Path, project: Project) -> None:
        """Note that a project of this session, as :meth:`to_project` made it, was written; it may have changed since."""
        self.path = path
        self._saved_state = project.history.present
        self._changed_otherwise = [(f.latents, f.report) for f in self._faces] != [(f.latents, f.report) for f in project.faces]
        self.saved.emit(path)

    def to_project(self) -> Project:
        """Everything that a project file holds."""
        from latentedit.project_directions import named_directions
        from latentedit.project_file import GeneratorIdentity, Project

        directions = named_directions(self._own.values(), self._history)
        # Directions belong to a generator as latents do, so that a project is bound to it even before a face is projected.
        identity = GeneratorIdentity.of(self.spec) if directions and self._identity is None else self._identity
        faces = tuple(known.to_project() for known in self._faces)
        brushes = tuple(self._brushes.values())
        return Project(self.photo.name, self.photo.data, identity, faces, self._history, directions=directions, brushes=brushes)
