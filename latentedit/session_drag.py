"""Dragging points of a session's faces: from places on a face's square to an edit in its stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from latentedit.edits import DragEdit, EditMask, Point, Region, SetDrag
from latentedit.errors import UsageError
from latentedit.masks import FaceInSquare, edit_mask
from latentedit.regions import REGION_PX, FaceRegions

if TYPE_CHECKING:
    from latentedit.dragging import DragConfig, DragStep, State
    from latentedit.scene import Scene
    from latentedit.session import Session

PREFIX = "drag:"
EFFECT = "what a drag added to a face"
KEEP_FEATHER = 0.03
"""Width of the soft edge of what is to stay, a share of the square's side: two pixels of the features that are looked at."""


def drag_face(
    scene: Scene,
    face_index: int,
    handles: Sequence[Point],
    targets: Sequence[Point],
    *,
    keep: Sequence[Region] = (),
    config: DragConfig | None = None,
    resume: State | None = None,
) -> Iterator[DragStep]:
    """Drag points of a face as its edits draw it; see :meth:`latentedit.session.Session.drag`."""
    import torch

    from latentedit.dragging import drag
    from latentedit.images import require_finite

    known = scene.face(face_index)
    generator, noise = scene.engine.drawn_with(scene.generator, known.projected())
    mask = kept_mask(keep, known.regions)
    require_free(handles, mask)
    start = scene.edited_latent(face_index, masked=False)
    with torch.no_grad():
        require_finite(generator.preview(start))  # where nothing can be drawn, nothing can be dragged
    yield from drag(
        generator,
        start,
        list(handles),
        list(targets),
        keep=None if mask is None else torch.from_numpy(mask),
        config=config,
        noise=noise,
        resume=resume,
    )


def keep_drag(
    session: Session,
    face_index: int,
    step: DragStep,
    handles: Sequence[Point],
    targets: Sequence[Point],
    keep: Sequence[Region] = (),
) -> DragEdit:
    """Put what a step has reached on top of a face's stack; see :meth:`latentedit.session.Session.keep_drag`."""
    from latentedit.directions import Direction

    name = _free_name(session.own_directions)
    offset = Direction(name, step.offset.cpu(), default_range=(0.0, 1.0), effect=EFFECT)
    edit = DragEdit(session.add_direction(offset), tuple(handles), tuple(targets), tuple(keep))
    session.do(SetDrag(face_index, edit))
    return edit


def kept_mask(regions: Sequence[Region], face: FaceRegions) -> NDArray[np.float32] | None:
    """Where nothing is to change, [REGION_PX, REGION_PX] in [0, 1]; None for no regions."""
    if not regions:
        return None
    masks = [edit_mask(EditMask(region, KEEP_FEATHER), FaceInSquare(face), REGION_PX) for region in regions]
    return np.maximum.reduce(masks)


def require_free(handles: Sequence[Point], kept: NDArray[np.float32] | None) -> None:
    """Fail when a point to drag lies in what is to stay.

    Raises:
        UsageError: one does.
    """
    if kept is None:
        return
    last = len(kept) - 1
    for x, y in handles:
        if kept[min(int(y * len(kept)), last), min(int(x * len(kept)), last)] > 0.5:
            raise UsageError("A point to drag lies in a part of the face that is to stay.", hint="Keep other parts, or fewer.")


def _free_name(taken: Mapping[str, object]) -> str:
    number = 1
    while f"{PREFIX}{number}" in taken:
        number += 1
    return f"{PREFIX}{number}"
