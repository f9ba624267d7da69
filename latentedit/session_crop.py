"""One face of a session alone, at the generator's size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latentedit.session import Session


def write_crop(session: Session, index: int, path: Path, *, mark_ai: bool = True) -> None:
    """Write a projected face's square [R, R], R the generator's resolution: cut from the edited photograph, or where the drawing replaces the
    photograph, the drawing itself.

    Raises:
        NoFaceError, UsageError, DirectionError: as for :meth:`~latentedit.session.Session.render_face`; or the suffix names no kind of image.
        StorageError: the file cannot be written.
    """
    import numpy as np

    from latentedit.alignment import crop_quad
    from latentedit.image_io import xmp
    from latentedit.images import apply_patches, save_image

    if session.state.face(index).compositing.mode == "replace":
        save_image(path, np.asarray(session.render_face(index)), mark_ai=mark_ai)
        return
    patches = session.patches()
    whole = apply_patches(session.photo, patches)
    picture = crop_quad(whole, session.face(index).face.quad, session.generator.img_resolution)
    save_image(path, picture, mark_ai=mark_ai and bool(patches), source_type=xmp.EDITED)
