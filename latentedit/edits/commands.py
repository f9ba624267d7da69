"""Everything that changes an edit state, each as a frozen value with ``apply(state) -> state``.

``label`` names a command in menus and lists. ``merge_key`` says which commands belong together: while a
slider is dragged it gives a stream of commands with equal keys, and
:class:`~latentedit.edits.history.History` makes one undo of them. None never merges. Every ``apply`` raises
:class:`~latentedit.errors.UsageError` when the face or the edit does not exist.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Protocol

from latentedit.edits.edit import (
    DirectionEdit,
    DragEdit,
    Edit,
    EditKey,
    EditMask,
    MixEdit,
    VariationEdit,
    normal_layers,
    region_words,
)
from latentedit.edits.names import edit_words
from latentedit.edits.state import Compositing, EditState, FaceEdits, NoiseMode
from latentedit.errors import UsageError


class Command(Protocol):
    """A change of the edit state."""

    @property
    def label(self) -> str: ...
    @property
    def merge_key(self) -> Hashable | None: ...
    def apply(self, state: EditState) -> EditState: ...


@dataclass(frozen=True, slots=True)
class SetAmount:
    """Set how far a face moves along a direction; the edit goes on top of the stack if it is not in it yet.

    An edit that is set to 0 stays in the stack, so that a slider keeps its place; :class:`RemoveEdit` takes
    it out.

    Attributes:
        mask: confines an edit that is not in the stack yet; one that is keeps its own.
    """

    face: int
    name: str
    amount: float
    layers: tuple[int, ...] | None = None
    instance: int = 0
    mask: EditMask | None = None

    @property
    def label(self) -> str:
        return f"{self.name} {self.amount:+g}"

    @property
    def merge_key(self) -> Hashable:
        return ("amount", self.face, self.name, normal_layers(self.layers), self.instance)

    def apply(self, state: EditState) -> EditState:
        new = DirectionEdit(self.name, self.amount, self.layers, mask=self.mask, instance=self.instance)
        return _put(state, self.face, new)


@dataclass(frozen=True, slots=True)
class SetMix:
    """Set how much of a face's layers comes from another latent; see :class:`~latentedit.edits.edit.MixEdit`."""

    face: int
    source: str
    amount: float = 1.0
    layers: tuple[int, ...] | None = None
    instance: int = 0

    @property
    def label(self) -> str:
        return f"Mix {self.source} {self.amount:g}"

    @property
    def merge_key(self) -> Hashable:
        return ("mix", self.face, self.source, normal_layers(self.layers), self.instance)

    def apply(self, state: EditState) -> EditState:
        return _put(state, self.face, MixEdit(self.source, self.amount, self.layers, instance=self.instance))


@dataclass(frozen=True, slots=True)
class SetVariation:
    """Set how strongly a face varies toward a random one; see :class:`~latentedit.edits.edit.VariationEdit`."""

    face: int
    seed: int
    coarse: float = 0.0
    middle: float = 0.0
    fine: float = 0.0
    instance: int = 0

    @property
    def label(self) -> str:
        return f"Variation {self.seed}"

    @property
    def merge_key(self) -> Hashable:
        return ("variation", self.face, self.seed, self.instance)

    def apply(self, state: EditState) -> EditState:
        return _put(state, self.face, VariationEdit(self.seed, self.coarse, self.middle, self.fine, instance=self.instance))


@dataclass(frozen=True, slots=True)
class SetDrag:
    """Put a drag in the stack, or change it there: ``replace(edit, amount=0.5)`` is what a slider gives."""

    face: int
    edit: DragEdit

    @property
    def label(self) -> str:
        return f"{self.edit.label} {self.edit.amount:g}"

    @property
    def merge_key(self) -> Hashable:
        return ("drag", self.face, self.edit.key)

    def apply(self, state: EditState) -> EditState:
        return _put(state, self.face, self.edit)


@dataclass(frozen=True, slots=True)
class PutEdit:
    """Put a whole edit, with its mask and switched as it is, in the place of the one with its key; on top of the stack if there is none."""

    face: int
    edit: Edit
    merge_key: None = None

    @property
    def label(self) -> str:
        return edit_words(self.edit)

    def apply(self, state: EditState) -> EditState:
        edits = state.face(self.face)
        index = edits.find(self.edit.key)
        if index is None:
            return state.with_face(self.face, replace(edits, edits=(*edits.edits, self.edit)))
        return _replace_edit(state, self.face, index, self.edit)


@dataclass(frozen=True, slots=True)
class Together:
    """Several commands in turn, as one undo; those of one ``merge_key`` are one undo together."""

    label: str
    commands: tuple[Command, ...]
    merge_key: Hashable | None = None

    def apply(self, state: EditState) -> EditState:
        for command in self.commands:
            state = command.apply(state)
        return state


@dataclass(frozen=True, slots=True)
class Become:
    """Take a state that was reached otherwise, as one undo."""

    label: str
    state: EditState
    merge_key: Hashable | None = None

    def apply(self, state: EditState) -> EditState:
        return self.state


@dataclass(frozen=True, slots=True)
class SetEnabled:
    """Switch the edit with this key off, keeping its amount and its place, or on again."""

    face: int
    key: EditKey
    enabled: bool
    merge_key: None = None

    @property
    def label(self) -> str:
        return f"{'Show' if self.enabled else 'Hide'} {self.key[1]}"

    def apply(self, state: EditState) -> EditState:
        index = _index_of(state, self.face, self.key)
        return _replace_edit(state, self.face, index, replace(state.face(self.face).edits[index], enabled=self.enabled))


@dataclass(frozen=True, slots=True)
class SetMask:
    """Confine the edit with this key to a part of the face, or let it change all of the square again."""

    face: int
    key: EditKey
    mask: EditMask | None

    @property
    def label(self) -> str:
        return f"{self.key[1]} {'everywhere' if self.mask is None else f'on {region_words(self.mask.region)}'}"

    @property
    def merge_key(self) -> Hashable:
        # A feather slider is one undo, a change of region is its own.
        return ("mask", self.face, self.key, None if self.mask is None else (self.mask.region, self.mask.inverted))

    def apply(self, state: EditState) -> EditState:
        index = _index_of(state, self.face, self.key)
        return _replace_edit(state, self.face, index, replace(state.face(self.face).edits[index], mask=self.mask))


@dataclass(frozen=True, slots=True)
class RemoveEdit:
    """Take the edit with this key out of the stack."""

    face: int
    key: EditKey
    merge_key: None = None

    @property
    def label(self) -> str:
        return f"Remove {self.key[1]}"

    def apply(self, state: EditState) -> EditState:
        index = _index_of(state, self.face, self.key)
        edits = state.face(self.face)
        return state.with_face(self.face, replace(edits, edits=edits.edits[:index] + edits.edits[index + 1 :]))


@dataclass(frozen=True, slots=True)
class MoveEdit:
    """Move the edit with this key to another place of the stack; ``position`` 0 applies first, and is clamped to the
    stack."""

    face: int
    key: EditKey
    position: int

    @property
    def label(self) -> str:
        return f"Move {self.key[1]}"

    @property
    def merge_key(self) -> Hashable:
        return ("move", self.face, self.key)

    def apply(self, state: EditState) -> EditState:
        index = _index_of(state, self.face, self.key)
        edits = state.face(self.face)
        stack = list(edits.edits)
        edit = stack.pop(index)
        stack.insert(max(self.position, 0), edit)
        return state.with_face(self.face, replace(edits, edits=tuple(stack)))


@dataclass(frozen=True, slots=True)
class SetCompositing:
    """Set how a face goes back into the photograph."""

    face: int
    compositing: Compositing

    @property
    def label(self) -> str:
        place = "" if self.compositing.region is None else f" on {region_words(self.compositing.region)}"
        return f"Compositing: {self.compositing.mode}{place}"

    @property
    def merge_key(self) -> Hashable:
        # A feather slider is one undo; a change of mode or region begins another.
        return ("compositing", self.face, self.compositing.mode, self.compositing.region, self.compositing.inverted)

    def apply(self, state: EditState) -> EditState:
        return state.with_face(self.face, replace(state.face(self.face), compositing=self.compositing))


@dataclass(frozen=True, slots=True)
class SetTruncation:
    """Set how far a face's latent is pulled toward the average (1: not at all, 0: the average face)."""

    face: int
    truncation_psi: float

    @property
    def label(self) -> str:
        return f"Truncation {self.truncation_psi:g}"

    @property
    def merge_key(self) -> Hashable:
        return ("truncation", self.face)

    def apply(self, state: EditState) -> EditState:
        return state.with_face(self.face, replace(state.face(self.face), truncation_psi=self.truncation_psi))


@dataclass(frozen=True, slots=True)
class SetNoiseMode:
    """Set which noise a face is drawn with."""

    face: int
    noise_mode: NoiseMode
    merge_key: None = None

    @property
    def label(self) -> str:
        return f"Noise: {self.noise_mode}"

    def apply(self, state: EditState) -> EditState:
        return state.with_face(self.face, replace(state.face(self.face), noise_mode=self.noise_mode))


@dataclass(frozen=True, slots=True)
class ResetFace:
    """Take back everything that was done to a face."""

    face: int
    merge_key: None = None

    @property
    def label(self) -> str:
        return "Reset face"

    def apply(self, state: EditState) -> EditState:
        return state.with_face(self.face, FaceEdits())


def _put(state: EditState, face: int, new: Edit) -> EditState:
    """The edit in the place of the one with its key, switched and masked as that was; on top of the stack if there is none."""
    edits = state.face(face)
    index = edits.find(new.key)
    if index is None:
        return state.with_face(face, replace(edits, edits=(*edits.edits, new)))
    return _replace_edit(state, face, index, replace(new, enabled=edits.edits[index].enabled, mask=edits.edits[index].mask))


def _index_of(state: EditState, face: int, key: EditKey) -> int:
    edits = state.face(face)
    index = edits.find(key)
    if index is None:
        names = ", ".join(dict.fromkeys(edit.label for edit in edits.edits))
        raise UsageError(
            f"Face {face} has no {key[0]} {key[1]!r} on {'these layers' if key[2] else 'all layers'}.",
            hint=f"Its edits: {names}." if names else "It has no edits.",
        )
    return index


def _replace_edit(state: EditState, face: int, index: int, edit: Edit) -> EditState:
    edits = state.face(face)
    return state.with_face(face, replace(edits, edits=(*edits.edits[:index], edit, *edits.edits[index + 1 :])))
