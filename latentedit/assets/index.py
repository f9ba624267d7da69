"""Find an archive on the package index that the user has configured for pip."""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

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
    from unearth.auth import MultiDomainBasicAuth
    from unearth.fetchers import PyPIClient

    index_urls, find_links = _existing(settings.index_urls), _existing(settings.find_links)
    if not (index_urls or find_links):  # unearth would silently ask the public index instead
        raise AssetUnreachableError(
            f"The package index {settings.index_urls[0] if settings.index_urls else ''} is a folder that does not exist.",
            hint="Set PIP_INDEX_URL to an index that can be reached.",
        )
    verify: ssl.SSLContext | bool = True
    if settings.certificate:
        try:
            verify = ssl.create_default_context(cafile=settings.certificate)
        except OSError as error:
            raise AssetUnreachableError(
                f"The certificate file {settings.certificate} that pip is configured for cannot be read: {error.strerror}.",
                hint="Correct PIP_CERT, or cert in pip's configuration.",
            ) from error
    # Names and passwords come from the index's address, ~/.netrc or the keyring; a question on the terminal would hang a window.
    auth = MultiDomainBasicAuth(prompting=False, index_urls=index_urls)
    return PackageFinder(
        session=PyPIClient(timeout=TIMEOUT_S, verify=verify, follow_redirects=True, auth=auth),  # type: ignore[arg-type]
        index_urls=index_urls,
        find_links=find_links,
        ignore_compatibility=True,
    )


def _existing(locations: tuple[str, ...]) -> list[str]:
    """Without the local folders that are not there: pip ignores them with a warning, and so do we."""
    return [place for place in locations if not _is_local(place) or _local_path(place).exists()]


def _is_local(place: str) -> bool:
    return place.startswith("file:") or "://" not in place


def _local_path(place: str) -> Path:
    return Path(url2pathname(urlsplit(place).path)) if place.startswith("file:") else Path(place)


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
    broken: Exception | None = None
    sources = finder.sources
    for source in sources:  # each by itself, so that one dead index does not hide another that has the file
        finder.sources = [source]
        try:
            packages = finder.find_all_packages(archive.package, allow_yanked=True)
        except (OSError, ValueError, URLError, UnpackError, client_error()) as error:  # ValueError: an address that is none
            broken = broken or error
            continue
        finally:
            finder.sources = sources
        for package in packages:
            if package.link.filename == archive.filename:
                return package.link.normalized
    if broken is not None:
        raise AssetUnreachableError(f"The package index cannot be reached: {broken}.", hint=hint) from broken
    raise AssetUnreachableError(f"No package index offers {archive.filename}.", hint=hint)


def client_error() -> type[Exception]:
    """The base of the errors of the HTTP client that this version of unearth uses."""
    from unearth.fetchers import PyPIClient

    module = sys.modules[PyPIClient.__mro__[1].__module__.partition(".")[0]]
    error: type[Exception] = module.HTTPError
    return error
