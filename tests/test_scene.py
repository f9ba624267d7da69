"""Scenes: what a session draws, frozen, and drawn in parts and quickly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from toy_sessions import toy_session, write_photo

from latentedit.directions import Direction
from latentedit.edits import DirectionEdit, FaceEdits, SetMix
from latentedit.image_io.patching import Patch, apply_in_boxes, apply_to_picture
from latentedit.images import apply_patches, apply_patches_in_parts, to_uint8
from latentedit.session import Session

Box = tuple[int, int, int, int]
SIDE = 24


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(st.integers(0, SIDE - 2)), draw(st.integers(0, SIDE - 2))
    return left, top, draw(st.integers(left + 1, SIDE)), draw(st.integers(top + 1, SIDE))


@given(st.lists(boxes(), max_size=5), st.integers(0, 100))
def test_parts_are_what_patches_make_of_the_whole_picture(where: Sequence[Box], seed: int) -> None:
    random = np.random.default_rng(seed)
    picture = random.integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    patches = []
    for left, top, right, bottom in where:
        size = (bottom - top, right - left)
        patches.append(
            Patch(
                (left, top, right, bottom),
                random.normal(size=(*size, 3)).astype(np.float32),
                random.random(size).astype(np.float32),
            )
        )
    put_together = picture.copy()
    covered = np.zeros((SIDE, SIDE), dtype=int)
    for (left, top, right, bottom), pixels in apply_in_boxes(picture, patches):
        put_together[top:bottom, left:right] = pixels
        covered[top:bottom, left:right] += 1
    assert covered.max(initial=0) <= 1, "no box lies over another"
    assert (put_together == apply_to_picture(picture, patches)).all()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return toy_session(write_photo(tmp_path / "photo.png"))


def test_a_scene_stays_as_it_was(session: Session) -> None:
    session.do(SetMix(0, "seed:3"))
    scene = session.scene
    before = apply_patches(scene.photo, scene.patches())
    session.undo()
    assert (apply_patches(scene.photo, scene.patches()) == before).all()
    assert not session.scene.patches()


def test_parts_of_a_session_are_its_picture(session: Session) -> None:
    session.do(SetMix(0, "seed:3"))
    whole, photo = session.render_uint8(), session.photo
    for (left, top, right, bottom), pixels in apply_patches_in_parts(photo, session.patches()):
        assert (whole[top:bottom, left:right] == pixels).all()
        whole[top:bottom, left:right] = photo.rgb_uint8[top:bottom, left:right]
    assert (whole == photo.rgb_uint8).all()


def test_a_preview_shows_the_edit_where_it_is_opaque(session: Session) -> None:
    session.do(SetMix(0, "seed:3"))
    looked = session.scene.preview(0, 64)
    assert looked.shape == (64, 64, 4) and looked.dtype == np.uint8
    opaque = looked[..., 3] > 0
    assert opaque.any() and looked[0, 0, 3] < 8
    square = session.face(0).square(64)
    moved = np.abs(looked[opaque, :3].astype(int) - square[opaque].astype(int)).mean()
    assert moved > 3


def test_a_preview_of_nothing_is_the_photograph(session: Session) -> None:
    session.do(SetMix(0, "seed:3", 0.0))
    looked = session.scene.preview(0, 64)
    opaque = looked[..., 3] > 0
    assert (looked[opaque, :3] == session.face(0).square(64)[opaque]).all()


def test_other_edits_are_another_scene(session: Session) -> None:
    scene = session.scene
    session.do(SetMix(0, "seed:3"))
    other = scene.with_edits(0, session.state.face(0))
    assert len(other.patches()) == 1 and not scene.patches()


def test_a_direction_can_be_tried_without_the_session_knowing_it(session: Session) -> None:
    direction = Direction("smile", torch.randn(16, generator=torch.Generator().manual_seed(7)))
    edits = FaceEdits((DirectionEdit("smile", 2.0),))
    scene = session.scene.with_edits(0, edits)
    tried = scene.with_direction(direction)
    assert not torch.equal(tried.drawing(0), scene.drawing(0)), "its own, not the one that ships under this name"
    expected = direction.apply(scene.with_edits(0, FaceEdits()).edited_latent(0), 2.0)
    assert torch.allclose(tried.edited_latent(0), expected)
    assert not session.own_directions


@pytest.mark.parametrize("layers", [None, (0, 1), (7,)])
def test_a_tried_direction_is_seen_on_top_of_the_edits(session: Session, layers: tuple[int, ...] | None) -> None:
    session.do(SetMix(0, "seed:3", 0.5))
    direction = Direction("smile", torch.randn(16, generator=torch.Generator().manual_seed(7)), layers)
    still, moved = (session.scene.tried(direction, 0, amount, 32) for amount in (0.0, 3.0))
    assert still.shape == (32, 32, 3)
    assert np.abs(moved.astype(int) - still).mean() > 1, "also what only the whole drawing shows"
    whole = to_uint8(session.scene.drawing(0, preview=layers != (7,)))
    assert np.abs(whole.astype(int).mean() - still.mean()) < 2
