"""Which sliders there are: what ships for the generator, the user's own directions, and the session's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from latentedit.directions import Direction, DirectionLibrary, default_directions
from latentedit_gui.panels.direction_words import Group, effect_of, group_of, label_of

if TYPE_CHECKING:
    from latentedit.own_direction import OwnDirection
    from latentedit.session import Session

LEAST_TOLD = 0.5
"""In standard deviations over random faces: what changes by less is hardly seen."""
MOST_TOLD = 3
_NO_DIRECTIONS = ("latent:", "drag:", "face:")
"""Begin the names of a session's other vectors: faces to mix with, and what drags of points did."""


class Origin(Enum):
    """Who knows a direction."""

    SHIPPED = "shipped"
    LIBRARY = "library"
    SESSION = "session"


@dataclass(frozen=True, eq=False)
class Attribute:
    """What one slider is about.

    Attributes:
        name: of the direction, as edits refer to it.
        label, effect: for people.
        span: amounts between which it does what it says.
        layers: that it moves; None for all.
        region: the part of the face that a new edit is confined to; empty for the whole.
        also: what else it changes, most first: names of scores and changes over the span, in standard deviations over random faces.
        direction: of the library, for a session that does not know it yet.
    """

    name: str
    group: Group
    label: str
    effect: str
    span: tuple[float, float]
    layers: tuple[int, ...] | None
    region: str
    origin: Origin
    also: tuple[tuple[str, float], ...] = ()
    direction: Direction | None = None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All sliders for a session's generator.

    Attributes:
        layer_resolutions: of the generator, in pixels.
    """

    attributes: tuple[Attribute, ...]
    layer_resolutions: tuple[int, ...]
    weights_hash: str

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for catalogues that show the same sliders."""
        return (self.weights_hash, tuple((each.name, each.origin, each.span) for each in self.attributes))


def read_catalogue(session: Session) -> Catalogue:
    """All sliders for a session's generator; to be called in the worker's thread, since files are read, and a generator's file perhaps.

    Raises:
        CheckpointError, UsageError, DeviceError: there is no such generator.
    """
    spec, own = session.spec, session.scene.own
    shipped = default_directions(spec)
    found = [_of_direction(name, direction, Origin.SHIPPED) for name, direction in shipped.items()]
    known = {name: direction for name, direction in own.items() if not name.startswith(_NO_DIRECTIONS) and name not in shipped}
    found += [_of_own(name, direction) for name, direction in known.items()]
    library = DirectionLibrary.default().all(spec)
    found += [
        _of_direction(name, direction, Origin.LIBRARY)
        for name, direction in library.items()
        if name not in shipped and name not in known
    ]
    return Catalogue(tuple(found), spec.layer_resolutions, spec.weights_hash)


def _of_direction(name: str, direction: Direction, origin: Origin) -> Attribute:
    measured = direction.measured
    changes: Mapping[str, float] = {} if measured is None else measured.changes
    also = sorted(
        ((score, change) for score, change in changes.items() if score != name and abs(change) >= LEAST_TOLD),
        key=lambda one: -abs(one[1]),
    )
    shipped = origin is Origin.SHIPPED
    return Attribute(
        name,
        group_of(name) if shipped else Group.OWN,
        label_of(name) if shipped else name,
        effect_of(name if shipped else "", direction.effect),
        direction.default_range,
        direction.layers,
        direction.region,
        origin,
        tuple(also[:MOST_TOLD]),
        None if shipped else direction,
    )


def _of_own(name: str, own: OwnDirection) -> Attribute:
    return Attribute(name, Group.OWN, name, effect_of("", own.effect), own.default_range, own.layers, own.region, Origin.SESSION)
