"""What holds for every dialog, in every language: it explains itself, and the keyboard reaches everything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from controls import controls, named, not_reached_by_tab
from PyQt6.QtCore import QLocale, QTranslator
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from latentedit.assets import AssetStore
from latentedit.assets.downloads import downloads
from latentedit.errors import PhotoError
from latentedit_gui.dialogs.about import AboutDialog
from latentedit_gui.dialogs.error import ErrorDialog
from latentedit_gui.dialogs.export import ExportDialog
from latentedit_gui.dialogs.first_run import FirstRunDialog
from latentedit_gui.dialogs.preferences import PreferencesDialog
from latentedit_gui.dialogs.recovery_dialog import RecoveryDialog
from latentedit_gui.dialogs.shortcuts import Shortcut, ShortcutsDialog
from latentedit_gui.dialogs.unsaved import UnsavedQuestion
from latentedit_gui.export_request import ExportKind, ExportOptions, ExportSubject
from latentedit_gui.settings import Settings
from latentedit_gui.theme import ThemeChoice, apply_theme
from latentedit_gui.translation import LANGUAGES, install_translation

MNEMONIC = re.compile(r"&(\w)")


def layers(folder: Path) -> ExportDialog:
    options = ExportOptions(ExportKind.ORA)
    return ExportDialog(ExportSubject("a.jpg", None, ExportKind.JPEG, (0,)), options, folder)


MAKERS: dict[str, Callable[[Path], QDialog]] = {
    "about": lambda folder: AboutDialog(),
    "bug": lambda folder: ErrorDialog(KeyError("x")),
    "error": lambda folder: ErrorDialog(PhotoError("It is empty.", hint="Copy it again.")),
    "export": lambda folder: ExportDialog(ExportSubject("a.jpg"), ExportOptions(), folder),
    "layers": layers,
    "first run": lambda folder: FirstRunDialog(downloads(AssetStore(folder)), folder),
    "preferences": lambda folder: PreferencesDialog(Settings(folder / "settings.ini")),
    "recovery": lambda folder: RecoveryDialog(()),
    "shortcuts": lambda folder: ShortcutsDialog([Shortcut("Open", ("Ctrl+O",))]),
    "unsaved": lambda folder: UnsavedQuestion("a.ledit"),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    yield install_translation(qapp, request.param)
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


@pytest.fixture(params=MAKERS)
def dialog(request: pytest.FixtureRequest, language: str, tmp_path: Path, qtbot: QtBot) -> QDialog:
    dialog = MAKERS[request.param](tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_everything_explains_itself(dialog: QDialog) -> None:
    assert controls(dialog)
    for widget in controls(dialog):
        assert widget.toolTip(), f"no tooltip: {widget}"
        assert named(widget, dialog), f"no name: {widget}"


def test_the_keyboard_reaches_everything(dialog: QDialog) -> None:
    assert not not_reached_by_tab(dialog)


def test_no_letter_means_two_things(dialog: QDialog) -> None:
    texts = [
        widget.text() for widget in dialog.findChildren(QWidget) if isinstance(widget, QAbstractButton) and widget.isVisible()
    ]
    texts += [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    letters = Counter(letter.casefold() for text in texts for letter in MNEMONIC.findall(text))
    assert not [letter for letter, count in letters.items() if count > 1], texts


def test_every_dialog_has_a_title_and_fits_on_a_small_screen(dialog: QDialog) -> None:
    assert dialog.windowTitle()
    assert dialog.width() <= 1024 and dialog.height() <= 700


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("name", MAKERS)
def test_no_word_is_cut_off(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str, name: str, choice: ThemeChoice
) -> None:
    theme = apply_theme(qapp, choice)
    dialog = MAKERS[name](tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(dialog.width(), 1)  # as small as it gets, which Qt makes dialogs on small screens
    QApplication.processEvents()
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QComboBox) and widget.isVisible() and not isinstance(widget.parent(), QLineEdit):
            assert widget.width() >= widget.sizeHint().width(), widget
        if isinstance(widget, QLabel) and widget.isVisible() and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()
    theme.deleteLater()
