"""What can stand in a face's stack: moves along directions, mixes with other latents, random variations, drags of points.

Every value here is frozen and checked when it is made. Tensors are elsewhere: an edit names them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from latentedit.errors import UsageError

MAX_AMOUNT = 1000.0
MAX_LAYER = 1023
MAX_NAME = 200
MAX_SEED = 2**63 - 1
"""The largest number that torch takes as a seed."""
MAX_MIX = 2.0
MAX_STRENGTH = 2.0
MAX_FEATHER = 0.5
MAX_POINTS = 64
MAX_INSTANCE = 999

Point = tuple[float, float]
"""x and y on the aligned square: (0, 0) is its top left corner, (1, 1) its bottom right one."""

Region = Literal[
    "face", "skin", "hair", "head", "eyes", "brows", "nose", "mouth", "neck", "clothes", "person", "background", "square"
]
"""Parts of the aligned square that the program finds itself; see :class:`latentedit.regions.FaceRegions`."""
BRUSH = "brush:"
"""Begins the name of a region that the user painted; its content hash follows. The session and the project hold what was painted."""

_BRUSH_NAME = re.compile(re.escape(BRUSH) + "[0-9a-f]{64}")


class EditKey(NamedTuple):
    """Identifies an edit within its face: its kind, what it names, its layers, and which it is of several that share these three."""

    kind: str
    name: str | int
    layers: tuple[int, ...] | None
    instance: int = 0


@dataclass(frozen=True, slots=True)
class EditMask:
    """Where in the face's square an edit may change the drawing.

    Attributes:
        region: which part: a :data:`Region`, or ``brush:`` and the content hash of what the user painted.
        feather: width of its soft edge, as a fraction of the square's side; in [0, 0.5].
        inverted: everywhere but there.

    Raises:
        UsageError: a value is out of range.
    """

    region: str
    feather: float = 0.05
    inverted: bool = False

    def __post_init__(self) -> None:
        check_region(self.region)
        object.__setattr__(self, "feather", in_range("The feather", self.feather, 0.0, MAX_FEATHER))


@dataclass(frozen=True, slots=True)
class DirectionEdit:
    """Move a face's latent along a named direction.

    Attributes:
        name: of the direction, as ``latentedit directions list`` shows it.
        amount: how far, in the direction's own unit; in [-1000, 1000].
        layers: which styles move, ascending; None: those that the direction itself names.
        enabled: a disabled edit keeps its place and amount but changes nothing.
        mask: where it may change the drawing; None: everywhere.
        instance: tells edits apart that are else of one ``key``, such as one direction on two parts of the face; in [0, 999].

    Raises:
        UsageError: a value is out of range.
    """

    name: str
    amount: float
    layers: tuple[int, ...] | None = None
    enabled: bool = True
    mask: EditMask | None = None
    instance: int = 0

    def __post_init__(self) -> None:
        check_instance(self.instance)
        if not (0 < len(self.name) <= MAX_NAME and self.name.isprintable()):
            raise UsageError(f"A direction's name is 1 to {MAX_NAME} printable characters.")
        object.__setattr__(self, "amount", in_range(f"The amount of {self.name}", self.amount, -MAX_AMOUNT, MAX_AMOUNT))
        object.__setattr__(self, "layers", normal_layers(self.layers))

    @property
    def key(self) -> EditKey:
        """A direction stands in a stack once for each layer range and instance."""
        return EditKey("direction", self.name, self.layers, self.instance)

    @property
    def amounts(self) -> tuple[float, ...]:
        """How far it goes."""
        return (self.amount,)

    @property
    def label(self) -> str:
        """How lists call it."""
        return self.name

    @property
    def active(self) -> bool:
        """Whether it changes anything."""
        return self.enabled and self.amount != 0.0


@dataclass(frozen=True, slots=True)
class MixEdit:
    """Take layers from another latent (style mixing; Karras et al., 2019, section 3.1).

    Attributes:
        source: the other latent: ``seed:7`` is the face that the generator draws of that seed, ``face:1`` another face of the photograph as it was
            projected, any other name one that the session holds (a face of another photograph or project).
        amount: 0 leaves the face as it is, 1 takes the layers whole; in [-2, 2].
        layers: which styles, ascending; None: all.
        enabled: a disabled edit keeps its place and amount but changes nothing.
        mask: where it may change the drawing; None: everywhere.
        instance: tells edits apart that are else of one ``key``, such as one direction on two parts of the face; in [0, 999].

    Raises:
        UsageError: a value is out of range.
    """

    source: str
    amount: float = 1.0
    layers: tuple[int, ...] | None = None
    enabled: bool = True
    mask: EditMask | None = None
    instance: int = 0

    def __post_init__(self) -> None:
        check_instance(self.instance)
        check_source(self.source)
        object.__setattr__(self, "amount", in_range("The amount of a mix", self.amount, -MAX_MIX, MAX_MIX))
        object.__setattr__(self, "layers", normal_layers(self.layers))

    @property
    def key(self) -> EditKey:
        """A source stands in a stack once for each layer range and instance."""
        return EditKey("mix", self.source, self.layers, self.instance)

    @property
    def amounts(self) -> tuple[float, ...]:
        """How far it goes."""
        return (self.amount,)

    @property
    def label(self) -> str:
        """How lists call it."""
        return f"mix {self.source}"

    @property
    def active(self) -> bool:
        """Whether it changes anything."""
        return self.enabled and self.amount != 0.0


@dataclass(frozen=True, slots=True)
class VariationEdit:
    """Move toward a random face, by another strength in each band of layers.

    Attributes:
        seed: of the random face; in [0, 2^63).
        coarse, middle, fine: how far the band's layers go: 0 not at all, 1 as far as a random face lies from the average; in [0, 2].
        enabled: a disabled edit keeps its place and strengths but changes nothing.
        mask: where it may change the drawing; None: everywhere.
        instance: tells edits apart that are else of one ``key``, such as one direction on two parts of the face; in [0, 999].

    Raises:
        UsageError: a value is out of range.
    """

    seed: int
    coarse: float = 0.0
    middle: float = 0.0
    fine: float = 0.0
    enabled: bool = True
    mask: EditMask | None = None
    instance: int = 0

    def __post_init__(self) -> None:
        check_instance(self.instance)
        if not 0 <= self.seed <= MAX_SEED:
            raise UsageError(f"A seed is a number from 0 to {MAX_SEED}.")
        for band in ("coarse", "middle", "fine"):
            object.__setattr__(self, band, in_range(f"The strength of the {band} layers", getattr(self, band), 0.0, MAX_STRENGTH))

    @property
    def key(self) -> EditKey:
        """A seed stands in a stack once for each instance."""
        return EditKey("variation", self.seed, None, self.instance)

    @property
    def amounts(self) -> tuple[float, ...]:
        """How far it goes, in each band."""
        return (self.coarse, self.middle, self.fine)

    @property
    def label(self) -> str:
        """How lists call it."""
        return f"variation {self.seed}"

    @property
    def active(self) -> bool:
        """Whether it changes anything."""
        return self.enabled and (self.coarse, self.middle, self.fine) != (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class DragEdit:
    """Points of a face dragged to other places (Pan et al., 2023, arXiv:2305.10973).

    What the drag did to the latent is a vector that the session holds, and this edit adds it; the points tell where it came from, to be shown
    and dragged on.

    Attributes:
        offset: the name of that vector, [num_ws, w_dim].
        handles, targets: where the points were, and where they were dragged to; one target for each of 1 to 64 handles, all within the square.
        keep: the parts of the face that were to stay as they were.
        amount: 0 leaves the face as it is, 1 adds the whole vector; in [0, 1].
        layers: which styles move, ascending; None: all.
        enabled: a disabled edit keeps its place and amount but changes nothing.
        mask: where it may change the drawing; None: everywhere.
        instance: tells edits apart that are else of one ``key``, such as one direction on two parts of the face; in [0, 999].

    Raises:
        UsageError: a value is out of range.
    """

    offset: str
    handles: tuple[Point, ...]
    targets: tuple[Point, ...]
    keep: tuple[Region, ...] = ()
    amount: float = 1.0
    layers: tuple[int, ...] | None = None
    enabled: bool = True
    mask: EditMask | None = None
    instance: int = 0

    def __post_init__(self) -> None:
        check_instance(self.instance)
        if not (0 < len(self.offset) <= MAX_NAME and self.offset.isprintable()):
            raise UsageError(f"The name of an offset is 1 to {MAX_NAME} printable characters.")
        if not 0 < len(self.handles) == len(self.targets) <= MAX_POINTS:
            raise UsageError(f"A drag has 1 to {MAX_POINTS} points, each with its target.")
        for name in ("handles", "targets"):
            points = tuple(
                (in_range("A coordinate", x, 0.0, 1.0), in_range("A coordinate", y, 0.0, 1.0)) for x, y in getattr(self, name)
            )
            object.__setattr__(self, name, points)
        for region in self.keep:
            if region not in get_args(Region):
                raise UsageError(f"There is no region {region!r}.", hint=f"Choose one of {', '.join(get_args(Region))}.")
        object.__setattr__(self, "keep", tuple(region for region in get_args(Region) if region in self.keep))
        object.__setattr__(self, "amount", in_range("The amount of a drag", self.amount, 0.0, 1.0))
        object.__setattr__(self, "layers", normal_layers(self.layers))

    @property
    def key(self) -> EditKey:
        """An offset stands in a stack once for each layer range and instance."""
        return EditKey("drag", self.offset, self.layers, self.instance)

    @property
    def amounts(self) -> tuple[float, ...]:
        """How far it goes."""
        return (self.amount,)

    @property
    def label(self) -> str:
        """How lists call it."""
        return self.offset

    @property
    def active(self) -> bool:
        """Whether it changes anything."""
        return self.enabled and self.amount != 0.0


Edit = DirectionEdit | MixEdit | VariationEdit | DragEdit
"""Everything that can stand in a face's stack."""


def seed_of(source: str) -> int | None:
    """The seed that a mix's source names, None when it names something else."""
    return _number_after("seed:", source)


def face_of(source: str) -> int | None:
    """The index of the face that a mix's source names, None when it names something else."""
    return _number_after("face:", source)


def check_instance(instance: int) -> int:
    """The number of an edit among those of one key, if it is in range.

    Raises:
        UsageError: it is not.
    """
    if not 0 <= instance <= MAX_INSTANCE:
        raise UsageError(f"The same edit is numbered from 0 to {MAX_INSTANCE} in one face's stack, not {instance}.")
    return instance


def check_region(region: str) -> str:
    """The name of a region, if it is one.

    Raises:
        UsageError: it is not.
    """
    if region not in get_args(Region) and not _BRUSH_NAME.fullmatch(region):
        raise UsageError(f"There is no region {region!r}.", hint=f"Choose one of {', '.join(get_args(Region))}.")
    return region


def region_words(region: str, mask_names: Mapping[str, str] | None = None) -> str:
    """How lists call a region: its name, or of a painted one what people call it, else ``brush`` without its hash.

    Args:
        mask_names: what people call painted regions.
    """
    return (mask_names or {}).get(region, "brush") if region.startswith(BRUSH) else region


def check_source(source: str) -> str:
    """A mix's source, if it can be one.

    Raises:
        UsageError: it cannot.
    """
    if not (0 < len(source) <= MAX_NAME and source.isprintable()):
        raise UsageError(f"The name of a latent is 1 to {MAX_NAME} printable characters.")
    for kind in ("seed:", "face:"):
        if source.startswith(kind) and _number_after(kind, source) is None:
            raise UsageError(f"{source} names no latent.", hint="Write seed:7 or face:1.")
    return source


def _number_after(kind: str, source: str) -> int | None:
    text = source.removeprefix(kind)
    if text == source or not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    number = int(text)
    return number if number <= MAX_SEED and str(number) == text else None


def finite_number(text: str) -> float | None:
    """The number that a text is; None when it is none, or has no end."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def in_range(what: str, value: float, low: float, high: float) -> float:
    """``value``, when it is a number in [low, high].

    Raises:
        UsageError: it is not.
    """
    number = float(value)
    if not (math.isfinite(number) and low <= number <= high):
        raise UsageError(f"{what} must be a number from {low:g} to {high:g}, not {number:g}.")
    return number


def normal_layers(layers: Iterable[int] | None) -> tuple[int, ...] | None:
    """Layers as a state holds them: ascending, each once.

    Raises:
        UsageError: none at all, or one outside [0, 1023].
    """
    if layers is None:
        return None
    ordered = tuple(sorted({int(layer) for layer in layers}))
    if not ordered:
        raise UsageError("An edit needs at least one layer.", hint="Leave the layers out to edit all of them.")
    if not (ordered[0] >= 0 and ordered[-1] <= MAX_LAYER):
        raise UsageError(f"Layers are numbered from 0 to {MAX_LAYER} at the most.")
    return ordered
