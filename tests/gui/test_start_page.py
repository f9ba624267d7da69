"""The page before anything is open: readable in every look, never wider than a small window, with the recent files at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine

from latentedit_gui.dialogs.labels import IconLabel
from latentedit_gui.main_window import MainWindow
from latentedit_gui.pixels import rgb_of
from latentedit_gui.settings import Settings
from latentedit_gui.start_page import StartPage
from latentedit_gui.theme import Theme


def test_its_picture_follows_the_look(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, "dark")
    page = StartPage()
    qtbot.addWidget(page)
    page.show()
    picture = page.findChild(IconLabel)
    assert picture is not None
    brightest = []
    for look in ("dark", "light"):
        theme.choose(look)
        qapp.processEvents()
        seen = rgb_of(picture.grab().toImage()).astype(int)
        corner = seen[0, 0]
        brightest.append(int(np.abs(seen - corner).max()))
    assert min(brightest) > 100  # against what is behind it


def test_recent_files_are_offered_at_the_start(
    qtbot: QtBot, qapp: QApplication, settings: Settings, photo_path: Path, tmp_path: Path
) -> None:
    settings.add_recent(photo_path)
    window = MainWindow(settings, toy_engine(), Theme(qapp), generator="toy", weights=(), recovery=tmp_path / "recovery")
    qtbot.addWidget(window)
    assert photo_path.name in [button.text() for button in window.start_page.findChildren(QPushButton)]
    assert next(action.text() for action in window.recent_menu.actions()) == photo_path.name
    window.close()


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    window.resize(1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
