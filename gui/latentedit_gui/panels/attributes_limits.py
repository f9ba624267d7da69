"""What may be asked of one slider beside its amount: on or off, where in the face, which layers; and taking it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from PyQt6.QtCore import QSignalBlocker, QSize, pyqtSignal
from PyQt6.QtGui import QStandardItemModel
from PyQt6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from latentedit.edits import DirectionEdit, EditMask, Region
from latentedit.edits.edit import BRUSH, MAX_FEATHER
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.region_words import region_title
from latentedit_gui.widgets.amount_slider import AmountSlider
from latentedit_gui.widgets.collapsible_group import CollapsibleGroup
from latentedit_gui.widgets.layer_chooser import LayerChooser

if TYPE_CHECKING:
    from latentedit_gui.panels.attributes_catalogue import Attribute

EVERYWHERE = "square"


class Limits(QWidget):
    """The lower part of a slider's row, made when it is first asked for.

    Signals, each of what a person did:
        enabled_changed(on), layers_changed(layers), mask_changed(mask), removed().
        released(): the feather's slider was let go.
    """

    enabled_changed = pyqtSignal(bool)
    layers_changed = pyqtSignal(object)
    mask_changed = pyqtSignal(object)
    removed = pyqtSignal()
    released = pyqtSignal()

    def __init__(
        self, attribute: Attribute, layer_resolutions: Sequence[int], painted: Callable[[], str | None], parent: QWidget
    ) -> None:
        """
        Args:
            painted: makes what is painted over the face known, and returns its region; None when nothing is, or it cannot be.
        """
        super().__init__(parent)
        self._painted = painted
        self._mask: EditMask | None = None
        self.enabled = QCheckBox(self.tr("On"))
        self.enabled.setToolTip(self.tr("Show the face with and without this change; the amount stays."))
        self.enabled.clicked.connect(self.enabled_changed)
        self.remove = QToolButton()
        self.remove.setIcon(icon("trash"))
        self.remove.setIconSize(QSize(16, 16))
        self.remove.setToolTip(self.tr("Take this change out of the list of edits."))
        self.remove.setAccessibleName(self.tr("Remove {}").format(attribute.label))
        self.remove.clicked.connect(self.removed)
        self.region = QComboBox()
        self.region.setAccessibleName(self.tr("Where in the face"))
        self.region.setToolTip(self.tr("The part of the face that may change."))
        for name in (EVERYWHERE, *(each for each in get_args(Region) if each != EVERYWHERE)):
            self.region.addItem(region_title(name), name)
        self.region.addItem(self.tr("What you painted"), BRUSH)
        self.region.activated.connect(self._on_region)
        self.inverted = QCheckBox(self.tr("All but this"))
        self.inverted.setToolTip(self.tr("Change everything except this part of the face."))
        self.inverted.clicked.connect(self._on_inverted)
        usual = EditMask("face").feather
        self.feather = AmountSlider(self.tr("Soft edge"), (0.0, 0.2), (0.0, MAX_FEATHER), neutral=usual, step=0.01)
        self.feather.set_tip(self.tr("How wide the edge is over which the change fades, as a share of the face's square."))
        self.feather.value_changed.connect(self._on_feather)
        self.feather.released.connect(self.released)
        self.layers = LayerChooser(layer_resolutions, attribute.layers)
        self.layers.layers_changed.connect(self.layers_changed)
        layers = CollapsibleGroup(self.tr("Layers"), expanded=False)
        layers.body.addWidget(self.layers)
        where = QLabel(self.tr("Where"))
        where.setBuddy(self.region)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.enabled)
        first.addStretch(1)
        first.addWidget(self.remove)
        second.addWidget(where)
        second.addWidget(self.region, 1)
        second.addWidget(self.inverted)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(22, 2, 0, 8)
        lines.setSpacing(4)
        lines.addLayout(first)
        lines.addLayout(second)
        lines.addWidget(self.feather)
        lines.addWidget(layers)

    def show_edit(self, edit: DirectionEdit | None, usual: EditMask | None, parts_known: bool) -> None:
        """Show what stands in the stack.

        Args:
            usual: the mask that an edit would have that is not there yet.
            parts_known: whether the parts of the face can be told; else there are only the square and what is painted.
        """
        self._mask = usual if edit is None else edit.mask
        region = EVERYWHERE if self._mask is None else self._mask.region
        with QSignalBlocker(self.region):
            self.region.setCurrentIndex(self.region.findData(BRUSH if region.startswith(BRUSH) else region))
        model = self.region.model()
        assert isinstance(model, QStandardItemModel)  # a combo box's own
        for row in range(self.region.count()):
            item = model.item(row)
            assert item is not None
            item.setEnabled(parts_known or self.region.itemData(row) in (EVERYWHERE, BRUSH))
        confined = self._mask is not None
        self.inverted.setEnabled(confined)
        self.inverted.setChecked(self._mask is not None and self._mask.inverted)
        self.feather.setEnabled(confined)
        self.feather.setValue(self.feather.neutral if self._mask is None else self._mask.feather)
        self.enabled.setChecked(edit is None or edit.enabled)
        self.enabled.setEnabled(edit is not None)
        self.remove.setEnabled(edit is not None)
        self.layers.set_layers(None if edit is None else edit.layers)

    def _on_region(self, row: int) -> None:
        wanted = self.region.itemData(row)
        region = self._painted() if wanted == BRUSH else wanted
        if region is None:
            before = EVERYWHERE if self._mask is None else self._mask.region
            self.region.setCurrentIndex(self.region.findData(BRUSH if before.startswith(BRUSH) else before))
            return
        if region == EVERYWHERE:
            mask = None
        elif self._mask is not None:
            mask = replace(self._mask, region=region)
        else:
            mask = EditMask(region)
        self.mask_changed.emit(mask)

    def _on_inverted(self, inverted: bool) -> None:
        if self._mask is not None:
            self.mask_changed.emit(replace(self._mask, inverted=inverted))

    def _on_feather(self, feather: float) -> None:
        if self._mask is not None:
            self.mask_changed.emit(replace(self._mask, feather=feather))
