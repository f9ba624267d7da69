"""The window in the user's language: Qt's catalogues (``.ts``), read as they are, since PyQt6 comes without their compiler."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

FOLDER = Path(__file__).parent / "i18n"
SOURCE_LANGUAGE = "en"
"""What the program is written in; its catalogue has only the sentences with a number in them."""
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}
"""The languages there are, in their own words."""

_PLURAL_FORM: Mapping[str, Callable[[int], int]] = {
    "en": lambda n: int(n != 1),
    "de": lambda n: int(n != 1),
    "zh_CN": lambda n: 0,
}
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Message:
    """One entry of a catalogue.

    Attributes:
        context: the class that says it.
        source: what the program says.
        comment: tells apart what is the same in English.
        forms: its translations: one, or one for each plural form.
        numerus: whether it has a number in it.
        finished: whether a person has looked at it.
    """

    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    numerus: bool
    finished: bool


def read_catalogue(path: Path) -> tuple[Message, ...]:
    """Read a ``.ts`` file; entries that the program no longer uses are left out.

    Raises:
        ValueError: it is none.
    """
    try:
        root = ElementTree.fromstring(path.read_bytes())  # a file of ours, not one from outside
    except ElementTree.ParseError as error:
        raise ValueError(f"{path} is no catalogue: {error}") from error
    return tuple(
        message
        for context in root.iter("context")
        for element in context.iter("message")
        if (message := _message(context.findtext("name") or "", element)) is not None
    )


def _message(context: str, element: ElementTree.Element) -> Message | None:
    translation = element.find("translation")
    state = "" if translation is None else translation.get("type", "")
    if translation is None or state in ("obsolete", "vanished"):
        return None
    numerus = element.get("numerus") == "yes"
    forms = tuple(form.text or "" for form in translation.iter("numerusform")) if numerus else (translation.text or "",)
    source, comment = element.findtext("source") or "", element.findtext("comment") or ""
    return Message(context, source, comment, forms, numerus, state != "unfinished")


class CatalogueTranslator(QTranslator):
    """Answers from one catalogue."""

    def __init__(self, messages: Sequence[Message], plural_form: Callable[[int], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plural_form = plural_form
        self._forms: dict[_Key, tuple[str, ...]] = {}
        for message in messages:
            if all(message.forms):
                self._forms[message.context, message.source, message.comment] = message.forms
                # PyQt6 asks with the class of the object, which may be a child of the one whose code says it.
                self._forms.setdefault(("", message.source, message.comment), message.forms)

    def isEmpty(self) -> bool:
        return not self._forms

    # None says that nothing is known, and lets Qt ask others; the type stubs do not allow it.
    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        comment = disambiguation or ""
        known = self._forms.get((context, sourceText, comment)) or self._forms.get(("", sourceText, comment))
        if known is None:
            return None  # type: ignore[return-value]
        return known[min(self._plural_form(n), len(known) - 1)] if n >= 0 else known[0]


def install_translation(app: QCoreApplication, language: str | None = None) -> str:
    """Let the application speak a language from now on; widgets that are there already keep what they say.

    Args:
        language: one of :data:`LANGUAGES`; None for the system's.

    Returns:
        the language that was taken: English when there is no catalogue for the one that was asked for.
    """
    chosen = _nearest([language] if language else QLocale.system().uiLanguages())
    for old in app.findChildren(QTranslator, "latentedit"):
        app.removeTranslator(old)
        old.deleteLater()
    for translator in _translators(chosen, app):
        translator.setObjectName("latentedit")
        app.installTranslator(translator)
    QLocale.setDefault(QLocale.system() if language is None else QLocale(chosen))
    return chosen


def _translators(language: str, parent: QObject) -> list[QTranslator]:
    """Ours, and Qt's for its own dialogs and buttons."""
    found: list[QTranslator] = []
    qt = QTranslator(parent)
    # Qt itself is written in English.
    if language != SOURCE_LANGUAGE and qt.load(
        f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        found.append(qt)
    found.append(CatalogueTranslator(read_catalogue(FOLDER / f"{language}.ts"), _PLURAL_FORM[language], parent))
    return found


def _nearest(wanted: Sequence[str]) -> str:
    """The first wanted language that there is: ``de-AT`` is ``de``; Chinese is Simplified unless Traditional is asked for."""
    for name in wanted:
        parts = name.replace("-", "_").split("_")
        if parts[0] == "zh" and not {"Hant", "TW", "HK", "MO"} & set(parts):
            return "zh_CN"
        if parts[0] in LANGUAGES:
            return parts[0]
    return SOURCE_LANGUAGE
