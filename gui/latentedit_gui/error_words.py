"""Errors and notes of the engine in the window's language: what kind it is and what to do; the engine's own line has the particulars.

The engine speaks English. Each class of its errors has a headline and advice in the catalogues; where a catalogue has none, as in English,
the engine's own sentence and hint are all that is said, since they say more.
"""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from latentedit import errors
from latentedit.writing_notes import Note

_KINDS: dict[type[errors.LatentEditError], tuple[str, str]] = {
    errors.PhotoError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The photograph cannot be read."),
        QT_TRANSLATE_NOOP("ErrorWords", "Copy it again from where it came from, or save it as JPEG or PNG with another program."),
    ),
    errors.FaceTooSmallError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The face is too small to be edited."),
        QT_TRANSLATE_NOOP("ErrorWords", "Take a larger version of the photograph."),
    ),
    errors.NoFaceError: (
        QT_TRANSLATE_NOOP("ErrorWords", "No face was found."),
        QT_TRANSLATE_NOOP("ErrorWords", "Take a photograph in which the face is larger and seen from the front."),
    ),
    errors.CheckpointError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The weights file cannot be used."),
        QT_TRANSLATE_NOOP("ErrorWords", "It is damaged, unsafe, or of a kind that is not supported. Take another file."),
    ),
    errors.ProjectFileError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The project cannot be opened."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "It is damaged, or a newer version of latentedit wrote it. Take a copy, or update latentedit."
        ),
    ),
    errors.DirectionError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The direction cannot be used."),
        QT_TRANSLATE_NOOP("ErrorWords", "It cannot be read, or does not fit this model. Take another, or another model."),
    ),
    errors.InputError: (
        QT_TRANSLATE_NOOP("ErrorWords", "What was given cannot be used."),
        QT_TRANSLATE_NOOP("ErrorWords", "Give another file."),
    ),
    errors.AssetHashError: (
        QT_TRANSLATE_NOOP("ErrorWords", "A downloaded file is not what it should be."),
        QT_TRANSLATE_NOOP("ErrorWords", "Download it again."),
    ),
    errors.AssetUnreachableError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The download did not work."),
        QT_TRANSLATE_NOOP("ErrorWords", "Check the connection to the internet, and try again."),
    ),
    errors.AssetError: (
        QT_TRANSLATE_NOOP("ErrorWords", "A weights file is missing."),
        QT_TRANSLATE_NOOP("ErrorWords", "Open a photograph and let it be downloaded."),
    ),
    errors.StorageError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file cannot be written."),
        QT_TRANSLATE_NOOP("ErrorWords", "Make room on the disk, or choose another folder."),
    ),
    errors.DeviceError: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chosen graphics card is not there."),
        QT_TRANSLATE_NOOP("ErrorWords", "Choose another device in the preferences."),
    ),
    errors.ResourceError: (
        QT_TRANSLATE_NOOP("ErrorWords", "Something that is needed for this is missing."),
        QT_TRANSLATE_NOOP("ErrorWords", "Install what is named below."),
    ),
    errors.UsageError: (
        QT_TRANSLATE_NOOP("ErrorWords", "This is not possible."),
        QT_TRANSLATE_NOOP("ErrorWords", "Choose something else; nothing was changed."),
    ),
    errors.LatentEditError: (
        QT_TRANSLATE_NOOP("ErrorWords", "This did not work."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing was changed."),
    ),
}
_NOTES = (
    QT_TRANSLATE_NOOP("Note", "{kind} has no place for the mark that a trained model made or changed it; other kinds say it."),
    QT_TRANSLATE_NOOP(
        "Note",
        "the photograph is a {kind} with loss, so all of it was coded again (quality {quality}), not the face alone; a .png or .tif keeps "
        "the rest exactly.",
    ),
    QT_TRANSLATE_NOOP(
        "Note",
        "pyjpegio is not installed, so all of the photograph was coded again with its own quantisation, not the face alone.",
    ),
)
"""Only for the catalogues: the engine's :class:`~latentedit.writing_notes.Note` carries its sentence."""


@dataclass(frozen=True)
class ErrorWords:
    """An error as it is told.

    Attributes:
        headline: what did not work.
        advice: what to do about it; may be empty.
        details: the engine's own line and hint in English; empty where headline and advice are those.
    """

    headline: str
    advice: str
    details: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return " ".join(part for part in (self.headline, self.advice, self.details and f"({self.details})") if part)


def error_words(error: BaseException) -> ErrorWords:
    """An error in the window's language; of what the engine did not foresee, its own text."""
    if not isinstance(error, errors.LatentEditError):
        return ErrorWords(str(error) or type(error).__name__, "")
    sources = next(_KINDS[kind] for kind in type(error).__mro__ if kind in _KINDS)
    headline, advice = (QCoreApplication.translate("ErrorWords", source) for source in sources)
    if headline == sources[0]:
        return ErrorWords(str(error), error.hint)
    return ErrorWords(headline, advice, f"{error} {error.hint}".strip())


def note_words(note: str) -> str:
    """A note of the engine in the window's language; one that only its text is left of stays English."""
    if not isinstance(note, Note):
        return note
    return QCoreApplication.translate("Note", note.template).format(**note.values)
