"""Find an archive on the package indexes that pip is configured for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from latentedit.assets.model import Archive
from latentedit.assets.pip_settings import IndexSettings
from latentedit.errors import AssetUnreachableError

if TYPE_CHECKING:
    import ssl

    from unearth import PackageFinder

TIMEOUT_S = 60.0


@contextmanager
def open_finder(settings: IndexSettings) -> Iterator[PackageFinder]:
    """An ``unearth`` finder on these settings. It only reads pages and downloads: nothing is built or installed.

    Raises:
        AssetUnreachableError: the settings name no index that is there, or no certificate file that can be read.
    """
    from unearth import PackageFinder
    from unearth.auth import MultiDomainBasicAuth
    from unearth.fetchers import PyPIClient

    index_urls, find_links = _existing(settings.index_urls), _existing(settings.find_links)
    if not (index_urls or find_links):  # unearth would silently ask the public index instead
        raise _nowhere_to_look(settings)
    client = PyPIClient(
        timeout=TIMEOUT_S,
        verify=_trust(settings.certificate),
        trusted_hosts=settings.trusted_hosts,
        follow_redirects=True,
        # Names and passwords come from the index's address, ~/.netrc or the keyring; a question on the terminal would hang a window.
        auth=MultiDomainBasicAuth(prompting=False, index_urls=index_urls),
    )
    with closing(client):
        # It says that it wants a Fetcher, which its own client is in all but a return type.
        yield PackageFinder(client, index_urls=index_urls, find_links=find_links, ignore_compatibility=True)  # type: ignore[arg-type]


def _nowhere_to_look(settings: IndexSettings) -> AssetUnreachableError:
    if settings.index_urls:
        return AssetUnreachableError(
            f"The package index {settings.index_urls[0]} is a folder that does not exist.",
            hint="Set PIP_INDEX_URL to an index that can be reached.",
        )
    return AssetUnreachableError(
        "pip is configured to use no package index, and no folder of packages that exists.",
        hint="Unset PIP_NO_INDEX (no-index in pip's configuration), or name a folder in PIP_FIND_LINKS.",
    )


def _trust(certificate: str | None) -> ssl.SSLContext | bool:
    """Whom to believe: the authorities in a file, or those that the HTTP client knows."""
    import ssl

    if certificate is None:
        return True
    try:
        return ssl.create_default_context(cafile=certificate)
    except OSError as error:
        raise AssetUnreachableError(
            f"The certificate file {certificate} that pip is configured for cannot be read: {error.strerror}.",
            hint="Correct PIP_CERT, or cert in pip's configuration.",
        ) from error


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

    problems: list[str] = []
    sources = finder.sources
    for source in sources:  # each by itself, so that one dead index does not hide another that has the file
        finder.sources = [source]
        try:
            with _logged_problems(problems):
                packages = list(finder.find_all_packages(archive.package, allow_yanked=True))
        except (OSError, ValueError, URLError, UnpackError, client_error()) as error:  # ValueError: an address that is none
            problems.append(f"{source['url']} cannot be reached: {error}")
            continue
        finally:
            finder.sources = sources
        for package in packages:
            if package.link.filename == archive.filename:
                return package.link.normalized
    why = f" ({one_line(problems[0])})" if problems else ""
    raise AssetUnreachableError(
        f"No package index offers {archive.filename}{why}.",
        hint="Check the network, or name an index that has it in PIP_INDEX_URL. "
        f"A machine without network can use a copy of another's folder {store_root}.",
    )


@contextmanager
def _logged_problems(problems: list[str]) -> Iterator[None]:
    """Keep what unearth logs of pages that it passes over; printed, it would come between the user and our one line."""
    from logging import WARNING, getLogger
    from logging.handlers import BufferingHandler

    handler = BufferingHandler(capacity=1000)
    handler.setLevel(WARNING)
    getLogger("unearth").addHandler(handler)
    try:
        yield
    finally:
        getLogger("unearth").removeHandler(handler)
        problems += [record.getMessage() for record in handler.buffer]


def client_error() -> type[Exception]:
    """The base of the errors of the HTTP client that this version of unearth uses."""
    from unearth.fetchers import PyPIClient

    module = sys.modules[PyPIClient.__mro__[1].__module__.partition(".")[0]]
    error: type[Exception] = module.HTTPError
    return error


def one_line(text: str) -> str:
    """The first line of what the network's libraries say, without the name and password that may be in an address."""
    return re.sub(r"//[^/@\s]+@", "//", text.partition("\n")[0])
