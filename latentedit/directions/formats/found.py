"""Directions as a file holds them, before they are fitted to a generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.errors import DirectionError

MAX_DIRECTIONS = 4096
"""In one file; the largest known, of closed-form factorisation, have one for each dimension of W."""
MAX_STYLES = 64
"""More layers than any generator has: an array of more rows holds directions, not layers."""
_UNIT_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class FoundDirection:
    """One direction of a file.

    Attributes:
        direction: as the file says; its vector is [w_dim] or has a row for each layer of the generator that it was made for.
        layer_resolutions: of that generator (see :class:`~latentedit.generators.GeneratorSpec`); None when the file does not tell.
    """

    direction: Direction
    layer_resolutions: tuple[int, ...] | None = None


def as_vector(array: NDArray[Any], what: str) -> Tensor:
    """An array [w_dim], [1, w_dim], [layers, w_dim] or [1, layers, w_dim] of any kind of real numbers as float32 [w_dim] or [layers, w_dim].

    Raises:
        DirectionError: it has another shape, or numbers that are not real, not finite, or too large for float32.
    """
    rows = array
    while rows.ndim > 1 and rows.shape[0] == 1:
        rows = rows[0]
    if rows.dtype.kind not in "fiu":
        raise DirectionError(f"{what} holds {rows.dtype.name} values, which are no direction.")
    if rows.ndim not in (1, 2) or rows.size == 0 or (rows.ndim == 2 and rows.shape[0] > MAX_STYLES):
        raise DirectionError(f"{what} holds an array of the shape {list(array.shape)}, which is no direction.")
    with np.errstate(over="ignore"):
        vector = np.array(rows, dtype=np.float32, order="C")
    if not np.isfinite(vector).all():
        raise DirectionError(f"{what} holds numbers that are not finite.")
    return torch.from_numpy(vector)


def unit_of(vector: Tensor) -> str:
    """What an amount of 1 is, for a vector [w_dim] or [layers, w_dim] that came without a word about it."""
    lengths = vector.reshape(-1, vector.shape[-1]).double().norm(dim=-1)
    where = "" if vector.ndim == 1 else " in every layer"
    if bool((lengths - 1).abs().max() < _UNIT_TOLERANCE):
        return f"a step of length 1 in W{where}"
    return f"a step of length {float(lengths.mean()):.3g} in W" + (where and ", the mean of its layers")


def numbered(
    family: str, arrays: Sequence[NDArray[Any]], name: str, *, provenance: str, unit: str = "", amount: float = 5.0
) -> tuple[FoundDirection, ...]:
    """Directions that have no names of their own: ``FAMILY_1``, ``FAMILY_2``...

    Args:
        name: of the file, for errors.
        provenance: what they are; the file and the number are added.
        unit: of their amounts; told by their lengths when empty.
        amount: the end of their default range.

    Raises:
        DirectionError: there are too many, or one is no direction.
    """
    if len(arrays) > MAX_DIRECTIONS:
        raise DirectionError(f"{name} holds {len(arrays)} arrays, more than {MAX_DIRECTIONS}.")
    found = []
    for number, array in enumerate(arrays, start=1):
        vector = as_vector(array, name)
        direction = Direction(
            f"{family}_{number}",
            vector,
            default_range=(-amount, amount),
            provenance=f"{name}: {provenance} {number} of {len(arrays)}",
            unit=unit or unit_of(vector),
        )
        found.append(FoundDirection(direction))
    return tuple(found)
