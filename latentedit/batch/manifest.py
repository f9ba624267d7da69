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
from latentedit.errors import InputError

MANIFEST_NAME = "manifest.jsonl"
FORMAT, SCHEMA = "latentedit-batch", 1

Status = Literal["started", "done", "failed"]
Json = Mapping[str, Any]


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
    error: str = ""
    hint: str = ""
    bug: bool = False

    @classmethod
    def from_json(cls, entry: Json) -> Record:
        """Read one line's object.

        Raises:
            ValueError, TypeError, KeyError: it is none.
        """
        known = {name: entry[name] for name in cls.__dataclass_fields__ if name in entry}
        record = cls(**known | {"faces": tuple(known.get("faces", ()))})
        texts = (record.item, record.input, record.settings, record.sha256, record.output, record.project)
        if record.status not in get_args(Status) or not all(isinstance(text, str) for text in texts):
            raise ValueError("not a record")
        return record

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
    head = _parsed(lines[0]) if len(lines) > 1 else None
    if head is None or head.get("format") != FORMAT:
        raise InputError(f"{path} is not the manifest of a batch.", hint="Name another folder with -o.")
    if not isinstance(head.get("schema"), int) or head["schema"] > SCHEMA:
        raise InputError(f"{path} was written by a newer version of latentedit.", hint="Update latentedit.")
    records: dict[str, Record] = {}
    for number, line in enumerate(lines[1:-1], 2):
        try:
            record = Record.from_json(_parsed(line) or {})
        except (ValueError, TypeError, KeyError) as error:
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
    return json.dumps(entry, separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
