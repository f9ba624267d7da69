"""The look: readable in every one, following the system, and worn by the whole application."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFontInfo, QPalette
from PyQt6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from latentedit_gui.style_sheet import CONTROLS, Colours, style_sheet
from latentedit_gui.theme import DARK, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, LIGHT, Appearance, Theme, apply_theme, palette

LOOKS = {"light": LIGHT, "dark": DARK, "high light": HIGH_CONTRAST_LIGHT, "high dark": HIGH_CONTRAST_DARK}
looks = pytest.mark.parametrize("colours", LOOKS.values(), ids=LOOKS)


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast of two colours, 1 to 21."""

    def luminance(colour: str) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3] if c is not None
        ]
        return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = apply_theme(qapp, "light")
    yield theme
    theme.deleteLater()


@looks
@pytest.mark.parametrize("ground", ["window", "panel", "field", "button", "hover"])
def test_text_is_readable(colours: Colours, ground: str) -> None:
    behind = asdict(colours)[ground]
    assert contrast(colours.text, behind) >= 7
    for name in ("quiet_text", "warning", "danger"):
        assert contrast(asdict(colours)[name], behind) >= 4.5, name
    # The accent is text only in links; elsewhere it is a line or a mark.
    assert contrast(colours.accent, behind) >= (4.5 if ground in ("window", "panel", "field") else 3)


@looks
def test_what_is_chosen_is_readable(colours: Colours) -> None:
    assert contrast(colours.accent_text, colours.accent) >= 4.5


@looks
@pytest.mark.parametrize("name", ["window", "panel", "field", "button", "text", "canvas", "line"])
def test_only_the_accent_has_a_hue(colours: Colours, name: str) -> None:
    assert QColor(asdict(colours)[name]).hsvSaturation() == 0, "a hue beside the photograph changes how its colours look"


@pytest.mark.parametrize("colours", [HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK])
def test_high_contrast_is_black_on_white_or_white_on_black(colours: Colours) -> None:
    assert contrast(colours.text, colours.window) == pytest.approx(21)
    assert contrast(colours.line, colours.window) == pytest.approx(21)


def test_an_appearance_has_its_own_colours() -> None:
    appearances = [Appearance(dark, high) for dark in (False, True) for high in (False, True)]
    assert len({appearance.colours for appearance in appearances}) == 4


def test_choosing_changes_everything_at_once_and_tells_once(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.colours == DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert DARK.accent in qapp.styleSheet() and LIGHT.accent not in qapp.styleSheet()
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("dark")


def test_the_system_is_followed_while_the_program_runs(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    hints = qapp.styleHints()
    assert hints is not None
    theme.choose("system")
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        hints.setColorScheme(scheme)
        if hints.colorScheme() != scheme:
            pytest.skip("this platform has no colour schemes")
        assert theme.colours == colours
    hints.unsetColorScheme()


def test_text_is_not_small(theme: Theme, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).pixelSize() >= 13


@looks
def test_what_is_disabled_differs(colours: Colours) -> None:
    made = palette(colours)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.Highlight):
        assert made.color(QPalette.ColorGroup.Disabled, role) != made.color(QPalette.ColorGroup.Active, role)


@looks
def test_the_style_sheet_names_files_that_are_there(colours: Colours) -> None:
    sheet = style_sheet(colours)
    named = [part.partition('"')[0] for part in sheet.split('url("')[1:]]
    assert named
    there = {path.as_posix() for path in CONTROLS.glob("*.svg")}
    assert set(named) <= there


def test_a_check_mark_is_seen(theme: Theme, qtbot: QtBot) -> None:
    box = QCheckBox("Check")
    qtbot.addWidget(box)
    empty = box.grab().toImage()
    box.setChecked(True)
    assert box.grab().toImage() != empty
