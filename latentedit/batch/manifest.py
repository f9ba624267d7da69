"""The manifest of a batch: one JSON line for each event, appended, so that a kill at any moment leaves it readable.

The format is described in ``docs/batch.md``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, get_args

from latentedit.atomic_file import replacing, storage_error
from latentedit.checked_json import Node, finite_json, parse_json
from latentedit.errors import InputError, ProjectFileError

MANIFEST_NAME = "manifest.jsonl"
FORMAT, SCHEMA = "latentedit-batch", 1

Status = Literal["started", "done", "failed"]
Json = Mapping[str, Any]
_TEXTS = ("item", "status", "input", "settings", "sha256", "output", "project", "error", "hint")
_MEASURES = ("seconds", "lpips_alex", "lpips_vgg", "psnr_db", "identity_distance")
_MAX_DEPTH, _MAX_COUNT = 8, 100_000
"""Of the values in a record: many times what any has."""


@dataclass(frozen=True)
class Record:
    """What became of one item.

    Attributes:
        item: its name (see :class:`~latentedit.batch.inputs.BatchItem`).
        status: ``started`` means that a run was stopped in the middle of it.
        input: where it was read from.
        settings: hash of the settings that it was done with.
        sha256: of the input's bytes; empty when they could not be read.
        output, project: the result and the kept project, as paths below the output folder; empty when there is none.
        seconds: how long it took, in the run that ended it.
        faces: the edited faces, with the quality of their projections.
        left_out: how many faces were too small to be projected beside larger ones.
        notes: what people should know of the result (see :mod:`latentedit.writing_notes`).
        error, hint: why it failed, and what to do.
        bug: whether it failed by a mistake of the program's.
    """

    item: str
    status: Status
    input: str
    settings: str
    sha256: str = ""
    output: str = ""
    project: str = ""
    seconds: float = 0.0
    faces: tuple[Json, ...] = ()
    left_out: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""
    bug: bool = False

    @classmethod
    def from_json(cls, node: Node) -> Record:
        """Read one line's object; entries that are not known are passed over.

        Raises:
            ProjectFileError: it is none.
        """
        entries = node.mapping(_MAX_COUNT)
        if missing := [name for name in ("item", "status", "input", "settings") if name not in entries]:
            raise node.fail(f"lacks {missing[0]!r}")
        values: dict[str, Any] = {name: _text(entries[name]) for name in _TEXTS if name in entries}
        if values["status"] not in get_args(Status):
            raise entries["status"].fail("is no status")
        if "seconds" in entries:
            values["seconds"] = entries["seconds"].number(0)
        if "left_out" in entries:
            values["left_out"] = entries["left_out"].integer(0, _MAX_COUNT)
        if "notes" in entries:
            values["notes"] = tuple(_text(note) for note in entries["notes"].items(_MAX_COUNT))
        if "bug" in entries:
            values["bug"] = entries["bug"].boolean()
        if "faces" in entries:
            values["faces"] = tuple(_figures(face) for face in entries["faces"].items(_MAX_COUNT))
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """The record as JSON, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value or name in ("item", "status", "input", "settings")}


def read_manifest(path: Path) -> dict[str, Record]:
    """The newest record of each item; nothing when there is no manifest. A last line that was cut off by a kill is left out.

    Raises:
        InputError: it is no manifest of a batch, a newer one, or damaged.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).", hint="Check its permissions.") from error
    try:
        head = parse_json(lines[0] if len(lines) > 1 else b"", "line 1").mapping(_MAX_COUNT)
    except ProjectFileError:
        head = {}
    if "format" not in head or head["format"].value != FORMAT:
        raise InputError(f"{path} is not the manifest of a batch.", hint="Name another folder with -o.")
    schema = head["schema"].value if "schema" in head else None
    if not isinstance(schema, int) or schema > SCHEMA:
        raise InputError(f"{path} was written by a newer version of latentedit.", hint="Update latentedit.")
    records: dict[str, Record] = {}
    for number, line in enumerate(lines[1:-1], 2):
        try:
            record = Record.from_json(parse_json(line, f"line {number}"))
        except ProjectFileError as error:
            raise InputError(
                f"{path} is damaged in line {number}.", hint="Take the line out, or name another folder with -o."
            ) from error
        records[record.item] = record
    return records


class ManifestWriter:
    """Appends records to a manifest, each on the disk before the call returns; to be entered.

    Raises:
        StorageError: it cannot be written.
    """

    def __init__(self, path: Path, settings: Json, app_version: str, records: Iterable[Record]) -> None:
        """Write the manifest anew, with what is known so far.

        Args:
            settings: what the batch does, for people and other programs.
        """
        head = {"format": FORMAT, "schema": SCHEMA, "app_version": app_version, "settings": settings}
        with replacing(path) as file:
            file.writelines(_line(entry) for entry in (head, *(record.to_json() for record in records)))
        self._path = path
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            raise storage_error(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, record: Record) -> None:
        """Append one record.

        Raises:
            StorageError: there is no room.
        """
        line = _line(record.to_json())
        try:
            while line:  # a full disk may take a part
                line = line[self._file.write(line) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise storage_error(self._path, error) from error


def _line(entry: Json) -> bytes:
    # ASCII, since names that are no Unicode can be written only with escapes.
    return json.dumps(finite_json(entry), separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"


def _text(node: Node) -> str:
    """Any text, since names may be no Unicode."""
    if not isinstance(node.value, str):
        raise node.fail("is not a text")
    return node.value


def _figures(face: Node) -> Json:
    """The figures of one face; a measure that failed is null."""
    figures = face.mapping(_MAX_COUNT)
    for name in _MEASURES:
        if name in figures and (measure := figures[name].or_none()) is not None:
            measure.number()
    return {name: _plain(entry, _MAX_DEPTH) for name, entry in figures.items()}


def _plain(node: Node, depth: int) -> Any:
    """Any JSON value of finite numbers, nested no deeper than that."""
    if isinstance(node.value, dict | list):
        if not depth:
            raise node.fail("is nested too deep")
        if isinstance(node.value, list):
            return [_plain(entry, depth - 1) for entry in node.items(_MAX_COUNT)]
        return {key: _plain(entry, depth - 1) for key, entry in node.mapping(_MAX_COUNT).items()}
    if isinstance(node.value, float):
        return node.number()
    return node.value
