from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine, toy_session, write_photo

from latentedit.edits import SetAmount, SetMix
from latentedit.errors import UsageError
from latentedit.session import Session
from latentedit_gui.document import Document


def test_opening_tells_and_means_the_first_face_that_can_be_edited(qtbot: QtBot, document: Document, session: Session) -> None:
    with qtbot.waitSignals([document.opened, document.selected, document.modified_changed]):
        document.open(session)
    assert document.face == 0 and document.editable and document.edits is not None
    document.open(None)
    assert document.face == -1 and not document.editable and document.edits is None and document.title == ""


def test_a_photograph_that_was_only_looked_at_need_not_be_saved(document: Document, tmp_path: Path) -> None:
    session = toy_session(write_photo(tmp_path / "a.png"), toy_engine(), projected=False)
    document.open(session)
    assert session.modified and not document.modified and document.face == -1
    document.select(1)
    assert document.face == 1 and not document.editable


def test_commands_undo_and_redo_are_told(opened: Document) -> None:
    told: list[Any] = []
    opened.state_changed.connect(lambda now, before: told.append((now.face(0).edits, before.face(0).edits)))
    assert opened.do(SetAmount(0, "smile", 1.0))
    assert opened.undo() and opened.redo()
    edits = opened.edits
    assert edits is not None and edits.edits == told[0][0]
    assert [len(now) for now, _ in told] == [1, 0, 1]
    assert [len(before) for _, before in told] == [0, 1, 0]


def test_what_cannot_be_done_is_refused_and_changes_nothing(qtbot: QtBot, opened: Document) -> None:
    before = opened.edits
    with qtbot.waitSignal(opened.refused) as told:
        assert not opened.do(SetAmount(7, "smile", 1.0))
    assert isinstance(told.args[0], UsageError) and opened.edits == before


def test_a_closed_session_is_heard_no_more(opened: Document, session: Session) -> None:
    told: list[object] = []
    opened.state_changed.connect(lambda *states: told.append(states))
    opened.open(None)
    session.do(SetMix(0, "seed:1"))
    assert not told


def test_a_released_slider_ends_its_undo(opened: Document, session: Session) -> None:
    for amount in (0.5, 1.0):
        opened.do(SetAmount(0, "smile", amount))
    opened.seal()
    opened.do(SetAmount(0, "smile", 2.0))
    assert [entry.label for entry in session.history.past] == ["smile +1", "smile +2"]


def test_saving_leaves_nothing_to_save(opened: Document, session: Session, tmp_path: Path) -> None:
    opened.do(SetMix(0, "seed:1"))
    assert opened.modified
    session.save(tmp_path / "a.ledit")
    assert not opened.modified and opened.title == "a.ledit"


@pytest.mark.parametrize("face", [-1, 2, 100])
def test_what_is_no_face_is_none(opened: Document, face: int) -> None:
    opened.select(face)
    assert opened.face == -1 and opened.known_face is None
