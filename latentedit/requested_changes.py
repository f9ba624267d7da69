"""Changes of what is in a project already, as people write them: undo, redo, and edits by their names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latentedit.edits import Command, Edit, MoveEdit, RemoveEdit, ResetFace, SetEnabled
from latentedit.edits.edit import EditKey
from latentedit.edits.names import edit_names, find_named, named_by
from latentedit.edits.state import MAX_EDITS
from latentedit.errors import PhotoError, UsageError
from latentedit.requested_masks import PaintedMasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from latentedit.session import Session


@dataclass(frozen=True)
class Changes:
    """What is asked for, in the order in which it is done.

    Attributes:
        undo, redo: how many steps of the whole project.
        reset: take back everything that was done to the chosen faces.
        remove, off, on: names of edits, as :func:`~latentedit.edits.names.find_named` finds them.
        move: names, and the places to which they move, from 0, which applies first.
    """

    undo: int = 0
    redo: int = 0
    reset: bool = False
    remove: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    move: tuple[tuple[str, int], ...] = ()


def parse_move(text: str) -> tuple[str, int]:
    """``"smile@mouth=0"`` -> ``("smile@mouth", 0)``.

    Raises:
        UsageError: it is no move.
    """
    name, _, place = text.rpartition("=")
    if not name or not (place.isascii() and place.isdecimal() and len(place) < 5 and int(place) < MAX_EDITS):
        raise UsageError(f"{text} moves nothing.", hint="Write NAME=PLACE, for example --move smile=0; 0 applies first.")
    return name, int(place)


def apply_changes(session: Session, indices: Sequence[int], changes: Changes) -> None:
    """Do the changes, each as one command. A name may mean an edit of one of the faces, or of several of them.

    Raises:
        UsageError: there are fewer steps, no face or one face several times has an edit of that name, or there is no such place.
    """
    history = session.history
    for count, steps, what in ((changes.undo, history.past, "undo"), (changes.redo, history.future, "redo")):
        known = len(steps) + (changes.undo if what == "redo" else 0)
        if count > known:
            raise UsageError(f"There {_steps(known)} to {what}, not {count}.", hint="See them: latentedit info PROJECT.ledit.")
    for _ in range(changes.undo):
        session.undo()
    for _ in range(changes.redo):
        session.redo()
    for index in indices if changes.reset else ():
        session.do(ResetFace(index))
    for name in changes.remove:
        _do(session, indices, name, RemoveEdit)
    for name in changes.off:
        _do(session, indices, name, lambda index, key: SetEnabled(index, key, False))
    for name in changes.on:
        _do(session, indices, name, lambda index, key: SetEnabled(index, key, True))
    for name, place in changes.move:
        for index, _ in _named(session, indices, name):
            _require_place(index, len(session.state.face(index).edits), name, place)
        _do(session, indices, name, _mover(place))
    session.seal()


def _require_place(face: int, count: int, name: str, place: int) -> None:
    """Refuse a place above all edits of a face, of which there are ``count``."""
    if place >= count:
        edits, hint = (f"{count} edits", f"Places go from 0, which applies first, to {count - 1}.")
        if count == 1:
            edits, hint = ("one edit", "Its place is 0.")
        raise UsageError(f"{name} cannot move to place {place}: face {face} has {edits}.", hint=hint)


def _mover(place: int) -> Callable[[int, EditKey], Command]:
    return lambda index, key: MoveEdit(index, key, place)


def _do(session: Session, indices: Sequence[int], name: str, command: Callable[[int, EditKey], Command]) -> None:
    for index, edit in _named(session, indices, name):
        session.do(command(index, edit.key))


def _named(session: Session, indices: Sequence[int], name: str) -> list[tuple[int, Edit]]:
    """The edit of this name on each of the faces that have one."""
    called, masks = session.mask_names, PaintedMasks(session)
    stacks = {index: session.state.face(index).edits for index in indices}
    texts = {index: (name, *_with_painted(masks, index, name)) for index in indices}
    meant = {
        index: next((text for text in texts[index] if named_by(edits, text, called)), None) for index, edits in stacks.items()
    }
    if len(stacks) > 1 and not any(meant.values()):
        known = list(dict.fromkeys(known for edits in stacks.values() for known in edit_names(edits, called)))
        raise UsageError(
            f"No chosen face has an edit {name}.", hint=f"Their edits: {'; '.join(known)}." if known else "They have none."
        )
    having = [index for index in indices if meant[index]] or indices
    return [(index, find_named(stacks[index], meant[index] or name, f"Face {index}", called)) for index in having]


def _with_painted(masks: PaintedMasks, index: int, name: str) -> list[str]:
    """``age@left.png`` with what that file has painted over a face in its place, as edits know it; empty where it is no such name."""
    text, at, path = name.rpartition("@")
    inverted = path.startswith("not-") and not os.path.isfile(path)  # noqa: PTH113  # Path.is_file raises where a name is too long
    path = path.removeprefix("not-") if inverted else path
    if not at or not os.path.isfile(path):  # noqa: PTH113
        return []
    try:
        return [f"{text}@{'not-' if inverted else ''}{masks.painted(index, path).region}"]
    except PhotoError:  # no mask of this photograph
        return []


def _steps(count: int) -> str:
    return "is nothing" if count == 0 else "is 1 step" if count == 1 else f"are only {count} steps"
