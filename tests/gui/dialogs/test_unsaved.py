"""The question about unsaved changes: three answers, and nothing lost by an Escape."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from latentedit_gui.dialogs.unsaved import UnsavedAnswer, UnsavedQuestion

BUTTON = QMessageBox.StandardButton


@pytest.mark.parametrize(
    ("button", "answer"),
    [(BUTTON.Save, UnsavedAnswer.SAVE), (BUTTON.Discard, UnsavedAnswer.DISCARD), (BUTTON.Cancel, UnsavedAnswer.CANCEL)],
)
def test_each_button_is_its_answer(qtbot: QtBot, button: QMessageBox.StandardButton, answer: UnsavedAnswer) -> None:
    question = UnsavedQuestion("Wedding.ledit")
    qtbot.addWidget(question)
    question.open()
    with qtbot.waitSignal(question.decided) as decided:
        clicked = question.button(button)
        assert clicked is not None
        qtbot.mouseClick(clicked, Qt.MouseButton.LeftButton)
    assert decided.args == [answer]


def test_escape_goes_on_editing_and_return_saves(qtbot: QtBot) -> None:
    for key, answer in ((Qt.Key.Key_Escape, UnsavedAnswer.CANCEL), (Qt.Key.Key_Return, UnsavedAnswer.SAVE)):
        question = UnsavedQuestion("Wedding.ledit")
        qtbot.addWidget(question)
        question.open()
        with qtbot.waitSignal(question.decided) as decided:
            qtbot.keyClick(question, key)
        assert decided.args == [answer]


def test_closing_it_goes_on_editing(qtbot: QtBot) -> None:
    question = UnsavedQuestion("Wedding.ledit")
    qtbot.addWidget(question)
    question.open()
    with qtbot.waitSignal(question.decided) as decided:
        question.close()
    assert decided.args == [UnsavedAnswer.CANCEL]


def test_it_names_the_file(qtbot: QtBot) -> None:
    question = UnsavedQuestion("<Wedding & more>.ledit")
    qtbot.addWidget(question)
    assert "<Wedding & more>.ledit" in question.text()
    assert question.textFormat() == Qt.TextFormat.PlainText


def test_asking_waits_for_the_answer(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    def answer() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, UnsavedQuestion)
        qtbot.keyClick(question, Qt.Key.Key_Return)

    QTimer.singleShot(50, answer)
    assert UnsavedQuestion.ask("Wedding.ledit", window) is UnsavedAnswer.SAVE
