"""What directions do to a face of one's own: it drawn at amounts over their ranges, to look at before something is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from latentedit.captioned_grid import captioned_grid
from latentedit.edits import DirectionEdit, EditMask, FaceEdits, PutEdit
from latentedit.errors import UsageError
from latentedit.requested_edits import direction_named, known_direction
from latentedit.requested_place import Place, placed
from latentedit.session_face import changes_photo

if TYPE_CHECKING:
    from latentedit.directions import Direction
    from latentedit.session import Session

PICTURE_PX = 192
AMOUNTS = 5
MAX_AMOUNTS = 99


@dataclass(frozen=True, eq=False)
class Trial:
    """One picture of a sheet of trials.

    Attributes:
        number, num_trials: which it is, from 0, and how many there are: all amounts of one direction, then those of the next.
        name: the direction's, as edits of the session know it.
        amount: of the direction.
        picture: the face's square of the photograph with that edit in it, [S, S, 3].
    """

    number: int
    num_trials: int
    name: str
    amount: float
    picture: NDArray[np.uint8]


def try_directions(
    session: Session, face_index: int, names: Sequence[str] = (), *, amounts: int = AMOUNTS, size: int = PICTURE_PX
) -> Iterator[Trial]:
    """Draw a face at amounts over the ranges of directions, on top of the edits that it has; the session's edits stay what they are.

    A direction that is in the face's stack already has the amount in place of its own there. Quick drawings are used (the generator's preview), as in a
    window. To cancel, stop iterating.

    Args:
        names: directions as ``--set`` names them; all that ship with the generator, in their order, if empty.
        amounts: how many for each direction, from one end of its range to the other; an odd number has 0 in the middle.
        size: side of the pictures, in pixels.

    Raises:
        NoFaceError: there is no such face.
        UsageError: it was not projected, there is nothing to try, or not so many amounts.
        DirectionError: a direction is unknown or does not fit.
    """
    from latentedit.directions import default_directions

    if not 2 <= amounts <= MAX_AMOUNTS:
        raise UsageError(f"A direction is tried at 2 to {MAX_AMOUNTS} amounts, not {amounts}.", hint="Five are usual.")
    session.face(face_index).projected()
    known = [known_direction(session, name)[0] for name in names or default_directions(session.generator.spec)]
    wanted = list(dict.fromkeys(known))
    if not wanted:
        raise UsageError(f"No direction ships with {session.generator.spec.name}.", hint="Name your own, or files of directions.")
    for row, name in enumerate(wanted):
        direction = direction_named(session, name)
        for column, amount in enumerate(amounts_over(direction.default_range, amounts)):
            edits = _with_amount(session, face_index, direction, name, amount)
            picture = _drawn(session, face_index, edits, size)
            yield Trial(row * amounts + column, len(wanted) * amounts, name, amount, picture)


def trial_sheet(trials: Sequence[Trial]) -> NDArray[np.uint8]:
    """All pictures of :func:`try_directions`, a row for each direction, each under its name and amount: [H, W, 3]."""
    columns = sum(trial.name == trials[0].name for trial in trials)
    cells = [(f"{trial.name} {trial.amount:{'+.3g' if trial.amount else 'g'}}", trial.picture) for trial in trials]
    return captioned_grid(cells, columns)


def amounts_over(span: tuple[float, float], count: int) -> list[float]:
    """``count`` amounts from the lower end of a range to the upper one. Where it holds 0 and the number is odd, 0 is in the middle and those on either side
    are evenly apart, so that one looks from the face as it is to both ends."""
    low, high = span
    if low < 0 < high and count % 2:
        half = count // 2
        return [low * step / half for step in range(half, 0, -1)] + [high * step / half for step in range(half + 1)]
    return [low + (high - low) * step / (count - 1) for step in range(count)]


def _with_amount(session: Session, index: int, direction: Direction, name: str, amount: float) -> FaceEdits:
    """The face's edits with an amount of a direction: where one stands, in its place, else on top, confined to what the direction is about."""
    edits = session.state.face(index)
    usual = EditMask(direction.region) if direction.region and session.face(index).regions.known else None
    new = DirectionEdit(name, amount)
    same = [edit for edit in edits.edits if edit.key[:3] == new.key[:3]]
    several = len(same) > 1 and all(edit.mask is not None for edit in same)
    place = Place(same[-1].mask) if several else None
    edit = placed(edits, new, place, f"Face {index}", usual)
    return PutEdit(index, edit).apply(session.state).face(index)


def _drawn(session: Session, index: int, edits: FaceEdits, size: int) -> NDArray[np.uint8]:
    """What the edits make of the face's square, [size, size, 3]."""
    if not changes_photo(session.face(index), edits):
        return session.face(index).square(size)
    return session.scene.with_edits(index, edits).preview(index, size)[..., :3]
