"""A package index for one test: tiny wheels and sdists, served on this machine with the faults that a test asks for."""

from __future__ import annotations

import gzip
import hashlib
import io
import ssl
import tarfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType

from latentedit.assets import Archive, Asset, Member
from latentedit.assets.pip_settings import IndexSettings


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as wheel:
        for name, data in files.items():
            wheel.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def make_sdist(files: Mapping[str, bytes], symlinks: Mapping[str, str] | None = None) -> bytes:
    """A .tar.gz of ``files``, the same whenever it is made; ``symlinks`` maps a member's name to where it points."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as sdist:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            sdist.addfile(info, io.BytesIO(data))
        for name, target in (symlinks or {}).items():
            info = tarfile.TarInfo(name)
            info.type = tarfile.SYMTYPE
            info.linkname = target
            sdist.addfile(info)
    return gzip.compress(buffer.getvalue(), compresslevel=0, mtime=0)


def make_archive(package: str, filename: str, data: bytes) -> Archive:
    return Archive(package, "1.0", filename, sha256(data), len(data))


def make_asset(name: str, members: Sequence[tuple[Archive, str, bytes]], converter: str | None = None) -> Asset:
    """``members`` are (archive, path in it, the bytes that the catalogue expects there)."""
    return Asset(
        name=name,
        members=tuple(Member(archive, path, sha256(data)) for archive, path, data in members),
        purpose="testing",
        origin="made by this test",
        licence="MIT",
        converter=converter,
    )


@dataclass
class FakeIndex:
    """A PEP 503 simple index on 127.0.0.1.

    Attributes:
        files: package name -> file name -> content.
        ranges: whether a Range request is answered with 206.
        cut_after: close the connection after this many bytes of a file, once.
        pause_s: sleep between pieces of ``piece_bytes``.
        downloads: for each download of a file: (file name, first byte sent).
    """

    files: dict[str, dict[str, bytes]]
    ranges: bool = True
    cut_after: int | None = None
    pause_s: float = 0.0
    piece_bytes: int = 1 << 16
    downloads: list[tuple[str, int]] = field(default_factory=list)

    def __enter__(self) -> FakeIndex:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        # Threads that serve a client which was killed must not outlive the test.
        self._server.daemon_threads = False
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def encrypt(self, certificate: Path, key: Path) -> None:
        """Speak https from now on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    @property
    def url(self) -> str:
        scheme = "https" if isinstance(self._server.socket, ssl.SSLSocket) else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}/simple/"

    @property
    def settings(self) -> IndexSettings:
        return IndexSettings((self.url,))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        index = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, *rest = self.path.strip("/").split("/")
                if kind == "simple" and rest and rest[0] in index.files:
                    index._send_page(self, rest[0])
                elif kind == "files" and len(rest) == 2 and rest[1] in index.files.get(rest[0], {}):
                    index._send_file(self, rest[1], index.files[rest[0]][rest[1]])
                else:
                    self.send_error(404)

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test's output quiet."""

        return Handler

    def _send_page(self, request: BaseHTTPRequestHandler, package: str) -> None:
        page = "".join(f'<a href="/files/{package}/{name}">{name}</a>\n' for name in self.files[package]).encode()
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(len(page)))
        request.end_headers()
        request.wfile.write(page)

    def _send_file(self, request: BaseHTTPRequestHandler, name: str, data: bytes) -> None:
        asked = request.headers.get("Range")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.ranges else 0
        self.downloads.append((name, start))
        if start >= len(data):
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        request.send_header("Content-Type", "application/octet-stream")
        request.send_header("Content-Length", str(len(data) - start))
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        request.end_headers()
        stop, self.cut_after = self.cut_after, None
        try:
            for at in range(start, len(data) if stop is None else stop, self.piece_bytes):
                request.wfile.write(data[at : at + self.piece_bytes if stop is None else min(at + self.piece_bytes, stop)])
                time.sleep(self.pause_s)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client was killed, which is what the test wants
        request.close_connection = True


def write_simple_folder(folder: Path, files: Mapping[str, Mapping[str, bytes]]) -> str:
    """The same index as plain files; returns its file:// address."""
    for package, versions in files.items():
        place = folder / package
        place.mkdir(parents=True)
        for name, data in versions.items():
            (place / name).write_bytes(data)
        (place / "index.html").write_text("".join(f'<a href="{name}">{name}</a>\n' for name in versions))
    return folder.as_uri()
