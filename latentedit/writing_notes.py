"""What people should know of a picture that is written, besides where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.errors import UsageError
from latentedit.image_io.kinds import Kind, kind_for_suffix

if TYPE_CHECKING:
    from latentedit.images import Photo

_WITHOUT_METADATA: frozenset[Kind] = frozenset({"BMP"})
_CODED_WHOLE: dict[Kind, str] = {"WEBP": "WebP", "AVIF": "AVIF"}
"""Kinds of which a picture with loss is coded again all over when a part of it changes, and what people call them."""


class Note(str):
    """A sentence in English that also carries what it was made of, for whoever says it in another language.

    Attributes:
        template: the sentence with names in braces.
        values: what stands there in this one.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Note:
        note = super().__new__(cls, template.format(**values))
        note.template, note.values = template, values
        return note

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """For the processes of a batch, which send it to each other."""
        return (self.template,), self.values


def notes_on(path: Path, photo: Photo | None = None, *, mark_ai: bool = True, quality: int | None = None) -> tuple[Note, ...]:
    """Sentences about a changed picture that was written to ``path``; most have none.

    Args:
        photo: the photograph that it is an edit of, whole; None for a drawing.
        mark_ai: whether it was to say that a trained model made or changed it.
        quality: the one that was chosen: who chooses one knows that all is coded again.
    """
    from latentedit.image_io import jpeg_blocks
    from latentedit.image_io.writing import is_lossless, quality_again

    try:
        kind = kind_for_suffix(path)
    except UsageError:  # a project, or what the writer will refuse
        return ()
    notes = []
    if mark_ai and kind in _WITHOUT_METADATA:
        notes.append(
            Note("{kind} has no place for the mark that a trained model made or changed it; other kinds say it.", kind=kind)
        )
    if quality is not None:
        return tuple(notes)
    if photo is not None and kind == photo.kind and kind in _CODED_WHOLE and not is_lossless(photo.data, kind):
        usual = quality_again(photo.data, kind)
        notes.append(
            Note(
                "the photograph is a {kind} with loss, so all of it was coded again (quality {quality}), not the face alone; "
                "a .png or .tif keeps the rest exactly.",
                kind=_CODED_WHOLE[kind],
                quality=usual,
            )
        )
    if photo is not None and kind == photo.kind == "JPEG" and not jpeg_blocks.keeps_blocks():
        notes.append(
            Note(
                "pyjpegio is not installed, so all of the photograph was coded again with its own quantisation, not the face alone."
            )
        )
    return tuple(notes)
