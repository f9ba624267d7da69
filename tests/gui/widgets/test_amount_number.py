from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from latentedit_gui.panels.attributes_row import BEYOND, _beyond
from latentedit_gui.widgets.amount_number import AmountNumber


def test_undo_is_the_windows_even_while_a_number_is_typed(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    number = AmountNumber(0.1)
    number.setRange(-9, 9)
    window.setCentralWidget(number)
    undo = QAction(window)
    undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    window.addAction(undo)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    number.setFocus()
    qtbot.keyClicks(number, "5")
    with qtbot.waitSignal(undo.triggered):
        qtbot.keyClick(number, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_a_typed_amount_may_go_beyond_the_slider_but_not_to_where_no_face_is() -> None:
    assert _beyond((-3.0, 2.0)) == (-3 * BEYOND, 2 * BEYOND)
