import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.checked_json import parse_json
from latentedit.edits import (
    Compositing,
    DirectionEdit,
    DragEdit,
    EditMask,
    EditState,
    FaceEdits,
    History,
    HistoryEntry,
    MixEdit,
    SetAmount,
    history_from_json,
    history_to_json,
    state_from_json,
    state_to_json,
)
from latentedit.edits.state import SCHEMA
from latentedit.errors import ProjectFileError

from .strategies import COMMANDS, STATES, fits

EDIT = DirectionEdit("smile", 2.0, (1, 2), mask=EditMask("brush:" + "0f" * 32, 0.1, True), instance=2)
DRAG = DragEdit("drag:1", ((0.25, 0.5), (0.5, 0.5)), ((0.25, 0.75), (0.5, 0.5)), ("eyes",), 0.5, (1, 2))
EXAMPLE = state_to_json(EditState((FaceEdits((EDIT, DRAG), Compositing("replace", 0.1, "hair", True), 0.7, "none"),)))


@given(STATES)
def test_states_survive_json(state: EditState) -> None:
    text = json.dumps(state_to_json(state))
    assert state_from_json(json.loads(text)) == state
    assert state_from_json(parse_json(text.encode(), "edits.json")) == state


@given(st.lists(COMMANDS, max_size=10), st.integers(0, 4))
def test_histories_survive_json(commands: list[Any], undos: int) -> None:
    history = History(EditState.for_faces(3))
    for command in commands:
        if fits(command, history.present):
            history = history.do(command)
    for _ in range(undos):
        history = history.undo()
    text = json.dumps(history_to_json(history))
    assert history_from_json(json.loads(text), history.present) == history


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(path for key, item in inner for path in paths(item, (*here, key)))]


WRONG: list[Any] = [
    None,
    True,
    -1,
    10**400,
    1.5,
    "text",
    "",
    [],
    {},
    [[]],
    float("nan"),
    float("inf"),
    "\ud800",
]


@given(st.sampled_from(paths(EXAMPLE)[1:]), st.sampled_from(WRONG))
def test_any_wrong_value_is_refused_or_read_as_what_it_says(path: tuple[Any, ...], wrong: Any) -> None:
    data = copy.deepcopy(EXAMPLE)
    target = data
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = wrong
    try:
        state = state_from_json(data)
    except ProjectFileError as error:
        assert error.hint
        return
    written = json.loads(json.dumps(state_to_json(state)))
    assert written == {**data, "schema": written["schema"]}  # the lowest that knows what is in it
    assert written["schema"] <= data["schema"]


@given(
    st.sampled_from([path for path in paths(EXAMPLE)[1:] if isinstance(path[-1], str) and path[-1] not in ("instance", "mask")])
)
def test_missing_and_unknown_entries_are_refused(path: tuple[Any, ...]) -> None:
    for unknown in (False, True):
        data = copy.deepcopy(EXAMPLE)
        target = data
        for key in path[:-1]:
            target = target[key]
        if unknown:
            target["unheard_of"] = 1
        else:
            del target[path[-1]]
        with pytest.raises(ProjectFileError):
            state_from_json(data)


def test_a_newer_schema_says_so() -> None:
    for changed in ({"schema": SCHEMA + 1, "anything": []}, {"schema": SCHEMA + 1, "faces": []}):
        with pytest.raises(ProjectFileError, match="newer version") as caught:
            state_from_json(changed)
        assert "Update" in caught.value.hint


def test_an_unknown_kind_of_edit_says_that_it_is_newer() -> None:
    data = copy.deepcopy(EXAMPLE)
    data["faces"][0]["edits"][0] = {"kind": "hair transplant", "anything": 1}
    with pytest.raises(ProjectFileError, match="newer version"):
        state_from_json(data)


def test_the_place_of_the_damage_is_named() -> None:
    data = copy.deepcopy(EXAMPLE)
    data["faces"][0]["edits"][0]["amount"] = "two"
    with pytest.raises(ProjectFileError, match=r"edits\.faces\[0\]\.edits\[0\]\.amount is not a number"):
        state_from_json(data)


def test_a_history_of_another_photograph_is_refused() -> None:
    history = history_to_json(History(EditState.for_faces(2)).do(SetAmount(0, "smile", 1.0)))
    with pytest.raises(ProjectFileError, match="2 faces instead of 1"):
        history_from_json(history, EditState.for_faces(1))


def test_states_are_of_the_oldest_schema_that_holds_them() -> None:
    smile = DirectionEdit("smile", 1.0)
    plain = EditState((FaceEdits((smile,)),))
    mixed = EditState((FaceEdits((MixEdit("seed:1"),)),))
    assert state_to_json(plain)["schema"] == 1 and state_to_json(mixed)["schema"] == 2
    for region, schema in (("hair", 2), ("head", 3), ("square", 3), ("brush:" + "0" * 64, 3), ("neck", 4)):
        masked = EditState((FaceEdits((replace(smile, mask=EditMask(region)),)),))
        assert state_to_json(masked)["schema"] == schema
    for region, schema in (("hair", 3), ("person", 4)):
        assert state_to_json(EditState((FaceEdits(compositing=Compositing(region=region)),)))["schema"] == schema
    assert history_to_json(History(plain))["schema"] == 1
    assert history_to_json(History(plain, (HistoryEntry("Mix", mixed),)))["schema"] == 2
    dragged = EditState((FaceEdits((MixEdit("seed:1"), DRAG)),))
    assert state_to_json(dragged)["schema"] == 3
    assert history_to_json(History(mixed, (HistoryEntry("Drag", dragged),)))["schema"] == 3
    twice = EditState((FaceEdits((smile, replace(smile, instance=1))),))
    assert state_to_json(twice)["schema"] == 4
    assert history_to_json(History(plain, (HistoryEntry("Smile", twice),)))["schema"] == 4


def test_the_instance_is_written_only_where_it_is_not_the_first() -> None:
    written = state_to_json(EditState((FaceEdits((replace(EDIT, instance=0), EDIT)),)))["faces"][0]["edits"]
    assert ["instance" in edit for edit in written] == [False, True]
    written[1]["instance"] = 0  # else one state could be written in two ways
    with pytest.raises(ProjectFileError):
        state_from_json({"schema": SCHEMA, "faces": [{**EXAMPLE["faces"][0], "edits": written[1:]}]})
