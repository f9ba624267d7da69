"""What an export is to be: asked for in a dialog, written by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.image_io.quality import KINDS_WITH_QUALITY

if TYPE_CHECKING:
    from latentedit.images import Photo
    from latentedit.scene import Scene
    from latentedit.session import Session


class ExportKind(Enum):
    """The kinds of file; the value is the suffix that a new file gets, then others that mean the same."""

    JPEG = (".jpg", ".jpeg", ".jpe", ".jfif")
    PNG = (".png",)
    WEBP = (".webp",)
    TIFF = (".tif", ".tiff")
    ORA = (".ora",)

    @property
    def suffix(self) -> str:
        """The suffix of a new file."""
        return self.value[0]

    @property
    def title(self) -> str:
        """What people call it; a name, the same in all languages."""
        return {"WEBP": "WebP", "ORA": "OpenRaster"}.get(self.name, self.name)

    @property
    def has_quality(self) -> bool:
        """Whether people can choose how much it loses."""
        return self.name in KINDS_WITH_QUALITY

    @staticmethod
    def of(name: str) -> ExportKind | None:
        """The kind that a file's name, or its suffix, asks for."""
        suffix = Path(name).suffix.lower()
        return next((kind for kind in ExportKind if suffix in kind.value), None)


@dataclass(frozen=True)
class ExportOptions:
    """What is remembered from one export to the next.

    Attributes:
        kind: the kind of file; None for the photograph's own.
        mark_ai: whether the file says that parts of it were made by a model.
        each_edit: whether layers hold each edit alone as well.
        quality: 1 to 100, of kinds that have one; None keeps what the edits don't touch.
    """

    kind: ExportKind | None = None
    mark_ai: bool = True
    each_edit: bool = False
    quality: int | None = None


@dataclass(frozen=True)
class ExportSubject:
    """What can be exported.

    Attributes:
        name: the photograph's file name.
        path: where the photograph is; None when it came from the clipboard or a project.
        kind: the photograph's own kind; None when it is none that is offered.
        faces: indices of the faces that were learnt, which can be exported alone.
        photo: the photograph, which no file of may be written over.
    """

    name: str
    path: Path | None = None
    kind: ExportKind | None = None
    faces: tuple[int, ...] = ()
    photo: Photo | None = None

    @staticmethod
    def of(session: Session) -> ExportSubject:
        """The session's photograph and faces."""
        photo = session.photo
        kind = next((kind for kind in ExportKind if kind.name == photo.kind), None)
        learnt = tuple(index for index, face in enumerate(session.faces) if face.latents is not None)
        return ExportSubject(photo.name, photo.path, kind, learnt, photo)


@dataclass(frozen=True)
class ExportRequest:
    """One export.

    Attributes:
        path: the file to write.
        kind: its kind, which the suffix says too.
        face: the index of the face to export alone; None for the whole photograph.
        mark_ai, each_edit, quality: as in :class:`ExportOptions`.
    """

    path: Path
    kind: ExportKind
    face: int | None = None
    mark_ai: bool = True
    each_edit: bool = False
    quality: int | None = None

    @property
    def options(self) -> ExportOptions:
        """What to remember of it."""
        return ExportOptions(self.kind, self.mark_ai, self.each_edit, self.quality)


def write_export(scene: Scene, request: ExportRequest) -> tuple[str, ...]:
    """Write it; for the worker, since it draws.

    Returns:
        sentences that people should read about what was written; mostly none.

    Raises:
        UsageError: the kind cannot hold so large a picture, or an edit names what is unknown.
        StorageError: the file cannot be written.
        LatentEditError: it cannot be drawn.
    """
    from latentedit.errors import UsageError
    from latentedit.exporting import export_scene, is_the_photograph
    from latentedit.writing_notes import notes_on

    # The dialog has asked the same, to say it beside the field; a file that is gone cannot be brought back, so it is asked where it is written.
    if is_the_photograph(request.path, scene.photo):
        raise UsageError("The photograph itself is never written over.", hint="Choose another name.")

    changed = export_scene(
        scene, request.path, face=request.face, each_edit=request.each_edit, mark_ai=request.mark_ai, quality=request.quality
    )
    if request.kind is ExportKind.ORA or not changed:
        return ()
    photo = scene.photo if request.face is None else None
    return notes_on(request.path, photo, mark_ai=request.mark_ai, quality=request.quality)
