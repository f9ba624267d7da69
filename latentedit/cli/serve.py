"""``latentedit serve``: the engine for a host program, by lines of JSON."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

import typer

from latentedit.cli.options import DeviceOption
from latentedit.defaults import DEFAULT_GENERATOR


def serve_command(
    device: DeviceOption = "auto",
    generator: Annotated[
        str, typer.Option("--generator", help="What new photographs are drawn with, by name or file.")
    ] = DEFAULT_GENERATOR,
    ssh: Annotated[
        str | None, typer.Option("--ssh", metavar="HOST", help="Work on another machine, through your own ssh.")
    ] = None,
    command: Annotated[str, typer.Option("--command", help="With --ssh: the program there.")] = "latentedit",
    carry_files: Annotated[bool, typer.Option("--carry-files", hidden=True)] = False,
) -> int:
    """Serve a host program: requests on standard input, answers on standard output, one JSON object a line (docs/serve.md)."""
    requests, answers = _own_streams()
    if ssh is not None:
        there = f"{command} serve --carry-files --device {shlex.quote(device)} --generator {shlex.quote(generator)}"
        _relay(["ssh", "-T", "--", ssh, there], requests, answers)
        return 0
    from latentedit.assets import AssetStore
    from latentedit.engine import Engine
    from latentedit.generators import resolve_device
    from latentedit.serve.parent import parent_watch
    from latentedit.serve.private_folder import PrivateFolder
    from latentedit.serve.server import Server

    orphaned = parent_watch()
    # Nothing is fetched but what a person has agreed to, by the method of that name.
    engine = Engine(str(resolve_device(device)), store=AssetStore.default(offline=True))
    folder = PrivateFolder()
    try:
        server = Server(engine, generator, folder, lambda count: os.read(requests, count), answers, carries_files=carry_files)
        _end_by_signals(server.end)
        stopped = server.run(orphaned)
    finally:
        folder.remove()
    if not stopped:
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(0)  # a step that does not end would hold the process up
    return 0


def _relay(command: list[str], requests: int, answers: int) -> None:
    from latentedit.serve.parent import parent_watch
    from latentedit.serve.private_folder import PrivateFolder
    from latentedit.serve.relay import Relay

    orphaned = parent_watch()
    folder = PrivateFolder()
    try:
        relay = Relay(command, folder, lambda count: os.read(requests, count), answers)
        _end_by_signals(relay.end)
        relay.run(orphaned)
    finally:
        folder.remove()


def _end_by_signals(end: Callable[[], None]) -> None:
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: end())


def _own_streams() -> tuple[int, int]:
    """Descriptors of standard input and output for the protocol alone: what libraries print goes to standard error from now on, and what
    they start reads nothing."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return requests, answers
