"""One whole path with keys alone: open, choose and learn a face, a slider, undo, mix, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QFileDialog, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from latentedit.directions import Direction
from latentedit.directions.library import DirectionLibrary
from latentedit.session import Session
from latentedit_gui.dialogs.export import ExportDialog
from latentedit_gui.main_window import MainWindow
from latentedit_gui.widgets.amount_track import AmountTrack
from latentedit_gui.widgets.collapsible_group import CollapsibleGroup

Key, Modifier = Qt.Key, Qt.KeyboardModifier
MOST_TABS = 400


class Typist:
    """Presses keys, wherever the keyboard is."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        return self.window.focusWidget() or self.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        QTest.keyClick(self.at, key, modifier)

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> QWidget:
        for _ in range(MOST_TABS):
            if wanted(self.at):
                return self.at
            self.press(Key.Key_Tab)
        raise AssertionError("the tab key does not come to it")

    def go_to(self, area: QWidget) -> None:
        for _ in range(20):
            if area is self.at or area.isAncestorOf(self.at):
                return
            self.press(Key.Key_F6)
        raise AssertionError("F6 does not come to it")

    def open_panel(self, name: str) -> None:
        """By the tabs of the panels, and the arrow keys."""
        dock = self.window.docks[name]
        tabs = self.tab_to(lambda widget: isinstance(widget, QTabBar) and widget.parent() is self.window)
        assert isinstance(tabs, QTabBar)
        for _ in range(tabs.count()):
            if tabs.tabText(tabs.currentIndex()) == dock.windowTitle():
                break
            self.press(Key.Key_Right)
        QTest.qWait(50)
        self.go_to(dock)


def test_from_opening_to_exporting(
    qtbot: QtBot, window: MainWindow, found_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    qtbot.waitActive(window)
    typist, document = Typist(window), window.document

    # The dialog is the platform's, which has keys of its own.
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(found_path), ""))
    with qtbot.waitSignal(document.opened):
        typist.press(Key.Key_O, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: window.cards.isHidden())

    session = document.session
    assert session is not None
    vector = torch.randn(16, generator=torch.Generator().manual_seed(0))
    DirectionLibrary.default().add(Direction("smile", vector, default_range=(-3.0, 3.0)), session.spec)  # the toy ships with none

    typist.go_to(window.canvas)
    with qtbot.waitSignal(window.projector.finished, timeout=30000):
        typist.press(Key.Key_PageDown)
    assert document.face == 0 and document.editable

    qtbot.waitUntil(lambda: window.docks["attributes"].findChild(AmountTrack) is not None)
    typist.go_to(window.docks["attributes"])
    if not window.docks["attributes"].findChild(AmountTrack).isVisible():
        typist.tab_to(lambda widget: isinstance(widget.parent(), CollapsibleGroup))
        typist.press(Key.Key_Space)
    slider = typist.tab_to(lambda widget: isinstance(widget, AmountTrack))
    assert slider.accessibleName() == "smile"
    with qtbot.waitSignal(window.renderer.composited):
        typist.press(Key.Key_Right)
    (edit,) = session.state.face(0).edits
    assert changed(session)
    with qtbot.waitSignal(window.renderer.composited):
        typist.press(Key.Key_Z, Modifier.ControlModifier)
    assert not session.state.face(0).edits

    typist.open_panel("mix")
    typist.tab_to(lambda widget: widget is dice(window))
    typist.press(Key.Key_Space)
    blend = typist.tab_to(lambda widget: isinstance(widget, AmountTrack))
    assert window.docks["mix"].isAncestorOf(blend)
    with qtbot.waitSignal(window.renderer.composited):
        typist.press(Key.Key_End)
    (edit,) = session.state.face(0).edits
    assert edit.label.startswith("mix") and changed(session)

    target = tmp_path / "by keys.png"
    pressed: list[bool] = []

    def in_the_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog) and dialog.focusWidget() is dialog.name
        QTest.keyClick(dialog.name, Key.Key_A, Modifier.ControlModifier)
        QTest.keyClicks(dialog.name, target.name)
        pressed.append(dialog.folder.text() == str(tmp_path))
        QTest.keyClick(dialog.name, Key.Key_Return)

    window.settings.set_last_folder("export", tmp_path)
    QTimer.singleShot(50, in_the_dialog)
    with qtbot.waitSignal(window.saver.exported):
        typist.press(Key.Key_E, Modifier.ControlModifier)
    assert pressed == [True]
    with Image.open(target) as written:
        assert (np.asarray(written.convert("RGB")) == session.render_uint8()).all()


def dice(window: MainWindow) -> QWidget:
    button: QWidget = window.panel("mix").sources.dice_button  # type: ignore[attr-defined]
    return button


def changed(session: Session) -> bool:
    return bool((session.render_uint8() != session.photo.rgb_uint8).any())
