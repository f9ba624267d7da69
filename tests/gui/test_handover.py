"""Another language: a new window goes on with what was open in the last one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QLocale, QTranslator
from PyQt6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine
from window_driving import click, middle, open_file

from latentedit.edits import SetMix
from latentedit_gui.dialogs.preferences import PreferencesDialog
from latentedit_gui.handover import Handover, take_over
from latentedit_gui.main_window import MainWindow
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme
from latentedit_gui.translation import install_translation

THE_PROGRAM = """
import sys
from pathlib import Path
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QMessageBox
from latentedit.edits import SetMix
from latentedit_gui import app

def file_menu(window):
    return window.menuBar().actions()[0].text()

def begun(window, path):
    def edited(session):
        window.document.select(1)
        window.document.do(SetMix(1, "seed:3"))
        print(file_menu(window), window.document.face, len(session.history.past), window.document.modified)
        window.settings.language = "de"
        window.files.change_language()
    window.document.opened.connect(lambda: QTimer.singleShot(0, lambda: window.document.session and edited(window.document.session)))
    window.files.open_path(path)

def gone_on(window, left):
    def told():
        document = window.document
        print(file_menu(window), document.face, len(document.session.history.past), document.modified)
        document.open(None)
        window.close()
    window.opener.ended.connect(lambda: QTimer.singleShot(0, told))
    carry_on(window, left)

carry_on = app.take_over
app.begin, app.take_over = begun, gone_on
QMessageBox.question = lambda *_: QMessageBox.StandardButton.Ok
sys.exit(app.run(Path(sys.argv[1]), device="cpu", generator="toy"))
"""


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


def answer(monkeypatch: pytest.MonkeyPatch, *buttons: QMessageBox.StandardButton) -> list[QMessageBox.StandardButton]:
    answers = list(buttons)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    return answers


def test_the_program_changes_its_language_while_it_runs(projected_path: Path, tmp_path: Path) -> None:
    homes = {"XDG_CONFIG_HOME": tmp_path / "config", "XDG_STATE_HOME": tmp_path / "state", "LATENTEDIT_HOME": tmp_path / "home"}
    done = subprocess.run(
        [sys.executable, "-c", THE_PROGRAM, str(projected_path)],
        env={**os.environ, "LANG": "en_GB.UTF-8", "LANGUAGE": "en", "QT_QPA_PLATFORM": "offscreen"}
        | {k: str(v) for k, v in homes.items()},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["&File 1 1 True", "&Datei 1 1 True"], done.stderr


def test_nothing_that_is_open_is_lost(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, settings: Settings, projected_path: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    session = open_file(qtbot, window, projected_path)
    window.document.select(1)
    window.document.do(SetMix(1, "seed:3"))
    answer(monkeypatch, QMessageBox.StandardButton.Ok)  # the one question: nothing is asked about saving
    window.files.change_language()
    left = window.handover
    assert left is not None and left.session is session and not window.isVisible()

    install_translation(qapp, "de")
    other = MainWindow(settings, toy_engine(), Theme(qapp), generator=left.generator, weights=(), recovery=tmp_path / "recovery")
    other.show()
    take_over(other, left)
    qtbot.waitUntil(lambda: other.document.session is not None and other.cards.isHidden())
    assert other.document.session is session and other.document.face == 1 and other.document.modified
    assert other.actions_by_name["undo"].isEnabled() and other.actions_by_name["undo"].text() == "&Rückgängig"
    qtbot.waitUntil(lambda: (other.slot.folder / "project.ledit").exists())
    with qtbot.waitSignal(other.renderer.composited):
        other.actions_by_name["undo"].trigger()
    assert not session.state.face(1).edits
    other.document.open(None)
    other.close()
    other.deleteLater()


def test_an_empty_window_leaves_nothing(window: MainWindow) -> None:
    take_over(window, Handover(None, -1, "toy"))
    assert window.document.session is None


def test_who_declines_keeps_the_window(
    qtbot: QtBot, window: MainWindow, found_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = QMessageBox.StandardButton
    session = open_file(qtbot, window, found_path)
    answers = answer(monkeypatch, button.Cancel)
    window.files.change_language()
    assert window.isVisible() and window.handover is None and not answers
    with qtbot.waitSignal(window.projector.advanced):
        click(window, *middle(session, 0))
    answers = answer(monkeypatch, button.Ok, button.Cancel)  # to the language, to what is being learnt
    window.files.change_language()
    assert window.isVisible() and window.projector.working and window.document.session is session and not answers
    window.projector.cancel_all()


def test_the_preferences_ask_only_when_the_language_is_another(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(window.files, "change_language", lambda: asked.append(True))

    def choose(language: str) -> None:
        def accept(dialog: PreferencesDialog) -> int:
            dialog.language.setCurrentIndex(dialog.language.findData(language))
            dialog.accept()
            return 1

        monkeypatch.setattr(PreferencesDialog, "exec", accept)
        window.files.preferences()

    choose("")
    assert not asked
    choose("zh_CN")
    assert asked == [True] and window.settings.language == "zh_CN"
    choose("zh_CN")
    assert asked == [True]
