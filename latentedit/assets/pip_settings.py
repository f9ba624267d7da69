"""The settings of pip that say where packages come from: whoever can install packages can fetch weights."""

from __future__ import annotations

import configparser
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_INDEX = "https://pypi.org/simple/"
ETC = Path("/etc")
_NO = {"", "n", "no", "f", "false", "off", "0"}  # every other word keeps from the index whoever may have wanted that


@dataclass(frozen=True)
class IndexSettings:
    """Where pip would look.

    Attributes:
        index_urls: package indexes; none when pip is told to do without (``no-index``).
        find_links: folders, or pages with links.
        certificate: the file of the authorities that are believed for https.
        trusted_hosts: ``HOST`` or ``HOST:PORT``, used without https or without checking its certificate.
    """

    index_urls: tuple[str, ...]
    find_links: tuple[str, ...] = ()
    certificate: str | None = None
    trusted_hosts: tuple[str, ...] = ()


def read_settings(environment: Mapping[str, str] | None = None) -> IndexSettings:
    """pip's environment variables first, then its configuration files; what is set to nothing counts as not set."""
    env = os.environ if environment is None else environment
    configured = _configured(env)

    def setting(name: str) -> str:
        return (env.get("PIP_" + name.upper().replace("-", "_")) or configured.get(name, "")).strip()

    indexes = (setting("index-url") or DEFAULT_INDEX, *setting("extra-index-url").split())
    return IndexSettings(
        index_urls=indexes if setting("no-index").lower() in _NO else (),
        find_links=tuple(setting("find-links").split()),
        certificate=setting("cert") or None,
        trusted_hosts=tuple(setting("trusted-host").split()),
    )


def _configured(env: Mapping[str, str]) -> dict[str, str]:
    """The configuration files' ``[global]`` section, and over it ``[download]``; in each, later files win."""
    sections: dict[str, dict[str, str]] = {"global": {}, "download": {}}
    for path in _files(env):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip itself will complain about its own file; there may be another index in the next
        for name, found in sections.items():
            if parser.has_section(name):
                found.update((key.replace("_", "-").removeprefix("--"), value) for key, value in parser.items(name))
    return {key: value for found in sections.values() for key, value in found.items() if value}


def _files(env: Mapping[str, str]) -> Iterator[Path]:
    """The files that pip reads, in its order: the machine's, the user's, the environment's, and the one that is named.

    A named file takes the place of the user's; naming ``os.devnull`` means none at all.
    """
    named = env.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return
    filename = "pip.ini" if os.name == "nt" else "pip.conf"
    machine, user = _folders(env)
    yield from (folder / filename for folder in machine)
    if not (named and Path(named).exists()):
        yield from (folder / filename for folder in user)
    yield Path(sys.prefix) / filename
    if named:
        yield Path(named)


def _folders(env: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
    """The machine's folders with pip's files, and the user's."""
    home = Path.home()
    if os.name == "nt":
        return [Path(env.get("PROGRAMDATA") or "C:/ProgramData", "pip")], [home / "pip", Path(env.get("APPDATA") or home, "pip")]
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config", "pip")
    if platform.system() == "Darwin":
        support = Path("Library", "Application Support", "pip")
        return [Path("/") / support], [home / ".pip", home / support if (home / support).is_dir() else config]
    shared = (env.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep)
    return [*(Path(folder, "pip") for folder in shared), ETC], [home / ".pip", config]
