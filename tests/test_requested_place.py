from dataclasses import replace

import pytest

from latentedit.edits import DirectionEdit, EditMask, FaceEdits
from latentedit.errors import UsageError
from latentedit.requested_place import Place, placed

NEW = DirectionEdit("age", 5.0)
EVERYWHERE = DirectionEdit("age", 1.0)
EYES, MOUTH, NOSE = EditMask("eyes", 0.2), EditMask("mouth", 0.3), EditMask("nose")
ON_EYES = replace(EVERYWHERE, mask=EYES, instance=1)
ON_MOUTH = replace(EVERYWHERE, mask=MOUTH, instance=4)
OFF_NOSE = replace(EVERYWHERE, mask=replace(NOSE, inverted=True), instance=2)


def put(place: Place | None, *stack: DirectionEdit, new: DirectionEdit = NEW) -> tuple[int, EditMask | None]:
    edit = placed(FaceEdits(stack), new, place, "Face 0")
    assert isinstance(edit, DirectionEdit) and edit.enabled and edit.amount == new.amount
    return edit.instance, edit.mask


def test_without_a_place_the_only_one_keeps_its_mask() -> None:
    assert put(None) == (0, None)
    assert put(None, ON_EYES) == (1, EYES)
    assert put(None, replace(ON_EYES, enabled=False)) == (1, EYES)


def test_without_a_place_the_one_that_nothing_confines_goes_before_others() -> None:
    assert put(None, ON_EYES, EVERYWHERE, ON_MOUTH) == (0, None)
    with pytest.raises(UsageError, match="on eyes, mouth") as caught:
        put(None, ON_EYES, ON_MOUTH)
    assert "@REGION" in caught.value.hint


def test_a_region_means_the_edit_on_it_with_its_own_softness_or_another_on_top() -> None:
    assert put(Place(EditMask("eyes")), EVERYWHERE, ON_EYES, ON_MOUTH) == (1, EYES)
    assert put(Place(NOSE), EVERYWHERE, ON_EYES, ON_MOUTH) == (2, NOSE)
    assert put(Place(NOSE), OFF_NOSE) == (0, NOSE)


def test_the_square_is_what_nothing_confines_and_lifts_the_only_mask() -> None:
    assert put(Place(None), EVERYWHERE, ON_EYES) == (0, None)
    assert put(Place(None), ON_EYES) == (1, None)
    assert put(Place(None), ON_EYES, ON_MOUTH) == (0, None)


def test_other_layers_are_other_edits() -> None:
    limited = replace(NEW, layers=(0, 1))
    assert put(None, ON_EYES, ON_MOUTH, new=limited) == (0, None)
    assert put(None, replace(ON_EYES, layers=(0, 1)), ON_MOUTH, new=limited) == (1, EYES)
