"""What the slider of one direction reads from a face's edits, and the commands that it makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from latentedit.edits import (
    Command,
    DirectionEdit,
    EditMask,
    FaceEdits,
    MixEdit,
    MoveEdit,
    PutEdit,
    RemoveEdit,
    SetAmount,
    SetEnabled,
    SetMask,
    Together,
)
from latentedit.errors import LatentEditError
from latentedit_gui.panels.attributes_catalogue import Origin

if TYPE_CHECKING:
    from latentedit.session import Session
    from latentedit_gui.context import Context
    from latentedit_gui.panels.attributes_catalogue import Attribute

NOTHING = Together("", ())
"""Changes nothing, and leaves no undo."""


class AttributeEdits:
    """The edits of one direction on the face that is meant. Of several in a stack, a slider means the first."""

    def __init__(self, context: Context, attribute: Attribute) -> None:
        self._context, self._document = context, context.document
        self._attribute = attribute
        self._taken: tuple[Session, str] | None = None

    @property
    def _name(self) -> str:
        """Under which the session's edits refer to the direction."""
        if self._taken is not None and self._taken[0] is self._document.session:
            return self._taken[1]
        return self._attribute.name

    # Reading

    def meant(self, edits: FaceEdits | None) -> DirectionEdit | None:
        """The edit that the slider means; None when there is none yet."""
        stack = () if edits is None else edits.edits
        return next((edit for edit in stack if isinstance(edit, DirectionEdit) and edit.name == self._name), None)

    def amount(self, edits: FaceEdits) -> float:
        """What the slider shows."""
        edit = self.meant(edits)
        return 0.0 if edit is None else edit.amount

    @property
    def parts_known(self) -> bool:
        """Whether the parts of the face can be told."""
        face = self._document.known_face
        return face is not None and face.regions.known

    @property
    def usual_mask(self) -> EditMask | None:
        """What a new edit is confined to."""
        region = self._attribute.region
        return EditMask(region) if region and self.parts_known else None

    # Commands, of the face with this index

    def set_amount(self, face: int, amount: float) -> Command:
        """Move the face so far."""
        edit = self._edit()
        if edit is not None:
            return SetAmount(face, edit.name, amount, edit.layers, edit.instance)
        if not self._make_known():
            return NOTHING
        return SetAmount(face, self._name, amount, mask=self.usual_mask)

    def set_layers(self, face: int, layers: tuple[int, ...] | None) -> Command:
        """Move these layers instead; the edit keeps its place."""
        edit, edits = self._edit(), self._document.edits
        if edit is None or edits is None:
            if not self._make_known():
                return NOTHING
            return PutEdit(face, DirectionEdit(self._name, 0.0, layers, mask=self.usual_mask))
        return moved_to_layers(face, edits, edit, layers)

    def set_mask(self, face: int, mask: EditMask | None) -> Command:
        """Confine the edit to a part of the face."""
        edit = self._edit()
        if edit is not None:
            return SetMask(face, edit.key, mask)
        if not self._make_known():
            return NOTHING
        new = DirectionEdit(self._name, 0.0, mask=mask)
        command = SetMask(face, new.key, mask)
        return Together(command.label, (PutEdit(face, new),), command.merge_key)

    def set_enabled(self, face: int, enabled: bool) -> Command:
        """Switch the edit off or on."""
        edit = self._edit()
        return NOTHING if edit is None else SetEnabled(face, edit.key, enabled)

    def remove(self, face: int) -> Command:
        """Take the edit out."""
        edit = self._edit()
        return NOTHING if edit is None else RemoveEdit(face, edit.key)

    def _edit(self) -> DirectionEdit | None:
        return self.meant(self._document.edits)

    def _make_known(self) -> bool:
        """Give the session a direction of the library, whose name may mean another one there; tells why when that fails."""
        session, direction = self._document.session, self._attribute.direction
        known = self._attribute.origin is not Origin.LIBRARY or (self._taken is not None and self._taken[0] is session)
        if known or session is None or direction is None:
            return True
        try:
            self._taken = (session, session.add_direction(direction))
        except LatentEditError as error:
            self._context.show_error(error)
            return False
        return True


def reset_command(face: int, edits: FaceEdits, label: str) -> Command:
    """Take all edits along directions out of a face's stack."""
    keys = [edit.key for edit in edits.edits if isinstance(edit, DirectionEdit)]
    return Together(label, tuple(RemoveEdit(face, key) for key in keys))


def moved_to_layers(face: int, edits: FaceEdits, edit: DirectionEdit | MixEdit, layers: tuple[int, ...] | None) -> Command:
    """Let an edit of a face's stack change these layers instead; it keeps its place."""
    others = replace(edits, edits=tuple(other for other in edits.edits if other != edit))
    moved = replace(edit, layers=layers)
    moved = replace(moved, instance=others.free_instance(moved.key))
    put = PutEdit(face, moved)
    return Together(put.label, (RemoveEdit(face, edit.key), put, MoveEdit(face, moved.key, edits.edits.index(edit))))
