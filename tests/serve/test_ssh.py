"""The protocol through ssh, which here is a script that runs the command in another folder: no path means the same at both ends."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from toy_sessions import write_photo

from latentedit.project_file import load_project
from latentedit.serve.carrying import CHUNK_BYTES, frames, moved, receive
from latentedit.serve.private_folder import PREFIX, PrivateFolder, remove_leftovers
from latentedit.serve.protocol import Request
from latentedit.serve.relay import Relay

from .client import COMMAND, FRAME, Client

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ssh is a shell script here")
SSH = """#!/bin/sh
test "$1 $2 $3" = "-T -- gpu.example" || exit 255
cd {there} && export HOME={there} TMPDIR={there} && exec sh -c "$4"
"""


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


@pytest.fixture
def far(tmp_path: Path, there: Path) -> Iterator[Client]:
    """A client in the folder ``here``, whose server runs in ``there``."""
    here, programs = tmp_path / "here", tmp_path / "bin"
    here.mkdir()
    programs.mkdir()
    (programs / "ssh").write_text(SSH.format(there=shlex.quote(str(there))))
    (programs / "ssh").chmod(0o755)
    command = [*COMMAND, "--ssh", "gpu.example", "--command", shlex.join(COMMAND[:3])]
    with Client(here, command=command, path=str(programs)) as client:
        yield client
    assert list(here.glob(f"{PREFIX}*")) == list(there.glob(f"{PREFIX}*")) == []


def test_the_whole_way_goes_through_ssh(far: Client, tmp_path: Path, there: Path) -> None:
    here = tmp_path / "here"
    write_photo(here / "photo.png")
    np.save(here / "smile.npy", np.random.default_rng(1).standard_normal(16).astype(np.float32))
    opened = far.ask("open", path="photo.png")
    assert opened["name"] == "photo.png" and far.folder.parent == here and far.hello["pid"] == far.process.pid
    document = opened["document"]
    far.ask("faces", document=document, frame=FRAME)
    number = far.send("project", document=document, preset="fast", steps=4, preview_every=1)
    _, events = far.answer(number)
    assert [event["step"] for event in events] == [1, 2, 3, 4]
    assert [Path(event["preview"]["path"]).is_file() for event in events] == [False, False, True, True]
    assert far.ask("set", document=document, edits=[{"name": "smile.npy", "amount": 3}])["names"] == ["smile"]
    final = Path(far.ask("render", document=document, quality="final")["picture"]["path"])
    assert final.parent == far.folder
    assert not np.array_equal(np.asarray(Image.open(final)), np.asarray(Image.open(here / "photo.png")))
    (layer,) = far.ask("layers", document=document, format="raw")["layers"]
    assert Path(layer["mask"]["path"]).stat().st_size == layer["mask"]["width"] * layer["mask"]["height"]
    assert far.ask("export", document=document, path="out.png") == {"path": "out.png", "changed": True}
    assert np.array_equal(np.asarray(Image.open(here / "out.png")), np.asarray(Image.open(final)))
    assert far.ask("save", document=document, path="kept.ledit") == {"path": "kept.ledit"}
    assert load_project(here / "kept.ledit").faces[0].latents is not None
    (folder,) = there.glob(f"{PREFIX}*")
    assert [file.name for file in folder.iterdir()] == [".lock"]  # all that was carried is gone there
    far.ask("close", document=document)
    assert [file.name for file in far.folder.iterdir()] == [".lock"]
    again = far.ask("open", path="kept.ledit")
    far.ask("undo", document=again["document"])
    assert far.ask("save", document=again["document"]) == {"path": "kept.ledit"}
    assert not load_project(here / "kept.ledit").history.can_undo


def relayed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *messages: dict[str, object]
) -> tuple[list[dict[str, object]], Relay]:
    """What a relay tells its client of a server's messages."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder, (read, write) = PrivateFolder(), os.pipe()
    script = "import sys; [print(line, flush=True) for line in sys.argv[1:]]"
    relay = Relay([sys.executable, "-c", script, *map(json.dumps, messages)], folder, lambda _: b"", write)
    try:
        relay._server.wait()
        relay._carry_down()
        os.close(write)
        with os.fdopen(read, "rb") as told:
            return [json.loads(line) for line in told], relay
    finally:
        folder.remove()
        for stream in (relay._server.stdin, relay._server.stdout):
            stream.close()  # type: ignore[union-attr]


HELLO: dict[str, object] = {"event": "hello", "folder": "/far"}


def test_whatever_events_a_server_tells_come_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download's progress has no picture; a refusal of an unreadable line has no number."""
    bytes_ = {"event": "progress", "id": 1, "phase": "weights", "step": 1, "steps": 2}
    sent = [bytes_, {**bytes_, "preview": None}, {"event": "unheard_of"}, {"id": None, "error": {}}, {"id": 1, "result": {}}]
    told, _ = relayed(tmp_path, monkeypatch, HELLO, *sent)
    assert told[1:] == sent


def test_a_request_is_known_until_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event without a picture is not the answer, after which the pictures are forgotten."""
    asked: list[dict[int, Request]] = []
    tell = Relay._tell

    def noted(relay: Relay, message: dict[str, object]) -> None:
        relay._asked.setdefault(3, Request(3, "project", {})) if message.get("event") == "hello" else None
        asked.append(dict(relay._asked))
        tell(relay, message)

    monkeypatch.setattr(Relay, "_tell", noted)
    event = {"event": "progress", "id": 3, "phase": "coarse", "step": 1, "steps": 9, "preview": None}
    relayed(tmp_path, monkeypatch, HELLO, event, event, {"id": 3, "result": {}})
    assert [list(known) for known in asked] == [[3], [3], [3], []]


def test_refusals_come_through_ssh_as_they_are(far: Client, tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "here" / "photo.png")
    before = photo.read_bytes()
    assert far.refused("open", path="absent.png")["kind"] == "input"
    document = far.ask("open", path="photo.png")["document"]
    assert far.refused("export", document=document, path="photo.png")["kind"] == "usage"
    assert far.refused("save", document=document)["kind"] == "usage"
    assert far.refused("export", document=document, path="absent/out.png")["kind"] == "missing"
    assert far.refused("export", document=document, path="out.unknown")["kind"] == "usage"
    far.write(b"no JSON\n")
    assert far.receive()["error"]["kind"] == "protocol"
    assert photo.read_bytes() == before


def test_neither_end_is_left_when_the_relay_is_killed(far: Client, tmp_path: Path, there: Path) -> None:
    write_photo(tmp_path / "here" / "photo.png")
    document = far.opened(Path("photo.png"), steps=0)
    far.send("project", document=document, steps=100_000, preview_every=0)
    assert far.receive()["event"] == "progress"
    far.process.kill()
    far.process.wait()
    end = time.monotonic() + 15
    while list(there.glob(f"{PREFIX}*")):
        assert time.monotonic() < end, "the far server goes on"
        time.sleep(0.05)
    remove_leftovers(tmp_path / "here")


def test_a_host_that_does_not_answer_is_told(tmp_path: Path) -> None:
    (tmp_path / "ssh").write_text("#!/bin/sh\nexit 255\n")
    (tmp_path / "ssh").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [*COMMAND, "--ssh", "gpu.example"], env=environment, stdin=subprocess.PIPE, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"error: No server has answered" in done.stderr and b"hint: Try: ssh" in done.stderr
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


@given(st.sampled_from([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES]))
def test_files_arrive_as_they_were(tmp_path_factory: pytest.TempPathFactory, size: int) -> None:
    folder = tmp_path_factory.mktemp("ends")
    data = np.random.default_rng(size).bytes(size)
    (folder / "sent").write_bytes(data)
    (folder / "there").mkdir()
    for line in frames(folder / "sent", "in-1/a.png"):
        assert len(line) < 2**20
        receive(line, folder / "there")
    assert (folder / "there" / "in-1" / "a.png").read_bytes() == data


@pytest.mark.parametrize("name", ["../a", "/a", "in-1/../a", "in-1/..", "..", "a/b", "in-1/b/c", "", 3])
def test_no_file_lands_outside_of_the_folder(tmp_path: Path, name: object) -> None:
    with pytest.raises(ValueError, match="carried"):
        receive(json.dumps({"file": name, "data": ""}).encode(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_paths_below_the_folder_are_moved() -> None:
    message = {"a": ["/x/y/1.png", "/x/yz", 3], "b": {"c": "/x/y", "d": None}}
    assert moved(message, "/x/y", "/n") == {"a": ["/n/1.png", "/x/yz", 3], "b": {"c": "/n", "d": None}}
