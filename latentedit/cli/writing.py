"""Telling what people should know of a picture that was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.cli.console import tell
from latentedit.writing_notes import notes_on

if TYPE_CHECKING:
    from latentedit.images import Photo


def tell_notes(path: Path, photo: Photo | None = None, *, mark_ai: bool, quality: int | None = None) -> None:
    """One line for each of :func:`~latentedit.writing_notes.notes_on`."""
    for note in notes_on(path, photo, mark_ai=mark_ai, quality=quality):
        tell(f"{path.name}: {note}")
