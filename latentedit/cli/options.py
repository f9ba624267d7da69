"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latentedit.atomic_file import same_file
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.edits.edit import MAX_SEED
from latentedit.errors import PhotoError, StorageError, UsageError
from latentedit.face_choice import split_face
from latentedit.image_io.quality import MAX_QUALITY, MIN_QUALITY, require_quality

if TYPE_CHECKING:
    from latentedit.faces import Frame
    from latentedit.session import Session

PresetOption = Annotated[str, typer.Option(help="fast, balanced or best.")]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
SeedOption = Annotated[int, typer.Option(help="Seed of everything random.", min=0, max=MAX_SEED)]
NoMarkFlag = Annotated[bool, typer.Option("--no-mark", help="Do not note in the file that a trained model made or changed it.")]
QualityOption = Annotated[
    int | None,
    typer.Option(
        help="1 to 100, for a JPEG, WebP or AVIF: all of it is coded anew; without it what no edit touches is kept.",
        min=MIN_QUALITY,
        max=MAX_QUALITY,
    ),
]
SquareOption = Annotated[
    str | None,
    typer.Option(
        "--square",
        metavar="LEFT,TOP,SIDE",
        help="Project this square of the photograph (pixels), whatever is in it; generators of other things than faces "
        "take the largest in the middle.",
    ),
]
ResolutionOption = Annotated[
    int | None, typer.Option("--resolution", min=4, help="Pixels of the generator's images; only for files that do not tell.")
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def refuse_folder(path: Path) -> None:
    """Fail when an input is a folder, before names of results are made of its own.

    Raises:
        PhotoError: it is one.
    """
    if path.is_dir():
        raise PhotoError(f"{path} is a folder.", hint="Name a photograph in it.")


def require_different(files: Mapping[str, Path | None]) -> None:
    """Fail before the work when a result would overwrite its input or another result.

    Args:
        files: what each file is, and where; None for what is not wanted.

    Raises:
        UsageError: two are the same file.
    """
    seen: dict[Path, str] = {}  # by their real paths, which Path.resolve cannot tell of links that lead to themselves
    for what, path in files.items():
        if path is None:
            continue
        place = Path(os.path.realpath(path))
        if place in seen or any(same_file(place, other) for other in seen):
            raise UsageError(f"The {what} would overwrite the {seen.get(place, 'input')}: {path}.", hint="Name another file.")
        seen[place] = what


def require_spared(result: Path | None, inputs: Iterable[tuple[str, str | Path | None]]) -> None:
    """Fail before the work when a result would overwrite an input; inputs may be the same file as one another.

    Args:
        inputs: what each is, and its path, or a text that may be one (``FILE``, ``FILE:PICK``, ``FILE#FACE``, or the name of something).

    Raises:
        UsageError: it would.
    """
    from latentedit.directions.loading import split_pick

    for what, named in inputs:
        path = None if named is None else split_pick(str(named))[0] or split_face(str(named))[0]
        if path is not None:
            require_different({what: path, "result": result})


def require_photograph_spared(result: Path | None, session: Session) -> None:
    """As :func:`require_spared`, for the photograph that an opened project was made from: it is likely to lie beside it still."""
    if session.path is not None:
        require_spared(result, [("photograph", session.path.with_name(session.photo.name))])


def require_parent(path: Path) -> None:
    """Fail before the work, not after it, when there is no folder to write ``path`` to.

    Raises:
        StorageError: the folder that it is to be in is missing, or may not be written.
    """
    if not path.parent.is_dir():
        raise StorageError(f"The folder {path.parent} does not exist.", hint="Make it first, or name another.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise StorageError(f"The folder {path.parent} may not be written.", hint="Change its permissions, or name another.")


def require_folder(path: Path) -> None:
    """As :func:`require_parent`, for a file.

    Raises:
        StorageError: the folder is missing, or ``path`` is a folder itself, or a link that leads nowhere.
    """
    require_parent(path)
    if Path(os.path.realpath(path)).is_symlink():  # it is real only if it leads to itself
        raise StorageError(f"{path} is a link that leads to itself.", hint="Remove it, or name another file.")
    if path.is_dir():
        raise StorageError(f"{path} is a folder.", hint="Name a file in it.")


def require_picture(path: Path, quality: int | None = None) -> None:
    """Fail before the work when the suffix names no kind of image, or one that has no such quality.

    Raises:
        UsageError: it does not.
    """
    from latentedit.image_io.kinds import kind_for_suffix

    require_quality(quality, kind_for_suffix(path))


def parse_square(text: str | None) -> Frame | None:
    """``"10,20,300"`` as a square of the photograph.

    Raises:
        UsageError: it is none.
    """
    from latentedit.faces import Frame

    if text is None:
        return None
    numbers = [part.strip() for part in text.split(",")]
    if len(numbers) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in numbers):
        raise UsageError(f"{text} is no square.", hint="Write its left, its top and its side in pixels: --square 10,20,300.")
    return Frame(*map(int, numbers))


def is_project(path: Path) -> bool:
    """Whether a path is named as a project."""
    return path.suffix.lower() == PROJECT_SUFFIX


def require_project(path: Path) -> None:
    """Fail when a project would get the name of something else.

    Raises:
        UsageError: the suffix is not that of projects.
    """
    if not is_project(path):
        raise UsageError(f"{path.name} is no name for a project.", hint=f"End it with {PROJECT_SUFFIX}.")


def chosen_faces(session: Session, which: str) -> list[int]:
    """Indices of the faces that ``--face`` names: ``largest``, ``all`` or a number.

    Raises:
        NoFaceError, UsageError: there is no such face.
    """
    from latentedit.faces import select_faces

    return [face.index for face in select_faces([known.face for known in session.faces], which)]


def require_one_face(which: str, why: str) -> None:
    """Refuse ``--face all`` before the work where one face is wanted.

    Raises:
        UsageError: it is that.
    """
    if which.strip().lower() == "all":
        raise UsageError(why, hint="Choose one: --face largest, or a number from 0.")


def require_file(generator: str) -> None:
    """Refuse a resolution for a generator whose name tells it.

    Raises:
        UsageError: ``generator`` is a name, not a file.
    """
    from latentedit.generators import generator_entries

    if generator in generator_entries():
        raise UsageError(
            f"{generator} tells its resolution itself.", hint="Leave --resolution out; it is for checkpoints that do not tell."
        )
