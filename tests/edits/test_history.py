import hypothesis.strategies as st
from hypothesis import given

from latentedit.edits import (
    Command,
    Compositing,
    EditState,
    History,
    ResetFace,
    SetAmount,
    SetCompositing,
    SetTruncation,
)
from latentedit.edits.history import MAX_ENTRIES

from .strategies import COMMANDS, fits, states_and_fitting_commands

START = History(EditState.for_faces(2))


def done(history: History, *commands: Command) -> History:
    for command in commands:
        history = history.do(command)
    return history


@given(states_and_fitting_commands())
def test_undo_takes_back_what_was_done_and_redo_does_it_again(given_both: tuple[EditState, Command]) -> None:
    state, command = given_both
    before = History(state)
    after = before.do(command)
    assert after.present == command.apply(state)
    if after.present != state:
        assert after.undo().present == state
        assert after.undo().redo() == after
    else:
        assert after == before


@given(st.lists(COMMANDS | st.sampled_from(["undo", "redo", "seal"]), max_size=30))
def test_any_walk_can_be_undone_to_the_start_and_redone_to_the_end(steps: list[Command | str]) -> None:
    history = History(EditState.for_faces(3))
    for step in steps:
        if isinstance(step, str):
            history = getattr(history, step)()
        elif fits(step, history.present):
            history = history.do(step)
    end = history
    while history.can_redo:
        history = history.redo()
    last = history.present
    undone = 0
    while history.can_undo:
        history = history.undo()
        undone += 1
    assert history.present == EditState.for_faces(3)
    for _ in range(undone):
        history = history.redo()
    assert history.present == last
    assert not history.can_redo
    assert undone == len(end.past) + len(end.future)


def test_a_drag_is_one_undo() -> None:
    dragged = done(START, *(SetAmount(0, "smile", step / 10) for step in range(1, 20)))
    assert len(dragged.past) == 1
    assert dragged.past[0].label == "smile +1.9"
    assert dragged.undo().present == START.present
    assert dragged.undo().redo().present.faces[0].edits[0].amount == 1.9


def test_a_released_slider_starts_another_undo() -> None:
    twice = done(done(START, SetAmount(0, "smile", 1)).seal(), SetAmount(0, "smile", 2))
    assert twice.undo().present.faces[0].edits[0].amount == 1


def test_other_sliders_faces_and_layers_do_not_merge() -> None:
    commands: list[Command] = [
        SetAmount(0, "smile", 1),
        SetAmount(0, "age", 1),
        SetAmount(1, "age", 1),
        SetAmount(1, "age", 1, (0,)),
        SetTruncation(1, 0.5),
        SetCompositing(1, Compositing("replace")),
        SetCompositing(1, Compositing("residual", 0.3)),
        ResetFace(1),
    ]
    assert len(done(START, *commands).past) == len(commands)


def test_an_undo_ends_the_drag() -> None:
    history = done(START, SetAmount(0, "smile", 1), SetAmount(0, "age", 1)).undo()
    again = history.do(SetAmount(0, "smile", 2))
    assert again.undo().present.faces[0].edits[0].amount == 1


def test_a_drag_back_to_the_start_leaves_nothing_to_undo() -> None:
    one = done(START, SetAmount(0, "age", 1), SetAmount(0, "smile", 1)).seal()
    back = done(one, SetAmount(0, "smile", 3), SetAmount(0, "smile", 1))
    assert back.present == one.present
    assert back.past == one.past
    assert done(back, SetAmount(0, "smile", 5)).undo().present == one.present


def test_doing_something_new_forgets_what_was_undone() -> None:
    history = done(START, SetAmount(0, "smile", 1)).undo().do(SetAmount(0, "age", 1))
    assert not history.can_redo
    assert history.redo() == history


def test_the_ends_of_the_history_stay_where_they_are() -> None:
    assert START.undo() == START
    assert START.redo() == START


def test_the_oldest_undo_is_dropped_when_there_are_too_many() -> None:
    history = done(START, *(SetAmount(0, f"edit {index}", 1) for index in range(MAX_ENTRIES + 5)))
    assert len(history.past) == MAX_ENTRIES
    while history.can_undo:
        history = history.undo()
    assert len(history.present.faces[0].edits) == 5


@given(st.lists(COMMANDS, max_size=12), st.integers(-15, 15), st.integers(-15, 15))
def test_many_steps_at_once_are_the_same_as_one_by_one(commands: list[Command], first: int, second: int) -> None:
    history = History(EditState.for_faces(3))
    for command in commands:
        if fits(command, history.present):
            history = history.do(command).seal()
    for count in (first, second):
        walked = history
        for _ in range(abs(count)):
            walked = walked.undo() if count < 0 else walked.redo()
        history = history.step(count)
        assert history == walked
