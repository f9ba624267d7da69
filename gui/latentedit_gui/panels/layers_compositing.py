"""How a face goes back into the photograph, and what few people ever change about how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from latentedit.edits import (
    Command,
    Compositing,
    CompositingMode,
    FaceEdits,
    NoiseMode,
    SetCompositing,
    SetNoiseMode,
    SetTruncation,
)
from latentedit.edits.state import MAX_PSI
from latentedit_gui.bind import Binding
from latentedit_gui.document import Document
from latentedit_gui.panels.layers_region import Area, AreaEditor
from latentedit_gui.panels.layers_words import mode_words, noise_words

MODES: tuple[CompositingMode, ...] = get_args(CompositingMode)
NOISES: tuple[NoiseMode, ...] = get_args(NoiseMode)


class CompositingBox(QWidget):
    """Mode, region and soft edge; below them, folded away, truncation and noise."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        heading = QLabel(self.tr("Back into the photograph"))
        heading.setProperty("role", "heading")
        self._mode = _choices(mode_words())
        self._mode.setAccessibleName(self.tr("How the face goes back into the photograph"))
        self._mode.setToolTip(
            self.tr(
                "Keep the photograph's texture: only what changed is taken from the drawing. Blend: the drawing, in the photograph's "
                "light. Replace: the drawing as it is."
            )
        )
        self._area = AreaEditor(self.tr("Where the head is"), self.tr("Back into the photograph"), usual_ends=True)
        self._fold = QToolButton()
        self._fold.setText(self.tr("&Advanced"))
        self._fold.setCheckable(True)
        self._fold.setToolTip(self.tr("Show what few people ever change."))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.toggled.connect(self._unfold)
        self._advanced = self._build_advanced()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        for widget in (heading, self._mode, self._area, self._fold, self._advanced):
            layout.addWidget(widget)
        self._advanced.hide()
        Binding(document, self._mode, self._mode.activated, self._mode.setCurrentIndex, _mode_of, self._with_mode)
        Binding(document, self._area, self._area.changed, self._area.set_area, _area_of, self._with_area, self._area.released)

    def offer(self, painted: Sequence[str], *, parts: bool) -> None:
        """As of :meth:`AreaEditor.offer`."""
        self._area.offer(painted, parts=parts)

    def _build_advanced(self) -> QWidget:
        box = QWidget()
        self._psi = QSlider(Qt.Orientation.Horizontal)
        self._psi.setRange(0, round(MAX_PSI * 100))
        self._psi.setPageStep(10)
        self._psi.setAccessibleName(self.tr("Own features"))
        self._psi.setToolTip(
            self.tr(
                "How much this face is itself: 100 % as it was learnt, less makes it more like the average face, more exaggerates it."
            )
        )
        self._percent = QLabel()
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.addWidget(self._psi)
        row.addWidget(self._percent)
        self._noise = _choices(noise_words())
        self._noise.setToolTip(self.tr("The grain of hair and skin that the drawing has besides what was learnt of the face."))
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("&Own features:"), row)
        form.addRow(self.tr("&Grain:"), self._noise)
        label = form.labelForField(row)
        assert isinstance(label, QLabel)
        label.setBuddy(self._psi)
        psi = Binding(
            self._document, self._psi, self._psi.valueChanged, self._show_psi, _psi_of, _with_psi, self._psi.sliderReleased
        )
        self._psi.valueChanged.connect(psi.refresh)
        Binding(self._document, self._noise, self._noise.activated, self._noise.setCurrentIndex, _noise_of, _with_noise)
        return box

    def _show_psi(self, percent: int) -> None:
        self._psi.setValue(percent)
        self._percent.setText(self.tr("{} %").format(percent))

    def _unfold(self, unfolded: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self._advanced.setVisible(unfolded)

    @property
    def _now(self) -> Compositing:
        return (self._document.edits or FaceEdits()).compositing

    def _with_mode(self, face: int, index: int) -> Command:
        return SetCompositing(face, replace(self._now, mode=MODES[index]))

    def _with_area(self, face: int, area: Area) -> Command:
        return SetCompositing(face, Compositing(self._now.mode, area.feather, area.region, area.inverted))


def _mode_of(edits: FaceEdits) -> int:
    return MODES.index(edits.compositing.mode)


def _area_of(edits: FaceEdits) -> Area:
    return Area(edits.compositing.region, edits.compositing.inverted, edits.compositing.feather)


def _psi_of(edits: FaceEdits) -> int:
    return round(edits.truncation_psi * 100)


def _with_psi(face: int, percent: int) -> Command:
    return SetTruncation(face, percent / 100)


def _noise_of(edits: FaceEdits) -> int:
    return NOISES.index(edits.noise_mode)


def _with_noise(face: int, index: int) -> Command:
    return SetNoiseMode(face, NOISES[index])


def _choices(words: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    for text in words.values():
        box.addItem(text)
    return box
