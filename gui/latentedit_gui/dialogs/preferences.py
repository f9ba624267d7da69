"""What can be set once: language, look, how faces are learnt, autosave, what computes."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from latentedit_gui.dialogs.labels import label
from latentedit_gui.settings import AUTOSAVE_S, REST_MS, Device, Preset, Settings
from latentedit_gui.theme import ThemeChoice
from latentedit_gui.translation import LANGUAGES


class PreferencesDialog(QDialog):
    """Shows the settings, and changes them when it is accepted.

    Signals:
        changed(): the settings were changed; whoever uses them reads them again.
    """

    changed = pyqtSignal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(600)

        self.language = _choice([("", self.tr("As the system")), *LANGUAGES.items()], settings.language or "")
        self.language.setToolTip(self.tr("The language of menus and messages"))
        themes: list[tuple[ThemeChoice, str]] = [
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ]
        self.theme = _choice(themes, settings.theme)
        self.theme.setToolTip(self.tr("Light or dark window"))
        presets: list[tuple[Preset, str]] = [
            ("fast", self.tr("Quick: a first look")),
            ("balanced", self.tr("Balanced: good for most photographs")),
            ("best", self.tr("Thorough: closest to the person, takes longest")),
        ]
        self.preset = _choice(presets, settings.preset)
        self.preset.setToolTip(self.tr("How much time is spent on learning a face when it is clicked"))
        self.device = _choice(self._devices(settings.device), settings.device)
        self.device.setToolTip(self.tr("The part of this computer that draws faces"))
        self.autosave = _number(AUTOSAVE_S, settings.autosave_s, self.tr(" seconds"))
        self.autosave.setToolTip(self.tr("How often unsaved work is kept, in case the program or the computer stops"))
        self.rest = _number(REST_MS, settings.rest_ms, self.tr(" milliseconds"))
        self.rest.setSingleStep(50)
        self.rest.setToolTip(
            self.tr("How long a slider rests before the whole photograph is drawn; longer is easier on slow computers")
        )

        restart = label(
            self.tr("Another device is used from the next start on. For another language, the window is made anew."), "quiet"
        )
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Language"), self.language),
            (self.tr("&Appearance"), self.theme),
            (self.tr("Learning a &face"), self.preset),
            (self.tr("&Compute with"), self.device),
            (self.tr("Keep &unsaved work every"), self.autosave),
            (self.tr("&Draw the photograph after"), self.rest),
        )
        for text, field in rows:
            form.addRow(QLabel(text), field)
            caption = form.labelForField(field)
            assert isinstance(caption, QLabel)
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for which, tip in ((button.Ok, self.tr("Keep these settings")), (button.Cancel, self.tr("Leave everything as it was"))):
            made = self.buttons.button(which)
            assert made is not None
            made.setToolTip(tip)
            made.setProperty("role", "primary" if which == button.Ok else "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addWidget(restart)
        layout.addStretch(1)
        layout.addWidget(self.buttons)

    def accept(self) -> None:
        """Keep what was chosen."""
        settings = self._settings
        settings.language = self.language.currentData() or None
        settings.theme = self.theme.currentData()
        settings.preset = self.preset.currentData()
        settings.device = self.device.currentData()
        settings.autosave_s = self.autosave.value()
        settings.rest_ms = self.rest.value()
        settings.sync()
        super().accept()
        self.changed.emit()

    def _devices(self, chosen: Device) -> list[tuple[Device, str]]:
        """What this system can have, and what was chosen."""
        mac = sys.platform == "darwin"
        known: list[tuple[Device, str, bool]] = [
            ("auto", self.tr("Automatic: the fastest there is"), True),
            ("cpu", self.tr("Processor"), True),
            ("cuda", self.tr("NVIDIA graphics card"), not mac),
            ("mps", self.tr("Apple graphics"), mac),
        ]
        return [(name, text) for name, text, possible in known if possible or name == chosen]


def _choice(options: Iterable[tuple[str, str]], chosen: str) -> QComboBox:
    """A box of (value, text), with one chosen."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for value, text in options:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _number(limits: tuple[int, int], value: int, unit: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(*limits)
    box.setValue(value)
    box.setSuffix(unit)
    return box
