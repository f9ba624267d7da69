"""Copying a plug-in into a host's folder, whole or not at all, and taking it away again."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from latentedit.atomic_file import replacing, storage_error
from latentedit.plugin_install.files import GIMP_NAME, KRITA_NAME, RECORD, Files, is_program
from latentedit.plugin_install.hosts import FLATPAK_IDS, HostName, Place
from latentedit.plugin_install.kritarc import is_enabled, set_enabled

FOLDERS = {"krita": KRITA_NAME, "gimp": GIMP_NAME}


def install(place: Place, files: Files) -> None:
    """Put a plug-in in place of the one that may be there; what else lies in the host's folder stays.

    A kill leaves the old one or the new one, whole.

    Raises:
        StorageError: the folder cannot be written, or the settings cannot be read.
    """
    _require_settings(place)
    folder = FOLDERS[place.host]
    fresh = place.folder / f".{folder}-{secrets.token_hex(4)}"
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        try:
            _write(fresh, {path.relative_to(folder): data for path, data in files.items() if path.parts[0] == folder}, folder)
            _swap(fresh, place.folder / folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise storage_error(place.folder, error) from error
    for path, data in files.items():
        if path.parts[0] != folder:  # Krita's description, last: with it the plug-in is there
            with replacing(place.folder / path) as file:
                file.write(data)
    if place.settings is not None:
        set_enabled(place.settings, KRITA_NAME, True)


def remove(place: Place) -> bool:
    """Take a plug-in away.

    Returns: whether there was one.

    Raises:
        StorageError: the folder cannot be written, or the settings cannot be read.
    """
    _require_settings(place)
    description = place.folder / f"{KRITA_NAME}.desktop"
    target = place.folder / FOLDERS[place.host]
    there = target.is_dir() or target.is_symlink()
    try:
        # Its description last: while that is there, the plug-in is, and can be removed again.
        if target.is_symlink():  # what it points at is a person's own
            target.unlink()
        elif there:
            shutil.rmtree(target)
        if place.host == "krita":
            description.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(place.folder, error) from error
    if place.settings is not None:
        set_enabled(place.settings, KRITA_NAME, False)
    return there


def installed_version(place: Place) -> str | None:
    """What is installed there; None for nothing."""
    record = _record(place)
    return None if record is None else str(record.get("version", "?"))


def started_program(place: Place) -> str | None:
    """What the installed plug-in starts; None where it looks for the program, or is not there."""
    command = (_record(place) or {}).get("command")
    return " ".join(command) if isinstance(command, list) and all(isinstance(part, str) for part in command) else None


def command_for(place: Place, program: Sequence[str]) -> tuple[str, ...]:
    """What starts this latentedit from within a host: from a Flatpak, outside of it."""
    return ("/usr/bin/flatpak-spawn", "--host", *program) if place.packed == "flatpak" else tuple(program)


def hints(place: Place) -> tuple[str, ...]:
    """What a person still has to do."""
    told = [
        f"Start {'Krita' if place.host == 'krita' else 'GIMP'} anew; if it was running just now, install again while it is closed."
    ]
    if place.host == "krita" and place.settings is None:
        told.append(
            "Then switch it on, for it is not known where this Krita keeps its settings: Settings > Configure Krita > Python Plugin Manager."
        )
    if place.packed == "flatpak":
        permission = f"flatpak override --user --talk-name=org.freedesktop.Flatpak {FLATPAK_IDS[place.host]}"
        told.append(f"A Flatpak may start programs outside only with your permission: {permission}")
    if place.packed == "snap":
        told.append(
            "A Snap may not start programs outside: the plug-in can only show why. Use the Flatpak, AppImage or your system's package."
        )
    return tuple(told)


def _require_settings(place: Place) -> None:
    """Fail before anything is changed where Krita's settings cannot be read."""
    if place.settings is not None:
        is_enabled(place.settings, KRITA_NAME)


def _record(place: Place) -> dict[str, object] | None:
    folder = place.folder / FOLDERS[place.host]
    inner = folder / RECORD if place.host == "krita" else folder / "latentedit_gimp" / RECORD
    try:
        record = json.loads(inner.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {} if folder.is_dir() else None
    return record if isinstance(record, dict) else {}


def _write(folder: Path, files: dict[PurePosixPath, bytes], name: str) -> None:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if is_program(PurePosixPath(name) / path):
            target.chmod(0o755)


def _swap(fresh: Path, target: Path) -> None:
    """The fresh folder takes the name; where one stands, that one steps aside first and comes back if this fails."""
    aside = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    if target.is_symlink() or target.is_file():
        target.unlink()
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        os.replace(aside, target)  # noqa: PTH105  # a folder back to its name
        raise
    shutil.rmtree(aside, ignore_errors=True)


def is_known(host: str) -> HostName | None:
    """The host of that name."""
    return "krita" if host == "krita" else "gimp" if host == "gimp" else None
