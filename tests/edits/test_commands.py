import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.edits import (
    Command,
    Compositing,
    DirectionEdit,
    EditState,
    FaceEdits,
    MoveEdit,
    RemoveEdit,
    ResetFace,
    SetAmount,
    SetCompositing,
    SetEnabled,
    SetNoiseMode,
    SetTruncation,
)
from latentedit.errors import UsageError

from .strategies import AMOUNTS, FACES, states_and_fitting_commands

SMILE = ("direction", "smile", None)
SMILE_AND_AGE = EditState((FaceEdits((DirectionEdit("smile", 1.0), DirectionEdit("age", -2.0))), FaceEdits()))


@given(states_and_fitting_commands())
def test_commands_give_whole_states_and_touch_one_face(given_both: tuple[EditState, Command]) -> None:
    state, command = given_both
    hash(command), hash(command.merge_key)
    assert command.label
    result = command.apply(state)
    assert len(result.faces) == len(state.faces)
    assert sum(before != after for before, after in zip(state.faces, result.faces, strict=True)) <= 1
    assert command.apply(state) == result


@given(FACES, AMOUNTS)
def test_an_amount_lands_on_the_edit_and_on_nothing_else(edits: FaceEdits, amount: float) -> None:
    state = EditState((edits,))
    face = SetAmount(0, "a name of its own", amount, (4, 2)).apply(state).faces[0]
    assert face.edits == (*state.faces[0].edits, DirectionEdit("a name of its own", amount, (2, 4)))


def test_an_amount_that_is_set_again_replaces_the_first() -> None:
    once = SetAmount(0, "smile", 2.0).apply(SMILE_AND_AGE)
    assert [(e.name, e.amount) for e in once.faces[0].edits] == [("smile", 2.0), ("age", -2.0)]
    other_layers = SetAmount(0, "smile", 3.0, (0, 1)).apply(once)
    assert [e.amount for e in other_layers.faces[0].edits] == [2.0, -2.0, 3.0]


def test_a_hidden_edit_stays_hidden_while_its_amount_changes() -> None:
    hidden = SetEnabled(0, SMILE, False).apply(SMILE_AND_AGE)
    assert not SetAmount(0, "smile", 3.0).apply(hidden).faces[0].edits[0].enabled
    assert SetEnabled(0, SMILE, True).apply(hidden) == SMILE_AND_AGE


@given(st.permutations(["smile", "age", "gender"]), st.floats(-5, 5))
def test_the_order_of_independent_amounts_does_not_matter_for_what_is_set(names: list[str], amount: float) -> None:
    state = EditState.for_faces(1)
    for name in names:
        state = SetAmount(0, name, amount).apply(state)
    assert {(e.name, e.amount) for e in state.faces[0].edits} == {(n, amount) for n in ("smile", "age", "gender")}


def test_setting_then_removing_gives_the_state_before() -> None:
    added = SetAmount(1, "yaw", 1.0, (0,)).apply(SMILE_AND_AGE)
    assert RemoveEdit(1, ("direction", "yaw", (0,))).apply(added) == SMILE_AND_AGE


@pytest.mark.parametrize(("position", "expected"), [(0, "cab"), (1, "acb"), (2, "abc"), (-3, "cab"), (9, "abc")])
def test_an_edit_moves_to_its_position(position: int, expected: str) -> None:
    state = EditState((FaceEdits(tuple(DirectionEdit(name, 1.0) for name in "abc")),))
    moved = MoveEdit(0, ("direction", "c", None), position).apply(state)
    assert "".join(edit.name for edit in moved.faces[0].edits) == expected


def test_settings_of_a_face() -> None:
    state = SetCompositing(1, Compositing("replace", 0.2)).apply(SMILE_AND_AGE)
    state = SetTruncation(1, 0.7).apply(state)
    state = SetNoiseMode(1, "none").apply(state)
    assert state.faces[1] == FaceEdits((), Compositing("replace", 0.2), 0.7, "none")
    assert ResetFace(1).apply(state) == SMILE_AND_AGE


@pytest.mark.parametrize(
    "command",
    [
        RemoveEdit(0, ("direction", "yaw", None)),
        SetEnabled(0, ("direction", "smile", (1,)), False),
        MoveEdit(1, SMILE, 0),
        ResetFace(2),
    ],
)
def test_a_command_for_something_that_is_not_there_is_refused(command: Command) -> None:
    with pytest.raises(UsageError) as caught:
        command.apply(SMILE_AND_AGE)
    assert caught.value.hint
