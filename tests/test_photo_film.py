"""Films of whole photographs: each frame is the photograph as the edits of that moment have it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from toy_batch import SIDE, write_photo

from latentedit.directions import Direction
from latentedit.edits import DirectionEdit, EditMask, FaceEdits, SetAmount, SetEnabled, SetMix
from latentedit.errors import UsageError
from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.generators.toy import ToyGenerator
from latentedit.images import open_photo
from latentedit.photo_film import frame_size, moved_along, photo_film
from latentedit.project_file import GeneratorIdentity
from latentedit.session import Session


@pytest.fixture
def session(toy: ToyGenerator, tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Two projected faces side by side, the second one edited, and a direction ``yaw``."""
    photo = open_photo(write_photo(tmp_path_factory.mktemp("film") / "a.png", side=SIDE))
    square = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * 45.0
    faces = [Face(i, (0, 0, 40, 40), None, square + np.array([2 + 50 * i, 20]), photo) for i in range(2)]
    session = Session(photo, generator=toy)
    session.set_faces(faces)
    project = session.to_project()
    latents = [toy.mapping(torch.randn(1, toy.z_dim, generator=torch.Generator().manual_seed(i))).numpy() for i in range(2)]
    stored = tuple(replace(face, latents=FaceLatents(w)) for face, w in zip(project.faces, latents, strict=True))
    session = Session.from_project(replace(project, generator=GeneratorIdentity.of(toy.spec), faces=stored), generator=toy)
    session.add_direction(Direction("yaw", torch.randn(16, generator=torch.Generator().manual_seed(9))))
    session.do(SetMix(1, "seed:4", 1.0))
    return session


def edited(session: Session, amount: float) -> np.ndarray:
    session.do(SetAmount(0, "yaw", amount))
    picture = session.render_uint8()
    session.undo()
    return picture


@pytest.mark.parametrize("own", [0.0, 1.5])
def test_every_frame_is_the_edited_photograph(session: Session, own: float) -> None:
    if own:
        session.do(SetAmount(0, "yaw", own))
    before = session.history
    frames = list(photo_film(session, 0, "yaw", (-2.0, 2.0), frames=5, size=(SIDE, SIDE)))
    assert session.history == before
    assert [frame.number for frame in frames] == [1, 2, 3, 4, 5] and frames[0].total == 5
    for frame, amount in zip(frames, (-2, -1, 0, 1, 2), strict=True):
        assert np.array_equal(frame.rgb_uint8, edited(session, own + amount))
    outside = np.ones((SIDE, SIDE), bool)
    outside[20:65, 2:97] = False
    assert np.array_equal(frames[0].rgb_uint8[outside], session.photo.rgb_uint8[outside])
    assert np.any(frames[0].rgb_uint8 != frames[-1].rgb_uint8)


def test_a_loop_goes_back_the_way_it_came(session: Session) -> None:
    frames = [f.rgb_uint8 for f in photo_film(session, 0, "yaw", (-2.0, 2.0), frames=8, size=(SIDE, SIDE), loop=True)]
    assert np.array_equal(frames[0], edited(session, -2)) and np.array_equal(frames[4], edited(session, 2))
    for there, back in ((1, 7), (2, 6), (3, 5)):
        assert np.abs(frames[there].astype(int) - frames[back]).max() <= 1


def test_frames_are_scaled_or_cut(session: Session) -> None:
    (first, *_) = photo_film(session, 0, "yaw", (-2.0, 2.0), frames=2, size=(50, 50))
    assert first.rgb_uint8.shape == (50, 50, 3)
    whole = edited(session, -2).reshape(50, 2, 50, 2, 3).mean(axis=(1, 3))
    assert np.abs(first.rgb_uint8 - whole).mean() < 3
    (cut, *_) = photo_film(session, 0, "yaw", (-2.0, 2.0), frames=2, size=(SIDE - 1, SIDE))
    assert np.array_equal(cut.rgb_uint8, edited(session, -2)[:, :-1])


def test_a_switched_off_edit_counts_as_none_and_a_mask_stays(session: Session) -> None:
    session.do(SetAmount(0, "yaw", 3.0))
    session.do(SetEnabled(0, DirectionEdit("yaw", 3.0).key, False))
    (first, last) = photo_film(session, 0, "yaw", (1.0, 2.0), frames=2, size=(SIDE, SIDE))
    session.undo()
    assert np.array_equal(last.rgb_uint8, edited(session, 2)) and np.array_equal(first.rgb_uint8, edited(session, 1))
    masked = FaceEdits((DirectionEdit("smile", 1.0), DirectionEdit("yaw", 1.0, mask=EditMask("mouth"))))
    assert moved_along(masked, "yaw", 0.5).edits == (masked.edits[0], DirectionEdit("yaw", 1.5, mask=EditMask("mouth")))
    assert moved_along(masked, "age", 0.5).edits == (*masked.edits, DirectionEdit("age", 0.5))
    eyes = EditMask("eyes")
    assert moved_along(masked, "age", 0.5, eyes).edits == (*masked.edits, DirectionEdit("age", 0.5, mask=eyes))
    assert moved_along(masked, "smile", 0.5, eyes).edits[0] == DirectionEdit("smile", 1.5)
    twice = FaceEdits((DirectionEdit("yaw", 1.0, enabled=False), DirectionEdit("yaw", 2.0, mask=eyes, instance=1)))
    assert moved_along(twice, "yaw", 1.0).edits == (twice.edits[0], DirectionEdit("yaw", 3.0, mask=eyes, instance=1))


def test_wrong_films(session: Session) -> None:
    with pytest.raises(UsageError):
        list(photo_film(session, 0, "yaw", (-2.0, 2.0), frames=1, size=(SIDE, SIDE)))
    with pytest.raises(UsageError):
        list(photo_film(session, 0, "yaw", (0.0, 5000.0), frames=2, size=(SIDE, SIDE)))


@given(st.tuples(st.integers(1, 9000), st.integers(16, 9000)), st.none() | st.integers(1, 9000), st.booleans())
def test_frames_have_the_photographs_shape(photo: tuple[int, int], longer: int | None, even: bool) -> None:
    if longer is not None and (not 16 <= longer <= max(photo) or (even and longer % 2)):
        with pytest.raises(UsageError, match=f"16 to {max(photo)} pixels"):
            frame_size(photo, longer, even=even)
        return
    width, height = frame_size(photo, longer, even=even)
    if longer is None:
        assert all(0 <= side - framed <= even for side, framed in zip(photo, (width, height), strict=True))
    else:
        assert max(width, height) == longer
        for side, framed in zip(photo, (width, height), strict=True):
            assert abs(framed - side * longer / max(photo)) <= 1 + even or framed == 1 + even
    if even:
        assert width % 2 == height % 2 == 0
