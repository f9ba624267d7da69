"""``latentedit serve``: sessions for programs that have neither torch nor this package."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated, Any

import typer

from latentedit.cli.options import DeviceOption


def serve_command(
    device: DeviceOption = "auto",
    ssh: Annotated[
        str | None, typer.Option("--ssh", metavar="HOST", help="Work on another machine, through your own ssh.")
    ] = None,
    remote_program: Annotated[
        str, typer.Option("--remote-program", metavar="PROGRAM", help="The latentedit of that machine.")
    ] = "latentedit",
) -> None:
    """Answer requests, one JSON object a line, until stdin ends. For plug-ins; see docs/serve.md."""
    from latentedit.serve.streams import take_stdout

    stdout = take_stdout()  # before anything is imported that might print
    _end_as_asked()
    if ssh is not None:
        from latentedit.serve.remote import relay

        relay(ssh, remote_program, device, sys.stdin.buffer, stdout)
        return
    _serve(device, stdout)


def _serve(device: str, stdout: Any) -> None:
    from latentedit import __version__
    from latentedit.assets import AssetStore
    from latentedit.engine import Engine
    from latentedit.generators import resolve_device
    from latentedit.serve.desk import Desk
    from latentedit.serve.methods import METHODS
    from latentedit.serve.parent import end_with_parent
    from latentedit.serve.private_folder import PrivateFolder
    from latentedit.serve.protocol import PROTOCOL
    from latentedit.serve.server import Server
    from latentedit.serve.streams import Writer, lines
    from latentedit.side_process import SideProcess

    chosen = str(resolve_device(device))
    store, side, folder = AssetStore.default(offline=True), SideProcess(), PrivateFolder()
    about = {"protocol": PROTOCOL, "version": __version__, "pid": os.getpid(), "device": chosen, "folder": str(folder.path)}
    try:
        end_with_parent()
        desk = Desk(folder, Engine(chosen, store=store, call=side.call), store, side)
        Server(desk, METHODS, Writer(stdout), about).run(lines(sys.stdin.buffer))
    finally:
        side.close()
        folder.close()


def _end_as_asked() -> None:
    """SIGTERM ends as the end of stdin does: files are removed."""

    def leave(*_: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the host's terminal is meant for the host
