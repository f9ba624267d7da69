"""Several changes as one undo."""

from __future__ import annotations

import pytest

from latentedit.edits import EditState, History, SetAmount
from latentedit.session_history import EventedHistory


@pytest.fixture
def edits() -> EventedHistory:
    history = EventedHistory()
    history._history = History(EditState.for_faces(1))
    return history


def labels(edits: EventedHistory) -> list[str]:
    return [entry.label for entry in edits.history.past]


def test_a_block_is_one_undo_and_blocks_of_a_key_are_one_together(edits: EventedHistory) -> None:
    for amount in (1.0, 2.0):
        with edits.as_one("slider"):
            edits.do(SetAmount(0, "smile", amount))
            edits.do(SetAmount(0, "age", amount))
    assert labels(edits) == ["age +2"]
    edits.seal()
    with edits.as_one("slider"):
        edits.do(SetAmount(0, "age", 3.0))
    assert labels(edits) == ["age +2", "age +3"]
    edits.step(-2)
    assert edits.state == EditState.for_faces(1)


def test_a_block_that_fails_or_changes_nothing_leaves_no_trace(edits: EventedHistory) -> None:
    edits.do(SetAmount(0, "smile", 1.0))
    before = edits.history
    with pytest.raises(ValueError, match="midway"), edits.as_one():
        edits.do(SetAmount(0, "smile", 2.0))
        raise ValueError("midway")
    assert edits.history == before
    with edits.as_one():
        edits.do(SetAmount(0, "age", 2.0))
        edits.undo()
        edits.do(SetAmount(0, "smile", 2.0))
        edits.seal()
        edits.do(SetAmount(0, "smile", 1.0))
    assert edits.history == before
