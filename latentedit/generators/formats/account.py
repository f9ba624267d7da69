"""What of a checkpoint was read: a network that is read in part is another network, so that what is left over is an error."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from latentedit.checkpoints.pickle_instructions import shown
from latentedit.checkpoints.stored_array import is_array
from latentedit.errors import CheckpointError

_SHOWN = 80
_TIMES, _ROOM = 4, 1 << 24
"""How often all numbers may be read, and how many more; readers look at a few tensors twice."""


class Account(Mapping[str, Any]):
    """The arrays of one network by name, which remembers those that were looked at."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self._arrays = {name: value for name, value in arrays.items() if isinstance(name, str)}
        self._read: set[str] = set()
        unlike = {id(value): _numbers(value) for value in self._arrays.values()}
        self._left = _TIMES * sum(unlike.values()) + _ROOM

    def __getitem__(self, name: str) -> Any:
        """
        Raises:
            CheckpointError: so much was read by now that the file must give one array many names. Each reading is a copy.
        """
        value = self._arrays[name]
        self._read.add(name)
        self._left -= _numbers(value)
        if self._left < 0:
            raise CheckpointError("The file gives one tensor very many names.", hint="Do not trust this file.")
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._arrays

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def close(self, program: str, harmless: str = "") -> None:
        """Tell what was not read.

        Args:
            program: whose network it is.
            harmless: a regular expression of whole names: of what has no part in drawing.

        Raises:
            CheckpointError: an array was not read.
        """
        arrays = (name for name, value in self._arrays.items() if is_array(value))
        refuse_unread((name for name in arrays if name not in self._read), program, harmless)


def _numbers(value: Any) -> int:
    return math.prod(value.shape) if is_array(value) else 0


def refuse_unread(names: Iterable[str], program: str, harmless: str = "") -> None:
    """
    Args:
        names: of the network's arrays that were not read.
        program, harmless: as in :meth:`Account.close`.

    Raises:
        CheckpointError: one of them is not harmless.
    """
    for name in names:
        if not (harmless and re.fullmatch(harmless, name)):
            raise CheckpointError(
                f"The network has a part that is not known, {shown(name[:_SHOWN])}.",
                hint=f"Without it something else would be drawn. It may be a variant of {program}; such are not read.",
            )


def count_of(names: Iterable[str], pattern: str) -> int:
    """One more than the highest number at ``{}`` in ``pattern``, which a name begins with; 0 where none does.

    By the highest, not by how many there are in a row: behind one that is missing, the others would be left out without a word.
    """
    before, after = map(re.escape, pattern.split("{}"))
    found = (re.match(rf"{before}(\d{{1,3}}){after}", name, re.ASCII) for name in names)
    return max((int(match[1]) + 1 for match in found if match), default=0)


def all_or_none(arrays: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether all of ``names`` are there, for what some versions of a program store and others do not.

    Raises:
        CheckpointError: some are there, and some are not.
    """
    wanted = list(names)
    there = [name in arrays for name in wanted]
    if any(there) and not all(there):
        raise lacking(wanted[there.index(False)])
    return any(there)


def lacking(name: str) -> CheckpointError:
    """The error for a tensor that is not there."""
    return CheckpointError(f"The checkpoint lacks {shown(name[:_SHOWN])}.", hint="The file is incomplete, or holds no generator.")
