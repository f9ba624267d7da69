"""``--drag X,Y:X2,Y2``: what it says, the face that it means, and the work with a bar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from latentedit.cli.console import step_bar, tell
from latentedit.edits import Point, Region
from latentedit.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from latentedit.dragging import DragStep
    from latentedit.session import Session

_NUMBER = r"(-?\d{1,7}(?:\.\d{1,9})?)"
_DRAG = re.compile(rf"{_NUMBER},{_NUMBER}:{_NUMBER},{_NUMBER}", re.ASCII)
HINT = "Write X,Y:X2,Y2 in the photograph's pixels, for example --drag 412,530:412,510."


@dataclass(frozen=True)
class PointDrag:
    """What one ``--drag`` asks for, (x, y) in pixels of the upright photograph (whole numbers are pixel centres)."""

    start: Point
    end: Point


@dataclass(frozen=True)
class FaceDrag:
    """The points to drag on one face, also on its aligned square [0, 1]^2."""

    face: int
    points: tuple[PointDrag, ...]
    handles: tuple[Point, ...]
    targets: tuple[Point, ...]


def parse_drag(text: str) -> PointDrag:
    """``"412,530:412,510"`` -> from (412, 530) to (412, 510).

    Raises:
        UsageError: it is no drag.
    """
    found = _DRAG.fullmatch(text)
    if found is None:
        raise UsageError(f"{text} is no drag.", hint=HINT)
    x, y, x2, y2 = (float(number) for number in found.groups())
    return PointDrag((x, y), (x2, y2))


def parse_regions(names: Iterable[str]) -> tuple[Region, ...]:
    """The parts of a face that ``--drag-keep`` names.

    Raises:
        UsageError: there is no such part.
    """
    for name in names:
        if name not in get_args(Region):
            raise UsageError(f"There is no region {name!r}.", hint=f"Choose one of {', '.join(get_args(Region))}.")
    return tuple(cast("Region", name) for name in names)


def drags_by_face(
    session: Session, indices: Sequence[int], drags: Sequence[PointDrag], keep: Sequence[Region] = ()
) -> list[FaceDrag]:
    """Which face each point lies on: of several whose squares hold it, the one whose middle is nearest.

    Args:
        indices: the faces that may be meant.
        keep: the parts of them that are to stay.

    Raises:
        UsageError: a point lies on none of them or in what is to stay, or its target outside of its face's square.
    """
    from latentedit.session_drag import kept_mask, require_free

    squares = {index: _SquareOf(session.face(index).face.quad) for index in indices}
    by_face: dict[int, list[tuple[PointDrag, Point, Point]]] = {}
    for drag in drags:
        places = {index: square.place(drag.start) for index, square in squares.items()}
        index = min(places, key=lambda index: _from_middle(places[index]))
        if not _inside(places[index]):
            raise UsageError(f"The point {_text(drag.start)} lies on no face.", hint=_where(squares))
        target = squares[index].place(drag.end)
        if not _inside(target):
            raise UsageError(
                f"The target {_text(drag.end)} lies outside of face {index}'s square.", hint=_where({index: squares[index]})
            )
        by_face.setdefault(index, []).append((drag, places[index], target))
    found = [FaceDrag(index, *(tuple(column) for column in zip(*rows, strict=True))) for index, rows in sorted(by_face.items())]
    for face in found:
        require_free(face.handles, kept_mask(keep, session.face(face.face).regions))
    return found


def run_drags(session: Session, drags: Sequence[FaceDrag], keep: tuple[Region, ...]) -> list[dict[str, object]]:
    """Drag the points of each face with a progress bar, and say where one did not arrive.

    Returns: for each point its face, start and end, and how far from the end it stopped, in the photograph's pixels.

    Raises:
        UsageError: a point cannot be dragged.
    """
    return [fact for drag in drags for fact in _run(session, drag, keep)]


def _run(session: Session, drag: FaceDrag, keep: tuple[Region, ...]) -> list[dict[str, object]]:
    last: DragStep | None = None
    with step_bar() as bar:
        task = bar.add_task(f"dragging on face {drag.face}", total=1.0)
        first = 0.0
        for last in session.drag(drag.face, drag.handles, drag.targets, keep=keep):
            first = first or max(last.distances_px)
            bar.update(task, completed=1.0 if last.arrived else max(0.0, 1.0 - max(last.distances_px) / first))
    if last is None:
        left_px = [0.0] * len(drag.points)
    else:
        scale = session.face(drag.face).face.side_px / session.generator.img_resolution
        left_px = [distance * scale for distance in last.distances_px]
    if last is not None and not last.arrived:
        worst = max(range(len(left_px)), key=left_px.__getitem__)
        where = _text(drag.points[worst].start)
        distance = f"{left_px[worst]:.0f} px" if left_px[worst] >= 1 else "less than 1 px"
        told = f"face {drag.face}: the point {where} stopped {distance} from its target"
        tell(told)
    return [
        {"face": drag.face, "from": list(point.start), "to": list(point.end), "left_px": round(left, 2)}
        for point, left in zip(drag.points, left_px, strict=True)
    ]


class _SquareOf:
    """Maps the photograph's pixels to a face's aligned square."""

    def __init__(self, quad: NDArray[np.float64]) -> None:
        from latentedit.alignment import quad_to_square

        self.quad, self.matrix = quad, quad_to_square(quad)

    def place(self, point: Point) -> Point:
        import numpy as np

        from latentedit.alignment import apply_homography

        x, y = apply_homography(self.matrix, np.array(point))
        return float(x), float(y)


def _inside(place: Point) -> bool:
    return all(0 <= number <= 1 for number in place)


def _from_middle(place: Point) -> float:
    return max(abs(number - 0.5) for number in place)


def _text(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"


def _where(squares: dict[int, _SquareOf]) -> str:
    """Where faces are, in words."""
    reach = []
    for index, square in squares.items():
        (left, top), (right, bottom) = square.quad.min(axis=0), square.quad.max(axis=0)
        reach.append(f"face {index} from {left:.0f},{top:.0f} to {right:.0f},{bottom:.0f}")
    return f"Squares reach: {'; '.join(reach[:4])}{' ...' if len(reach) > 4 else ''}."
