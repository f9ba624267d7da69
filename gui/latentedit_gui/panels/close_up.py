"""The face alone, upright, before and after: for photographs in which it is small, or turned."""

from __future__ import annotations

from typing import Any

from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from latentedit_gui.canvas import FaceView
from latentedit_gui.panels.panel import Panel
from latentedit_gui.worker import Urgency

SIDES_PX = (512, 768, 1024)
"""In which pictures are drawn: few, since each cut of the photograph is kept; the networks draw no more than the last."""


class CloseUpPanel(Panel):
    """Follows the face that is meant; draws nothing while nobody can see it."""

    name = "close-up"
    icon_name = "face"

    def title(self) -> str:
        return self.tr("Close-up")

    def build(self) -> QWidget:
        page = QWidget()
        self.view = FaceView()
        self.split = QCheckBox(self.tr("&Behind a line"))
        self.split.setToolTip(self.tr("Before and after in one place, with a line between them that can be moved"))
        self.split.toggled.connect(self.view.set_split)
        layout = QVBoxLayout(page)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.split)
        for changed in (self.document.selected, self.document.projected, self.document.opened):
            changed.connect(self._show)
        self.context.renderer.previewed.connect(self._on_preview)
        self.context.renderer.composited.connect(self._show)
        return page

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._show()

    def _show(self, *_: object) -> None:
        """Draw both, in the worker."""
        session, face = self.document.session, self.document.face
        if session is None or not self.document.editable or not self.isVisible():
            return
        scene, seen = session.scene, self.view.side_px
        side = next((each for each in SIDES_PX if each >= seen), SIDES_PX[-1])
        job = self.context.worker.call(
            lambda: (scene.face(face).square(side), scene.preview(face, side)), Urgency.THUMBNAIL, key="close-up"
        )
        job.finished.connect(self._on_drawn)

    def _on_drawn(self, pair: Any) -> None:
        before, after = pair
        self.view.set_before(before)
        self.view.set_after(after[..., :3])

    def _on_preview(self, face: int, rgba: Any, quad: object) -> None:
        if face == self.document.face and self.isVisible():
            self.view.set_after(rgba[..., :3])
