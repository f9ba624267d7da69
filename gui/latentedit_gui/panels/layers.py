"""Faces and edits: which face is meant, the stack of what is done to it, and how it goes back into the photograph."""

from __future__ import annotations

from typing import ClassVar

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from latentedit.edits import EditKey, EditMask, FaceEdits, MoveEdit, RemoveEdit, ResetFace, SetEnabled, SetMask
from latentedit.edits.edit import BRUSH
from latentedit_gui.panels.calm_wheel import calm_wheel
from latentedit_gui.panels.layers_compositing import CompositingBox
from latentedit_gui.panels.layers_faces import FaceList
from latentedit_gui.panels.layers_region import Area, AreaEditor
from latentedit_gui.panels.layers_stack import EditStack
from latentedit_gui.panels.layers_words import edit_title
from latentedit_gui.panels.panel import Panel
from latentedit_gui.widgets.scrolling import scrolling


class LayersPanel(Panel):
    """Faces, the chosen one's edits with their masks, compositing."""

    name: ClassVar[str] = "layers"
    icon_name: ClassVar[str] = "layers"

    def title(self) -> str:
        return self.tr("Faces and edits")

    def missing(self) -> str:
        return self.tr("Open a photograph first.") if self.document.session is None else ""

    def build(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        self._faces = FaceList(self.context)
        layout.addWidget(self._faces)
        self._hint = QLabel(self.tr("Choose a face and let it be learnt, to change it."))
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "quiet")
        layout.addWidget(self._hint)
        self._of_face = QWidget()
        of_face = QVBoxLayout(self._of_face)
        of_face.setContentsMargins(0, 0, 0, 0)
        of_face.setSpacing(8)
        of_face.addWidget(heading(self.tr("Edits, the newest on top")))
        self._none = QLabel(self.tr("Nothing was done to this face yet. Move a slider of the other panels."))
        self._none.setWordWrap(True)
        self._none.setProperty("role", "quiet")
        of_face.addWidget(self._none)
        self._stack_of_edits = EditStack()
        of_face.addWidget(self._stack_of_edits)
        of_face.addWidget(self._mask_box())
        self._compositing = CompositingBox(self.document)
        of_face.addWidget(self._compositing)
        self._reset = QPushButton(self.tr("&Reset face"))
        self._reset.setToolTip(self.tr("Take back everything that was done to this face. It can be undone."))
        self._reset.clicked.connect(self._reset_face)
        of_face.addWidget(self._reset)
        layout.addWidget(self._of_face)
        layout.addStretch(1)
        self._connect()
        return scrolled(page)

    def _mask_box(self) -> QWidget:
        self._mask = QFrame()
        self._mask.setProperty("role", "card")
        layout = QVBoxLayout(self._mask)
        self._mask_title = heading("")
        self._mask_area = AreaEditor(self.tr("Everywhere"), self.tr("Mask"), usual_ends=False)
        layout.addWidget(self._mask_title)
        layout.addWidget(self._mask_area)
        return self._mask

    def _connect(self) -> None:
        stack, document = self._stack_of_edits, self.document
        stack.enabled_changed.connect(lambda key, on: document.do(SetEnabled(document.face, key, on)))
        stack.removed.connect(lambda key: document.do(RemoveEdit(document.face, key)))
        stack.moved.connect(lambda key, position: document.do(MoveEdit(document.face, key, position)))
        stack.chosen.connect(lambda key: self._show_mask())
        self._mask_area.changed.connect(self._set_mask)
        self._mask_area.released.connect(document.seal)
        for signal in (document.opened, document.selected, document.state_changed, document.projected):
            signal.connect(self._refresh)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        edits = self.document.edits
        self._of_face.setVisible(edits is not None)
        self._hint.setVisible(edits is None)
        edits = edits or FaceEdits()
        self._none.setVisible(not edits.edits)
        self._stack_of_edits.show_edits(edits.edits)
        self._compositing.offer(self._painted(), parts=self._has_parts())
        self._reset.setEnabled(edits != FaceEdits())
        self._show_mask()

    def _show_mask(self) -> None:
        """Show the mask of the edit that is chosen."""
        edits, key = self.document.edits, self._stack_of_edits.chosen_key
        index = None if edits is None or key is None else edits.find(key)
        self._mask.setVisible(index is not None)
        if edits is None or index is None:
            return
        edit = edits.edits[index]
        self._mask_title.setText(self.tr("Where “{}” may change the face").format(edit_title(edit)))
        self._mask_area.offer(self._painted(), parts=self._has_parts())
        mask = edit.mask
        self._mask_area.set_area(Area() if mask is None else Area(mask.region, mask.inverted, mask.feather))

    def _painted(self) -> list[str]:
        """What was painted on this face, and is in use."""
        edits = self.document.edits
        return [] if edits is None else sorted(region for region in edits.regions if region.startswith(BRUSH))

    def _has_parts(self) -> bool:
        known = self.document.known_face
        return known is not None and known.regions.known

    def _set_mask(self, area: Area) -> None:
        key: EditKey | None = self._stack_of_edits.chosen_key
        if key is None or not self.document.editable:
            return
        mask = None if area.region is None else EditMask(area.region, area.feather, area.inverted)
        if not self.document.do(SetMask(self.document.face, key, mask)):
            self._show_mask()

    def _reset_face(self) -> None:
        if self.document.editable:
            self.document.do(ResetFace(self.document.face))


def heading(text: str) -> QLabel:
    """What stands above a group."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "heading")
    label.setWordWrap(True)
    return label


def scrolled(page: QWidget) -> QScrollArea:
    """A page that scrolls up and down, as wide as the panel."""
    area = scrolling(page)
    calm_wheel(page)
    return area
