"""From a slider in a host program to the face's picture: what the protocol of ``latentedit serve`` costs over the engine itself.

    python benchmarks/serve.py [--json] [--side 2400]

Ours is a request ``set`` and one for a preview, both sent at once, until the preview's raw file is read; the peer is the same change and
preview in this process. Both have the project of benchmarks/editing.py, a photograph of 24 megapixels; every run sets another amount.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editing import DIRECTION, session_with_a_face
from measuring import arguments, compare, tell

from latentedit.edits import SetAmount
from latentedit.engine import Engine
from latentedit.serve.protocol import PROTOCOL
from latentedit.session import Session

BAR = 1.3
SIDE_PX = 256
REPEATS = 25
COMMAND = [sys.executable, "-c", "from latentedit.cli.app import main; main()", "serve"]

Ask = Callable[[str, dict[str, Any]], dict[str, Any]]


def client(process: subprocess.Popen[bytes]) -> Ask:
    """A function that sends a request to a server and returns its result."""
    numbers = itertools.count(1)
    assert process.stdin is not None and process.stdout is not None
    requests, answers = process.stdin, process.stdout
    answers.readline()

    def ask(method: str, params: dict[str, Any]) -> dict[str, Any]:
        number = next(numbers)
        requests.write(json.dumps({"id": number, "method": method, "params": params}).encode() + b"\n")
        requests.flush()
        while (message := json.loads(answers.readline())).get("id") != number or "event" in message:
            pass
        if "error" in message:
            raise SystemExit(f"{method}: {message['error']['message']}")
        result: dict[str, Any] = message["result"]
        return result

    ask("hello", {"protocol": PROTOCOL})
    return ask


def through_server(ask: Ask, document: int, amounts: itertools.count[float]) -> Callable[[], bytes]:
    """Sets the next amount and returns the preview's bytes."""

    def run() -> bytes:
        edit = {"name": DIRECTION, "amount": next(amounts)}
        ask("set", {"document": document, "edits": [edit], "seal": False})
        drawn = ask("render", {"document": document, "quality": "preview", "side": SIDE_PX, "format": "raw"})
        path = Path(drawn["picture"]["path"])
        data = path.read_bytes()
        path.unlink()
        return data

    return run


def in_this_process(session: Session, amounts: itertools.count[float]) -> Callable[[], bytes]:
    """The same by the engine itself."""

    def run() -> bytes:
        session.do(SetAmount(0, DIRECTION, next(amounts)))
        return session.scene.preview(0, SIDE_PX).tobytes()

    return run


def main() -> None:
    """Measure, and tell."""
    parser = arguments(__doc__)
    parser.add_argument("--side", type=int, default=2400, help="pixels of the face's square")
    options = parser.parse_args()
    engine = Engine(options.device)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "face.ledit"
        session_with_a_face(engine.generator(), options.device, options.side).save(path)
        command = [*COMMAND, "--device", options.device]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            ask = client(process)
            document = ask("open", {"path": str(path)})["document"]
            # Steps small enough that each side keeps the mask of its last look, as a slider that moves does.
            ours = through_server(ask, document, itertools.count(0.5, 0.01))
            theirs = in_this_process(Session.open(path, engine=engine), itertools.count(0.5, 0.01))
            if ours() != theirs():
                raise SystemExit("The server's preview is another than the engine's.")
            row = compare("set and preview", ours, "the engine in process", theirs, repeats=REPEATS, note=f"bar: {BAR}")
            ask("shutdown", {})
    tell("serve", [row], device=options.device, packages=(), as_json=options.json)


if __name__ == "__main__":
    main()
