"""Where Krita and GIMP look for plug-ins, on each system and in each way to install them.

Facts: docs.krita.org (Resource Folders; Python plugins), the GIMP 3.0 user manual (Plug-Ins, Installing New Plug-Ins), and the sandboxes' own
folders (~/.var/app for Flatpak, ~/snap for Snap).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

HostName = Literal["krita", "gimp"]
HOSTS: tuple[HostName, ...] = get_args(HostName)

FLATPAK_IDS: Mapping[HostName, str] = {"krita": "org.kde.krita", "gimp": "org.gimp.GIMP"}
OLDEST_GIMP = (3, 0)


@dataclass(frozen=True)
class Place:
    """One installation of a host.

    Attributes:
        host: which program.
        packed: how it came: ``native``, ``flatpak``, ``snap``, ``store``; empty for a folder that a person has named.
        folder: where its plug-ins go.
        settings: the file in which Krita keeps what is switched on; None for GIMP, which has no such thing.
    """

    host: HostName
    packed: str
    folder: Path
    settings: Path | None = None


def places(
    host: HostName, environ: Mapping[str, str], home: Path, platform: str = sys.platform, *, all_known: bool = False
) -> tuple[Place, ...]:
    """The installations of a host that have been started at least once: their folder is there.

    Args:
        environ, home, platform: the machine's; see :data:`sys.platform`.
        all_known: also those that are not there, to say what was looked for.
    """
    candidates = _krita(environ, home, platform) if host == "krita" else _gimp(environ, home, platform)
    found = {place.folder: place for place in candidates if all_known or place.folder.parent.is_dir()}
    return tuple(found.values())


def _krita(environ: Mapping[str, str], home: Path, platform: str) -> Iterator[Place]:
    for packed, data, settings in _krita_folders(environ, home, platform):
        yield Place("krita", packed, data / "pykrita", settings / "kritarc")


def _krita_folders(environ: Mapping[str, str], home: Path, platform: str) -> Iterator[tuple[str, Path, Path]]:
    """How it is packed, the folder of its resources, and the one of its settings."""
    if platform == "win32":
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        yield "native", roaming / "krita", local
        for package in sorted((local / "Packages").glob("*Krita*")):
            inside = package / "LocalCache"
            yield "store", inside / "Roaming" / "krita", inside / "Local"
    elif platform == "darwin":
        yield "native", home / "Library" / "Application Support" / "krita", home / "Library" / "Preferences"
    else:
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        yield "native", data / "krita", config
        sandbox = home / ".var" / "app" / FLATPAK_IDS["krita"]
        yield "flatpak", sandbox / "data" / "krita", sandbox / "config"
        snap = home / "snap" / "krita" / "current"
        yield "snap", snap / ".local" / "share" / "krita", snap / ".config"


def _gimp(environ: Mapping[str, str], home: Path, platform: str) -> Iterator[Place]:
    for packed, folder in _gimp_folders(environ, home, platform):
        versions = [path for path in folder.glob("3.*") if _version(path.name) >= OLDEST_GIMP]
        for version in sorted(versions, key=lambda path: _version(path.name)) or [folder / "3.0"]:
            yield Place("gimp", packed, version / "plug-ins")


def _gimp_folders(environ: Mapping[str, str], home: Path, platform: str) -> Iterator[tuple[str, Path]]:
    if platform == "win32":
        yield "native", Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "GIMP"
    elif platform == "darwin":
        yield "native", home / "Library" / "Application Support" / "GIMP"
    else:
        yield "native", Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "GIMP"
        yield "flatpak", home / ".var" / "app" / FLATPAK_IDS["gimp"] / "config" / "GIMP"
        yield "snap", home / "snap" / "gimp" / "current" / ".config" / "GIMP"


def _version(name: str) -> tuple[int, ...]:
    parts = name.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else (0,)
