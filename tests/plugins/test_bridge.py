"""The bridge against a program that misbehaves in every way that was thought of."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from latentedit_plugins.bridge import Bridge, Trouble
from latentedit_plugins.bridge import bridge as timing

SCRIPT = Path(__file__).with_name("scripted_program.py")


@pytest.fixture
def bridge_to(tmp_path: Path) -> Iterator[Callable[..., Bridge]]:
    """Makes bridges to the scripted program; at the end they are closed, and nothing of them is left."""
    made: list[Bridge] = []
    processes: list[int] = []

    def make(manner: str, **more: Any) -> Bridge:
        program = tmp_path / f"program-{len(made)}"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -u "{SCRIPT}" "{manner}"\n')
        program.chmod(0o755)
        bridge = Bridge(str(program), client="pytest", **more)
        made.append(bridge)
        ask = bridge.ask

        def noted(*arguments: Any, **named: Any) -> Any:
            request = ask(*arguments, **named)
            if bridge._pipes is not None:
                processes.append(bridge._pipes.pid)
            return request

        bridge.ask = noted  # type: ignore[method-assign]
        return bridge

    yield make
    for bridge in made:
        pipes = bridge._pipes
        bridge.close()
        if pipes is not None:
            pipes.kill()
    # By name: threads of an earlier test that were still ending when this one began would hide those of this one.
    waited(lambda: not any(thread.name.startswith("latentedit ") for thread in threading.enumerate()), 15)
    for pid in processes:
        # Not even as a zombie.
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    gc.collect()


def waited(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


class Told:
    """What came of a request."""

    def __init__(self, bridge: Bridge, method: str, params: dict[str, Any] | None = None) -> None:
        self.result: dict[str, Any] | None = None
        self.trouble: Trouble | None = None
        self.events: list[dict[str, Any]] = []
        self.bridge = bridge
        self.request = bridge.ask(method, params, self._answer, self._fail, self.events.append)

    def _answer(self, result: dict[str, Any]) -> None:
        assert self.result is None and self.trouble is None
        self.result = result

    def _fail(self, trouble: Trouble) -> None:
        assert self.result is None and self.trouble is None
        self.trouble = trouble

    def wait(self, seconds: float = 10) -> Told:
        def come() -> bool:
            self.bridge.poll()
            return self.result is not None or self.trouble is not None

        waited(come, seconds)
        return self

    @property
    def failed(self) -> Trouble:
        assert self.trouble is not None
        return self.trouble


def test_an_answer_comes_with_its_events_before_it(bridge_to: Callable[..., Bridge]) -> None:
    bridge = bridge_to("well")
    told = Told(bridge, "slow").wait()
    assert told.result == {"done": True}
    assert [event["step"] for event in told.events] == [0, 1, 2]
    assert bridge.hello["version"] == "0.0.1" and not bridge.busy


def test_asking_and_polling_return_at_once(bridge_to: Callable[..., Bridge]) -> None:
    bridge = bridge_to("does not read")
    Told(bridge, "slow")
    waited(lambda: (bridge.poll(), bool(bridge.hello))[1])
    began = time.monotonic()
    for _ in range(200):
        Told(bridge, "slow", {"text": "x" * 10_000})  # more than a pipe holds
        bridge.poll()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("manner", ["garbage"])
def test_what_is_no_protocol_is_passed_over(bridge_to: Callable[..., Bridge], manner: str) -> None:
    bridge = bridge_to(manner)
    assert Told(bridge, "slow").wait().result == {"done": True}


def test_errors_of_the_program_are_told_in_its_words(bridge_to: Callable[..., Bridge]) -> None:
    bridge = bridge_to("well")
    trouble = Told(bridge, "wrong").wait().failed
    assert (trouble.kind, str(trouble), trouble.hint) == ("input", "No face.", "Give another.")
    assert Told(bridge, "nonsense").wait().failed.kind == "protocol"
    assert Told(bridge, "slow").wait().result == {"done": True}


@pytest.mark.parametrize(
    ("manner", "kind", "words"),
    [
        ("dies at once", "start", "before it was ready (status 3)"),
        ("too old", "version", "too old"),
        ("older", "version", "too old"),
        ("newer", "version", "newer than this plug-in"),
        ("killed", "died", "killed by signal 9"),
        ("leaves", "died", "ended by itself (status 5)"),
    ],
)
def test_a_program_that_ends_is_told_and_started_anew(
    bridge_to: Callable[..., Bridge], manner: str, kind: str, words: str
) -> None:
    bridge = bridge_to(manner)
    trouble = Told(bridge, "slow").wait().failed
    assert trouble.kind == kind and words in str(trouble) and trouble.hint
    assert not bridge.running and not bridge.busy
    assert Told(bridge, "slow").wait().failed.kind == kind
    if manner == "dies at once":
        assert "no module named torch" in trouble.details


def test_a_child_that_outlives_the_program_does_not_hide_its_end(bridge_to: Callable[..., Bridge]) -> None:
    assert Told(bridge_to("holds the streams"), "slow").wait(20).failed.kind == "died"


def test_all_that_is_asked_fails_when_the_program_dies(bridge_to: Callable[..., Bridge]) -> None:
    bridge = bridge_to("killed")
    all_told = [Told(bridge, "slow") for _ in range(5)]
    for told in all_told:
        assert told.wait().failed.kind == "died"


@pytest.mark.parametrize("manner", ["silent", "endless line"])
def test_a_program_that_does_not_say_hello_is_given_up(bridge_to: Callable[..., Bridge], manner: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(timing, "START_S", 1.0)
    assert Told(bridge_to(manner), "slow").wait().failed.kind == "hanging"


def test_a_program_that_hangs_is_given_up_and_one_that_works_long_is_not(
    bridge_to: Callable[..., Bridge], monkeypatch: Any
) -> None:
    monkeypatch.setattr(timing, "QUIET_S", 0.6)
    assert Told(bridge_to("hanging"), "slow").wait().failed.kind == "hanging"
    patient = bridge_to("well")
    told = Told(patient, "forever")
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        patient.poll()
        time.sleep(0.02)
    assert told.trouble is None and patient.running


def test_ends_are_noticed_and_programs_killed_where_nothing_waits_safely(
    bridge_to: Callable[..., Bridge], monkeypatch: Any
) -> None:
    """As on Windows, and by older Pythons on macOS."""
    monkeypatch.delattr("os.waitid")
    bridge = bridge_to("well")
    assert Told(bridge, "slow").wait().result
    assert bridge._pipes is not None
    pid = bridge._pipes.pid
    bridge._pipes.kill()
    assert Told(bridge, "slow").wait().trouble or not bridge.running
    waited(lambda: not Path(f"/proc/{pid}").exists())


def test_a_program_that_was_asked_nothing_for_long_does_not_count_as_hanging(
    bridge_to: Callable[..., Bridge], monkeypatch: Any
) -> None:
    monkeypatch.setattr(timing, "QUIET_S", 0.8)
    bridge = bridge_to("well")
    assert Told(bridge, "slow").wait().result
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        bridge.poll()
        time.sleep(0.02)
    assert Told(bridge, "late").wait().result == {"done": True}


def test_a_host_that_was_busy_itself_asks_before_it_gives_a_program_up(
    bridge_to: Callable[..., Bridge], monkeypatch: Any
) -> None:
    monkeypatch.setattr(timing, "QUIET_S", 0.8)
    bridge = bridge_to("well")
    told = Told(bridge, "forever")
    waited(lambda: (bridge.poll(), bool(told.events))[1])
    time.sleep(1.0)  # not polled
    end = time.monotonic() + 0.4
    while time.monotonic() < end:
        bridge.poll()
    assert told.trouble is None and bridge.running


def test_a_program_that_is_not_there_or_cannot_run(bridge_to: Callable[..., Bridge], tmp_path: Path) -> None:
    bridge = Bridge(str(tmp_path / "nothing"))
    trouble = Told(bridge, "slow").wait().failed
    assert "LATENTEDIT_PROGRAM" in trouble.hint
    assert trouble.kind == "not-found" and "pip install latentedit" in trouble.hint and "nothing" in trouble.details
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF not really")
    broken.chmod(0o755)
    assert Told(Bridge(str(broken)), "slow").wait().failed.kind == "start"


def test_a_program_that_was_idle_for_long_is_given_its_time(bridge_to: Callable[..., Bridge], monkeypatch: Any) -> None:
    monkeypatch.setattr(timing, "QUIET_S", 1.0)
    bridge = bridge_to("well")
    assert Told(bridge, "slow").wait().result
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        bridge.poll()
        time.sleep(0.02)
    assert Told(bridge, "takes a moment").wait().trouble is None


def test_a_refusal_of_nobody_knows_what_is_told_to_all_who_wait(bridge_to: Callable[..., Bridge]) -> None:
    bridge = bridge_to("well")
    told = Told(bridge, "unreadable").wait()
    assert told.failed.kind == "protocol" and "no JSON" in str(told.failed)
    assert Told(bridge, "slow").wait().result == {"done": True}


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), "x" * 2**20])
def test_what_the_program_could_not_read_is_not_sent(bridge_to: Callable[..., Bridge], amount: object) -> None:
    bridge = bridge_to("well")
    assert Told(bridge, "slow", {"amount": amount}).wait().failed.kind == "usage"
    assert Told(bridge, "slow").wait().result == {"done": True}


WRITES_TO_ONE_THAT_DOES_NOT_READ = """
import signal, sys, time
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in a host that embeds Python
from latentedit_plugins.bridge.pipes import Pipes
pipes = Pipes(["/bin/sh", "-c", "exec 0<&-; echo closed; sleep 1"])
while not pipes.garbage:
    time.sleep(0.01)
pipes.send({"id": 0})
assert pipes.join(10)
print("goes on")
"""


@pytest.mark.skipif(os.name != "posix", reason="the signal is POSIX's")
def test_the_host_is_not_killed_by_a_program_that_does_not_read() -> None:
    run = subprocess.run([sys.executable, "-c", WRITES_TO_ONE_THAT_DOES_NOT_READ], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "goes on\n"), run.stderr


def test_nothing_more_is_told_of_what_was_cancelled(bridge_to: Callable[..., Bridge]) -> None:
    bridge = bridge_to("well")
    before_hello, running = Told(bridge, "slow"), Told(bridge, "forever")
    before_hello.request.cancel()
    waited(lambda: (bridge.poll(), bool(running.events))[1])
    running.request.cancel()
    assert Told(bridge, "slow").wait().result
    assert before_hello.events == [] and before_hello.result is None and running.trouble is None


def test_closing_ends_a_program_that_will_not(bridge_to: Callable[..., Bridge], monkeypatch: Any) -> None:
    from latentedit_plugins.bridge import pipes

    monkeypatch.setattr(pipes, "PATIENCE_S", 0.3)
    bridge = bridge_to("stays")
    assert Told(bridge, "slow").wait().result
    began = time.monotonic()
    bridge.close()
    assert time.monotonic() - began < 0.2


def test_the_program_does_not_get_the_hosts_python(bridge_to: Callable[..., Bridge]) -> None:
    host = {
        **os.environ,
        "PYTHONHOME": "/krita",
        "PYTHONPATH": "/krita/lib",
        "LD_LIBRARY_PATH": "/krita/lib",
        "LD_LIBRARY_PATH_ORIG": "/own",
        "KEPT": "1",
    }
    got = Told(bridge_to("well", environ=host), "environment").wait().result
    assert got is not None and "PYTHONHOME" not in got and "PYTHONPATH" not in got
    assert got["LD_LIBRARY_PATH"] == "/own" and got["KEPT"] == "1"


def test_a_hundred_programs_leave_nothing(bridge_to: Callable[..., Bridge]) -> None:
    descriptors = Path("/proc/self/fd")
    before = len(list(descriptors.iterdir())) if descriptors.exists() else 0
    bridge = bridge_to("well")
    for _ in range(100):
        assert Told(bridge, "slow").wait().result
        bridge.close(wait_s=5)
    if before:
        waited(lambda: len(list(descriptors.iterdir())) <= before)


HOST_WITH_SIGPIPE = """
import signal, time
from latentedit_plugins.bridge.pipes import Pipes
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as where Python is embedded
pipes = Pipes(["/bin/sh", "-c", "exec 0<&-; sleep 0.5"])
while not pipes.ended:
    pipes.send({"id": 1})
    time.sleep(0.01)
print("alive")
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no signals")
def test_a_program_that_reads_nothing_does_not_kill_a_host_that_embeds_python() -> None:
    plugins = str(Path(timing.__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", HOST_WITH_SIGPIPE], env={**os.environ, "PYTHONPATH": plugins}, capture_output=True, text=True
    )
    assert (run.returncode, run.stdout) == (0, "alive\n"), run.stderr
