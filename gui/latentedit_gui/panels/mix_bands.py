"""How much of each band comes from the second face, with a picture of what that gives; and layer by layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from latentedit.edits import Edit, FaceEdits, MixEdit, SetMix
from latentedit.edits.edit import MAX_MIX
from latentedit.latents import BandName, bands
from latentedit_gui.bind import Binding, bind
from latentedit_gui.panels.attributes_edits import NOTHING, moved_to_layers
from latentedit_gui.panels.mix_edits import Layers, mix_with, other_mix
from latentedit_gui.panels.thumbnails import Sketch
from latentedit_gui.widgets.amount_slider import AmountSlider
from latentedit_gui.widgets.collapsible_group import CollapsibleGroup
from latentedit_gui.widgets.layer_chooser import LayerChooser
from latentedit_gui.widgets.thumbnail import Thumbnail

if TYPE_CHECKING:
    from latentedit.edits import Command
    from latentedit_gui.context import Context

SIDE_PX = 64
HARD = (-MAX_MIX, MAX_MIX)


class Bands(QWidget):
    """The mix of the face with one source."""

    def __init__(self, context: Context, layer_resolutions: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = context.document
        self._source: str | None = None
        self._layers: Layers = None
        self._bands = {name: layers for name, layers in bands(layer_resolutions).items() if layers}
        self.sliders: dict[BandName, AmountSlider] = {}
        self.thumbnails: dict[BandName, Thumbnail] = {}
        self._bindings: list[Binding[float]] = []
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for name in self._bands:
            lines.addWidget(self._band(name))
        group = CollapsibleGroup(self.tr("Layer by layer"), expanded=False)
        self.layers_group = group
        self.chooser = LayerChooser(layer_resolutions)
        self.chooser.layers_changed.connect(self._on_layers)
        self.layers_slider = AmountSlider(self.tr("These layers"), (0.0, 1.0), HARD, step=0.05, percent=True)
        self.layers_slider.set_tip(self.tr("How much of the layers that are marked comes from the second face."))
        self._bindings.append(
            bind(
                self._document,
                self.layers_slider,
                self._layers_amount,
                self._set_layers_amount,
                changed=self.layers_slider.value_changed,
                released=self.layers_slider.released,
            )
        )
        group.body.addWidget(self.chooser)
        group.body.addWidget(self.layers_slider)
        lines.addWidget(group)
        for signal in (self._document.selected, self._document.state_changed):
            signal.connect(self._show)

    def _band(self, name: BandName) -> QWidget:
        title, hint = {
            "coarse": (self.tr("Coarse"), self.tr("Pose, hair style and the shape of the face")),
            "middle": (self.tr("Middle"), self.tr("The parts of the face, expression and hair")),
            "fine": (self.tr("Fine"), self.tr("Colour, light and skin")),
        }[name]
        slider = AmountSlider(title, (0.0, 1.0), HARD, step=0.05, percent=True)
        slider.set_tip(self.tr("How much of this comes from the second face: {}.").format(hint))
        self.sliders[name] = slider
        self._bindings.append(
            bind(
                self._document,
                slider,
                partial(self._amount, name),
                partial(self._set_amount, name),
                changed=slider.value_changed,
                released=slider.released,
            )
        )
        thumbnail = Thumbnail(side=SIDE_PX)
        thumbnail.setFixedSize(SIDE_PX, SIDE_PX)
        thumbnail.setAccessibleName(self.tr("{} from the second face").format(title))
        thumbnail.setToolTip(self.tr("Take this from the second face, or give it back: {}.").format(hint))
        thumbnail.clicked.connect(partial(self._on_clicked, name))
        self.thumbnails[name] = thumbnail
        quiet = QLabel(hint)
        quiet.setProperty("role", "quiet")
        quiet.setWordWrap(True)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addStretch(1)
        text.addWidget(slider)
        text.addWidget(quiet)
        text.addStretch(1)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(thumbnail)
        line.addLayout(text, 1)
        return row

    @property
    def source(self) -> str | None:
        """What the face is mixed with."""
        return self._source

    def set_source(self, source: str | None) -> None:
        """Speak of another second face."""
        if source != self._source:
            self._source, self._layers = source, None
            self.clear_images()
        for binding in self._bindings:
            binding.refresh()
        self._show()

    # Thumbnails

    def sketches(self, edits: FaceEdits) -> Iterator[Sketch]:
        """What each band's thumbnail shows: the face with as much of it as is set, or all of it where nothing is."""
        if self._source is None:
            return
        for name, layers in self._bands.items():
            edit = mix_with(edits, self._source, layers)
            if edit is None:
                stack: tuple[Edit, ...] = (*edits.edits, MixEdit(self._source, 1.0, layers))
            else:
                shown = replace(edit, amount=edit.amount or 1.0, enabled=True)
                stack = tuple(shown if other is edit else other for other in edits.edits)
            yield Sketch(("band", name), replace(edits, edits=stack))

    def clear_images(self) -> None:
        """Forget all pictures."""
        for thumbnail in self.thumbnails.values():
            thumbnail.clear()

    def set_image(self, name: BandName, image: QImage) -> None:
        """The picture of a band."""
        self.thumbnails[name].set_image(image)

    # Amounts

    def _amount(self, name: BandName, edits: FaceEdits) -> float:
        edit = None if self._source is None else mix_with(edits, self._source, self._bands[name])
        return 0.0 if edit is None else edit.amount

    def _set_amount(self, name: BandName, face: int, amount: float) -> Command:
        return self._mixed(face, self._bands[name], amount)

    def _mixed(self, face: int, layers: Layers, amount: float) -> Command:
        edits = self._document.edits
        if self._source is None or edits is None:
            return NOTHING
        edit = mix_with(edits, self._source, layers)
        return SetMix(face, self._source, amount, layers, 0 if edit is None else edit.instance)

    def _on_clicked(self, name: BandName) -> None:
        slider = self.sliders[name]
        if self._document.editable:
            self._document.seal()
            self._document.do(self._set_amount(name, self._document.face, 0.0 if slider.value() else 1.0))
            self._document.seal()

    # Layer by layer

    def _layers_amount(self, edits: FaceEdits) -> float:
        edit = None if self._source is None else mix_with(edits, self._source, self._layers)
        return 0.0 if edit is None else edit.amount

    def _set_layers_amount(self, face: int, amount: float) -> Command:
        return self._mixed(face, self._layers, amount)

    def _show(self) -> None:
        """Show which bands are mixed, and the layers of a mix that is no band's where there is one and no other is spoken of."""
        edits = self._document.edits
        for name, thumbnail in self.thumbnails.items():
            edit = None if edits is None or self._source is None else mix_with(edits, self._source, self._bands[name])
            thumbnail.setChecked(edit is not None and edit.active)
        if edits is not None and self._source is not None and mix_with(edits, self._source, self._layers) is None:
            other = other_mix(edits, self._source, list(self._bands.values()))
            if other is not None:
                self._layers = other.layers
                self._bindings[-1].refresh()
        self.chooser.set_layers(self._layers)

    def _on_layers(self, layers: Layers) -> None:
        edits = self._document.edits
        edit = None if edits is None or self._source is None else mix_with(edits, self._source, self._layers)
        self._layers = layers
        if edits is not None and edit is not None:
            self._document.seal()
            self._document.do(moved_to_layers(self._document.face, edits, edit, layers))
        self._bindings[-1].refresh()
