"""Which photographs and projects a batch works on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from latentedit.atomic_file import same_file
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.errors import InputError, PhotoError, UsageError
from latentedit.image_io.kinds import Kind, kind_for_suffix, kind_of

HEAD_BYTES = 64
_TOLD_BY_CONTENT: frozenset[Kind] = frozenset({"JPEG", "PNG", "WEBP", "GIF", "AVIF"})
"""Kinds that files of any name are taken for. The others begin with what other files may begin with too: camera raw files are TIFF inside."""


@dataclass(frozen=True)
class BatchItem:
    """One photograph or project.

    Attributes:
        path: where it is, absolute.
        name: its path below the folder that all inputs have in common, with ``/`` between the parts; results are mirrored by it.
        problem: why it cannot even be looked at (a folder without permission); empty otherwise.
    """

    path: Path
    name: str
    problem: str = ""

    @property
    def is_project(self) -> bool:
        """Whether it is named as a project."""
        return self.path.suffix.lower() == PROJECT_SUFFIX


def find_items(inputs: Sequence[Path], output: Path, *, recursive: bool = False) -> list[BatchItem]:
    """List what the inputs name, each file once, sorted by name.

    Whatever is named itself is taken as it is. From folders come the files with the suffix of a picture or project, and pictures of other
    names as far as their first bytes tell them for certain; hidden files, hidden folders and links to folders are left out, and so is
    ``output``.

    Args:
        inputs: photographs, projects and folders.
        output: where the results go.
        recursive: look into the folders' folders.
    """
    named = [Path(os.path.normpath(path.absolute())) for path in inputs]  # not resolved: links keep the names that the user knows
    found: dict[Path, BatchItem] = {}
    base = _common_folder([path if _is_folder(path) else path.parent for path in named])
    for path in named:
        for file, problem in _files_in(path, output, recursive) if _is_folder(path) else ((path, ""),):
            place = Path(os.path.realpath(file.parent), file.name)
            found.setdefault(place, BatchItem(file, mirrored(file, base), problem))
    return sorted(found.values(), key=lambda item: item.name)


def mirrored(path: PurePath, base: PurePath | None) -> str:
    """The path of a file below ``base``, or without one the whole path, a drive's letter as a folder."""
    if base is not None:
        return path.relative_to(base).as_posix()
    drive = path.drive.strip(":/\\").replace("\\", "/")
    return "/".join([*drive.split("/"), *path.parts[1:]])


def refuse_overwriting(items: Iterable[BatchItem], results: Iterable[Path]) -> None:
    """Fail when a result would take the place of an input.

    Raises:
        UsageError: one would.
    """
    inputs = {os.path.realpath(item.path): item for item in items}
    for result in results:
        item = inputs.get(os.path.realpath(result))
        if item is not None:
            raise UsageError(f"The result {result} would overwrite {item.path}.", hint="Name another folder with -o.")


def require_some_there(items: Sequence[BatchItem]) -> None:
    """Fail where everything that is named is missing: a folder for the results would be made for nothing.

    Raises:
        InputError: it is.
    """
    if all(not item.problem and _is_missing(item.path) for item in items):
        others = (
            f", nor are the {len(items) - 1} others" if len(items) > 2 else f", nor is {items[1].path}" if len(items) == 2 else ""
        )
        raise InputError(f"{items[0].path} is not there{others}.", hint="Check the spelling and the folder.")


def kind_by_content(path: Path) -> Kind | None:
    """What kind of picture a file is by its first bytes; None for none, or when it cannot be read."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD_BYTES), path.name)
    except (OSError, PhotoError):
        return None


def _is_missing(path: Path) -> bool:
    """Whether there is nothing of that name; what may not be looked at may be there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _is_folder(path: Path) -> bool:
    """Whether it is one; what cannot be looked at is none, and fails when it is read."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises where a folder is locked or a name too long


def _common_folder(folders: Sequence[Path]) -> Path | None:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on several drives
        return None


def _files_in(folder: Path, output: Path, recursive: bool) -> Iterator[tuple[Path, str]]:
    """The files of a folder that are taken, and folders that cannot be read, with the reason."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, f"The folder {folder} cannot be read ({error.strerror})."
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if recursive and not same_file(path, output):
                yield from _files_in(path, output, recursive)
        elif os.path.isfile(path) and _is_wanted(path):  # noqa: PTH113  # DirEntry.is_file raises on a link to itself
            yield path, ""


def _is_wanted(path: Path) -> bool:
    if path.suffix.lower() == PROJECT_SUFFIX:
        return True
    try:
        kind_for_suffix(path)
    except UsageError:
        return kind_by_content(path) in _TOLD_BY_CONTENT
    return True
