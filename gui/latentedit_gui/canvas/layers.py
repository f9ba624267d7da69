"""The scene of the canvas: the photograph, coarse at first, and what edits changed over it."""

from __future__ import annotations

from PyQt6.QtWidgets import QGraphicsScene

from latentedit_gui.canvas.parts import Edited
from latentedit_gui.canvas.photo_item import PhotoItem
from latentedit_gui.canvas.pyramid import Pyramid


class Layers:
    """Adds itself to a scene.

    Attributes:
        edited: all that is laid over the photograph.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._photo: PhotoItem | None = None
        self._draft_of: tuple[int, int] | None = None
        self.edited = Edited()
        self.edited.setZValue(1)
        scene.addItem(self.edited)

    @property
    def is_empty(self) -> bool:
        return self._photo is None

    def show(self, picture: Pyramid | None, size: tuple[int, int], *, is_draft: bool) -> bool:
        """Show a photograph of this size in place of the last.

        Returns:
            Whether it is another photograph: not one whose draft was shown. What edits changed is then gone.
        """
        is_other = picture is None or self._draft_of != size
        if self._photo is not None:
            self._scene.removeItem(self._photo)
        self._photo = None if picture is None else PhotoItem(picture, size)
        if self._photo is not None:
            self._scene.addItem(self._photo)
        self._draft_of = size if is_draft else None
        if is_other:
            self.edited.clear()
            self.edited.set_size(*size)
        return is_other
