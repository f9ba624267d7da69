"""For those who hear the window or use it by keys: what has the keyboard has a name, tab goes everywhere and on, and what happens is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from controls import focusable, named
from PyQt6.QtCore import QLocale, Qt, QTranslator
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from window_driving import click, middle, open_file

from latentedit.edits import SetMix
from latentedit_gui.canvas.split import SplitHandle
from latentedit_gui.export_request import ExportKind, ExportRequest
from latentedit_gui.main_window import MainWindow
from latentedit_gui.pixels import rgb_of
from latentedit_gui.theme import ThemeChoice
from latentedit_gui.translation import LANGUAGES, install_translation

MOST_TABS = 400


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


@pytest.fixture(params=LANGUAGES)
def spoken(qapp: QApplication, english_again: None, request: pytest.FixtureRequest) -> MainWindow:
    """A window in a language."""
    install_translation(qapp, request.param)
    window: MainWindow = request.getfixturevalue("window")
    return window


def edited(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    open_file(qtbot, window, path)
    window.document.select(0)
    window.document.do(SetMix(0, "seed:7", 0.5))
    window.actions_by_name["split"].setChecked(True)


def is_named(widget: QWidget, window: MainWindow) -> bool:
    return named(widget, window) or (isinstance(widget, QTabBar) and bool(widget.tabText(widget.currentIndex())))


def by_tab(parent: QWidget) -> list[QWidget]:
    """What the tab key comes to: text that is only selected is clicked."""
    return [each for each in focusable(parent) if each.focusPolicy().value & Qt.FocusPolicy.TabFocus.value]


def test_whatever_has_the_keyboard_has_a_name(spoken: MainWindow, qtbot: QtBot, projected_path: Path) -> None:
    assert all(is_named(each, spoken) for each in focusable(spoken))
    edited(qtbot, spoken, projected_path)
    for name in spoken.docks:
        spoken.show_panel(name)
        qtbot.wait(20)
        nameless = [(type(each).__name__, each.toolTip()) for each in focusable(spoken) if not is_named(each, spoken)]
        assert not nameless, name


def test_tab_goes_through_every_panel_and_comes_back(qtbot: QtBot, window: MainWindow, projected_path: Path) -> None:
    edited(qtbot, window, projected_path)
    window.activateWindow()
    for name, dock in window.docks.items():
        window.show_panel(name)
        qtbot.wait(20)
        window.canvas.setFocus()
        seen: list[QWidget] = []
        for _ in range(MOST_TABS):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            focused = window.focusWidget()
            assert focused is not None
            if focused is window.canvas:
                break
            seen.append(focused)
        assert window.focusWidget() is window.canvas, f"caught in {name} at {seen[-1]}"
        wanted = {each for each in by_tab(dock) if not isinstance(each, QAbstractButton) or each.group() is None}
        if wanted:
            assert wanted & set(seen), name
        if dock.visibleRegion().isEmpty():
            continue
        assert not [each for each in wanted if each not in seen and not isinstance(each, QTabBar)], name


def test_areas_are_gone_through_by_one_key(qtbot: QtBot, window: MainWindow, projected_path: Path) -> None:
    edited(qtbot, window, projected_path)
    window.show_panel("attributes" if window.panel("attributes").missing() else "variations")
    window.show_panel("variations")
    qtbot.wait(20)
    window.canvas.setFocus()
    forth, back = (window.actions_by_name[name] for name in ("next-area", "last-area"))
    visited = []
    for _ in range(len(window.docks) + 1):
        forth.trigger()
        focused = window.focusWidget()
        assert focused is not None
        if focused is window.canvas:
            break
        visited.append(next(name for name, dock in window.docks.items() if dock.isAncestorOf(focused)))
    assert visited == ["variations", "layers", "history"]
    back.trigger()
    assert window.docks["history"].isAncestorOf(window.focusWidget())


def test_the_canvas_says_what_is_on_it(qtbot: QtBot, spoken: MainWindow, projected_path: Path) -> None:
    edited(qtbot, spoken, projected_path)
    before = spoken.canvas.accessibleName()
    assert "photo.png" in before and "2" in before and spoken.canvas.accessibleDescription()
    spoken.document.select(1)
    assert spoken.canvas.accessibleName() != before


def test_what_has_happened_is_told_where_screen_readers_read_it_aloud(
    qtbot: QtBot, window: MainWindow, found_path: Path, tmp_path: Path
) -> None:
    session = open_file(qtbot, window, found_path)
    assert "2 faces" not in window.status.currentMessage()
    with qtbot.waitSignal(window.projector.finished, timeout=30000):
        click(window, *middle(session, 1))
    assert window.status.currentMessage() == "Face 2 is learnt and can be edited."
    with qtbot.waitSignal(window.saver.exported):
        window.saver.export(ExportRequest(tmp_path / "a.png", ExportKind.PNG))
    assert window.status.currentMessage() == "Exported a.png"
    window.notice.say("Something is to be done.")
    assert window.status.currentMessage() == "Something is to be done."


def test_the_split_is_a_slider_that_can_be_set(qtbot: QtBot, window: MainWindow, projected_path: Path) -> None:
    edited(qtbot, window, projected_path)
    handle = window.canvas.findChild(SplitHandle)
    assert isinstance(handle, QAbstractSlider) and handle.value() == 50
    with qtbot.waitSignal(window.canvas.split_moved) as told:
        handle.setValue(20)  # as a screen reader does
    assert told.args == [0.2] and handle.position == 0.2
    handle.move_to(0.746)
    assert handle.value() == 75 and handle.position == 0.746


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_whatever_has_the_keyboard_shows_it(qtbot: QtBot, window: MainWindow, projected_path: Path, choice: ThemeChoice) -> None:
    window.theme.choose(choice)
    edited(qtbot, window, projected_path)
    qtbot.waitActive(window)
    unseen = set()
    for name in window.docks:
        window.show_panel(name)
        qtbot.wait(20)
        for widget in focusable(window.docks[name]):
            window.canvas.setFocus()
            plain = rgb_of(widget.grab().toImage())
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            focused = rgb_of(widget.grab().toImage())
            if plain.shape == focused.shape and (plain != focused).any(axis=2).sum() < 20:
                unseen.add((type(widget).__name__, widget.accessibleName(), name))
    assert not unseen, unseen


def test_the_canvas_shows_that_keys_brought_the_keyboard(qtbot: QtBot, window: MainWindow, projected_path: Path) -> None:
    open_file(qtbot, window, projected_path)
    canvas = window.canvas
    canvas.setFocus()
    plain = rgb_of(canvas.port.grab().toImage())
    QTest.keyRelease(canvas, Qt.Key.Key_Tab)  # the key was pressed elsewhere
    framed = rgb_of(canvas.port.grab().toImage())
    differs = (plain != framed).any(axis=2)
    assert differs[0].all() and differs[:, 0].all() and not differs[4:-4, 4:-4].any()
