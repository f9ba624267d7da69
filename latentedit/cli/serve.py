"""``latentedit serve``: the engine for a host program, by lines of JSON."""

from __future__ import annotations

import os
import signal
import sys
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
) -> int:
    """Serve a host program: requests on standard input, answers on standard output, one JSON object a line (docs/serve.md)."""
    requests, answers = _own_streams()
    from latentedit.engine import Engine
    from latentedit.generators import resolve_device
    from latentedit.serve.parent import parent_watch
    from latentedit.serve.private_folder import PrivateFolder
    from latentedit.serve.server import Server

    orphaned = parent_watch()
    engine = Engine(str(resolve_device(device)))
    folder = PrivateFolder()
    try:
        server = Server(engine, generator, folder, lambda count: os.read(requests, count), answers)
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: server.end())
        stopped = server.run(orphaned)
    finally:
        folder.remove()
    if not stopped:
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(0)  # a step that does not end would hold the process up
    return 0


def _own_streams() -> tuple[int, int]:
    """Descriptors of standard input and output for the protocol alone: what libraries print goes to standard error from now on, and what
    they start reads nothing."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return requests, answers
