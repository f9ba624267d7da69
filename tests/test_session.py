import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from projects import assert_same
from toy_sessions import face_at, toy_engine, toy_session, write_photo

from latentedit.assets import AssetStore
from latentedit.directions import Direction
from latentedit.edits import (
    Compositing,
    EditKey,
    EditMask,
    EditState,
    ResetFace,
    SetAmount,
    SetCompositing,
    SetEnabled,
    SetMask,
    SetMix,
)
from latentedit.engine import Engine
from latentedit.errors import (
    CheckpointError,
    FaceTooSmallError,
    NoFaceError,
    PhotoError,
    ProjectFileError,
    StorageError,
    UsageError,
)
from latentedit.generators.toy import ToyGenerator
from latentedit.session import Session
from latentedit.session_report import face_figures


@pytest.fixture
def engine() -> Engine:
    return toy_engine()


@pytest.fixture
def photo_path(tmp_path: Path) -> Path:
    return write_photo(tmp_path / "photo.png")


@pytest.fixture
def session(photo_path: Path, engine: Engine) -> Session:
    """A photograph with two faces, drawn by the toy generator."""
    return toy_session(photo_path, engine, projected=False)


@pytest.fixture
def projected(session: Session) -> Session:
    for index in range(2):
        list(session.project(index, steps=4, seed=index))
    return session


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image)


def test_opening_tells_photographs_and_projects_apart_by_content(projected: Session, engine: Engine, tmp_path: Path) -> None:
    saved = projected.save(tmp_path / "a.ledit")
    disguised = tmp_path / "a.jpg"
    disguised.write_bytes(saved.read_bytes())
    assert len(Session.open(disguised, engine=engine).faces) == 2
    with pytest.raises(PhotoError):
        Session.open(tmp_path / "none.jpg")
    with pytest.raises(ProjectFileError):
        Session.open(tmp_path / "none.ledit")
    with pytest.raises(PhotoError):
        Session.open(tmp_path)


def test_the_generators_facts_are_told_before_it_is_loaded(photo_path: Path, projected: Session, tmp_path: Path) -> None:
    by_name = Session.open(photo_path, engine=Engine(), generator="toy")
    reopened = Session.open(projected.save(tmp_path / "a.ledit"), engine=Engine())
    loaded = Session.open(photo_path, engine=Engine(), generator=ToyGenerator(seed=3))
    for session in (by_name, reopened, loaded):
        facts = session.spec
        assert not session.engine._generators._known or session is loaded
        assert facts == session.generator.spec


def test_projection_keeps_the_last_step(session: Session) -> None:
    heard: list[int] = []
    session.latents_changed.connect(heard.append)
    steps = []
    for step in session.project(1, steps=4, seed=0):
        steps.append(step)
        assert session.face(1).latents is None
    known = session.face(1)
    assert known.latents is not None
    assert np.array_equal(known.latents.w_plus, steps[-1].w_plus.numpy())
    assert known.report["steps"] == 4
    assert known.report["seed"] == 0
    assert heard == [1]
    session.add_to_report(1, {"lpips_alex": 0.1})
    assert session.face(1).report["lpips_alex"] == 0.1


def test_a_cancelled_projection_changes_nothing_unless_kept(session: Session) -> None:
    steps = session.project(0, steps=4)
    step = next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert session.face(0).latents is None
    session.keep(0, step)
    assert session.face(0).latents is not None


def test_projection_is_repeatable(session: Session) -> None:
    results = []
    for _ in range(2):
        list(session.project(0, steps=4, seed=3))
        latents = session.face(0).latents
        assert latents is not None
        results.append(latents.key)
    assert results[0] == results[1]


def test_edits_are_done_undone_and_told(projected: Session) -> None:
    heard: list[tuple[EditState, EditState]] = []
    projected.state_changed.connect(lambda state, before: heard.append((state, before)))
    start = projected.state
    for amount in (1.0, 2.0, 3.0):
        projected.do(SetAmount(0, "smile", amount))
    projected.seal()
    projected.do(SetAmount(0, "smile", 4.0))
    assert len(projected.history.past) == 2
    assert projected.undo().faces[0].edits[0].amount == 3.0
    assert projected.undo() == start
    assert projected.redo().faces[0].edits[0].amount == 3.0
    assert all(state != before for state, before in heard)
    count = len(heard)
    projected.do(SetAmount(0, "smile", 3.0))
    projected.undo()
    projected.undo()
    assert len(heard) == count + 1


def test_a_wrong_command_changes_nothing(projected: Session) -> None:
    state = projected.state
    with pytest.raises(UsageError):
        projected.do(SetEnabled(0, EditKey("direction", "smile", None), False))
    with pytest.raises(UsageError):
        projected.do(SetAmount(5, "smile", 1.0))
    assert projected.state == state


def test_a_mask_that_nobody_painted_is_refused_before_it_is_an_edit(projected: Session, tmp_path: Path) -> None:
    projected.do(SetAmount(0, "smile", 1.0))
    before = projected.history
    with pytest.raises(UsageError, match="painted mask"):
        projected.do(SetMask(0, EditKey("direction", "smile", None), EditMask("brush:" + "0" * 64)))
    assert projected.history == before


def test_the_documented_commands_confine_an_edit(projected: Session) -> None:
    """As in docs/cli.md."""
    import latentedit

    projected.do(latentedit.SetAmount(0, "smile", 2.0))
    projected.do(latentedit.SetMask(0, latentedit.DirectionEdit("smile", 2.0).key, latentedit.EditMask("mouth")))
    assert projected.state.face(0).edits == (latentedit.DirectionEdit("smile", 2.0, mask=latentedit.EditMask("mouth")),)
    projected.undo()
    assert projected.state.face(0).edits == (latentedit.DirectionEdit("smile", 2.0),)
    assert all(hasattr(latentedit, name) for name in latentedit.__all__)


def test_the_face_alone_is_the_generators_own_drawing(projected: Session) -> None:
    plain = pixels(projected.render_face(0))
    assert plain.shape == (32, 32, 3)
    assert pixels(projected.render_face(0, preview=True)).shape == (16, 16, 3)
    projected.do(SetAmount(0, "smile", 3.0))
    assert not np.array_equal(pixels(projected.render_face(0)), plain)
    assert np.array_equal(pixels(projected.render_face(0, edited=False)), plain)


def test_without_edits_the_photograph_comes_back_exactly(projected: Session, photo_path: Path, tmp_path: Path) -> None:
    original = pixels(Image.open(photo_path))
    assert np.array_equal(pixels(projected.render()), original)
    projected.do(SetAmount(0, "smile", 0.0))
    assert projected.patches() == []
    projected.do(SetAmount(0, "smile", 3.0))
    projected.undo()
    projected.export(tmp_path / "out.png")
    assert np.array_equal(pixels(Image.open(tmp_path / "out.png")), original)


def test_an_edit_changes_its_face_and_nothing_else(projected: Session, photo_path: Path) -> None:
    original = pixels(Image.open(photo_path)).astype(int)
    projected.do(SetAmount(0, "smile", 3.0))
    changed = np.abs(pixels(projected.render()) - original).max(axis=2) > 0
    assert changed[20:120, 20:120].any()
    changed[20:121, 20:121] = False
    assert not changed.any()


def test_replacing_draws_the_face_even_without_edits(projected: Session, photo_path: Path) -> None:
    projected.do(SetCompositing(1, Compositing("replace")))
    assert not np.array_equal(pixels(projected.render()), pixels(Image.open(photo_path)))
    projected.do(ResetFace(1))
    assert np.array_equal(pixels(projected.render()), pixels(Image.open(photo_path)))


def test_export_writes_what_render_shows(projected: Session, tmp_path: Path) -> None:
    projected.do(SetAmount(0, "smile", 3.0))
    projected.do(SetAmount(1, "age", 2.0))
    projected.export(tmp_path / "out.png")
    assert np.array_equal(pixels(Image.open(tmp_path / "out.png").convert("RGB")), pixels(projected.render()))
    with pytest.raises(StorageError):
        projected.export(tmp_path / "missing" / "out.png")


def test_a_project_reopens_exactly_as_it_was(projected: Session, engine: Engine, tmp_path: Path) -> None:
    projected.do(SetAmount(0, "smile", 3.0))
    projected.do(SetAmount(0, "age", 1.0))
    projected.undo()
    path = projected.save(tmp_path / "a.ledit")
    reopened = Session.open(path, engine=engine)
    assert_same(reopened.to_project(), projected.to_project())
    assert reopened.photo.data == projected.photo.data
    assert np.array_equal(pixels(reopened.render_face(0)), pixels(projected.render_face(0)))
    assert reopened.redo() == projected.redo()
    assert not Session.open(path, engine=engine).modified


def test_the_photograph_is_never_overwritten_by_a_project(projected: Session, photo_path: Path) -> None:
    data = photo_path.read_bytes()
    with pytest.raises(UsageError, match="over its photograph"):
        projected.save(photo_path)
    link = photo_path.with_name("link.ledit")
    link.symlink_to(photo_path)
    with pytest.raises(UsageError, match="over its photograph"):
        projected.save(link)
    assert photo_path.read_bytes() == data


def test_a_project_of_other_weights_opens_but_is_not_drawn(projected: Session, engine: Engine, tmp_path: Path) -> None:
    project = projected.to_project()
    assert project.generator is not None
    other = replace(project, generator=replace(project.generator, weights_hash="00" * 32))
    session = Session.from_project(other, engine=engine)
    assert len(session.faces) == 2
    with pytest.raises(CheckpointError, match="other weights"):
        session.render_face(0)


def test_a_loaded_generator_may_be_given(projected: Session, photo_path: Path, tmp_path: Path) -> None:
    toy = ToyGenerator()
    assert Session.open(photo_path, generator=toy, device="cpu").generator is toy
    project = projected.to_project()
    assert project.generator is not None
    renamed = replace(project, generator=replace(project.generator, name="nowhere"))
    session = Session.from_project(renamed, generator=toy, device="cpu")
    assert session.generator is toy
    assert np.array_equal(pixels(session.render_face(0)), pixels(projected.render_face(0)))
    assert session.to_project().generator == renamed.generator
    with pytest.raises(CheckpointError, match="nowhere"):
        Session.from_project(renamed, device="cpu").render_face(0)


def test_a_name_does_not_change_what_a_project_is_drawn_with(projected: Session, tmp_path: Path) -> None:
    path = projected.save(tmp_path / "a.ledit")
    assert Session.open(path, generator="mobilestylegan-ffhq", device="cpu").generator.spec.name == "toy"
    projected.set_faces([face.face for face in projected.faces])
    path = projected.save(tmp_path / "b.ledit")
    assert Session.open(path, generator="toy", device="cpu").generator.spec.name == "toy"


def test_new_faces_forget_what_was_known(projected: Session) -> None:
    projected.do(SetAmount(0, "smile", 3.0))
    heard: list[Any] = []
    projected.faces_changed.connect(lambda: heard.append(len(projected.faces)))
    projected.set_faces([face_at(projected, 7, 50, 50)])
    assert heard == [1]
    assert projected.face(0).latents is None
    assert projected.face(0).face.index == 0
    assert projected.state == EditState.for_faces(1)
    assert not projected.history.can_undo


def test_faces_that_are_not_there_are_named(session: Session) -> None:
    with pytest.raises(NoFaceError, match="no face 2"):
        session.face(2)
    with pytest.raises(UsageError, match="not projected"):
        session.render_face(0)
    with pytest.raises(NoFaceError):
        next(session.project(9))


def test_small_faces_are_refused_by_generators_of_faces(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.set_faces([face_at(session, 0, 20, 20, side=30)])
    generator = session.generator
    monkeypatch.setattr(generator, "spec", replace(generator.spec, domain="face"))
    with pytest.raises(FaceTooSmallError):
        next(session.project(0))


def test_importing_the_session_does_not_import_torch() -> None:
    code = "import sys, latentedit.session; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_listeners_of_new_faces_may_draw(session: Session) -> None:
    told: list[int] = []

    def drawn() -> None:
        told.append(len(session.patches()) + len(session.state.faces))

    session.faces_changed.connect(drawn)
    session.set_faces([face_at(session, 0, 20, 20)])
    session.set_faces([face_at(session, index, 20, 20) for index in range(3)])
    assert told == [1, 3]


def test_drags_that_no_edit_names_make_room(photo_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latentedit.session_directions.MAX_DIRECTIONS", 4)
    session = Session.open(photo_path, engine=Engine(), generator="toy")
    session.set_faces([face_at(session, 0, 20, 20)])
    names = []
    for number in range(9):
        vector = torch.randn(16, generator=torch.Generator().manual_seed(10 + number))
        names.append(session.add_direction(Direction(f"drag:{number}", vector)))
        if number in (0, 5):
            session.do(SetAmount(0, names[-1], 1.0))
        if number == 5:
            session.undo()  # it can be done again
    assert {"drag:0", "drag:5", "drag:8"} <= session.own_directions.keys() and len(session.own_directions) <= 4


def test_a_report_may_hold_anything(projected: Session) -> None:
    projected.add_to_report(0, {"lpips_alex": "n/a", "psnr_db": float("nan"), "seconds": 1.234})
    figures = face_figures(projected, 0)
    assert figures["seconds"] == 1.23 and not {"lpips_alex", "psnr_db"} & figures.keys()


def test_faces_are_looked_for_before_the_generator_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A photograph without faces is told so at once, also where the weights are not there yet."""
    monkeypatch.setattr("latentedit.faces.find_faces", lambda photo, *, store=None: [])
    Image.new("RGB", (64, 64)).save(tmp_path / "empty.png")
    session = Session.open(tmp_path / "empty.png", store=AssetStore(tmp_path / "no-weights", {}))
    with pytest.raises(NoFaceError):
        session.find_faces()


def test_many_undos_at_once_are_told_once(session: Session) -> None:
    for seed in range(3):
        session.do(SetMix(0, f"seed:{seed}"))
    told: list[int] = []
    session.state_changed.connect(lambda now, before: told.append(len(now.face(0).edits)))
    session.step(-2)
    session.step(5)
    session.step(1)
    assert told == [1, 3]


def test_another_generator_keeps_the_faces_and_forgets_the_rest(session: Session, engine: Engine) -> None:
    session.do(SetAmount(0, "smile", 1.0))
    quads = [known.face.quad for known in session.faces]
    other = ToyGenerator(1)
    session.use_generator(other)
    assert session.generator is other
    assert all(known.latents is None for known in session.faces)
    assert all((known.face.quad == quad).all() for known, quad in zip(session.faces, quads, strict=True))
    assert session.state == EditState.for_faces(len(quads)) and not session.history.can_undo
    list(session.project(0, steps=2))
    assert session.face(0).latents is not None


def test_the_name_of_the_generator_is_known_before_it_is_loaded(photo_path: Path, session: Session, engine: Engine) -> None:
    assert session.generator_name == "toy"
    assert Session.open(photo_path, engine=engine).generator_name == "mobilestylegan-ffhq"
    assert Session.open(photo_path, engine=engine, generator="not there").generator_name == "not there"
    session.use_generator(ToyGenerator(1))
    assert session.generator_name == "toy-1"
