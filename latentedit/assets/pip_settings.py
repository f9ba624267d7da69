"""Which package indexes the user has configured for pip, without running pip."""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT_INDEX = "https://pypi.org/simple/"
DEFAULT_TIMEOUT_S = 60.0
_SECTIONS = ("global", "download")
_TRUE_WORDS = frozenset({"1", "true", "yes", "on", "y", "t"})


@dataclass(frozen=True)
class IndexSettings:
    """Where pip would look.

    Attributes:
        index_urls: simple indexes, the main one first; none with pip's ``no-index``.
        find_links: folders or pages that list archives.
        trusted_hosts: hosts whose certificates are not checked.
        certificate: a file of certificates that replaces the usual ones.
        proxy: for all requests; None leaves it to ``HTTPS_PROXY`` and its kind.
        timeout_s: of connecting and of each read, in seconds.
    """

    index_urls: tuple[str, ...] = (DEFAULT_INDEX,)
    find_links: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    certificate: str | None = None
    proxy: str | None = None
    timeout_s: float = DEFAULT_TIMEOUT_S


def read_settings(environment: Mapping[str, str] | None = None, files: Sequence[Path] | None = None) -> IndexSettings:
    """pip's settings: its ``PIP_*`` variables first, then its configuration files.

    Args:
        environment: the variables; those of the process when None.
        files: configuration files, later ones winning; pip's own places when None. Absent ones are skipped.
    """
    env = os.environ if environment is None else environment
    values: dict[str, str] = {}
    for path in config_files(env) if files is None else files:
        values |= _read_file(path)
    values |= {_key(name.removeprefix("PIP_")): text for name, text in env.items() if name.startswith("PIP_") and text}
    no_index = values.get("no-index", "").lower() in _TRUE_WORDS
    index = values.get("index-url", "").strip() or DEFAULT_INDEX
    return IndexSettings(
        index_urls=() if no_index else (index, *values.get("extra-index-url", "").split()),
        find_links=tuple(_expand(link) for link in values.get("find-links", "").split()),
        trusted_hosts=tuple(values.get("trusted-host", "").split()),
        certificate=values.get("cert", "").strip() or None,
        proxy=values.get("proxy", "").strip() or None,
        timeout_s=_seconds(values.get("timeout") or values.get("default-timeout", "")),
    )


def config_files(env: Mapping[str, str]) -> tuple[Path, ...]:
    """The places where pip looks for its configuration: the system's, the user's, the environment's, then the one that is named."""
    named = env.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return ()  # pip's way to say: none at all
    home = Path(env.get("HOME") or Path.home())
    name = "pip.ini" if sys.platform == "win32" else "pip.conf"
    if sys.platform == "win32":
        places = [
            Path(env.get("PROGRAMDATA", "C:/ProgramData")) / "pip" / name,
            home / "pip" / name,
            Path(env.get("APPDATA") or home) / "pip" / name,
        ]
    else:
        system = env.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        places = [
            *(Path(folder) / "pip" / name for folder in reversed(system.split(":")) if folder),
            Path("/etc") / name,
            Path("/Library/Application Support/pip") / name,
            home / ".pip" / name,
            Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / name,
            home / "Library" / "Application Support" / "pip" / name,
        ]
    places.append(Path(sys.prefix) / name)
    if named:
        places.append(Path(named).expanduser())
    return tuple(places)


def _read_file(path: Path) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return {}  # pip itself will complain about its own file; there may be another index in the next
    values: dict[str, str] = {}
    for section in _SECTIONS:
        if parser.has_section(section):
            values |= {_key(key): text for key, text in parser.items(section)}
    return values


def _key(name: str) -> str:
    return name.lower().replace("_", "-")


def _expand(link: str) -> str:
    return str(Path(link).expanduser()) if link.startswith("~") else link


def _seconds(text: str) -> float:
    try:
        return float(text) if text.strip() else DEFAULT_TIMEOUT_S
    except ValueError:
        return DEFAULT_TIMEOUT_S
