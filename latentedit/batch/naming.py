"""Where the results of a batch go, so that no two have one name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from latentedit.batch.config import BatchConfig
from latentedit.batch.inputs import BatchItem, kind_by_content
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.errors import ProjectFileError, UsageError
from latentedit.image_io.kinds import Kind, kind_for_suffix

_SUFFIX_OF: dict[Kind, str] = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "TIFF": ".tif",
    "BMP": ".bmp",
    "GIF": ".gif",
    "AVIF": ".avif",
}


@dataclass(frozen=True)
class Places:
    """Where one item's files go, as paths below the output folder with ``/`` between the parts."""

    result: str
    project: str


def assign_places(items: Sequence[BatchItem], config: BatchConfig) -> list[Places]:
    """Give each item its places.

    The photograph's name is kept, with the suffix of the result's kind. Where two would get one name, also on file systems that take upper
    for lower case, the first in the list gets it and the others keep their own suffix in it: ``anna.jpg``, ``anna.png.jpg``.
    """
    suffixes = [result_suffix(item, config.format) for item in items]
    taken: set[str] = set()
    results: dict[int, str] = {}
    # Those that keep their name wholly come first, since the others can yield.
    for index in sorted(range(len(items)), key=lambda i: PurePosixPath(items[i].name).suffix != suffixes[i]):
        results[index] = _first_free(_names(items[index].name, config.suffix, suffixes[index]), taken)
    projects = [_first_free(_names(item.name, "", PROJECT_SUFFIX), taken) for item in items]
    return [Places(results[index], project) for index, project in enumerate(projects)]


def result_suffix(item: BatchItem, wanted: str | None) -> str:
    """The suffix of an item's result: what is wanted, else the photograph's own, unless its content is of another kind."""
    if wanted is not None:
        return f".{wanted.lower()}"
    if item.is_project:
        suffix = _suffix_in_project(item.path)
        return suffix if _kind_named(suffix) is not None else _SUFFIX_OF["PNG"]
    suffix = item.path.suffix
    kind, named = kind_by_content(item.path), _kind_named(suffix)
    if kind is None:
        return suffix if named is not None else _SUFFIX_OF["PNG"]  # it will fail, and say why
    return suffix if kind == named else _SUFFIX_OF[kind]


def _suffix_in_project(path: Path) -> str:
    from latentedit.project_archive import open_archive

    try:
        with open_archive(path) as archive:
            return next((Path(name).suffix for name in archive.names if Path(name).stem == "original"), "")
    except ProjectFileError:  # told when it is opened in earnest
        return ""


def _kind_named(suffix: str) -> Kind | None:
    try:
        return kind_for_suffix(Path(f"x{suffix}"))
    except UsageError:
        return None


def _names(name: str, addition: str, suffix: str) -> Iterator[str]:
    """Names for a result, from the plainest to those that hold the whole name and a number."""
    path = PurePosixPath(name)
    yield str(path.with_name(f"{path.stem}{addition}{suffix}"))
    yield str(path.with_name(f"{path.name}{addition}{suffix}"))
    number = 2
    while True:
        yield str(path.with_name(f"{path.name}{addition}-{number}{suffix}"))
        number += 1


def _first_free(names: Iterator[str], taken: set[str]) -> str:
    keys = ((name, unicodedata.normalize("NFC", name).casefold()) for name in names)
    name, key = next(pair for pair in keys if pair[1] not in taken)
    taken.add(key)
    return name
