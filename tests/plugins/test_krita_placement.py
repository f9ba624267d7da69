"""Which changes of an image move its faces away, and which do not."""

from __future__ import annotations

import random

import pytest

from latentedit_plugins.krita.placement import SIDE, Layer, Placement, looks_turned, turns

PICTURE = bytes(random.Random(0).choices(range(256), k=SIDE * SIDE))
FACE = [10, 10, 20, 20]
BACKGROUND, TEXT = Layer((0, 0), (0, 0, 100, 80)), Layer((0, 0), (60, 60, 90, 70))
BEFORE = Placement((100, 80), {"background": BACKGROUND, "text": TEXT}, PICTURE)


def painted(picture: bytes, share: float) -> bytes:
    some = random.Random(1)
    return bytes(some.randrange(256) if some.random() < share else value for value in picture)


def test_there_are_seven_other_ways_to_lay_a_picture() -> None:
    assert len(set(turns(PICTURE, SIDE))) == 7 and PICTURE not in turns(PICTURE, SIDE)
    square = bytes([1, 2, 3, 4])
    assert {bytes([2, 1, 4, 3]), bytes([3, 4, 1, 2]), bytes([4, 3, 2, 1]), bytes([3, 1, 4, 2])} <= set(turns(square, 2))


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_turned_pictures_are_noticed_though_they_were_painted_on(share: float) -> None:
    for turned in turns(PICTURE, SIDE):
        assert looks_turned(PICTURE, painted(turned, share), SIDE)


@pytest.mark.parametrize("share", [0.0, 0.2, 1.0])
def test_what_was_painted_is_not_turned(share: float) -> None:
    assert not looks_turned(PICTURE, painted(PICTURE, share), SIDE)
    blank = bytes(SIDE * SIDE)
    assert not looks_turned(blank, painted(blank, share), SIDE)


@pytest.mark.parametrize(
    ("now", "differs"),
    [
        (BEFORE, False),
        (BEFORE._replace(size=(100, 81)), True),
        (BEFORE._replace(size=(80, 100)), True),
        (BEFORE._replace(layers={**BEFORE.layers, "background": BACKGROUND._replace(position=(3, 0))}), True),
        (BEFORE._replace(layers={**BEFORE.layers, "text": TEXT._replace(position=(3, 0))}), False),
        (BEFORE._replace(layers={**BEFORE.layers, "new": BACKGROUND}), False),
        (BEFORE._replace(layers={"text": TEXT}), False),
        (BEFORE._replace(small=turns(PICTURE, SIDE)[0]), True),
        (BEFORE._replace(small=painted(PICTURE, 0.5)), False),
    ],
)
def test_faces_are_elsewhere_after_changes_that_move_them(now: Placement, differs: bool) -> None:
    assert BEFORE.differs(now, [FACE]) == differs
