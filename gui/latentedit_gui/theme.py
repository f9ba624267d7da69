"""How the window looks: light or dark as the system is, neutral greys so that a photograph's colours are judged rightly, one accent."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal, get_args

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontInfo, QPalette
from PyQt6.QtWidgets import QApplication

from latentedit_gui.style_sheet import Colours, style_sheet

ThemeChoice = Literal["system", "light", "dark"]
THEME_CHOICES: tuple[ThemeChoice, ...] = get_args(ThemeChoice)
FONT_PX = 13
"""Text is at least so high; a larger font of the system stays."""

LIGHT = Colours(
    window="#ececec",
    panel="#f6f6f6",
    field="#ffffff",
    button="#fbfbfb",
    hover="#ffffff",
    pressed="#dcdcdc",
    line="#c2c2c2",
    strong_line="#8a8a8a",
    text="#1f1f1f",
    quiet_text="#595959",
    faint_text="#9a9a9a",
    accent="#2b67ad",
    accent_text="#ffffff",
    warning="#8a5300",
    danger="#b3261e",
    canvas="#c8c8c8",
)
DARK = Colours(
    window="#2a2a2a",
    panel="#323232",
    field="#1f1f1f",
    button="#3d3d3d",
    hover="#464646",
    pressed="#262626",
    line="#4a4a4a",
    strong_line="#757575",
    text="#e4e4e4",
    quiet_text="#b8b8b8",
    faint_text="#767676",
    accent="#6fa8e8",
    accent_text="#10161d",
    warning="#e5b567",
    danger="#f5a19a",
    canvas="#191919",
)
HIGH_CONTRAST_LIGHT = Colours(
    window="#ffffff",
    panel="#ffffff",
    field="#ffffff",
    button="#ffffff",
    hover="#e6e6e6",
    pressed="#d0d0d0",
    line="#000000",
    strong_line="#000000",
    text="#000000",
    quiet_text="#000000",
    faint_text="#595959",
    accent="#0a3d91",
    accent_text="#ffffff",
    warning="#5c3600",
    danger="#8c0000",
    canvas="#ffffff",
)
HIGH_CONTRAST_DARK = Colours(
    window="#000000",
    panel="#000000",
    field="#000000",
    button="#000000",
    hover="#333333",
    pressed="#4d4d4d",
    line="#ffffff",
    strong_line="#ffffff",
    text="#ffffff",
    quiet_text="#ffffff",
    faint_text="#a6a6a6",
    accent="#ffd84d",
    accent_text="#000000",
    warning="#ffd84d",
    danger="#ffaaa5",
    canvas="#000000",
)


@dataclass(frozen=True)
class Appearance:
    """What the system, or the user, asks for."""

    dark: bool
    high_contrast: bool = False

    @property
    def colours(self) -> Colours:
        """The colours for it."""
        if self.high_contrast:
            return HIGH_CONTRAST_DARK if self.dark else HIGH_CONTRAST_LIGHT
        return DARK if self.dark else LIGHT


class Theme(QObject):
    """The application's look, which follows the system while it runs.

    Signals:
        changed(): other colours are in use; what paints with :attr:`colours` is to be painted again.
    """

    changed = pyqtSignal()

    def __init__(self, app: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = choice
        app.setStyle("Fusion")
        font = app.font()
        if QFontInfo(font).pixelSize() < FONT_PX:
            font.setPixelSize(FONT_PX)
            app.setFont(font)
        self._appearance = self._asked_for()
        self._put_on()
        hints = app.styleHints()
        assert hints is not None
        hints.colorSchemeChanged.connect(self._follow)
        # WORKAROUND: PyQt6 6.11 has the signal of a changed contrast as a method that cannot be connected; people change it elsewhere,
        # and then come back.
        app.applicationStateChanged.connect(self._follow)

    @property
    def choice(self) -> ThemeChoice:
        """What was chosen: the system's look, or always one."""
        return self._choice

    @property
    def appearance(self) -> Appearance:
        """What is in use now."""
        return self._appearance

    @property
    def colours(self) -> Colours:
        """The colours in use now, also those that no palette has: warning, danger, canvas."""
        return self._appearance.colours

    def choose(self, choice: ThemeChoice) -> None:
        """Look as the system does, or always light or dark."""
        self._choice = choice
        self._follow()

    def _follow(self) -> None:
        asked = self._asked_for()
        if asked != self._appearance:
            self._appearance = asked
            self._put_on()
            self.changed.emit()

    def _asked_for(self) -> Appearance:
        hints = self._app.styleHints()
        assert hints is not None
        dark = hints.colorScheme() == Qt.ColorScheme.Dark if self._choice == "system" else self._choice == "dark"
        contrast = False
        # WORKAROUND: Qt before 6.10 does not tell whether the user wants high contrast.
        if hasattr(hints, "accessibility") and (accessibility := hints.accessibility()) is not None:
            contrast = accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        return Appearance(dark, contrast)

    def _put_on(self) -> None:
        if self._appearance.high_contrast and sys.platform == "win32":
            # There the user has chosen every colour, and Qt's own palette holds them.
            self._app.setStyleSheet("")
            self._app.setPalette(QPalette())
            return
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours))


def apply_theme(app: QApplication, choice: ThemeChoice = "system") -> Theme:
    """Give the application its look; the theme belongs to it. Connect to :attr:`Theme.changed` to hear of changes."""
    return Theme(app, choice)


def palette(colours: Colours) -> QPalette:
    """These colours in the roles that widgets ask for."""
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.field,
        role.AlternateBase: colours.panel,
        role.Text: colours.text,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.quiet_text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.accent_text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.hover,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.strong_line,
        role.Shadow: colours.pressed,
    }
    made = QPalette()
    for name, colour in roles.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.faint_text))
    for name in (role.Highlight, role.Accent):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.line))
    return made
