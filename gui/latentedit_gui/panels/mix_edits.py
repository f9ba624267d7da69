"""What a face's edits say about mixing with other faces, and what those are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from latentedit.edits import FaceEdits, MixEdit
from latentedit.edits.edit import face_of, seed_of
from latentedit.session_latents import PREFIX

if TYPE_CHECKING:
    from latentedit.session import Session

translate = QCoreApplication.translate
"""Found by the script that collects sentences, with the context that is given."""
Layers = tuple[int, ...] | None


def mix_with(edits: FaceEdits, source: str, layers: Layers) -> MixEdit | None:
    """The first edit that mixes these layers with a source."""
    found = (edit for edit in edits.edits if isinstance(edit, MixEdit) and (edit.source, edit.layers) == (source, layers))
    return next(found, None)


def other_mix(edits: FaceEdits, source: str, bands: Collection[Layers]) -> MixEdit | None:
    """The first edit that mixes some layers with a source that are no band, and not all."""
    known = (edit for edit in edits.edits if isinstance(edit, MixEdit) and edit.source == source)
    return next((edit for edit in known if edit.layers is not None and edit.layers not in bands), None)


def sources_of(session: Session, face: int, picked: Sequence[str]) -> tuple[str, ...]:
    """The faces that one face of a session may be mixed with: those in its edits, those that the session holds, the photograph's other faces, and
    what was picked."""
    edits = session.state.face(face)
    mixed = [edit.source for edit in edits.edits if isinstance(edit, MixEdit)]
    held = [name for name in session.scene.own if name.startswith(PREFIX)]
    others = [f"face:{index}" for index, other in enumerate(session.faces) if index != face and other.latents is not None]
    return tuple(dict.fromkeys([*others, *held, *mixed, *picked]))


def source_words(source: str) -> str:
    """What a source is called."""
    seed, face = seed_of(source), face_of(source)
    if seed is not None:
        return translate("MixWords", "Random {}").format(seed)
    if face is not None:
        return translate("MixWords", "Face {}").format(face + 1)
    return source.removeprefix(PREFIX)


def source_caption(source: str) -> str:
    """The same in few characters."""
    seed = seed_of(source)
    return source_words(source) if seed is None else f"#{seed}"
