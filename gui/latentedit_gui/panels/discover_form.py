"""The options of a method of discovery, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from PyQt6.QtWidgets import QComboBox, QFormLayout, QSpinBox, QWidget

from latentedit.directions.discovery import DiscoveryMethod, Option
from latentedit.directions.scorers import attribute_effects
from latentedit_gui.panels.layers_words import plain_name

MAX_COUNT = 100_000
LAYERS = ("all", "coarse", "middle", "fine")
SHOWN = ("number", "seed", "layers", "attribute")


class MethodForm(QWidget):
    """A field for each option that a person can be asked for."""

    def __init__(self, method: DiscoveryMethod, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = method
        self._fields: dict[str, QSpinBox | QComboBox] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        usual = {field.name: None if field.default is MISSING else field.default for field in fields(method.config)}
        for option in method.options:
            if option.kind not in SHOWN:
                continue
            widget = self._widget(option, usual[option.name])
            widget.setToolTip(self._tip(option))
            self._fields[option.name] = widget
            form.addRow(self.tr("{}:").format(self._label(option)), widget)

    def values(self) -> dict[str, Any]:
        """What was chosen, by the options' names; layers as text."""
        return {
            name: field.value() if isinstance(field, QSpinBox) else field.currentData() for name, field in self._fields.items()
        }

    def _widget(self, option: Option, usual: Any) -> QSpinBox | QComboBox:
        if option.kind in ("number", "seed"):
            spin = QSpinBox()
            spin.setRange(0 if option.kind == "seed" else 1, MAX_COUNT)
            spin.setValue(int(usual))
            return spin
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        for name, words in (self._bands() if option.kind == "layers" else attributes()).items():
            box.addItem(words, name)
        return box

    def _label(self, option: Option) -> str:
        labels = {
            "components": self.tr("Directions"),
            "layers": self.tr("What changes"),
            "seed": self.tr("Seed"),
            "count": self.tr("Random faces"),
            "attribute": self.tr("Attribute"),
            "candidates": self.tr("Switches tried"),
            "faces": self.tr("Faces for each"),
        }
        return labels.get(option.name, option.name)

    def _tip(self, option: Option) -> str:
        tips = {
            "components": self.tr("How many directions are sought, at most."),
            "layers": self.tr("What the directions may change."),
            "seed": self.tr("The same number gives the same random faces again."),
            "count": self.tr("How many random faces are looked at. More is slower, and more exact."),
            "attribute": self.tr("What is measured on every face."),
            "candidates": self.tr("How many switches of the model are tried."),
            "faces": self.tr("How many faces each switch is tried on."),
        }
        return tips.get(option.name, option.help)

    def _bands(self) -> Mapping[str, str]:
        words = (
            self.tr("Everything"),
            self.tr("Pose and shape"),
            self.tr("Features"),
            self.tr("Colours and texture"),
        )
        return dict(zip(LAYERS, words, strict=True))


def attributes() -> dict[str, str]:
    """What can be measured, as the sliders call it."""
    return {name: plain_name(name) for name in attribute_effects()}
