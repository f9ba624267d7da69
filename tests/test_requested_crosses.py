from __future__ import annotations

from pathlib import Path

import pytest
from toy_sessions import toy_session, write_photo

from latentedit.edits import DirectionEdit, EditMask, FaceEdits, MixEdit
from latentedit.engine import Engine
from latentedit.requested_crosses import MAX_WEIGHT, Parent, apply_crosses, cross_command, weights_of
from latentedit.session import Session

PARENTS = ("seed:1", "seed:2", "seed:3")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return toy_session(write_photo(tmp_path / "photo.png"), Engine())


@pytest.mark.parametrize("weights", [(0.5, 2.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0)])
def test_the_weights_of_a_cross_are_read_from_its_edits(session: Session, weights: tuple[float, ...]) -> None:
    wanted = dict(zip(PARENTS, weights, strict=True))
    session.do(cross_command(0, session.state.face(0), wanted))
    assert weights_of(session.state.face(0), PARENTS) == pytest.approx(wanted)
    apply_crosses(session, [1], [Parent(source, weight) for source, weight in wanted.items()])
    assert session.state.face(1) == session.state.face(0)


def test_crosses_of_one_key_are_one_undo(session: Session) -> None:
    for weight in (0.2, 0.4):
        session.do(cross_command(0, session.state.face(0), {"seed:1": weight}, merge_key="cross"))
    assert weights_of(session.state.face(0), ["seed:1"])["seed:1"] == pytest.approx(0.4)
    assert session.undo().face(0) == FaceEdits()


@pytest.mark.parametrize(
    ("edit", "weight"),
    [
        (MixEdit("seed:1", 1.0), MAX_WEIGHT),
        (MixEdit("seed:1", -1.0), 0.0),
        (MixEdit("seed:1", 0.5, enabled=False), 0.0),
        (MixEdit("seed:1", 0.5, layers=(0, 1)), 0.0),
        (MixEdit("seed:1", 0.5, mask=EditMask("hair")), 0.0),
        (DirectionEdit("seed:1", 0.5), 0.0),
    ],
)
def test_what_else_may_stand_there_has_a_weight_too(edit: MixEdit | DirectionEdit, weight: float) -> None:
    assert weights_of(FaceEdits((edit,)), ["seed:1"]) == pytest.approx({"seed:1": weight})
