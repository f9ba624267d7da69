"""The catalogues: whole, up to date with the code, and used by the application."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PyQt6.lupdate.python_source import PythonSource
from PyQt6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PyQt6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from window_driving import open_file

import latentedit_gui
from latentedit.edits import SetMix
from latentedit_gui.dialogs.unsaved import UnsavedQuestion
from latentedit_gui.main_window import MainWindow
from latentedit_gui.translation import (
    FOLDER,
    LANGUAGES,
    SOURCE_LANGUAGE,
    CatalogueTranslator,
    Message,
    install_translation,
    read_catalogue,
)

PACKAGE = Path(latentedit_gui.__file__).parent
PLURAL_FORMS = {"en": 2, "de": 2, "zh_CN": 1}
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%\d")
MNEMONIC = re.compile(r"&(?=\w)")
MUCH_WIDER = 1.8
A_SHORT_WORD_PX = 110
"""A word of one syllable may well have three in another language; nothing is laid out for fewer pixels."""
Said = tuple[str, str, str, bool]

languages = pytest.mark.parametrize("language", LANGUAGES)


def said_by_the_window() -> set[Said]:
    """(context, sentence, comment, whether a number is in it) of all that the code translates."""
    found: set[Said] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for context in PythonSource(filename=str(path), verbose=False).contexts:
            for message in context.messages:
                found.add((context.name, message.source, message.comment or "", bool(message.numerus)))
    return found


@languages
def test_the_catalogue_has_what_the_window_says_and_no_more(language: str) -> None:
    said = {each for each in said_by_the_window() if language != SOURCE_LANGUAGE or each[3]}
    known = {(each.context, each.source, each.comment, each.numerus) for each in read_catalogue(FOLDER / f"{language}.ts")}
    assert not said - known, "run scripts/update_translations, and translate"
    assert not known - said, "run scripts/update_translations"


@languages
def test_everything_is_translated_in_all_its_plural_forms(language: str) -> None:
    for message in read_catalogue(FOLDER / f"{language}.ts"):
        assert message.finished and all(message.forms), message
        assert len(message.forms) == (PLURAL_FORMS[language] if message.numerus else 1), message


@languages
def test_placeholders_mnemonics_and_edges_are_kept(language: str) -> None:
    for message in read_catalogue(FOLDER / f"{language}.ts"):
        for form in message.forms:
            assert Counter(PLACEHOLDER.findall(form)) == Counter(PLACEHOLDER.findall(message.source)), message
            assert len(MNEMONIC.findall(form)) == len(MNEMONIC.findall(message.source)), message
            assert (form[0].isspace(), form[-1].isspace()) == (message.source[0].isspace(), message.source[-1].isspace()), message
            if message.source.endswith((".", "?")):
                assert form.endswith((".", "?", "。", "？")), message


def test_no_language_is_forgotten() -> None:
    assert {path.stem for path in FOLDER.glob("*.ts")} == set(LANGUAGES)


def test_translations_are_not_the_english_ones() -> None:
    for language in ("de", "zh_CN"):
        messages = read_catalogue(FOLDER / f"{language}.ts")
        same = [
            each.source
            for each in messages
            if each.source in each.forms and len(re.findall(r"[^\W\d]{2,}", PLACEHOLDER.sub("", each.source))) > 2
        ]
        assert not same


# The application


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


@pytest.mark.parametrize(
    ("asked", "taken"),
    [("de", "de"), ("de_AT", "de"), ("zh-Hans-CN", "zh_CN"), ("zh", "zh_CN"), ("zh_TW", "en"), ("fr", "en"), ("en-GB", "en")],
)
def test_the_nearest_language_is_taken(app: QApplication, asked: str, taken: str) -> None:
    assert install_translation(app, asked) == taken


def test_the_systems_language_is_taken_when_none_is_chosen(app: QApplication) -> None:
    assert install_translation(app) in LANGUAGES


@pytest.mark.parametrize(
    ("language", "question", "button"),
    [("de", "Änderungen an X speichern?", "Abbrechen"), ("zh_CN", "要保存对 X 的更改吗？", "取消")],
)
def test_ours_and_qts_own_words_are_translated(
    app: QApplication, qtbot: QtBot, language: str, question: str, button: str
) -> None:
    install_translation(app, language)
    dialog = UnsavedQuestion("X")
    qtbot.addWidget(dialog)
    assert dialog.text() == question
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    cancel = box.button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel is not None and cancel.text() == button


def test_changing_the_language_forgets_the_one_before(app: QApplication) -> None:
    for _ in range(3):
        install_translation(app, "de")
        install_translation(app, "en")
    assert QCoreApplication.translate("UnsavedQuestion", "Unsaved changes") == "Unsaved changes"


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 project with", "2 projects with"),
        ("de", "1 Projekt mit", "2 Projekte mit"),
        ("zh_CN", "可以恢复 1 个", "可以恢复 2 个"),
    ],
)
def test_numbers_have_their_plural(app: QApplication, language: str, one: str, two: str) -> None:
    install_translation(app, language)
    source = "%n project(s) with unsaved changes can be recovered."
    assert QCoreApplication.translate("RecoveryDialog", source, "", 1).startswith(one)
    assert QCoreApplication.translate("RecoveryDialog", source, "", 2).startswith(two)


class Parent(QObject):
    def word(self) -> str:
        return self.tr("word")


class Child(Parent):
    pass


def test_a_child_says_what_its_parent_says_in_the_same_language(app: QApplication) -> None:
    translator = CatalogueTranslator([Message("Parent", "word", "", ("Wort",), False, True)], lambda n: 0, app)
    translator.setObjectName("latentedit")
    app.installTranslator(translator)
    assert (Parent().word(), Child().word()) == ("Wort", "Wort")


def test_what_is_not_translated_stays_english(app: QApplication) -> None:
    translator = CatalogueTranslator([Message("Parent", "word", "", ("",), False, False)], lambda n: 0, app)
    assert translator.isEmpty()
    install_translation(app, "de")
    assert Parent().tr("never heard of it") == "never heard of it"


@pytest.mark.parametrize("content", [b"", b"<TS>", b"\xff\xfe\x00"])
def test_what_is_no_catalogue_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "xx.ts"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="no catalogue"):
        read_catalogue(path)


def test_collecting_again_changes_nothing(tmp_path: Path) -> None:
    script = PACKAGE.parents[1] / "scripts" / "collect_translations.py"
    catalogues = tmp_path / "i18n"
    shutil.copytree(FOLDER, catalogues)
    subprocess.run([sys.executable, script, PACKAGE, catalogues], check=True, capture_output=True)
    for path in FOLDER.glob("*.ts"):
        assert (catalogues / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


# The window in each language


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def spoken(app: QApplication, language: str, request: pytest.FixtureRequest, qtbot: QtBot, projected_path: Path) -> MainWindow:
    """The window in a language, a face open and every panel there."""
    install_translation(app, language)
    window: MainWindow = request.getfixturevalue("window")
    open_file(qtbot, window, projected_path)
    window.document.select(0)
    window.document.do(SetMix(0, "seed:7", 0.5))
    for name in window.docks:
        window.show_panel(name)
        app.processEvents()
    return window


def said_by(widget: QWidget) -> Iterator[str]:
    """All that the buttons and the labels of one line on a widget say, hidden ones too."""
    for child in widget.findChildren(QWidget):
        if isinstance(child, QAbstractButton) or (isinstance(child, QLabel) and not child.wordWrap()):
            yield child.text()


def keys_of(texts: Iterable[str]) -> Counter[str]:
    return Counter(found[1].lower() for text in texts for found in re.finditer(r"&(\w)", text))


def test_a_menus_keys_are_its_own(spoken: MainWindow) -> None:
    menus = [[action.text() for action in menu.actions()] for menu in spoken.findChildren(QMenu)]
    bar = spoken.menuBar()
    assert bar is not None
    for texts in (*menus, [action.text() for action in bar.actions()]):
        assert max(keys_of(texts).values(), default=1) == 1, texts


def test_a_panels_keys_are_its_own(spoken: MainWindow) -> None:
    for name, dock in spoken.docks.items():
        spoken.show_panel(name)
        shown = [each for each in dock.findChildren(QWidget) if each.isVisible() and isinstance(each, QAbstractButton | QLabel)]
        texts = {each.text() for each in shown}  # an editor that stands there twice has the same key twice
        assert max(keys_of(texts).values(), default=1) == 1, (name, texts)


def test_no_button_or_label_is_much_wider_than_in_english(spoken: MainWindow, language: str) -> None:
    english = {form: each.source for each in read_catalogue(FOLDER / f"{language}.ts") for form in each.forms}
    wide = spoken.fontMetrics().horizontalAdvance
    too_wide = {
        text
        for text in said_by(spoken)
        if text in english and wide(text) > max(MUCH_WIDER * wide(english[text]), A_SHORT_WORD_PX)
    }
    assert not too_wide


def test_no_panel_is_cut_off(spoken: MainWindow) -> None:
    spoken.resize(1280, 800)
    for name, dock in spoken.docks.items():
        spoken.show_panel(name)
        QApplication.processEvents()
        for area in (each for each in dock.findChildren(QScrollArea) if each.isVisible()):
            content, port = area.widget(), area.viewport()
            assert content is not None and port is not None
            assert content.minimumSizeHint().width() <= port.width(), name
