"""Faces found in another process are those that this one finds."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from latentedit.assets import AssetStore
from latentedit.face_finder import find_faces_apart
from latentedit.faces import Face, find_faces
from latentedit.images import Photo, open_photo
from latentedit.side_process import SideProcess

EXAMPLE = Path(__file__).parents[1] / "examples" / "astronaut.png"

pytestmark = pytest.mark.assets


@pytest.fixture(scope="module")
def photo() -> Photo:
    return open_photo(EXAMPLE)


def test_the_same_faces_while_this_process_is_free(photo: Photo, fetched: AssetStore) -> None:
    side = SideProcess()
    try:
        *waiting, found = find_faces_apart(photo, side, fetched)
        assert found is not None and waiting and set(waiting) == {None}
        same_faces(found, find_faces(photo, store=fetched))
    finally:
        side.close()


def test_a_search_that_is_given_up_leaves_nothing(photo: Photo, fetched: AssetStore) -> None:
    before = set(threading.enumerate())
    side = SideProcess()
    steps = find_faces_apart(photo, side, fetched)
    assert next(steps) is None
    began = time.monotonic()
    steps.close()  # type: ignore[attr-defined]
    side.close()
    assert time.monotonic() - began < 5
    while not set(threading.enumerate()) <= before and time.monotonic() - began < 10:
        time.sleep(0.05)  # the thread that feeds the process ends by itself
    assert set(threading.enumerate()) <= before


def test_a_process_that_dies_is_done_without(photo: Photo, fetched: AssetStore) -> None:
    side = SideProcess()
    try:
        steps = find_faces_apart(photo, side, fetched)
        assert next(steps) is None
        assert side._pool is not None
        for process in side._pool._processes.values():
            process.kill()
        *_, found = steps
        assert found is not None
        same_faces(found, find_faces(photo, store=fetched))
    finally:
        side.close()


def same_faces(a: list[Face], b: list[Face]) -> None:
    assert len(a) == len(b) == 1
    for one, other in zip(a, b, strict=True):
        assert one.box == other.box and one.photo is other.photo
        assert np.array_equal(one.quad, other.quad)
        assert one.landmarks is not None and other.landmarks is not None and np.array_equal(one.landmarks, other.landmarks)
