"""Arrays that stay in their file until they are asked for, so that a large file takes the memory of what is made of it, and not of itself as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGE_BYTES = 1 << 18
"""Arrays of so many bytes stay in the file where that is wanted; to read the many small ones at once is quicker."""


@dataclass(frozen=True, eq=False)
class StoredArray:
    """An array in an open file.

    Attributes:
        shape: as the file tells it.
        load: reads the numbers, anew each time; raises CheckpointError where they are not there.
    """

    shape: tuple[int, ...]
    load: Callable[[], NDArray[Any]]


def loaded(value: Any) -> Any:
    """The array that stays in a file, read; anything else as it is.

    Raises:
        CheckpointError: its numbers are not there.
    """
    return value.load() if isinstance(value, StoredArray) else value


def is_array(value: Any) -> bool:
    """Whether it is an array, here or in its file."""
    return isinstance(value, np.ndarray | StoredArray)
