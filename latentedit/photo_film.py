"""A film of a whole photograph while one of its faces moves along a direction: every frame is the edited photograph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from latentedit.edits import DirectionEdit, EditMask, FaceEdits
from latentedit.errors import UsageError
from latentedit.images import apply_patches
from latentedit.morph import Frame, point_on_path, positions
from latentedit.session_face import changes_photo

if TYPE_CHECKING:
    from latentedit.images import Patch
    from latentedit.session import Session

MIN_SIDE = 16


def frame_size(photo: tuple[int, int], longer: int | None = None, *, even: bool = False) -> tuple[int, int]:
    """Width and height of the frames of a photograph.

    Args:
        photo: its width and height.
        longer: of the frames' longer side; the photograph's own size if None.
        even: both are to be even, as video needs it; one pixel of the photograph's own size is cut off then, or the shorter side rounded.

    Raises:
        UsageError: ``longer`` is more than the photograph has, less than 16, or odd where it is to be even.
    """
    step = 2 if even else 1
    if longer is None:
        return photo[0] // step * step, photo[1] // step * step
    if not MIN_SIDE <= longer <= max(photo) or longer % step:
        raise UsageError(
            f"The longer side of the frames is {MIN_SIDE} to {max(photo)} pixels{', an even number' if even else ''}, not {longer}.",
            hint="Leave --size out for the photograph's own size.",
        )
    width, height = (max(min(round(side * longer / max(photo) / step), side // step), 1) * step for side in photo)
    return width, height


def photo_film(
    session: Session,
    face: int,
    direction: str,
    amounts: tuple[float, float],
    *,
    frames: int,
    size: tuple[int, int],
    loop: bool = False,
    usual: EditMask | None = None,
) -> Iterator[Frame]:
    """Draw the photograph with all edits of its faces while one goes along a direction. To cancel, stop iterating.

    Args:
        session: not changed.
        face: the index of the face that moves.
        direction: a name that the session knows.
        amounts: from where to where; added to the amount that the face's edits have of this direction.
        size: width and height of the frames: :func:`frame_size` of the photograph; less by one is cut off, less by more is scaled.
        loop: go back as well.
        usual: where the face moves if its edits do not have the direction.

    Raises:
        NoFaceError: there is no such face.
        UsageError: fewer than two frames, the face is not projected, or an amount is too far from all faces.
        DirectionError: an edit names an unknown direction.
    """
    edits = session.state.face(face)
    patches = {
        index: session.patch(index, session.state.face(index))
        for index, known in enumerate(session.faces)
        if index != face and changes_photo(known, session.state.face(index))
    }
    ends = [torch.tensor([[[amount]]], dtype=torch.float64) for amount in amounts]
    for number, position in enumerate(positions(len(ends), frames, loop=loop), start=1):
        amount = point_on_path(ends, position, "spline", loop=loop, centre=torch.zeros(1)).item()
        moved = session.patch(face, moved_along(edits, direction, amount, usual))
        drawn = [patch for _, patch in sorted({**patches, face: moved}.items()) if patch is not None]
        yield Frame(number, frames, _framed(session, drawn, size))


def moved_along(edits: FaceEdits, direction: str, amount: float, usual: EditMask | None = None) -> FaceEdits:
    """A face's edits with so much more of a direction: where the stack has it (of several, in the first that is on), or else on top under the usual mask; what
    was switched off counts as 0.

    Raises:
        UsageError: the amount is out of range.
    """
    new = DirectionEdit(direction, amount, mask=usual)
    same = [(i, edit) for i, edit in enumerate(edits.edits) if isinstance(edit, DirectionEdit) and edit.key[:3] == new.key[:3]]
    if not same:
        return replace(edits, edits=(*edits.edits, new))
    index, old = next((pair for pair in same if pair[1].enabled), same[0])
    both = replace(old, amount=amount + (old.amount if old.enabled else 0.0), enabled=True)
    return replace(edits, edits=(*edits.edits[:index], both, *edits.edits[index + 1 :]))


def _framed(session: Session, patches: list[Patch], size: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The photograph with patches, [H, W, 3], cut or scaled."""
    whole = apply_patches(session.photo, patches)
    width, height = size
    if whole.shape[0] - height <= 1 and whole.shape[1] - width <= 1:
        return np.ascontiguousarray(whole[:height, :width])
    return np.asarray(Image.fromarray(whole).resize(size, Image.Resampling.LANCZOS))
