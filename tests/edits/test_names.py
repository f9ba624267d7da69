from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.edits import DirectionEdit, DragEdit, Edit, EditMask, MixEdit, VariationEdit
from latentedit.edits.names import edit_names, edit_words, find_named, layers_words
from latentedit.errors import UsageError
from latentedit.requested_layers import layers_of

from .strategies import LAYERS, STACKS

AGE = DirectionEdit("age", 3.0)
ON_EYES = replace(AGE, mask=EditMask("eyes"), instance=1)
OFF_EYES = replace(AGE, mask=EditMask("eyes", inverted=True), instance=2)
LIMITED = replace(AGE, layers=(0, 1, 2, 5), mask=EditMask("mouth"))


@given(STACKS)
def test_every_edit_has_a_name_of_its_own_by_which_it_is_found(edits: tuple[Edit, ...]) -> None:
    names = edit_names(edits)
    assert len(set(names)) == len(edits)
    assert [find_named(edits, name) for name in names] == list(edits)


@given(LAYERS.filter(bool))
def test_layers_are_told_as_they_are_written(layers: tuple[int, ...]) -> None:
    assert layers_of(layers_words(sorted(set(layers))), (4,) * 26) == tuple(sorted(set(layers)))


def test_names_and_shorter_ones() -> None:
    stack = (AGE, ON_EYES, OFF_EYES, LIMITED)
    assert edit_names(stack) == ("age", "age@eyes", "age@not-eyes", "age:0-2,5@mouth")
    meant = {"age": AGE, "age@square": AGE, "age@mouth": LIMITED, "age:0-2,5": LIMITED, "age@eyes": ON_EYES}
    assert {text: find_named(stack, text) for text in meant} == meant
    assert find_named((ON_EYES,), "age") == ON_EYES


def test_a_name_that_means_several_edits_or_none_is_refused() -> None:
    with pytest.raises(UsageError, match="2 edits called age") as caught:
        find_named((ON_EYES, LIMITED), "age")
    assert "age@eyes; age:0-2,5@mouth" in caught.value.hint
    with pytest.raises(UsageError, match="no edit smile") as caught:
        find_named((ON_EYES,), "smile")
    assert "age@eyes" in caught.value.hint


def test_a_painted_region_is_named_without_its_hash_where_that_is_enough() -> None:
    painted = [replace(AGE, mask=EditMask("brush:" + digit * 64), instance=number) for number, digit in enumerate("ab")]
    assert edit_names(painted) == ("age@brush", "age@brush#2")
    assert find_named(painted, "age@brush:" + "b" * 64) == painted[1]


def test_painted_masks_are_called_by_what_people_call_them() -> None:
    regions = ["brush:" + digit * 64 for digit in "abc"]
    painted = [replace(AGE, mask=EditMask(region), instance=number) for number, region in enumerate(regions)]
    called = dict(zip(regions, ("left.png", "left.png"), strict=False))
    assert edit_names(painted, called) == ("age@left.png", "age@left.png#2", "age@brush")
    for name, edit in zip(edit_names(painted, called), painted, strict=True):
        assert find_named(painted, name, mask_names=called) == edit
    assert find_named(painted[:1], "age@brush", mask_names=called) == painted[0]
    assert edit_words(painted[0], called).endswith("on left.png") and edit_words(painted[2], called).endswith("on brush")
    with pytest.raises(UsageError, match=r"no edit age@right\.png"):
        find_named(painted, "age@right.png", mask_names=called)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (LIMITED, "age +3 layers 0-2,5 on mouth"),
        (OFF_EYES, "age +3 off eyes"),
        (MixEdit("seed:7", 0.5, (3,)), "mix seed:7 0.5 layers 3"),
        (VariationEdit(4, 0.1, 0, 1), "variation 4 0.1/0/1"),
        (DragEdit("drag:1", ((0, 0),), ((1, 1),), amount=0.5), "drag:1 0.5"),
    ],
)
def test_what_an_edit_does_is_told_in_words(edit: Edit, words: str) -> None:
    assert edit_words(edit) == words


@given(st.lists(st.sampled_from([AGE, ON_EYES, OFF_EYES, LIMITED]), unique=True))
def test_the_whole_name_goes_before_a_shorter_one(edits: list[Edit]) -> None:
    if AGE in edits:
        assert find_named(edits, "age") == AGE
