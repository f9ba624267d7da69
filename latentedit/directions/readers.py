"""Read directions from files of the field: what a file is, is told by what it holds, never by its name. Nothing in a file is run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from latentedit.checkpoints.foreign import Contents, read_contents
from latentedit.directions.formats.found import FoundDirection
from latentedit.directions.formats.ganspace import read_ganspace
from latentedit.directions.formats.interfacegan import read_interfacegan
from latentedit.directions.formats.pack_file import MAX_BYTES, pack_of
from latentedit.directions.formats.plain import read_plain
from latentedit.directions.formats.sefa import read_sefa
from latentedit.errors import CheckpointError, DirectionError, UsageError

FAMILIES: tuple[Callable[[Any, str], tuple[FoundDirection, ...] | None], ...] = (
    read_ganspace,
    read_sefa,
    read_interfacegan,
    read_plain,
)
"""What a file may be; the first that knows it reads it."""
_HINT = "A direction is an array [512] or [1, 512], or [18, 512] for a StyleGAN2 of 1024 px."
_SHOWN = 8


def read_directions(path: Path) -> tuple[FoundDirection, ...]:
    """All directions of a file, at least one: in the order of the file, which is that of their numbers.

    Raises:
        DirectionError: it cannot be read, is too large, damaged or unsafe, or holds anything else.
    """
    try:
        contents = read_contents(path, MAX_BYTES)
    except CheckpointError as error:
        raise DirectionError(f"{path.name} holds no direction. {error}", hint=error.hint or _HINT) from error
    try:
        found = _found(contents, path.name)
    except DirectionError as error:
        raise DirectionError(str(error), hint=error.hint or _HINT) from error
    if not found:
        raise DirectionError(f"{path.name} holds no direction.", hint=_HINT)
    return found


def _found(contents: Contents, name: str) -> tuple[FoundDirection, ...] | None:
    pack = pack_of(contents, name)
    if pack is not None:
        return pack.found()
    return next((known for read in FAMILIES if (known := read(contents.tree, name)) is not None), None)


def pick(found: Sequence[FoundDirection], which: str | None, file: str) -> FoundDirection:
    """One direction of a file: ``which`` is its number from 1, or its name; None only where there is no other.

    Raises:
        UsageError: there is none, or several to choose from.
    """
    if which is None:
        if len(found) == 1:
            return found[0]
        raise UsageError(f"{file} holds {len(found)} directions.", hint=f"Choose one, for example {file}:1. {_list(found)}")
    if which.isascii() and which.isdecimal() and len(which) < 10 and 1 <= int(which) <= len(found):
        return found[int(which) - 1]
    for known in found:
        if known.direction.name == which:
            return known
    raise UsageError(f"{file} holds no direction {which}.", hint=_list(found))


def _list(found: Sequence[FoundDirection]) -> str:
    names = [known.direction.name for known in found]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 1], "...", names[-1]]
    return (
        f"It holds {', '.join(names)}; numbers from 1 to {len(found)} choose as well."
        if len(found) > 1
        else f"It holds {names[0]}."
    )
