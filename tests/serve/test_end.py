"""However a server ends, it leaves neither process nor folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from latentedit.serve import private_folder
from latentedit.serve.private_folder import PREFIX, remove_leftovers

from .client import COMMAND, Client

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and parents are POSIX's")
LONG = 100_000
PARENT = """
import subprocess, sys, time
child = subprocess.Popen({command!r}, stdin=subprocess.PIPE, stdout=sys.stdout)
time.sleep(60)
"""


def folders(temporary: Path) -> list[Path]:
    return list(temporary.glob(f"{PREFIX}*"))


def soon(happened: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3] if Path("/proc").is_dir() else True


def projecting(client: Client, photo: Path) -> int:
    """A projection that would go on for hours, in its first steps."""
    document = client.opened(photo, steps=0)
    number = client.send("project", document=document, steps=LONG, preview_every=1)
    assert client.receive()["event"] == "progress"
    return number


def test_the_folder_is_its_users_alone(client: Client) -> None:
    assert client.folder.stat().st_mode & 0o777 == 0o700


def test_a_projection_is_cancelled_at_once(client: Client, photo: Path) -> None:
    number = projecting(client, photo)
    begun = time.monotonic()
    cancel = client.send("cancel", request=number)
    seen = {}
    while len(seen) < 2:
        message = client.receive()
        if "event" not in message:
            seen[message["id"]] = message
    assert time.monotonic() - begun < 0.2
    assert seen[cancel]["result"] == {"cancelled": True}
    assert seen[number]["error"]["kind"] == "cancelled"
    (face,) = client.ask("faces", document=1)["faces"]
    assert not face["projected"]
    assert client.ask("cancel", request=number) == {"cancelled": False}


def test_what_waits_is_cancelled_without_being_begun(client: Client, photo: Path) -> None:
    number = projecting(client, photo)
    waiting = client.send("export", document=1, path=str(photo.with_name("out.png")))
    message, _ = client.answer(waiting if client.send("cancel", request=waiting) else 0)
    assert message["error"]["kind"] == "cancelled"
    client.ask("cancel", request=number)
    client.ask("faces", document=1)
    assert not photo.with_name("out.png").exists()


def test_closing_a_document_cancels_its_projection_and_removes_its_pictures(client: Client, photo: Path) -> None:
    number = projecting(client, photo)
    assert client.ask("close", document=1) == {}
    message, _ = client.answer(number)
    assert message["error"]["kind"] == "cancelled"
    assert [file.name for file in client.folder.iterdir()] == [".lock"]
    assert client.refused("edits", document=1)["kind"] == "usage"


def test_shutdown_answers_and_ends_amid_a_projection(client: Client, photo: Path) -> None:
    number = projecting(client, photo)
    last = client.send("shutdown")
    answers = [message for message in client.at_end() if "event" not in message]
    assert [(message["id"], "error" in message) for message in answers] == [(number, True), (last, False)]
    assert client.process.wait(10) == 0
    assert not client.folder.exists()


@pytest.mark.parametrize("end", ["input", "SIGTERM", "SIGINT"])
def test_the_end_of_input_and_signals_end_it(client: Client, photo: Path, end: str) -> None:
    projecting(client, photo)
    if end == "input":
        client.close_input()
    else:
        client.process.send_signal(getattr(signal, end))
    assert client.process.wait(10) == 0
    assert not client.folder.exists()


def test_a_client_that_reads_no_more_ends_it(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=write, env=environment)
    os.close(write)
    assert process.wait(30) == 0
    process.stdin.close()  # type: ignore[union-attr]
    assert folders(tmp_path) == []


def test_what_a_killed_server_leaves_the_next_removes(tmp_path: Path) -> None:
    with Client(tmp_path) as killed, Client(tmp_path) as other:
        killed.process.kill()
        killed.process.wait()
        assert killed.folder.is_dir()
        with Client(tmp_path) as next_one:
            assert sorted(folders(tmp_path)) == sorted([other.folder, next_one.folder])
    assert folders(tmp_path) == []


def test_a_folder_that_is_being_made_is_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another server looks for leftovers just before the lock is taken."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lock = private_folder.fcntl.flock

    def looked_at_before(descriptor: int, how: int) -> None:
        monkeypatch.setattr(private_folder.fcntl, "flock", lock)
        remove_leftovers(tmp_path)
        lock(descriptor, how)

    monkeypatch.setattr(private_folder.fcntl, "flock", looked_at_before)
    folder = private_folder.PrivateFolder()
    remove_leftovers(tmp_path)
    assert folder.path.is_dir() and [file.name for file in folder.path.iterdir()] == [".lock"]
    folder.remove()
    assert not folder.path.exists()


def test_nobody_elses_folders_are_leftovers(tmp_path: Path) -> None:
    young = tmp_path / f"{PREFIX}young"  # made, not locked yet
    young.mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "kept")
    remove_leftovers(tmp_path)
    assert young.is_dir() and (tmp_path / "kept").is_dir()
    os.utime(young, (1, 1))
    remove_leftovers(tmp_path)
    assert not young.exists() and (tmp_path / f"{PREFIX}link").is_symlink()


def test_it_ends_when_its_parent_is_killed_whose_pipe_somebody_holds_open(tmp_path: Path) -> None:
    """The parent's death alone ends it: this test holds the writing end of its input open."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    read, held = os.pipe()
    script = PARENT.format(command=COMMAND).replace("stdin=subprocess.PIPE", "stdin=sys.stdin")
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=read, stdout=subprocess.PIPE, env=environment)
    try:
        pid = json.loads(parent.stdout.readline())["pid"]  # type: ignore[union-attr]
        assert alive(pid) and len(folders(tmp_path)) == 1
        parent.kill()
        parent.wait()
        assert soon(lambda: not alive(pid))
        assert folders(tmp_path) == []
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()  # type: ignore[union-attr]
        os.close(read)
        os.close(held)
