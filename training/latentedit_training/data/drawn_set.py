"""Sets that are drawn by a program, image by image: kept in parts while it draws, so that whoever is killed goes on; one zip at the end.

The zip is NVIDIA's kind, with ``dataset.json`` (see :mod:`latentedit_training.data.label_file`) as its last member; that file also tells what the
set was made of. What is in it depends on the plan alone, never on where the work was interrupted: the zip is the same, byte for byte.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from latentedit.atomic_file import replacing
from latentedit.checked_json import parse_json
from latentedit.errors import InputError, ProjectFileError, UsageError
from latentedit_training.claimed_folder import claimed
from latentedit_training.data.archive import ArchiveFiles
from latentedit_training.data.label_file import LABELS_NAME

PART_IMAGES = 50
"""So many images are drawn before they are safe on the disk."""

_PLAN_NAME, _FACTS_NAME = "plan.json", "facts.json"
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that zip knows: equal sets are equal files
_DAMAGED = (zipfile.BadZipFile, ProjectFileError, InputError, KeyError, EOFError)
_FOLDER_IMAGES = 1000

Plan = Mapping[str, Any]
"""All that decides what is drawn, as JSON holds it: ``kind``, ``count``, ``size`` (px), ``seed``, what it is drawn with, and its licence."""


@dataclass(frozen=True)
class Example:
    """One drawn image: its PNG file, and what is known of it, as JSON holds it."""

    png: bytes
    facts: Any


@dataclass(frozen=True)
class SetContents:
    """What a finished set holds besides its images.

    Attributes:
        names: of the attributes or classes.
        labels: for each image a degree in 0 to 1 for each attribute, or the number of its class; empty for a set without labels.
        members: more files in the zip, by name.
    """

    names: Sequence[str]
    labels: Sequence[Sequence[float] | int]
    members: Mapping[str, bytes]

    @property
    def names_key(self) -> str:
        """Under which name the file of labels has the names."""
        return "class_names" if self.labels and isinstance(self.labels[0], int) else "attribute_names"


@dataclass(frozen=True)
class DrawingStep:
    """One step of a drawing. To cancel, stop iterating; what is done is kept but for the last few images.

    Attributes:
        number: how many images are drawn, by this run or an earlier one.
        total: how many there will be.
        phase: what is being done, for people.
        finished: whether the zip is written.
    """

    number: int
    total: int
    phase: str
    finished: bool = False


def draw_set(
    path: Path,
    plan: Plan,
    draw: Callable[[int], Example],
    sum_up: Callable[[Sequence[Any]], SetContents],
    *,
    resume: bool = False,
    part_images: int = PART_IMAGES,
) -> Iterator[DrawingStep]:
    """Draw a set into a zip file; until it is complete, its parts lie in a folder beside it, ``NAME.parts``.

    Args:
        path: where the zip goes.
        plan: what is drawn; two runs with the same plan draw the same.
        draw: makes the image of a number, from 0 to ``plan["count"]`` - 1, whatever was drawn before.
        sum_up: makes the labels from the facts of all images, in their order.
        resume: go on with what an earlier run of the same plan has left.

    Raises:
        UsageError: there is something of that name and ``resume`` is not asked for, or it is of another plan; or another process draws it.
        StorageError: it cannot be written.
    """
    count, parts = int(plan["count"]), parts_folder(path)
    if path.exists() or parts.exists():
        if not resume:
            raise UsageError(
                f"{path if path.exists() else parts} is there already.", hint="Add --resume to go on, or name another file."
            )
        if path.exists() and not _is_set_of(path, plan):
            raise UsageError(f"{path} is another set.", hint="Name another file, or remove that one.")
    with claimed(parts, taken=f"Another process draws {parts}.", hint="Wait for it, or name another file."):
        if not path.exists():
            _require_plan(parts, plan)
            yield from _draw_parts(parts, count, draw, part_images)
            yield DrawingStep(count, count, "putting the set together")
            _put_together(path, parts, plan, sum_up, part_images)
    shutil.rmtree(parts, ignore_errors=True)
    yield DrawingStep(count, count, "done", finished=True)


def parts_folder(path: Path) -> Path:
    """Where the parts of an unfinished set lie."""
    return path.with_name(f"{path.name}.parts")


def image_name(number: int) -> str:
    """What the image of a number is called in the zip: a thousand in each folder, as in NVIDIA's sets."""
    return f"{number // _FOLDER_IMAGES:05d}/img{number:08d}.png"


def versions_of(*packages: str) -> dict[str, str]:
    """Which versions of packages draw: another may draw otherwise, so they belong to the plan."""
    return {name: _version(name) for name in ("latentedit", *packages)}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # run from its folder, without being installed
        return "unknown"


def _require_plan(parts: Path, plan: Plan) -> None:
    written = parts / _PLAN_NAME
    if not written.exists():
        with replacing(written) as file:
            file.write(_json(plan))
    elif written.read_bytes() != _json(plan):
        raise UsageError(f"{parts} holds the beginning of another set.", hint="Name another file, or remove that folder.")


def _is_set_of(path: Path, plan: Plan) -> bool:
    """Whether a file is the finished set of a plan."""
    try:
        about = parse_json(ArchiveFiles(path).read_labels_file() or b"", LABELS_NAME).value
    except _DAMAGED:
        return False
    known = json.loads(_json(plan))
    return isinstance(about, dict) and all(about.get(key) == value for key, value in known.items())


def _draw_parts(parts: Path, count: int, draw: Callable[[int], Example], part_images: int) -> Iterator[DrawingStep]:
    for numbers in _numbers_of_parts(count, part_images):
        path = _part_path(parts, numbers)
        if _read_part(path, numbers) is None:
            examples = []
            for number in numbers:
                examples.append(draw(number))
                yield DrawingStep(number + 1, count, "drawing")
            _write_part(path, numbers, examples)
        else:
            yield DrawingStep(numbers.stop, count, "drawing")


def _numbers_of_parts(count: int, part_images: int) -> Iterator[range]:
    return (range(start, min(start + part_images, count)) for start in range(0, count, part_images))


def _part_path(parts: Path, numbers: range) -> Path:
    return parts / f"{numbers.start:08d}-{numbers.stop:08d}.zip"


def _write_part(path: Path, numbers: range, examples: Sequence[Example]) -> None:
    with replacing(path) as file, zipfile.ZipFile(file, "w") as archive:
        for number, example in zip(numbers, examples, strict=True):
            _add(archive, image_name(number), example.png)
        _add(archive, _FACTS_NAME, _json([example.facts for example in examples]))


def _read_part(path: Path, numbers: range) -> list[Example] | None:
    """The examples of a part, or None where it is not there or damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            facts = parse_json(archive.read(_FACTS_NAME), _FACTS_NAME).value
            images = [archive.read(image_name(number)) for number in numbers]  # which compares their checksums
    except (*_DAMAGED, OSError):
        return None
    if not isinstance(facts, list) or len(facts) != len(numbers):
        return None
    return [Example(png, each) for png, each in zip(images, facts, strict=True)]


def _put_together(path: Path, parts: Path, plan: Plan, sum_up: Callable[[Sequence[Any]], SetContents], part_images: int) -> None:
    facts: list[Any] = []
    with replacing(path) as file, zipfile.ZipFile(file, "w") as archive:
        for numbers in _numbers_of_parts(int(plan["count"]), part_images):
            examples = _read_part(_part_path(parts, numbers), numbers)
            if examples is None:
                raise InputError(f"{_part_path(parts, numbers)} was changed while the set was drawn.", hint="Run it again.")
            for number, example in zip(numbers, examples, strict=True):
                _add(archive, image_name(number), example.png)
                facts.append(example.facts)
        contents = sum_up(facts)
        for name, data in contents.members.items():
            _add(archive, name, data)
        labelled = [[image_name(number), _listed(label)] for number, label in enumerate(contents.labels)]
        about = {**plan, contents.names_key: list(contents.names), "labels": labelled or None}
        _add(archive, LABELS_NAME, _json(about), zipfile.ZIP_DEFLATED)


def _listed(label: Sequence[float] | int) -> list[float] | int:
    return label if isinstance(label, int) else list(label)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, compression: int = zipfile.ZIP_STORED) -> None:
    info = zipfile.ZipInfo(name, _TIMESTAMP)
    info.external_attr, info.compress_type, info.create_system = 0o644 << 16, compression, 3
    archive.writestr(info, data)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
