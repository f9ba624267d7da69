"""A scene as a file: the photograph, one face alone, or layers for painting programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.atomic_file import same_file
from latentedit.errors import UsageError
from latentedit.images import write_edited

if TYPE_CHECKING:
    from latentedit.images import Photo
    from latentedit.scene import Scene

LAYERS_SUFFIX = ".ora"


def is_the_photograph(path: Path, photo: Photo) -> bool:
    """Whether a file is the one that a photograph was read from, or holds the very same: a project does not tell where its photograph lies."""
    if photo.path is not None and same_file(path, photo.path):
        return True
    try:
        return path.stat().st_size == len(photo.data) and path.read_bytes() == photo.data
    except OSError:  # nothing is there
        return False


def export_scene(
    scene: Scene,
    path: str | Path,
    *,
    face: int | None = None,
    each_edit: bool = False,
    mark_ai: bool = True,
    quality: int | None = None,
) -> bool:
    """Write the edited photograph in the kind of file that the suffix names, or in its own.

    Args:
        path: where to write; ``.ora`` writes layers.
        face: only this face's square, at the generator's size.
        each_edit: in layers, also a hidden one for each edit alone.
        mark_ai: the file says that parts of it were made by a model.
        quality: 1 to 100, for JPEG, WebP and AVIF: all of the picture is coded anew with it; None keeps what the edits don't touch.

    Returns:
        whether the file is another than the photograph's.

    Raises:
        UsageError: the path is the photograph's own, the suffix names no kind of image, one without a quality when one is given, or there is nothing to put in layers.
        StorageError: the file cannot be written.
        NoFaceError, DirectionError: as for the scene's drawings.
    """
    path = Path(path)
    if scene.photo.path is not None and same_file(path, scene.photo.path):
        raise UsageError("The photograph itself is never written over.", hint="Choose another name.")
    if face is not None:
        from latentedit.face_crop import write_crop

        write_crop(scene, face, path, mark_ai=mark_ai, quality=quality)
        return True
    if path.suffix.lower() == LAYERS_SUFFIX:
        if quality is not None:
            raise UsageError(
                "Layers have no quality to choose: they lose nothing.", hint="Leave it out, or write a .jpg or .webp file."
            )
        from latentedit.layers import layered
        from latentedit.openraster import write_openraster

        write_openraster(path, layered(scene, each_edit=each_edit), mark_ai=mark_ai)
        return True
    return write_edited(scene.photo, scene.patches(), path, mark_ai=mark_ai, quality=quality, call=scene.engine.call)
