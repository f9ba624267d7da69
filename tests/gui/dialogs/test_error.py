"""Errors: what to do for those that users can meet, details for the others, and all of it to copy."""

from __future__ import annotations

import platform

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from latentedit import __version__
from latentedit.errors import Cancelled, FaceTooSmallError, PhotoError, StorageError
from latentedit_gui.dialogs.error import ErrorDialog, report, show_error


def bug() -> Exception:
    try:
        raise KeyError("latents")
    except KeyError as error:
        return error


def said(dialog: ErrorDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def copied() -> str:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


@pytest.mark.parametrize("kind", [PhotoError, FaceTooSmallError, StorageError])
def test_an_error_of_ours_says_what_to_do_and_nothing_of_programming(qtbot: QtBot, kind: type[PhotoError]) -> None:
    dialog = ErrorDialog(kind("It is too small.", hint="Use a larger one."))
    qtbot.addWidget(dialog)
    dialog.show()
    assert "It is too small." in said(dialog) and "Use a larger one." in said(dialog)
    assert "bug" not in said(dialog) and kind.__name__ not in said(dialog)
    assert not dialog.details.isVisible() and not dialog.details_button.isVisible()


def test_a_bug_is_called_one_and_its_details_are_folded(qtbot: QtBot) -> None:
    dialog = ErrorDialog(bug())
    qtbot.addWidget(dialog)
    dialog.show()
    assert "bug" in said(dialog) and "KeyError: 'latents'" in said(dialog)
    assert not dialog.details.isVisible()
    height = dialog.height()
    qtbot.mouseClick(dialog.details_button, Qt.MouseButton.LeftButton)
    assert dialog.details.isVisible() and "test_error.py" in dialog.details.toPlainText()
    assert dialog.height() > height
    qtbot.mouseClick(dialog.details_button, Qt.MouseButton.LeftButton)
    assert not dialog.details.isVisible() and dialog.height() == height


@pytest.mark.parametrize("error", [bug(), PhotoError("It is empty.", hint="Copy it again.")], ids=["bug", "ours"])
def test_everything_can_be_copied(qtbot: QtBot, error: Exception) -> None:
    dialog = ErrorDialog(error)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert copied() == report(error)
    assert str(error) in copied() and __version__ in copied() and platform.platform() in copied()
    assert dialog.copy_button.text() == "Copied"


def test_a_report_names_what_caused_it() -> None:
    try:
        try:
            raise OSError(28, "No space left")
        except OSError as error:
            raise StorageError("There is no room.", hint="Free some.") from error
    except StorageError as error:
        text = report(error)
    assert "No space left" in text and "Free some." in text


def test_text_of_an_error_is_not_taken_for_html(qtbot: QtBot) -> None:
    dialog = ErrorDialog(PhotoError("<b>x</b>.jpg is <img src='a'> empty."))
    qtbot.addWidget(dialog)
    dialog.show()
    label = next(label for label in dialog.findChildren(QLabel) if "<b>" in label.text())
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_showing_does_not_wait_and_cleans_up(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = show_error(window, bug())
    assert dialog is not None and dialog.isVisible() and dialog.isModal()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not window.findChildren(ErrorDialog)


def test_what_the_user_cancelled_is_not_shown(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert show_error(window, Cancelled("stopped")) is None


def test_return_closes_it(qtbot: QtBot) -> None:
    dialog = ErrorDialog(bug())
    qtbot.addWidget(dialog)
    dialog.show()
    close = dialog.buttons.button(QDialogButtonBox.StandardButton.Close)
    assert close is not None and close.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
