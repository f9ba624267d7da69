"""A program that is told by the test what it answers, and when: in place of the process, so that the order of things is certain."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from latentedit_plugins.bridge import Bridge, Editing
from latentedit_plugins.bridge import bridge as module

FACE = {"index": 0, "box": [0, 0, 8, 8], "quad": [], "outline": None, "projected": False}
SECOND_FACE = {**FACE, "index": 1}


class ToldPipes:
    """What :class:`Pipes` is to the bridge, without a process."""

    last_words, garbage = "", 0

    def __init__(self, command: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
        self.sent: list[dict[str, Any]] = []
        self.unheard: list[dict[str, Any]] = []
        self.exit_status: int | None = None
        self.last_heard = time.monotonic()
        self.folder = ""

    @property
    def ended(self) -> bool:
        return self.exit_status is not None

    def send(self, message: Mapping[str, Any]) -> None:
        self.sent.append(dict(message))
        if message["method"] == "hello":
            self.unheard.append({"id": message["id"], "result": {"protocol": module.PROTOCOL}})

    def received(self) -> list[dict[str, Any]]:
        heard, self.unheard = self.unheard, []
        return heard

    def close(self) -> None:
        self.exit_status = 0

    def kill(self) -> None:
        self.exit_status = -9

    def join(self, timeout_s: float) -> bool:
        return True


class Program:
    """The newest of the told processes, and all their bridge."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        self.made: list[ToldPipes] = []
        self.documents = 0

        def start(command: Sequence[str], environ: Mapping[str, str] | None = None) -> ToldPipes:
            self.made.append(ToldPipes(command, environ))
            self.documents = 0
            return self.made[-1]

        monkeypatch.setattr(module, "Pipes", start)
        program = tmp_path / "program"
        program.touch(0o755)
        self.bridge = Bridge(str(program))

    @property
    def pipes(self) -> ToldPipes:
        return self.made[-1]

    def waiting(self, method: str) -> list[dict[str, Any]]:
        """Requests of a method that were not answered yet, the oldest first."""
        self.bridge.poll()
        return [sent for sent in self.pipes.sent if sent["method"] == method and sent["id"] in self.bridge._requests]

    def answer(self, method: str, **result: Any) -> dict[str, Any]:
        """Answer the oldest request of a method; returns its parameters."""
        (request, *_) = self.waiting(method)
        self.pipes.unheard.append({"id": request["id"], "result": result})
        self.bridge.poll()
        params: dict[str, Any] = request["params"]
        return params

    def refuse(self, method: str, kind: str = "input", message: str = "No.") -> None:
        """Refuse the oldest request of a method."""
        (request, *_) = self.waiting(method)
        self.pipes.unheard.append({"id": request["id"], "error": {"kind": kind, "message": message, "hint": "Other."}})
        self.bridge.poll()

    def happen(self, method: str, **event: Any) -> None:
        """An event of the oldest request of a method."""
        (request, *_) = self.waiting(method)
        self.pipes.unheard.append({"id": request["id"], "event": "progress", **event})
        self.bridge.poll()

    def die(self) -> None:
        """End as if killed, and have it noticed."""
        self.pipes.exit_status = -9
        self.bridge.poll()

    def tell_state(self, names: Sequence[str] = ()) -> None:
        """Answer what the edits are."""
        faces = [{"index": 0, "names": list(names), "state": {}}]
        self.answer("edits", faces=faces, undo=list(names), redo=[], modified=bool(names))

    def opened(self, editing: Editing, faces: Sequence[dict[str, Any]] = (FACE,), **more: Any) -> Editing:
        """Answer all that opens an image."""
        editing.open({"path": "photo.png"}, **more)
        self.documents += 1
        self.answer("open", document=self.documents)
        self.answer("faces", faces=list(faces))
        self.tell_state()
        if self.waiting("render"):
            self.answer("render", stale=True)
        return editing

    def learnt(self, editing: Editing) -> Editing:
        """Answer that the face is learnt, without a picture."""
        editing.learn()
        self.answer("project", face=editing.face)
        self.answer("render", stale=True)
        return editing
