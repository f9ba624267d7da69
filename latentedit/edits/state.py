"""The edit state: for each face, a stack of edits and how the result goes back into the photograph.

Every value here is frozen and checked when it is made, so a state that exists is a state that can be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from latentedit.edits.edit import MAX_FEATHER, MAX_INSTANCE, Edit, EditKey, VariationEdit, check_region, in_range
from latentedit.errors import UsageError

CompositingMode = Literal["residual", "seamless", "replace"]
NoiseMode = Literal["const", "random", "none"]  # the same names as generators.base, which imports torch

SCHEMA = 4
"""Version of the state's JSON form; raised when an older program could not read it."""

MAX_PSI = 2.0
MAX_EDITS = 1000
MAX_FACES = 1024


def _choices(names: Iterable[str]) -> str:
    return f"Choose one of {', '.join(names)}."


@dataclass(frozen=True, slots=True)
class Compositing:
    """How a drawn face goes back into the photograph.

    Attributes:
        mode: ``residual`` adds what the edits changed in the drawing to the photograph, so no edit means no
            change; ``replace`` puts the drawing itself there; ``seamless`` does so in the photograph's colours around it.
        feather: width of the mask's soft edge, as a fraction of the face square's side; in [0, 0.5].
        region: what part of the face goes back, as in :class:`~latentedit.edits.edit.EditMask`; None: where the head is
            or goes (:mod:`latentedit.usual_mask`); of what is no face, the square.
        inverted: everything in the square but the region.

    Raises:
        UsageError: a value is out of range, or there is no region to invert.
    """

    mode: CompositingMode = "residual"
    feather: float = 0.08
    region: str | None = None
    inverted: bool = False

    def __post_init__(self) -> None:
        if self.mode not in get_args(CompositingMode):
            raise UsageError(f"There is no compositing mode {self.mode!r}.", hint=_choices(get_args(CompositingMode)))
        if self.region is not None:
            check_region(self.region)
        elif self.inverted:
            raise UsageError("There is no region to invert.", hint="Name a region, for example hair.")
        object.__setattr__(self, "feather", in_range("The feather", self.feather, 0.0, MAX_FEATHER))


@dataclass(frozen=True, slots=True)
class FaceEdits:
    """All that is done to one face; the edits apply first to last.

    Attributes:
        edits: the stack; no two with the same ``key``.
        truncation_psi: pull of the latent toward the average before the edits; 1 is none; in [0, 2].
        noise_mode: ``const`` draws the face's own noise, ``random`` another sample (always the same),
            ``none`` no noise.

    Raises:
        UsageError: a value is out of range.
    """

    edits: tuple[Edit, ...] = ()
    compositing: Compositing = Compositing()
    truncation_psi: float = 1.0
    noise_mode: NoiseMode = "const"

    def __post_init__(self) -> None:
        if len(self.edits) > MAX_EDITS:
            raise UsageError(f"A face takes at most {MAX_EDITS} edits.")
        keys = [edit.key for edit in self.edits]
        if len(set(keys)) != len(keys):
            raise UsageError("The same edit stands twice in one face's stack.")
        if self.noise_mode not in get_args(NoiseMode):
            raise UsageError(f"There is no noise mode {self.noise_mode!r}.", hint=_choices(get_args(NoiseMode)))
        object.__setattr__(self, "truncation_psi", in_range("The truncation psi", self.truncation_psi, 0.0, MAX_PSI))

    def find(self, key: EditKey) -> int | None:
        """The index of the edit with this key, None if there is none."""
        wanted = EditKey(*key)  # also of a plain tuple without the instance
        return next((index for index, edit in enumerate(self.edits) if edit.key == wanted), None)

    def free_instance(self, key: EditKey) -> int:
        """The lowest instance that no edit has whose key is else the same.

        Raises:
            UsageError: all are taken.
        """
        taken = {edit.key.instance for edit in self.edits if edit.key[:3] == key[:3]}
        free = next((number for number in range(MAX_INSTANCE + 1) if number not in taken), None)
        if free is None:
            raise UsageError("The same edit stands too often in this face's stack.", hint="Remove some of them.")
        return free

    def drawn(self) -> FaceEdits:
        """What decides how the face is drawn, without compositing: equal for edits that draw the same."""
        return replace(self, edits=tuple(edit for edit in self.edits if edit.active), compositing=Compositing())

    @property
    def regions(self) -> frozenset[str]:
        """The regions that the edits and the compositing name."""
        named = [edit.mask.region for edit in self.edits if edit.mask is not None]
        return frozenset([*named, *([] if self.compositing.region is None else [self.compositing.region])])

    @property
    def changes_drawing(self) -> bool:
        """Whether the face is drawn otherwise than it was projected."""
        return self.drawn() != FaceEdits()


@dataclass(frozen=True, slots=True)
class EditState:
    """What is done to every face of the photograph, in the order of the faces."""

    faces: tuple[FaceEdits, ...] = ()
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        if self.schema != SCHEMA:
            raise UsageError(f"Edit states of schema {self.schema} are not known; this program writes {SCHEMA}.")
        if len(self.faces) > MAX_FACES:
            raise UsageError(f"A photograph may have at most {MAX_FACES} faces.")

    @classmethod
    def for_faces(cls, count: int) -> EditState:
        """No edits on ``count`` faces."""
        return cls((FaceEdits(),) * count)

    def face(self, index: int) -> FaceEdits:
        """The edits of one face.

        Raises:
            UsageError: there is no such face.
        """
        if not 0 <= index < len(self.faces):
            count = len(self.faces)
            known = f"Choose from 0 (the largest) to {count - 1}." if count else "The photograph has no faces yet."
            known = "The only face is number 0." if count == 1 else known
            raise UsageError(f"There is no face {index}.", hint=known)
        return self.faces[index]

    def beyond(self, num_ws: int) -> tuple[int, int] | None:
        """The first edit with a layer that a generator of ``num_ws`` layers does not have: the indices of its face and of itself in the stack."""
        for index, face in enumerate(self.faces):
            for position, edit in enumerate(face.edits):
                if not isinstance(edit, VariationEdit) and max(edit.layers or (0,)) >= num_ws:
                    return index, position
        return None

    def with_face(self, index: int, edits: FaceEdits) -> EditState:
        """The state with one face's edits replaced.

        Raises:
            UsageError: there is no such face.
        """
        self.face(index)
        return replace(self, faces=(*self.faces[:index], edits, *self.faces[index + 1 :]))
