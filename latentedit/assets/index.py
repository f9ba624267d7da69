"""Find an archive on the package indexes that the user has configured for pip."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from latentedit.assets.model import Archive
from latentedit.assets.pip_settings import IndexSettings
from latentedit.errors import AssetUnreachableError

if TYPE_CHECKING:
    from unearth import PackageFinder
    from unearth.fetchers import PyPIClient


@contextmanager
def open_session(settings: IndexSettings) -> Iterator[PyPIClient]:
    """An HTTP client with pip's certificates, proxy and credentials; it reads ``file:`` addresses too.

    Raises:
        AssetUnreachableError: the certificate file of the settings cannot be read.
    """
    from unearth.auth import MultiDomainBasicAuth
    from unearth.fetchers import PyPIClient

    options: dict[str, str] = {"proxy": settings.proxy} if settings.proxy else {}
    with PyPIClient(
        timeout=settings.timeout_s,
        verify=_verification(settings.certificate),
        trusted_hosts=settings.trusted_hosts,
        follow_redirects=True,
        **options,
    ) as session:
        # Names and passwords from index addresses, netrc or the keyring; a library does not ask for them.
        session.auth = MultiDomainBasicAuth(prompting=False, index_urls=settings.index_urls)
        yield session


def _verification(certificate: str | None) -> ssl.SSLContext | bool:
    if certificate is None:
        return True
    try:
        return ssl.create_default_context(cafile=certificate)
    except OSError as error:
        raise AssetUnreachableError(
            f"The certificate file {certificate} cannot be used: {error.strerror or error}.",
            hint="Correct the cert setting of pip (PIP_CERT, or pip config list).",
        ) from error


def connection_errors() -> tuple[type[Exception], ...]:
    """What a session raises when an address is wrong or does not answer.

    The HTTP client differs between versions of unearth, so its errors are found from its class.
    """
    import sys

    from unearth.errors import UnpackError, URLError
    from unearth.fetchers import PyPIClient

    client = sys.modules[PyPIClient.__mro__[1].__module__.partition(".")[0]]
    # ValueError: unearth's for an address that it cannot read, and for an index page that is no JSON.
    return (OSError, ValueError, URLError, UnpackError, client.HTTPError, client.InvalidURL)


def find_urls(session: PyPIClient, settings: IndexSettings, archive: Archive, problems: list[str]) -> Iterator[str]:
    """The addresses of the one file of ``archive`` that has its exact name: local folders first, then the indexes in order.

    A source is only asked when the addresses before it were not good enough. Why a source gave none is added to ``problems``.
    """
    from unearth import PackageFinder
    from unearth.link import Link

    for kind, sources in (("find_links", settings.find_links), ("index_urls", settings.index_urls)):
        for source in sources:
            # Python and platform do not matter: the archive is read, never installed. One finder for each source, so that one
            # that does not answer leaves the others.
            finder = PackageFinder(session=session, ignore_compatibility=True, **{kind: [source]})  # type: ignore[arg-type]
            shown = Link(source).redacted
            with _collecting_warnings() as warnings:
                try:
                    urls = _matching(finder, archive)
                except connection_errors() as error:
                    problems.append(f"{shown}: {error}")
                    continue
            if not urls:
                problems.extend(warnings or [f"{shown} has no {archive.filename}"])
            yield from urls


def _matching(finder: PackageFinder, archive: Archive) -> list[str]:
    packages = finder.find_all_packages(archive.package, allow_yanked=True)
    # An index may be listed twice, or list a file twice.
    return list(dict.fromkeys(package.link.normalized for package in packages if package.link.filename == archive.filename))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _collecting_warnings() -> Iterator[list[str]]:
    """unearth logs why it skips a source; that is the reason to give, and not something to print by the way."""
    logger = logging.getLogger("unearth")
    collector = _Collector()
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
