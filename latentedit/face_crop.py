"""One face of a scene alone, at the generator's size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latentedit.scene import Scene


def write_crop(scene: Scene, index: int, path: Path, *, mark_ai: bool = True, quality: int | None = None) -> None:
    """Write a projected face's square [R, R], R the generator's resolution: cut from the edited photograph, or where the drawing replaces the
    photograph, the drawing itself. A quality is as in :func:`~latentedit.images.save_image`.

    Raises:
        NoFaceError, UsageError, DirectionError: as for :meth:`~latentedit.scene.Scene.drawing`; or the suffix names no kind of image.
        StorageError: the file cannot be written.
    """
    from latentedit.alignment import crop_quad
    from latentedit.image_io import xmp
    from latentedit.images import apply_patches, save_image, to_uint8

    if scene.state.face(index).compositing.mode == "replace":
        save_image(path, to_uint8(scene.drawing(index)), mark_ai=mark_ai, quality=quality)
        return
    patches = scene.patches()
    whole = apply_patches(scene.photo, patches)
    picture = crop_quad(whole, scene.face(index).face.quad, scene.generator.img_resolution)
    save_image(path, picture, mark_ai=mark_ai and bool(patches), source_type=xmp.EDITED, quality=quality)
