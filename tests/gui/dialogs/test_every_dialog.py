"""What holds for every dialog, in every language: it explains itself, and the keyboard reaches everything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QLocale, Qt, QTranslator
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from latentedit.assets import AssetStore
from latentedit.errors import PhotoError
from latentedit_gui.dialogs.about import AboutDialog
from latentedit_gui.dialogs.error import ErrorDialog
from latentedit_gui.dialogs.export import ExportDialog
from latentedit_gui.dialogs.first_run import FirstRunDialog
from latentedit_gui.dialogs.preferences import PreferencesDialog
from latentedit_gui.dialogs.recovery_dialog import RecoveryDialog
from latentedit_gui.dialogs.shortcuts import Shortcut, ShortcutsDialog
from latentedit_gui.dialogs.unsaved import UnsavedQuestion
from latentedit_gui.downloads import downloads
from latentedit_gui.export_request import ExportKind, ExportOptions, ExportSubject
from latentedit_gui.settings import Settings
from latentedit_gui.theme import ThemeChoice, apply_theme
from latentedit_gui.translation import LANGUAGES, install_translation

USED = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)
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


def used(dialog: QDialog) -> list[QWidget]:
    """What a person can use, without the parts that fields are made of."""
    found = [widget for widget in dialog.findChildren(QWidget) if isinstance(widget, USED) and widget.isVisible()]
    return [
        widget
        for widget in found
        if not isinstance(widget.parent(), (*USED, QScrollBar)) and widget.objectName() != "qt_spinbox_lineedit"
    ]


def test_everything_explains_itself(dialog: QDialog) -> None:
    assert used(dialog)
    for widget in used(dialog):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.toolTip(), f"no tooltip: {widget} {text}"
        labelled = any(label.buddy() in (widget, widget.parent()) for label in dialog.findChildren(QLabel) if label.buddy())
        assert text or widget.accessibleName() or labelled, f"no name: {widget}"


def test_the_keyboard_reaches_everything(dialog: QDialog, qtbot: QtBot) -> None:
    wanted = {widget for widget in used(dialog) if widget.isEnabled()}
    seen: set[QWidget] = set()
    for _ in range(60):
        focused = dialog.focusWidget()
        if focused in seen and wanted <= seen:
            break
        if focused is not None:
            seen.add(focused)
            # Radio buttons are one stop; arrows move among them.
            group = focused.group() if isinstance(focused, QAbstractButton) else None
            seen |= set(group.buttons()) if group is not None else set()
        qtbot.keyClick(focused or dialog, Qt.Key.Key_Tab)
    assert not wanted - seen


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
def test_no_word_is_cut_off(qapp: QApplication, qtbot: QtBot, tmp_path: Path, name: str, choice: ThemeChoice) -> None:
    theme = apply_theme(qapp, choice)
    dialog = MAKERS[name](tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QComboBox) and widget.isVisible() and not isinstance(widget.parent(), QLineEdit):
            assert widget.width() >= widget.sizeHint().width(), widget
        if isinstance(widget, QLabel) and widget.isVisible() and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()
    theme.deleteLater()
