"""One face of a project as people name it: ``me.ledit``, or ``me.ledit#1``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from latentedit.errors import NoFaceError, UsageError

_CHOICE = re.compile(r"(.+)#(\d{1,9})", re.ASCII | re.DOTALL)


class MaybeProjected(Protocol):
    """A face of a project or a session."""

    @property
    def latents(self) -> Any | None:
        """What its projection found; None before."""
        ...


def split_face(text: str) -> tuple[Path | None, int | None]:
    """``me.ledit#1`` as the file and the face in it, ``me.ledit`` without one; a file of the whole name goes first. No path when there is no
    such file."""
    if _is_file(Path(text)):
        return Path(text), None
    choice = _CHOICE.fullmatch(text)
    if choice is not None and _is_file(Path(choice[1])):
        return Path(choice[1]), int(choice[2])
    return None, None


def projected_face(faces: Sequence[MaybeProjected], index: int | None, name: str) -> int:
    """The index of the face that is chosen, or of the first that is projected.

    Args:
        name: what to call the project in an error.

    Raises:
        UsageError: it is not projected, or none is.
    """
    projected = [number for number, face in enumerate(faces) if face.latents is not None]
    if not projected:
        raise UsageError(f"{name} holds no projected face.", hint="Project it first: latentedit project PHOTO.")
    if index is None:
        return projected[0]
    if index not in projected:
        raise UsageError(
            f"{name} holds no projected face {index}.", hint=f"Its projected faces: {', '.join(map(str, projected))}."
        )
    return index


def no_such_face(index: int, name: str, count: int) -> NoFaceError:
    """The error of who names a face that a photograph does not have.

    Args:
        name: the photograph's.
        count: how many faces it has.
    """
    if count == 0:
        return NoFaceError(
            f"There is no face {index}: none was found in {name}.", hint="Look at its faces: latentedit info FILE."
        )
    faces = "one face" if count == 1 else f"{count} faces"
    hint = "The only face is number 0." if count == 1 else f"Choose from 0 (the largest) to {count - 1}."
    return NoFaceError(f"There is no face {index}: {name} has {faces}.", hint=hint)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # too long for a name, or in a folder that may not be looked into
        return False
