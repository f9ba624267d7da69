from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.edits import (
    Command,
    Compositing,
    DirectionEdit,
    EditKey,
    EditMask,
    EditState,
    FaceEdits,
    History,
    MoveEdit,
    PutEdit,
    RemoveEdit,
    ResetFace,
    SetAmount,
    SetCompositing,
    SetEnabled,
    SetNoiseMode,
    SetTruncation,
    Together,
)
from latentedit.errors import UsageError

from .strategies import AMOUNTS, FACES, states_and_fitting_commands

SMILE = EditKey("direction", "smile", None)
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
    assert RemoveEdit(1, EditKey("direction", "yaw", (0,))).apply(added) == SMILE_AND_AGE


@pytest.mark.parametrize(("position", "expected"), [(0, "cab"), (1, "acb"), (2, "abc"), (-3, "cab"), (9, "abc")])
def test_an_edit_moves_to_its_position(position: int, expected: str) -> None:
    state = EditState((FaceEdits(tuple(DirectionEdit(name, 1.0) for name in "abc")),))
    moved = MoveEdit(0, EditKey("direction", "c", None), position).apply(state)
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
        RemoveEdit(0, EditKey("direction", "yaw", None)),
        SetEnabled(0, EditKey("direction", "smile", (1,)), False),
        MoveEdit(1, SMILE, 0),
        ResetFace(2),
    ],
)
def test_a_command_for_something_that_is_not_there_is_refused(command: Command) -> None:
    with pytest.raises(UsageError) as caught:
        command.apply(SMILE_AND_AGE)
    assert caught.value.hint


def test_one_direction_stands_several_times_by_its_instances() -> None:
    second = SetAmount(0, "smile", -3.0, instance=1)
    twice = second.apply(SMILE_AND_AGE)
    assert [(e.key, e.amount) for e in twice.faces[0].edits if e.label == "smile"] == [(SMILE, 1.0), ((*SMILE[:3], 1), -3.0)]
    assert second.merge_key != SetAmount(0, "smile", -3.0).merge_key
    assert RemoveEdit(0, SMILE._replace(instance=1)).apply(twice) == SMILE_AND_AGE
    assert twice.faces[0].free_instance(SMILE) == 2
    assert RemoveEdit(0, SMILE).apply(twice).faces[0].free_instance(SMILE) == 0


def test_a_whole_edit_is_put_in_its_place_or_on_top() -> None:
    masked = DirectionEdit("smile", 2.0, enabled=False, mask=EditMask("mouth"))
    assert PutEdit(0, masked).apply(SMILE_AND_AGE).faces[0].edits == (masked, SMILE_AND_AGE.faces[0].edits[1])
    other = replace(masked, instance=1)
    assert PutEdit(0, other).apply(SMILE_AND_AGE).faces[0].edits == (*SMILE_AND_AGE.faces[0].edits, other)
    assert PutEdit(0, masked).label == "smile +2 on mouth"


def test_a_new_amount_takes_a_mask_and_one_that_is_there_keeps_its_own() -> None:
    mouth, hair = EditMask("mouth"), EditMask("hair")
    state = EditState((FaceEdits(),))
    for amount, mask in ((1.0, mouth), (2.0, hair), (3.0, None)):
        state = SetAmount(0, "smile", amount, mask=mask).apply(state)
        assert state.faces[0].edits == (DirectionEdit("smile", amount, mask=mouth),)
    dragged = History(EditState((FaceEdits(),)))
    for amount in (0.1, 0.2):
        dragged = dragged.do(SetAmount(0, "smile", amount, mask=mouth))
    assert dragged.undo().present == EditState((FaceEdits(),)), "the mask parts no undo"


@pytest.mark.parametrize(("key", "undone"), [("blend", ()), (None, (DirectionEdit("yaw", 1.0),))])
def test_commands_together_merge_by_their_key(key: str | None, undone: tuple[DirectionEdit, ...]) -> None:
    history = History(EditState((FaceEdits(),)))
    for amount in (1.0, 2.0):
        history = history.do(Together("Both", (SetAmount(0, "yaw", amount),), key))
    assert history.undo().present.faces[0].edits == undone


def test_commands_together_are_all_of_them_or_none() -> None:
    both = Together("Both", (RemoveEdit(0, SMILE), SetAmount(1, "yaw", 1.0)))
    assert both.apply(SMILE_AND_AGE) == SetAmount(1, "yaw", 1.0).apply(RemoveEdit(0, SMILE).apply(SMILE_AND_AGE))
    assert History(SMILE_AND_AGE).do(both).undo().present == SMILE_AND_AGE
    with pytest.raises(UsageError):
        History(SMILE_AND_AGE).do(Together("Twice", (RemoveEdit(0, SMILE), RemoveEdit(0, SMILE))))
