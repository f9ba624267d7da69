"""Arrays without a word about themselves: one direction, several in a row, or several by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentedit.directions.direction import Direction
from latentedit.directions.formats.found import MAX_DIRECTIONS, MAX_STYLES, FoundDirection, as_vector, numbered, unit_of
from latentedit.edits.edit import MAX_NAME
from latentedit.errors import DirectionError


def read_plain(tree: Any, name: str) -> tuple[FoundDirection, ...] | None:
    """The directions of an array, or of a dictionary or list of arrays; None when ``tree`` holds anything else.

    An array [w_dim], [1, w_dim], [layers, w_dim] or [1, layers, w_dim] is one direction, named as the file. An array [K, 1, w_dim], or
    [K, layers, w_dim], or one of more rows than a generator has layers is K directions. Of a dictionary, every array is a direction by its key.

    Raises:
        DirectionError: an array is no direction.
    """
    if isinstance(tree, np.ndarray):
        if _is_several(tree):
            return numbered("direction", list(tree), name, provenance="array")
        return (_alone(tree, Path(name).stem, name),)
    if isinstance(tree, list) and tree and all(isinstance(array, np.ndarray) for array in tree):
        return numbered("direction", tree, name, provenance="array")
    if not (isinstance(tree, dict) and tree and all(isinstance(array, np.ndarray) for array in tree.values())):
        return None
    if len(tree) == 1:
        return read_plain(next(iter(tree.values())), name)
    if len(tree) > MAX_DIRECTIONS:
        raise DirectionError(f"{name} holds {len(tree)} arrays, more than {MAX_DIRECTIONS}.")
    return tuple(_alone(array, _printable(str(key)), name) for key, array in tree.items())


def _is_several(array: NDArray[Any]) -> bool:
    return (array.ndim >= 3 and len(array) > 1) or (array.ndim == 2 and len(array) > MAX_STYLES)


def _alone(array: NDArray[Any], key: str, name: str) -> FoundDirection:
    vector = as_vector(array, name)
    return FoundDirection(Direction(key, vector, provenance=name, unit=unit_of(vector)))


def _printable(key: str) -> str:
    """A name that edits can use, of a key that may be any text."""
    plain = "".join(character if character.isprintable() else "_" for character in key[:MAX_NAME])
    return plain or "direction"
