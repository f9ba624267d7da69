"""The real window with its panels as narrow as they get: nothing on them is cut off, whatever the language, also after a start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from controls import controls
from PyQt6.QtCore import QByteArray, QLocale, QSize, Qt, QTranslator
from PyQt6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine

from latentedit_gui.main_window import LAYOUT_VERSION, MainWindow
from latentedit_gui.panels import LEFT, Panel
from latentedit_gui.panels.panel import LEAST_CHARACTERS
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme
from latentedit_gui.translation import LANGUAGES, install_translation
from latentedit_gui.widgets.elided_label import ElidedLabel

Start = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts windows that remember the same."""
    windows: list[MainWindow] = []

    def begin() -> MainWindow:
        window = MainWindow(settings, toy_engine(), Theme(qapp), generator="toy", weights=(), recovery=tmp_path / "recovery")
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield begin
    for window in windows:
        window.document.open(None)
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    yield install_translation(qapp, request.param)
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


def narrowed(qtbot: QtBot, window: MainWindow, name: str) -> Panel:
    """A panel in front, as narrow as a person can make it."""
    window.show_panel(name)
    qtbot.wait(30)
    window.resizeDocks([window.docks[name]], [1], Qt.Orientation.Horizontal)
    qtbot.wait(30)
    return window.panel(name)


def cut_off(panel: Panel) -> list[tuple[str, str, int, int]]:
    """What of a panel has less room than it needs: its kind, its text, the room, and the need."""
    found = []
    for each in panel.findChildren(QLabel):
        if each.isVisible() and each.text() and not isinstance(each, ElidedLabel):
            if each.wordWrap():
                found.append((each, each.text(), each.height(), each.heightForWidth(each.width())))
            else:
                found.append((each, each.text(), each.width(), each.sizeHint().width()))
    for control in controls(panel):
        if isinstance(control, QAbstractButton | QComboBox | QAbstractSpinBox):
            text = control.currentText() if isinstance(control, QComboBox) else control.text()
            found.append((control, text, control.width(), control.minimumSizeHint().width()))
    lacking = [(type(each).__name__, text, room, need) for each, text, room, need in found if room < need]
    return lacking + [(type(each).__name__, "beyond the edge", panel.width(), right_of(each, panel)) for each in outside(panel)]


def outside(panel: Panel) -> list[QWidget]:
    return [each for each in controls(panel) if right_of(each, panel) > panel.width()]


def right_of(widget: QWidget, panel: Panel) -> int:
    return widget.mapTo(panel, widget.rect().topRight()).x() + 1


def test_nothing_is_cut_off_where_it_is_narrowest(qtbot: QtBot, language: str, start: Start, projected_path: Path) -> None:
    window = start()
    with qtbot.waitSignal(window.document.opened):
        window.files.open_path(projected_path)
    window.document.select(0)
    for name in window.docks:
        panel = narrowed(qtbot, window, name)
        assert panel.width() >= LEAST_CHARACTERS * panel.fontMetrics().averageCharWidth(), name
        assert not cut_off(panel), (name, panel.width())


def test_docks_that_an_earlier_start_left_too_narrow_are_as_wide_as_they_must(
    qtbot: QtBot, start: Start, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as as_it_was:
        as_it_was.setattr(Panel, "minimumSizeHint", lambda _: QSize(20, 20))
        first = start()
        for name in ("close-up", *LEFT):
            narrowed(qtbot, first, name)
        least = LEAST_CHARACTERS * first.fontMetrics().averageCharWidth()
        assert first.docks["close-up"].width() < least
        state = QByteArray(first.saveState(LAYOUT_VERSION))
    settings.state = state
    second = start()
    assert second.docks["close-up"].isVisible()
    for name in ("close-up", *LEFT):
        assert second.docks[name].width() >= least, name


def test_a_window_left_on_a_screen_that_is_gone_comes_back_onto_one(start: Start, settings: Settings) -> None:
    first = start()
    screen = first.screen()
    assert screen is not None
    first.setGeometry(9000, 7000, 1360, 860)
    settings.geometry = QByteArray(first.saveGeometry())
    second = start()
    assert screen.availableGeometry().intersects(second.frameGeometry())
    assert screen.availableGeometry().contains(second.geometry().topLeft()), "its title can be reached"
