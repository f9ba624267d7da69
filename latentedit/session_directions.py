"""A session's own directions, by the names under which its edits refer to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from latentedit.edits.edit import MAX_NAME
from latentedit.errors import DirectionError, UsageError
from latentedit.own_direction import MAX_DIRECTIONS, MAX_VECTOR_BYTES, OwnDirection
from latentedit.project_directions import named_directions
from latentedit.session_drag import PREFIX as DRAG

if TYPE_CHECKING:
    from latentedit.directions import Direction
    from latentedit.edits import History
    from latentedit.engine import DirectionLike, Engine
    from latentedit.generators import GeneratorSpec

OwnDirections = Mapping[str, OwnDirection]


def with_direction(own: OwnDirections, direction: Direction, engine: Engine, spec: GeneratorSpec) -> tuple[str, OwnDirections]:
    """Make a direction known among a session's own.

    A name that means another direction already is never taken over, since edits may refer to that one: the new one is then
    called ``smile-2`` and so on. A direction that is known already, by such a name, is not stored again. A name that edits use and
    that means nothing is taken: a project that was saved without its direction gets it back.

    Args:
        own: the session's directions.
        engine: knows the directions of all sessions.
        spec: of the generator that the direction is for.

    Returns:
        the name under which edits refer to the direction, and all own directions.

    Raises:
        DirectionError: it does not fit the generator, or a value of it is out of range.
        UsageError: there are too many, or they are too large together.
    """
    new = OwnDirection.of(direction)
    if not new.fits(spec.num_ws, spec.w_dim):
        raise DirectionError(
            f"The direction {new.name} does not fit the generator {spec.name}.", hint="It was made for another generator."
        )
    for name in itertools.islice(_names(new.name), MAX_DIRECTIONS):
        if name in own and own[name].draws_as(new):
            return name, own
    free = ((name, _shared(name, engine, spec)) for name in _names(new.name) if name not in own)
    name, shared = next(pair for pair in free if pair[1] is None or new.draws_as(pair[1]))
    if shared is not None:
        return name, own
    _require_room(own, new)
    return name, {**own, name: replace(new, name=name)}


def _shared(name: str, engine: Engine, spec: GeneratorSpec) -> DirectionLike | None:
    """The direction that a name means in every session; None if it means nothing."""
    try:
        return engine.direction(name, spec)
    except DirectionError:
        return None


def _names(name: str) -> Iterator[str]:
    """``name``, then its numbered forms, none of them too long for an edit."""
    yield name
    for number in itertools.count(2):
        ending = f"-{number}"
        yield name[: MAX_NAME - len(ending)] + ending


def has_room(own: OwnDirections, new: Direction | OwnDirection) -> bool:
    """Whether a project could take one more."""
    size = sum(direction.vector.nbytes for direction in (*own.values(), new))
    return len(own) < MAX_DIRECTIONS and size <= MAX_VECTOR_BYTES


def without_forgotten_drags(own: OwnDirections, history: History) -> OwnDirections:
    """The session's directions but for the offsets of drags that no edit names any more, nor one that could be undone or redone."""
    named = {direction.name for direction in named_directions(own.values(), history)}
    return {name: known for name, known in own.items() if name in named or not name.startswith(DRAG)}


def _require_room(own: OwnDirections, new: OwnDirection) -> None:
    if not has_room(own, new):
        raise UsageError(
            f"A project takes at most {MAX_DIRECTIONS} directions of its own, of {MAX_VECTOR_BYTES >> 20} MiB together.",
            hint="Save and reopen it: directions that no edit uses are left behind.",
        )
