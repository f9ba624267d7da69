"""Which layers of the drawing an edit moves: whole bands, or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from latentedit.latents import BandName, bands
from latentedit_gui.widgets.flow_layout import FlowLayout


class LayerChooser(QWidget):
    """A box for each band and a small button for each layer.

    Signals:
        layers_changed(layers): a person chose other layers, ascending and never none; or None: those that it is made for.
    """

    layers_changed = pyqtSignal(object)

    def __init__(
        self, layer_resolutions: Sequence[int], usual: Sequence[int] | None = None, parent: QWidget | None = None
    ) -> None:
        """
        Args:
            layer_resolutions: of the generator, in pixels.
            usual: the layers that are meant when none are chosen; all if None.
        """
        super().__init__(parent)
        count = len(layer_resolutions)
        self._usual = tuple(range(count) if usual is None else usual)
        self._layers: tuple[int, ...] | None = None
        self._bands = {name: layers for name, layers in bands(layer_resolutions).items() if layers}
        self._boxes: dict[BandName, QCheckBox] = {}
        self._cells: dict[int, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        words = {"coarse": self.tr("Coarse"), "middle": self.tr("Middle"), "fine": self.tr("Fine")}
        hints = {
            "coarse": self.tr("Pose, hair style and the shape of the face."),
            "middle": self.tr("The parts of the face, expression and hair."),
            "fine": self.tr("Colour, light and skin."),
        }
        for row, (name, layers) in enumerate(self._bands.items()):
            box = QCheckBox(words[name])
            box.setToolTip(hints[name])
            box.clicked.connect(partial(self._on_box, name))
            self._boxes[name] = box
            cells = QWidget()
            flow = FlowLayout(cells, spacing=2)
            policy = cells.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
            policy.setHeightForWidth(True)
            cells.setSizePolicy(policy)
            for layer in layers:
                flow.addWidget(self._cell(layer, layer_resolutions[layer]))
            grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cells, row, 1)
        self._back = QPushButton(self.tr("The usual layers"))
        self._back.setToolTip(self.tr("Change the layers that this is made for."))
        self._back.clicked.connect(self._on_back)
        grid.addWidget(self._back, len(self._bands), 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self.set_layers(None)

    def layers(self) -> tuple[int, ...] | None:
        """What is chosen; None for the usual layers."""
        return self._layers

    def set_layers(self, layers: Sequence[int] | None) -> None:
        """Show a choice; nothing is emitted."""
        self._layers = None if layers is None else tuple(layers)
        chosen = set(self._usual if layers is None else layers)
        for layer, cell in self._cells.items():
            cell.setChecked(layer in chosen)
        for name, box in self._boxes.items():
            inside = [layer in chosen for layer in self._bands[name]]
            state = Qt.CheckState.Checked if all(inside) else Qt.CheckState.PartiallyChecked
            box.setCheckState(state if any(inside) else Qt.CheckState.Unchecked)
            box.setTristate(box.checkState() == Qt.CheckState.PartiallyChecked)
        self._back.setVisible(layers is not None)

    def cell(self, layer: int) -> QToolButton:
        """The button of one layer."""
        return self._cells[layer]

    def box(self, band: BandName) -> QCheckBox:
        """The box of one band."""
        return self._boxes[band]

    def _cell(self, layer: int, resolution: int) -> QToolButton:
        cell = QToolButton()
        cell.setText(str(layer))
        cell.setCheckable(True)
        cell.setFixedSize(QSize(24, 22))
        cell.setStyleSheet(_CELL)
        cell.setToolTip(self.tr("Layer {}, which draws at {} pixels.").format(layer, resolution))
        cell.setAccessibleName(self.tr("Layer {}").format(layer))
        cell.clicked.connect(self._on_cells)
        self._cells[layer] = cell
        return cell

    def _on_box(self, band: BandName) -> None:
        chosen = set(self._usual if self._layers is None else self._layers)
        mine = set(self._bands[band])
        # The box of a part of a band takes all of it.
        self._choose(chosen - mine if mine <= chosen else chosen | mine)

    def _on_cells(self) -> None:
        self._choose({layer for layer, cell in self._cells.items() if cell.isChecked()})

    def _on_back(self) -> None:
        self.set_layers(None)
        self.layers_changed.emit(None)

    def _choose(self, chosen: set[int]) -> None:
        before = self._layers
        if not chosen or tuple(sorted(chosen)) == before:
            self.set_layers(before)  # an edit needs at least one layer
            return
        self.set_layers(sorted(chosen))
        self.layers_changed.emit(self._layers)


_CELL = """
QToolButton { border: 1px solid palette(mid); border-radius: 3px; padding: 0; font-size: 11px; }
QToolButton:hover, QToolButton:focus { border-color: palette(accent); }
QToolButton:checked { background: palette(highlight); color: palette(highlighted-text); }
"""
