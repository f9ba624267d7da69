"""What of a session is not saved yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from toy_sessions import toy_engine, toy_session, write_photo

from latentedit.edits import SetAmount
from latentedit.engine import Engine
from latentedit.errors import UsageError
from latentedit.session import Session


@pytest.fixture
def engine() -> Engine:
    return toy_engine()


@pytest.fixture
def projected(tmp_path: Path, engine: Engine) -> Session:
    """A photograph with two projected faces."""
    return toy_session(write_photo(tmp_path / "photo.png"), engine)


def test_what_was_not_saved_is_known(projected: Session, tmp_path: Path) -> None:
    assert projected.modified
    with pytest.raises(UsageError, match="no file yet"):
        projected.save()
    heard: list[Path] = []
    projected.saved.connect(heard.append)
    path = projected.save(tmp_path / "a.ledit")
    assert heard == [path]
    assert not projected.modified
    projected.do(SetAmount(0, "smile", 1.0))
    assert projected.modified
    projected.undo()
    assert not projected.modified, "undone back to what was saved"
    projected.redo()
    assert projected.modified
    projected.undo()
    assert projected.save() == path
    assert not projected.modified
    list(projected.project(0, steps=2))
    assert projected.modified


def test_a_save_in_the_middle_of_the_history_is_where_nothing_is_to_be_saved(projected: Session, tmp_path: Path) -> None:
    for amount in (1.0, 2.0, 3.0):
        projected.do(SetAmount(0, "smile", amount))
        projected.seal()
    projected.undo()
    projected.save(tmp_path / "a.ledit")
    found = []
    for step in (1, -1, -1, -1, 1, 1):
        projected.step(step)
        found.append(projected.modified)
    assert found == [True, False, True, True, True, False]


def test_what_is_set_after_a_save_is_an_undo_of_its_own(projected: Session, tmp_path: Path) -> None:
    projected.do(SetAmount(0, "smile", 1.0))
    projected.save(tmp_path / "a.ledit")
    projected.do(SetAmount(0, "smile", 2.0))
    projected.undo()
    assert not projected.modified and len(projected.history.past) == 1


def test_what_was_recovered_is_to_be_saved_whatever_is_undone(projected: Session, tmp_path: Path, engine: Engine) -> None:
    projected.do(SetAmount(0, "smile", 1.0))
    path = tmp_path / "a.ledit"
    recovered = Session.recovered(projected.to_project(), path, engine=engine)
    assert recovered.modified
    recovered.undo()
    assert recovered.modified
    recovered.save()
    assert not recovered.modified
