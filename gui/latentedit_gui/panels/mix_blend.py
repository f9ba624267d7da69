"""Blending the face with several others at once, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QLabel, QWidget

from latentedit.edits import FaceEdits
from latentedit.requested_crosses import MAX_WEIGHT, cross_command, weights_of
from latentedit_gui.bind import Binding, bind
from latentedit_gui.panels.attributes_edits import NOTHING
from latentedit_gui.panels.mix_edits import source_words
from latentedit_gui.widgets.amount_slider import AmountSlider
from latentedit_gui.widgets.collapsible_group import CollapsibleGroup

if TYPE_CHECKING:
    from latentedit.edits import Command
    from latentedit_gui.context import Context


class Blend(CollapsibleGroup):
    """A weight for each of several faces; the face itself has 1."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Blend whole faces"), expanded=False, parent=parent)
        self._document = context.document
        self.sliders: dict[str, AmountSlider] = {}
        self._bindings: dict[str, Binding[float]] = {}
        hint = QLabel(self.tr("The face itself counts as 1; with another at 1 they are even."))
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        self.body.addWidget(hint)

    def set_sources(self, sources: Sequence[str]) -> None:
        """Have a slider for each of these."""
        for source in [known for known in self.sliders if known not in sources]:
            slider = self.sliders.pop(source)
            self._bindings.pop(source)
            self.body.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        for source in sources:
            if source not in self.sliders:
                self._add(source)

    def _add(self, source: str) -> None:
        words = source_words(source)
        slider = AmountSlider(words, (0.0, 2.0), (0.0, MAX_WEIGHT), step=0.05)
        slider.set_tip(self.tr("How much {} counts in the blend.").format(words))
        self.sliders[source] = slider
        self._bindings[source] = bind(
            self._document,
            slider,
            partial(self._weight, source),
            partial(self._set_weight, source),
            changed=slider.value_changed,
            released=slider.released,
        )
        self.body.addWidget(slider)

    def _weight(self, source: str, edits: FaceEdits) -> float:
        # Also a slider that is about to go still asks.
        return round(weights_of(edits, tuple(self.sliders)).get(source, 0.0), 2)

    def _set_weight(self, source: str, face: int, weight: float) -> Command:
        edits = self._document.edits
        if edits is None:
            return NOTHING
        weights = {known: value for known, value in weights_of(edits, tuple(self.sliders)).items() if value or known == source}
        return cross_command(face, edits, {**weights, source: weight}, merge_key=("blend", face, source))
