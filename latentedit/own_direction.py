"""A direction that a session has of its own.

An edit state only names its directions. Those that ship are found by their name wherever the program is installed; every other
one has to travel with the project. torch is imported only when one is made from a tensor or applied.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from latentedit.edits.edit import MAX_NAME, Region, normal_layers
from latentedit.errors import DirectionError, UsageError

if TYPE_CHECKING:
    from torch import Tensor

    from latentedit.directions import Direction

MAX_DIRECTIONS = 256
"""Of a session's own; far more than sliders fit on a screen, and few enough to be read in a moment."""
MAX_VECTOR_BYTES = 64 * 2**20
"""Of all own directions together: what one direction file may have."""
MAX_TEXT = 4_000


@dataclass(frozen=True, eq=False)
class OwnDirection:
    """A direction in ordinary memory and read-only, as a session holds it and a project file stores it.

    Attributes:
        name: under which edits refer to it.
        vector: [w_dim] or [num_ws, w_dim] float32, finite.
        layers, default_range, effect, provenance, licence, unit, region: as in :class:`~latentedit.directions.Direction`; the layers ascending.

    Raises:
        DirectionError: a value is out of range.
    """

    name: str
    vector: NDArray[np.float32]
    layers: tuple[int, ...] | None = None
    default_range: tuple[float, float] = (-5.0, 5.0)
    effect: str = ""
    provenance: str = ""
    licence: str = ""
    unit: str = ""
    region: str = ""

    def __post_init__(self) -> None:
        if not (0 < len(self.name) <= MAX_NAME and self.name.isprintable()):
            raise DirectionError(f"A direction's name is 1 to {MAX_NAME} printable characters.", hint="Rename it, or its file.")
        object.__setattr__(self, "vector", _checked_vector(self.name, self.vector))
        object.__setattr__(self, "layers", _checked_layers(self.name, self.layers))
        object.__setattr__(self, "default_range", _checked_range(self.name, self.default_range))
        if self.region and self.region not in get_args(Region):
            raise DirectionError(
                f"The direction {self.name} is about no region: {self.region!r}.",
                hint=f"Choose one of {', '.join(get_args(Region))}.",
            )
        if max(map(len, (self.effect, self.provenance, self.licence, self.unit))) > MAX_TEXT:
            raise DirectionError(
                f"A text of the direction {self.name} is longer than {MAX_TEXT} characters.", hint="Refer to the text instead."
            )

    @classmethod
    def of(cls, direction: Direction) -> OwnDirection:
        """A direction made of a tensor on any device.

        Raises:
            DirectionError: a value is out of range.
        """
        return cls(
            direction.name,
            _to_array(direction.vector),
            direction.layers,
            direction.default_range,
            effect=_writable(direction.effect),
            provenance=_writable(direction.provenance),
            licence=_writable(direction.licence),
            unit=_writable(direction.unit),
            region=direction.region,
        )

    @cached_property
    def direction(self) -> Direction:
        """The same as a :class:`~latentedit.directions.Direction`, on the CPU."""
        import torch

        from latentedit.directions import Direction

        about = (self.layers, self.default_range, self.effect, self.provenance, self.licence, self.unit)
        return Direction(self.name, torch.tensor(self.vector), *about, region=self.region)

    def apply(self, w_plus: Tensor, amount: float, layers: Iterable[int] | None = None) -> Tensor:
        """``w_plus`` [N, num_ws, w_dim] moved, as :meth:`latentedit.directions.Direction.apply` does it."""
        return self.direction.apply(w_plus, amount, layers)

    def fits(self, num_ws: int, w_dim: int) -> bool:
        """Whether it has the shape of a generator's latents and moves none but the generator's layers."""
        shaped = self.vector.shape in ((w_dim,), (num_ws, w_dim))
        return shaped and (self.layers is None or self.layers[-1] < num_ws)

    def draws_as(self, other: object) -> bool:
        """Whether another one, of either class, moves every latent to the same place."""
        from latentedit.directions import Direction

        if isinstance(other, OwnDirection):
            return self.layers == other.layers and np.array_equal(self.vector, other.vector)
        return isinstance(other, Direction) and self.draws_as(replace(OwnDirection.of(other), name=self.name))


def _checked_vector(name: str, vector: NDArray[Any]) -> NDArray[np.float32]:
    copy = np.array(vector, dtype=np.float32, order="C")
    if copy.ndim not in (1, 2) or copy.size == 0 or not np.isfinite(copy).all():
        raise DirectionError(
            f"The direction {name} is not [w_dim] or [num_ws, w_dim] finite numbers.", hint="Make or download it again."
        )
    copy.setflags(write=False)
    return copy


def _checked_layers(name: str, layers: Iterable[int] | None) -> tuple[int, ...] | None:
    try:
        return normal_layers(layers)
    except UsageError as error:
        raise DirectionError(f"{name}: {error}", hint=error.hint or "Name layers that its generator has.") from error


def _checked_range(name: str, amounts: tuple[float, float]) -> tuple[float, float]:
    low, high = (float(amount) for amount in amounts)
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise DirectionError(
            f"The range of the direction {name} is {low:g} to {high:g}.", hint="Give two numbers, the lower first."
        )
    return low, high


def _to_array(vector: Tensor) -> NDArray[np.float32]:
    # Narrowed by torch, which makes infinity of what is too large; numpy would warn.
    return np.asarray(vector.detach().cpu().float().numpy())


def _writable(text: str) -> str:
    """Without what UTF-8 cannot hold: a file name's undecodable bytes."""
    return text.encode("utf-8", "replace").decode("utf-8")
