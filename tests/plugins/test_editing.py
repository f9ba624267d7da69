"""The faces of an image as a panel shows them, against a bridge that answers when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from latentedit_plugins.bridge import Bridge, Editing, Trouble
from latentedit_plugins.bridge.bridge import Request

FACES = [{"index": index, "box": [0, 0, 9, 9], "quad": [], "outline": None, "projected": False} for index in (0, 1)]
NOTHING_DONE = {"faces": [], "undo": [], "redo": [], "modified": False}


class Wire(Bridge):
    """A bridge without a program: requests are kept, and answered by :meth:`answer`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.hello = {"folder": str(folder)}
        self.alive, self.runs, self.documents = True, 1, 0
        self.sent: list[tuple[Request, dict[str, Any]]] = []

    @property
    def running(self) -> bool:
        return self.alive

    def ask(
        self, method: str, params: Any = None, on_answer: Any = None, on_failure: Any = None, on_event: Any = None
    ) -> Request:
        request = Request(
            self,
            len(self.sent),
            method,
            on_answer or (lambda _: None),
            on_failure or (lambda _: None),
            on_event or (lambda _: None),
        )
        self.sent.append((request, dict(params or {})))
        return request

    def _give_up(self, request: Request) -> None:
        pass

    def waiting(self, method: str) -> list[tuple[Request, dict[str, Any]]]:
        return [(request, params) for request, params in self.sent if request.method == method and request.pending]

    def answer(self, method: str, **result: Any) -> dict[str, Any]:
        """Answer the oldest that waits; returns what it was asked with."""
        request, params = self.waiting(method)[0]
        request._answered(result)
        return params

    def refuse(self, method: str, kind: str = "input") -> None:
        self.waiting(method)[0][0]._failed(Trouble(kind, "No."))

    def die(self) -> None:
        """As when the program is killed: all who wait are told."""
        self.alive = False
        for request, _ in list(self.sent):
            request._failed(Trouble("died", "It was killed."))

    def start_anew(self) -> None:
        self.alive, self.runs = True, self.runs + 1

    def opened(self, editing: Editing, params: dict[str, Any] | None = None, selection: dict[str, Any] | None = None) -> Editing:
        editing.open(params or {"path": "photo.png"}, selection)
        self.documents += 1
        self.answer("open", document=self.documents)
        self.answer("faces", faces=[dict(face) for face in FACES])
        self.answer("edits", **NOTHING_DONE)
        self.see("first")
        return editing

    def learnt(self, editing: Editing) -> Editing:
        editing.learn("fast")
        self.answer("project")
        self.see("learnt")
        return editing

    def see(self, name: str) -> dict[str, Any]:
        return self.answer("render", stale=False, picture={"path": name, "format": "raw"})


def nothing() -> None:
    pass


def editing_on(wire: Wire, on_change: Callable[[], None] = nothing) -> Editing:
    return Editing(wire, on_change)


def test_a_face_is_seen_before_it_is_learnt_and_no_other_in_its_place(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.opened(editing_on(wire))
    assert editing.preview is not None and editing.preview["path"] == "first" and not editing.learnt
    editing.choose(1)
    assert editing.preview is None and wire.see("second")["face"] == 1
    editing.learn("fast")
    editing.choose(0)
    wire.see("first again")
    wire.waiting("project")[0][0]._happened({"step": 1, "steps": 2, "seconds_left": 1.0, "preview": {"path": "half"}})
    assert editing.preview == {"path": "first again", "format": "raw"} and editing.progress == 0.5


def test_what_was_given_up_is_not_shown_any_more(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.opened(editing_on(wire))
    editing.learn("fast")
    wire.waiting("project")[0][0]._happened({"step": 1, "steps": 2, "seconds_left": 1.0, "preview": {"path": "half"}})
    assert editing.preview == {"path": "half"}
    editing.cancel()
    assert editing.preview is None
    wire.see("as it is")
    assert editing.preview == {"path": "as it is", "format": "raw"}


def test_a_number_of_a_program_that_is_gone_is_never_asked_of_the_next(tmp_path: Path) -> None:
    """The first image of a new program has the number that another image had in the old one."""
    wire = Wire(tmp_path)
    first, second = editing_on(wire), editing_on(wire)
    wire.learnt(wire.opened(first))
    wire.learnt(wire.opened(second))
    second.save("kept.ledit", lambda _: None)
    wire.die()
    assert second.trouble is not None and not second.opened
    wire.start_anew()
    wire.documents = 0
    wire.opened(second)
    before = len(wire.sent)
    for do in (
        first.undo,
        first.draw,
        lambda: first.set_amount("smile", 1.0),
        lambda: first.layers("raw", lambda _: None),
        lambda: first.save("a.ledit", lambda _: None),
        first.close_image,
    ):
        first._document, first.face, first.trouble = 1, 0, None
        do()
        assert len(wire.sent) == before, do


def test_an_image_that_nobody_asked_about_hears_of_the_end(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.learnt(wire.opened(editing_on(wire)))
    editing.notice_end()
    assert editing.opened and editing.trouble is None
    wire.die()
    editing.notice_end()
    assert not editing.opened and editing.faces == [] and editing.preview is None
    assert editing.trouble is not None and "again" in editing.trouble.hint


def test_work_that_the_bridge_has_dropped_does_not_go_on_for_ever(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.opened(editing_on(wire))
    editing.learn("fast")
    for request, _ in wire.sent:
        request.pending = False  # as Bridge.close does
    editing.notice_end()
    assert editing.doing == "" and editing.trouble is not None


def test_a_mix_is_seen_when_it_is_done(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.learnt(wire.opened(editing_on(wire)))
    editing.mix("seed:7", "all", 1.0)
    wire.see("without it")  # quick requests overtake it
    wire.answer("mix", names=["seed:7"])
    wire.see("mixed")
    assert editing.preview == {"path": "mixed", "format": "raw"}


def test_a_save_that_fails_leaves_the_learning_alone(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.opened(editing_on(wire))
    editing.learn("fast")
    editing.save("nowhere.ledit", lambda _: None)
    wire.refuse("save", "missing")
    assert editing.doing == "learning" and editing.trouble is not None
    editing.save("here.ledit", lambda _: None)
    wire.answer("save", path="here.ledit")
    assert editing.trouble is None and editing.doing == "learning"


def test_a_refused_edit_keeps_the_face(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.learnt(wire.opened(editing_on(wire)))
    editing.mix("seed:7", "0-99", 1.0)
    wire.refuse("mix", "usage")
    assert editing.trouble is not None and editing.learnt and editing.opened


def test_a_slider_that_is_let_go_where_it_was_is_no_edit(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    editing = wire.learnt(wire.opened(editing_on(wire)))
    editing.set_amount("smile", 0.0, False)
    assert wire.waiting("set") == []
    editing.set_amount("smile", 1.0, True)
    editing.set_amount("smile", 1.0, False)
    assert [params["seal"] for _, params in wire.waiting("set")] == [False, True]


def test_files_of_an_image_are_removed_when_they_are_not_needed(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    photo, mask, own = tmp_path / "in-1.raw", tmp_path / "in-1-mask.raw", tmp_path / "elsewhere" / "photo.png"
    own.parent.mkdir()
    for path in (photo, mask, own):
        path.touch()
    editing = wire.opened(editing_on(wire), {"pixels": {"path": str(photo)}}, {"mask": str(mask)})
    assert not photo.exists() and mask.exists()  # the selection is needed again for the layers
    editing.close_image()
    assert not mask.exists()
    wire.opened(editing, {"path": str(own)})
    assert own.exists()
