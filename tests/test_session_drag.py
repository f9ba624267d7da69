"""Drags of a session's faces: edits that travel in the project."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from projects import assert_same, face, numbers
from shapes import average_face

from latentedit.dragging import DragConfig
from latentedit.edits import DragEdit, EditMask, EditState, History, SetDrag, SetMask, SetMix
from latentedit.engine import Engine
from latentedit.errors import DirectionError, InputError, UsageError
from latentedit.face_latents import FaceLatents
from latentedit.generators.toy import toy_spec
from latentedit.project_file import GeneratorIdentity, Project
from latentedit.session import Session
from latentedit.session_drag import kept_mask

PIXEL = 1 / 32
CONFIG = DragConfig(
    32, 0.02, "published", "start", 2 * PIXEL, 0.5 * PIXEL, 2 * PIXEL, 0.5 * PIXEL, 2 * PIXEL, 20.0, 0.1 * PIXEL, 8
)
HANDLES, TARGETS = [(0.5, 0.5)], [(0.5 + 2 * PIXEL, 0.5)]


def photograph() -> bytes:
    png = io.BytesIO()
    Image.fromarray(np.full((80, 80, 3), 90, np.uint8)).save(png, "png")
    return png.getvalue()


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def session(engine: Engine) -> Session:
    """A photograph with a projected face."""
    known = face(0, FaceLatents(numbers(0, 1, 8, 16)))
    known = replace(known, landmarks=known.quad[0] + average_face() * 64)
    history = History(EditState.for_faces(1))
    project = Project("photo.png", photograph(), GeneratorIdentity.of(toy_spec()), (known,), history)
    return Session.from_project(project, engine=engine)


def dragged(session: Session, **more: Any) -> DragEdit:
    steps = list(session.drag(0, HANDLES, TARGETS, config=CONFIG, **more))
    assert steps
    (edit,) = (edit for edit in session.state.faces[0].edits[-1:] if isinstance(edit, DragEdit))
    return edit


def drawn(session: Session) -> NDArray[np.uint8]:
    return np.asarray(session.render_face(0))


def test_the_last_step_becomes_an_edit_that_draws_it(session: Session) -> None:
    session.do(SetMix(0, "seed:3", 0.5))
    start = session.edited_latent(0)
    steps = list(session.drag(0, HANDLES, TARGETS, config=CONFIG))
    edit = session.state.faces[0].edits[-1]
    assert edit == DragEdit("drag:1", tuple(HANDLES), tuple(TARGETS))
    assert torch.allclose(session.edited_latent(0), steps[-1].w_plus, atol=1e-6)
    assert torch.allclose(steps[-1].w_plus, start + steps[-1].offset)
    session.undo()
    assert torch.equal(session.edited_latent(0), start)
    session.redo()
    assert torch.allclose(session.edited_latent(0), steps[-1].w_plus, atol=1e-6)


def test_the_amount_blends_and_nothing_of_it_is_nothing(session: Session) -> None:
    before = session.edited_latent(0)
    plain = np.asarray(session.render())
    edit = dragged(session)
    whole = session.edited_latent(0)
    assert not np.array_equal(np.asarray(session.render()), plain)
    for amount in (0.75, 0.5, 0.0):
        session.do(SetDrag(0, replace(edit, amount=amount)))
    assert torch.equal(session.edited_latent(0), before)
    assert np.array_equal(np.asarray(session.render()), plain) and not session.patches()
    session.do(SetDrag(0, replace(edit, amount=0.5)))
    assert torch.allclose(session.edited_latent(0), (before + whole) / 2, atol=1e-6)
    assert len(session.history.past) == 1 and session.undo().faces[0].edits == ()


def test_a_cancelled_drag_changes_nothing_unless_kept(session: Session) -> None:
    steps = session.drag(0, HANDLES, TARGETS, config=CONFIG)
    step = next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert not session.modified and session.state.faces[0].edits == ()
    session.keep_drag(0, step, HANDLES, TARGETS)
    assert torch.allclose(session.edited_latent(0), step.w_plus, atol=1e-6)


def test_a_project_reopens_with_its_drags(session: Session, engine: Engine, tmp_path: Path) -> None:
    first = dragged(session, keep=("brows", "mouth"))
    second = dragged(session)
    assert (first.offset, second.offset) == ("drag:1", "drag:2") and first.keep == ("brows", "mouth")
    session.undo()
    picture = drawn(session)
    reopened = Session.open(session.save(tmp_path / "a.ledit"), engine=engine)
    assert_same(reopened.to_project(), session.to_project())
    assert np.array_equal(drawn(reopened), picture)
    for either in (session, reopened):
        either.redo()
    assert np.array_equal(drawn(reopened), drawn(session)) and not np.array_equal(drawn(session), picture)
    # A third one takes no name that the way back and forth still needs.
    assert dragged(reopened).offset == "drag:3"


def test_a_drag_of_nobodys_offset_is_told(session: Session) -> None:
    session.do(SetDrag(0, DragEdit("drag:9", ((0.5, 0.5),), ((0.6, 0.5),))))
    with pytest.raises(DirectionError, match="drag:9"):
        session.render_face(0)


def test_kept_parts_are_kept_and_not_dragged(session: Session) -> None:
    regions = session.face(0).regions
    x, y = regions.landmarks[66]
    assert kept_mask((), regions) is None
    both, mouth = kept_mask(("mouth", "background"), regions), kept_mask(("mouth",), regions)
    assert both is not None and mouth is not None and (both >= mouth).all() and (both > mouth).any()
    with pytest.raises(UsageError, match="is to stay"):
        next(session.drag(0, [(float(x), float(y))], TARGETS, keep=("mouth",), config=CONFIG))


def test_a_tuned_face_is_dragged_as_it_is_drawn(session: Session) -> None:
    plain = [step.loss for step in session.drag(0, HANDLES, TARGETS, config=CONFIG)]
    known = session.face(0)
    assert known.latents is not None
    kernels = session.generator.get_parameter("kernels")  # type: ignore[attr-defined]
    tuned = replace(known.latents, weight_delta={"kernels": numbers(5, *kernels.shape) * 0.02})
    session.undo()
    session._set_face(0, replace(known, latents=tuned))
    assert [step.loss for step in session.drag(0, HANDLES, TARGETS, config=CONFIG)] != plain


def test_a_drag_to_where_the_points_are_is_no_edit(session: Session) -> None:
    assert list(session.drag(0, HANDLES, HANDLES, config=CONFIG)) == []
    assert session.state.faces[0].edits == ()


def test_confined_edits_are_left_out_of_what_is_dragged(session: Session) -> None:
    plain = session.edited_latent(0)
    session.do(SetMix(0, "seed:3", 0.5))
    session.do(SetMask(0, session.state.faces[0].edits[-1].key, EditMask("eyes")))
    assert not torch.equal(session.edited_latent(0), plain)
    *_, step = session.drag(0, HANDLES, TARGETS, config=CONFIG)
    assert torch.allclose(step.w_plus, plain + step.offset)


@pytest.mark.parametrize(
    "damage", [{"adam.exp_avg": None}, {"adam.exp_avg": torch.zeros(3)}, {"points": torch.zeros(5, 2)}, {"moved": None}]
)
def test_damaged_states_are_told(session: Session, damage: dict[str, Any]) -> None:
    step = next(iter(session.drag(0, HANDLES, TARGETS, config=CONFIG)))
    state = {**step.snapshot(), **damage}
    with pytest.raises(InputError, match="saved drag"):
        next(iter(session.drag(0, HANDLES, TARGETS, config=CONFIG, resume={k: v for k, v in state.items() if v is not None})))
