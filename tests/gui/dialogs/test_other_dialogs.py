"""About, preferences and shortcuts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QMainWindow, QSpinBox
from pytestqt.qtbot import QtBot

from latentedit import __version__
from latentedit.assets import CATALOGUE
from latentedit_gui.dialogs.about import AboutDialog
from latentedit_gui.dialogs.preferences import PreferencesDialog
from latentedit_gui.dialogs.shortcuts import Shortcut, ShortcutsDialog, shortcuts_of
from latentedit_gui.settings import AUTOSAVE_S, Settings
from latentedit_gui.translation import LANGUAGES


def test_about_tells_versions_licences_limits_and_honest_use(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for fact in (__version__, "MIT", "GPL, version 3", "say that a picture was edited", "non-commercial"):
        assert fact in said
    for asset in CATALOGUE.values():
        assert asset.origin in said and asset.licence in said


# Preferences


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def preferences(settings: Settings, qtbot: QtBot) -> PreferencesDialog:
    dialog = PreferencesDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def pick(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def test_preferences_are_kept_when_they_are_accepted(
    preferences: PreferencesDialog, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    pick(preferences.language, "zh_CN")
    pick(preferences.theme, "dark")
    pick(preferences.preset, "best")
    pick(preferences.device, "cpu")
    preferences.autosave.setValue(10)
    preferences.rest.setValue(400)
    assert settings.theme == "system"
    with qtbot.waitSignal(preferences.changed):
        qtbot.keyClick(preferences, Qt.Key.Key_Return)
    again = Settings(tmp_path / "settings.ini")
    assert (again.language, again.theme, again.preset, again.device) == ("zh_CN", "dark", "best", "cpu")
    assert (again.autosave_s, again.rest_ms) == (10, 400)


def test_preferences_are_left_alone_when_they_are_cancelled(
    preferences: PreferencesDialog, settings: Settings, qtbot: QtBot
) -> None:
    pick(preferences.theme, "dark")
    cancel = preferences.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel is not None
    with qtbot.assertNotEmitted(preferences.changed):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert settings.theme == "system"


def test_opening_preferences_shows_what_is_set_and_changes_nothing(settings: Settings, qtbot: QtBot) -> None:
    settings.theme, settings.device, settings.language = "light", "mps", "de"
    dialog = PreferencesDialog(settings)
    qtbot.addWidget(dialog)
    dialog.accept()
    assert (settings.theme, settings.device, settings.language) == ("light", "mps", "de")


def test_nobody_can_lose_more_than_half_a_minute(preferences: PreferencesDialog, qtbot: QtBot) -> None:
    preferences.autosave.setValue(10_000)
    assert preferences.autosave.value() == AUTOSAVE_S[1] == 30


def test_every_language_is_offered_in_its_own_words(preferences: PreferencesDialog) -> None:
    texts = [preferences.language.itemText(index) for index in range(preferences.language.count())]
    assert texts[1:] == list(LANGUAGES.values())


def test_every_field_can_be_reached_by_its_letter_and_explains_itself(preferences: PreferencesDialog) -> None:
    fields = [*preferences.findChildren(QComboBox), *preferences.findChildren(QSpinBox)]
    buddies = {label.buddy(): label.text() for label in preferences.findChildren(QLabel) if label.buddy()}
    letters = [text[text.index("&") + 1].casefold() for text in buddies.values()]
    assert set(fields) == set(buddies) and len(set(letters)) == len(letters)
    assert all(field.toolTip() and field.accessibleName() for field in fields)


# Shortcuts


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = window.menuBar()
    assert bar is not None
    file, edit = bar.addMenu("&File"), bar.addMenu("&Edit")
    assert file is not None and edit is not None
    recent = file.addMenu("Open &recent")
    assert recent is not None
    for menu, text, keys in (
        (file, "&Open…", ["Ctrl+O"]),
        (recent, "Forget && close", ["Ctrl+F12"]),
        (edit, "&Redo", ["Ctrl+Y", "Ctrl+Shift+Z"]),
        (edit, "No keys", []),
    ):
        action = QAction(text, window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        menu.addAction(action)
    hidden = QAction("Before and after", window)
    hidden.setShortcut("B")
    window.addAction(hidden)
    return window


def test_all_shortcuts_of_a_window_are_listed_in_its_order(window: QMainWindow) -> None:
    assert shortcuts_of(window) == (
        Shortcut("Forget & close", ("Ctrl+F12",), "File"),
        Shortcut("Open", ("Ctrl+O",), "File"),
        Shortcut("Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Edit"),
        Shortcut("Before and after", ("B",)),
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ["Forget & close", "Open", "Redo", "Before and after"]),
        ("OPEN", ["Open"]),
        ("ctrl", ["Forget & close", "Open", "Redo"]),
        ("shift re", ["Redo"]),
        ("nothing at all", []),
    ],
)
def test_shortcuts_can_be_searched(window: QMainWindow, qtbot: QtBot, text: str, left: list[str]) -> None:
    dialog = ShortcutsDialog(shortcuts_of(window))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.search, text)
    assert list(dialog.shown) == left
    assert dialog.nothing.isVisible() == (not left)
    dialog.search.clear()
    assert len(dialog.shown) == 4
