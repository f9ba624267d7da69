"""A part of the face to choose, with its softness: for masks of edits, and for what goes back into the photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QSlider, QWidget

from latentedit.edits.edit import MAX_FEATHER
from latentedit_gui.panels.region_words import region_title, region_titles


@dataclass(frozen=True)
class Area:
    """A region (None for the usual one) with its soft edge, a share of the square's side."""

    region: str | None = None
    inverted: bool = False
    feather: float = 0.05


class AreaEditor(QWidget):
    """Region, inversion and softness of an :class:`Area`.

    Signals:
        changed(area): a person has changed it.
        released(): the slider was let go, or another place was chosen.
    """

    changed = pyqtSignal(object)
    released = pyqtSignal()

    def __init__(self, usual: str, what: str, *, usual_ends: bool, parent: QWidget | None = None) -> None:
        """
        Args:
            usual: what it is called when no region is chosen.
            what: begins the accessible names, such as "Mask".
            usual_ends: whether that has an edge, which can be soft.
        """
        super().__init__(parent)
        self._usual_ends = usual_ends
        self._usual = usual
        self._area = Area()
        self._region = QComboBox()
        self._region.setAccessibleName(self.tr("{}: where").format(what))
        self._region.setToolTip(self.tr("The part of the face that this is confined to."))
        self._region.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._region.setMinimumContentsLength(8)
        self._inverted = QCheckBox(self.tr("Everything but that"))
        self._inverted.setToolTip(self.tr("Turn it round: everywhere in the face's square, only not there."))
        self._feather = QSlider(Qt.Orientation.Horizontal)
        self._feather.setRange(0, round(MAX_FEATHER * 100))
        self._feather.setPageStep(5)
        self._feather.setAccessibleName(self.tr("{}: soft edge").format(what))
        self._feather.setToolTip(self.tr("How softly it ends."))
        self._percent = QLabel()
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        slider = QHBoxLayout()
        slider.addWidget(self._feather)
        slider.addWidget(self._percent)
        self._slider = slider
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("&Where:"), self._region)
        form.addRow("", self._inverted)
        form.addRow(self.tr("Soft &edge:"), slider)
        label = form.labelForField(slider)
        assert isinstance(label, QLabel)
        label.setBuddy(self._feather)
        self.offer(())
        self._region.activated.connect(self._on_place)
        self._inverted.clicked.connect(self._on_place)
        self._feather.valueChanged.connect(self._on_feather)
        self._feather.sliderReleased.connect(self.released)

    def offer(self, painted: Sequence[str], *, parts: bool = True) -> None:
        """Say what can be chosen.

        Args:
            painted: regions that a person has painted.
            parts: whether the parts of a face are known; only its square is, else.
        """
        choices = [region for region in region_titles() if parts or region == "square"]
        wanted: list[str | None] = [None, *painted, *choices]
        if wanted == [self._region.itemData(index) for index in range(self._region.count())]:
            return
        with QSignalBlocker(self._region):
            self._region.clear()
            for region in wanted:
                self._region.addItem(self._usual if region is None else region_title(region), region)
        self.set_area(self._area)

    def set_area(self, area: Area) -> None:
        """Show an area, without telling."""
        self._area = area
        with QSignalBlocker(self._region), QSignalBlocker(self._inverted), QSignalBlocker(self._feather):
            index = self._region.findData(area.region)
            if index < 0 and area.region is not None:  # chosen elsewhere, and not offered for this face
                self._region.addItem(region_title(area.region), area.region)
                index = self._region.count() - 1
            self._region.setCurrentIndex(max(index, 0))
            self._inverted.setChecked(area.inverted)
            if self._feather.value() != round(area.feather * 100):
                self._feather.setValue(round(area.feather * 100))
        self._form.setRowVisible(self._inverted, area.region is not None)
        self._form.setRowVisible(self._slider, area.region is not None or self._usual_ends)
        self._percent.setText(self.tr("{} %").format(round(area.feather * 100)))

    def _on_place(self) -> None:
        region = self._region.currentData()
        self._tell(Area(region, self._inverted.isChecked() and region is not None, self._area.feather))
        self.released.emit()  # the slider's next change is an undo of its own

    def _on_feather(self, percent: int) -> None:
        self._tell(Area(self._area.region, self._area.inverted, percent / 100))

    def _tell(self, area: Area) -> None:
        self.set_area(area)
        self.changed.emit(area)
