"""Switching a plug-in on in Krita's settings, which are KDE's: groups in brackets, one ``key=value`` a line. Nothing else in the file is touched."""

from __future__ import annotations

import re
from pathlib import Path

from latentedit.atomic_file import replacing
from latentedit.errors import StorageError

GROUP = b"[python]"
_HEAD = re.compile(rb"^\s*\[.*\]\s*$")


def is_enabled(path: Path, name: str) -> bool:
    """Whether a plug-in is switched on; it is not where Krita has no settings yet.

    Raises:
        StorageError: the file cannot be read.
    """
    return _find(_lines(path), name)[1] == b"true"


def set_enabled(path: Path, name: str, enabled: bool) -> None:
    """Switch a plug-in on, or forget that it was.

    Raises:
        StorageError: the file cannot be read, and is left as it is, or cannot be written.
    """
    lines = _lines(path)
    place, value = _find(lines, name)
    if value == (b"true" if enabled else None):
        return
    end = b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"
    if value is not None:
        lines[place : place + 1] = [_line(name, end)] if enabled else []
    elif place:
        lines.insert(place, _line(name, end))
    else:
        if lines and not lines[-1].endswith(b"\n"):
            lines[-1] += end
        lines += [*([end] if lines else []), GROUP + end, _line(name, end)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(b"".join(lines))


def _line(name: str, end: bytes) -> bytes:
    return f"enable_{name}=true".encode() + end


def _lines(path: Path) -> list[bytes]:
    """Only a file that is not there is empty: one that cannot be read holds a person's settings, which must not be written over."""
    try:
        return path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(
            f"Krita's settings, {path}, cannot be read ({error.strerror}).", hint="Make that file readable, then try again."
        ) from error


def _find(lines: list[bytes], name: str) -> tuple[int, bytes | None]:
    """The plug-in's line and its value; without one, None and the line behind the group's head, 0 where there is no such group."""
    key, behind, inside = f"enable_{name}".encode(), 0, False
    for number, line in enumerate(lines):
        if _HEAD.match(line):
            inside = line.strip() == GROUP
            behind = number + 1 if inside and not behind else behind
        elif inside and line.partition(b"=")[0].strip() == key:
            return number, line.partition(b"=")[2].strip().lower()
    return behind, None
