"""Errors and notes of the engine, said in the window's language."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PyQt6.QtCore import QLocale, QTranslator
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from latentedit import errors
from latentedit.errors import Cancelled, LatentEditError, PhotoError, UnknownResolutionError
from latentedit.images import Photo
from latentedit.writing_notes import Note, notes_on
from latentedit_gui.dialogs.error import ErrorDialog
from latentedit_gui.error_words import error_words, note_words
from latentedit_gui.translation import LANGUAGES, SOURCE_LANGUAGE, install_translation

KINDS = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, LatentEditError) and kind is not Cancelled
]
OTHERS = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
others = pytest.mark.parametrize("language", OTHERS)


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    for translator in qapp.findChildren(QTranslator, "latentedit"):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


def made(kind: type[LatentEditError]) -> LatentEditError:
    if issubclass(kind, UnknownResolutionError):
        return kind("It says so.", choices=(256,), hint="Do that.")
    return kind("It says so.", hint="Do that.")


@others
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_error_is_said_in_the_language_with_the_particulars(
    qapp: QApplication, language: str, kind: type[LatentEditError]
) -> None:
    install_translation(qapp, language)
    said = error_words(made(kind))
    assert said.headline and said.advice and "says" not in said.headline + said.advice
    assert said.details == "It says so. Do that."
    assert said.line == f"{said.headline} {said.advice} (It says so. Do that.)"


@pytest.mark.parametrize("kind", KINDS)
def test_in_english_the_engine_says_all(qapp: QApplication, kind: type[LatentEditError]) -> None:
    install_translation(qapp, SOURCE_LANGUAGE)
    assert error_words(made(kind)).line == "It says so. Do that."


def test_what_was_not_foreseen_keeps_its_own_text(qapp: QApplication) -> None:
    install_translation(qapp, "de")
    assert error_words(KeyError("x")).line == "'x'" and error_words(ValueError()).line == "ValueError"


@others
def test_the_dialog_has_headline_advice_and_the_english_line_to_copy(qapp: QApplication, qtbot: QtBot, language: str) -> None:
    install_translation(qapp, language)
    error = PhotoError("a.jpg is empty (0 bytes).", hint="Copy it again.")
    dialog = ErrorDialog(error)
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    said = error_words(error)
    assert said.headline in texts and said.advice in texts and any(text.endswith(said.details) for text in texts)
    dialog.copy()
    clipboard = qapp.clipboard()
    assert clipboard is not None and "a.jpg is empty" in clipboard.text()


@others
def test_notes_on_exports_are_said_in_the_language(
    qapp: QApplication, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.webp", "a.jpg"):
        Image.new("RGB", (64, 64), "teal").save(tmp_path / name, quality=80)
    monkeypatch.setattr("latentedit.image_io.jpeg_blocks.keeps_blocks", lambda: False)
    notes = [
        *notes_on(tmp_path / "b.bmp"),
        *notes_on(tmp_path / "b.webp", Photo.from_bytes((tmp_path / "a.webp").read_bytes(), "a.webp")),
        *notes_on(tmp_path / "b.jpg", Photo.from_bytes((tmp_path / "a.jpg").read_bytes(), "a.jpg")),
    ]
    assert len(notes) == 3
    install_translation(qapp, language)
    for note in notes:
        said = note_words(note)
        assert said != note and "{" not in said and all(str(value) in said for value in note.values.values())


def test_a_note_is_its_english_sentence() -> None:
    note = Note("{kind} is coded again.", kind="WebP")
    again = copy.copy(Note("{kind}", kind="{}"))  # as processes send it to each other
    assert again == "{}" and again.template == "{kind}"
    assert note == "WebP is coded again." and note_words("only text") == "only text"
