"""Files in the stream between two ends that share no disk, as lines of their own before the message that names them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

BEGINNING = b'{"file":'
"""How lines of files begin, and no other line."""
CHUNK_BYTES = 512 * 1024
"""What a line carries; in base64 that stays below the longest line."""
_NAME = re.compile(r"(in-\d{1,16}/)?(?!\.{1,2}$)[^/\\\0]{1,255}")


def frames(path: Path, name: str) -> Iterator[bytes]:
    """A file as lines.

    Args:
        name: what to call it at the other end, relative to the private folder there.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        chunk = file.read(CHUNK_BYTES)
        while True:
            following = file.read(CHUNK_BYTES)
            content = {"file": name, "data": base64.b64encode(chunk).decode("ascii")}
            yield json.dumps(content, separators=(",", ":")).encode("ascii") + b"\n"
            if not following:
                return
            chunk = following


def receive(line: bytes, folder: Path) -> Path:
    """Write what a line of :func:`frames` carries behind what came before.

    Raises:
        ValueError: it is no such line, or names a place outside of the folder.
        OSError: there is no room.
    """
    content = json.loads(line)
    name, data = content["file"], content["data"]
    if not isinstance(name, str) or not isinstance(data, str) or not _NAME.fullmatch(name):
        raise ValueError(f"no file is carried by {line[:80]!r}")
    path = folder / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("ab") as file:
        file.write(base64.b64decode(data, validate=True))
    return path


def files_in(message: Any, folder: Path) -> list[Path]:
    """The files of a folder that a message names anywhere."""
    return [path for path in dict.fromkeys(_paths(message, folder)) if path.is_file()]


def moved(message: Any, old: str, new: str) -> Any:
    """A message in which paths below one folder are those below another, and the folder itself too."""
    if isinstance(message, dict):
        return {key: moved(value, old, new) for key, value in message.items()}
    if isinstance(message, list):
        return [moved(value, old, new) for value in message]
    if isinstance(message, str) and (message == old or message.startswith(f"{old}/")):
        return str(PurePath(new, message[len(old) + 1 :]))
    return message


def _paths(message: Any, folder: Path) -> Iterator[Path]:
    if isinstance(message, dict | list):
        for value in message.values() if isinstance(message, dict) else message:
            yield from _paths(value, folder)
    elif isinstance(message, str) and message.startswith(f"{folder}/"):
        yield Path(message)
