"""Find an archive on the package index that the user has configured for pip."""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.assets.model import Archive
from latentedit.errors import AssetUnreachableError

if TYPE_CHECKING:
    from unearth import PackageFinder

DEFAULT_INDEX = "https://pypi.org/simple/"
TIMEOUT_S = 60.0


@dataclass(frozen=True)
class IndexSettings:
    """Where pip would look: indexes, folders or pages with links, and the certificate file for https."""

    index_urls: tuple[str, ...]
    find_links: tuple[str, ...] = ()
    certificate: str | None = None


def read_settings(environment: Mapping[str, str] | None = None) -> IndexSettings:
    """pip's settings: its environment variables first, then its configuration files, the user's before the system's."""
    env = os.environ if environment is None else environment
    files = _configured(env)

    def setting(name: str) -> str:
        return env.get("PIP_" + name.upper().replace("-", "_"), "") or files.get(name, "")

    index = setting("index-url").strip() or DEFAULT_INDEX
    return IndexSettings(
        index_urls=(index, *setting("extra-index-url").split()),
        find_links=tuple(setting("find-links").split()),
        certificate=setting("cert").strip() or None,
    )


def _configured(env: Mapping[str, str]) -> dict[str, str]:
    """The ``[global]`` and ``[download]`` sections of pip's configuration files; later files win."""
    home = Path.home()
    candidates = [
        *(Path(folder) / "pip" / "pip.conf" for folder in reversed(env.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":"))),
        Path("/etc/pip.conf"),
        home / ".pip" / "pip.conf",
        Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf",
        home / "Library" / "Application Support" / "pip" / "pip.conf",
        Path(env.get("APPDATA") or home) / "pip" / "pip.ini",
        Path(sys.prefix) / ("pip.ini" if os.name == "nt" else "pip.conf"),
    ]
    if env.get("PIP_CONFIG_FILE"):
        candidates.append(Path(env["PIP_CONFIG_FILE"]))
    found: dict[str, str] = {}
    for path in candidates:
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip itself will complain about its own file; there may be another index in the next
        for section in ("global", "download"):
            if parser.has_section(section):
                found |= {key.replace("_", "-"): value for key, value in parser.items(section)}
    return found


def make_finder(settings: IndexSettings) -> PackageFinder:
    """An ``unearth`` finder on these settings. It only reads pages and downloads: nothing is built or installed."""
    import ssl

    from unearth import PackageFinder
    from unearth.fetchers import PyPIClient

    verify: ssl.SSLContext | bool = True
    if settings.certificate:
        verify = ssl.create_default_context(cafile=settings.certificate)
    return PackageFinder(
        session=PyPIClient(timeout=TIMEOUT_S, verify=verify, follow_redirects=True),  # type: ignore[arg-type]
        index_urls=_existing(settings.index_urls),
        find_links=_existing(settings.find_links),
        ignore_compatibility=True,
    )


def _existing(locations: tuple[str, ...]) -> list[str]:
    """Without the local folders that are not there: pip ignores them with a warning, and so do we."""
    return [
        place
        for place in locations
        if place.startswith(("http://", "https://", "git+")) or Path(place.removeprefix("file://")).exists()
    ]


def find_url(finder: PackageFinder, archive: Archive, store_root: Path) -> str:
    """The address of the one file of ``archive`` that has its exact name.

    Raises:
        AssetUnreachableError: no index answered, or none has the file.
    """
    from unearth.errors import UnpackError, URLError

    hint = (
        "Check the network, or name an index that has it in PIP_INDEX_URL. "
        f"A machine without network can use a copy of another's folder {store_root}."
    )
    try:
        packages = finder.find_all_packages(archive.package, allow_yanked=True)
    except (OSError, URLError, UnpackError, client_error()) as error:
        raise AssetUnreachableError(f"The package index cannot be reached: {error}.", hint=hint) from error
    for package in packages:
        if package.link.filename == archive.filename:
            return package.link.normalized
    raise AssetUnreachableError(f"No package index offers {archive.filename}.", hint=hint)


def client_error() -> type[Exception]:
    """The base of the errors of the HTTP client that this version of unearth uses."""
    from unearth.fetchers import PyPIClient

    module = sys.modules[PyPIClient.__mro__[1].__module__.partition(".")[0]]
    error: type[Exception] = module.HTTPError
    return error
