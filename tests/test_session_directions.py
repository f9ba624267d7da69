"""Directions that one session alone knows, and that its project brings along."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from projects import assert_same, face, numbers

from latentedit.directions import Direction
from latentedit.edits import EditKey, EditState, History, RemoveEdit, SetAmount
from latentedit.engine import Engine
from latentedit.errors import DirectionError, UsageError
from latentedit.face_latents import FaceLatents
from latentedit.generators import GeneratorSpec
from latentedit.generators.toy import ToyGenerator, toy_spec
from latentedit.project_file import GeneratorIdentity, Project
from latentedit.session import Session


def vector(seed: int, *shape: int) -> torch.Tensor:
    return torch.tensor(numbers(seed, *(shape or (16,))))


SHIPPED = {"smile": Direction("smile", vector(1), (2, 3))}


def shipped(name: str, spec: GeneratorSpec) -> Direction:
    if name not in SHIPPED:
        raise DirectionError(f"There is no direction {name!r}.", hint="Its directions: smile.")
    return SHIPPED[name]


@pytest.fixture
def engine() -> Engine:
    return Engine(resolve_direction=shipped)


@pytest.fixture
def opened(engine: Engine) -> Callable[[], Session]:
    """Makes sessions on the same photograph with a projected face, all drawn by one engine."""
    png = io.BytesIO()
    Image.fromarray(np.full((80, 80, 3), 90, np.uint8)).save(png, "png")
    known = face(0, FaceLatents(numbers(0, 1, 8, 16)))
    history = History(EditState.for_faces(1))
    project = Project("photo.png", png.getvalue(), GeneratorIdentity.of(toy_spec()), (known,), history)
    return lambda: Session.from_project(project, engine=engine)


@pytest.fixture
def session(opened: Callable[[], Session]) -> Session:
    return opened()


def drawn(session: Session) -> NDArray[np.uint8]:
    return np.asarray(session.render_face(0))


def moved(session: Session, direction: Direction, amount: float) -> NDArray[np.uint8]:
    """What the face looks like when it is moved along a direction, without names."""
    latents = session.face(0).latents
    assert latents is not None
    image = session.generator.synthesis(direction.apply(torch.tensor(latents.w_plus), amount))
    return np.asarray(((image[0] + 1) * 127.5).round().clamp(0, 255).byte().permute(1, 2, 0))


def test_an_own_direction_is_drawn(session: Session) -> None:
    mine = Direction("mine", vector(2, 8, 16), (0, 4))
    name = session.add_direction(mine)
    assert name == "mine"
    assert list(session.own_directions) == ["mine"]
    session.do(SetAmount(0, name, 3.0))
    assert np.array_equal(drawn(session), moved(session, mine, 3.0))
    assert not np.array_equal(drawn(session), np.asarray(session.render_face(0, edited=False)))
    assert session.patches()


def test_a_project_reopens_with_its_own_directions(session: Session, engine: Engine, tmp_path: Path) -> None:
    mine = Direction("mine", vector(2), (0, 4), (-2.0, 3.0), "frowns", "mine.npy", "CC BY 4.0")
    session.do(SetAmount(0, session.add_direction(mine), 3.0))
    session.add_direction(Direction("unused", vector(3)))
    path = session.save(tmp_path / "a.ledit")
    reopened = Session.open(path, engine=Engine(resolve_direction=shipped))
    assert_same(reopened.to_project(), session.to_project())
    assert np.array_equal(drawn(reopened), drawn(session))
    assert np.array_equal(np.asarray(reopened.render()), np.asarray(session.render()))
    known = reopened.own_directions["mine"]
    assert (known.default_range, known.effect, known.provenance) == ((-2.0, 3.0), "frowns", "mine.npy")
    assert known.licence == "CC BY 4.0"
    assert "unused" not in reopened.own_directions
    assert not reopened.modified
    assert reopened.save(tmp_path / "b.ledit").read_bytes() == path.read_bytes()


def test_a_shipped_name_never_stands_for_another_direction(session: Session, tmp_path: Path) -> None:
    mine = Direction("smile", vector(2))
    name = session.add_direction(mine)
    assert name == "smile-2"
    session.do(SetAmount(0, name, 3.0))
    path = session.save(tmp_path / "a.ledit")
    reopened = Session.open(path, engine=Engine(resolve_direction=shipped))
    assert np.array_equal(drawn(reopened), moved(session, mine, 3.0))
    reopened.do(RemoveEdit(0, EditKey("direction", name, None)))
    reopened.do(SetAmount(0, "smile", 3.0))
    assert np.array_equal(drawn(reopened), moved(session, SHIPPED["smile"], 3.0))


def test_a_direction_that_ships_later_does_not_change_a_project(session: Session, tmp_path: Path) -> None:
    mine = Direction("mine", vector(2))
    session.do(SetAmount(0, session.add_direction(mine), 3.0))
    path = session.save(tmp_path / "a.ledit")
    later = Engine(resolve_direction=lambda name, spec: Direction(name, vector(9)))
    reopened = Session.open(path, engine=later)
    assert np.array_equal(drawn(reopened), moved(session, mine, 3.0))


def test_the_shipped_direction_itself_is_not_stored(session: Session) -> None:
    same = Direction("smile", SHIPPED["smile"].vector.double(), (3, 2), effect="said otherwise")
    assert session.add_direction(same) == "smile"
    assert not session.own_directions
    session.do(SetAmount(0, "smile", 1.0))
    assert session.to_project().directions == ()
    assert session.add_direction(Direction("smile", SHIPPED["smile"].vector)) == "smile-2"


def test_names_that_edits_may_use_are_not_taken_over(session: Session) -> None:
    directions = [Direction("mine", vector(seed)) for seed in range(3)]
    names = [session.add_direction(direction) for direction in directions]
    assert names == ["mine", "mine-2", "mine-3"]
    assert [session.add_direction(direction) for direction in directions] == names
    assert [known.name for known in session.own_directions.values()] == names
    assert session.add_direction(Direction("other", vector(0))) == "other"


def test_a_direction_keeps_its_number_when_the_others_are_gone(session: Session, engine: Engine, tmp_path: Path) -> None:
    session.add_direction(Direction("mine", vector(0)))
    second = Direction("mine", vector(1))
    session.do(SetAmount(0, session.add_direction(second), 1.0))
    reopened = Session.open(session.save(tmp_path / "a.ledit"), engine=engine)
    assert list(reopened.own_directions) == ["mine-2"]
    assert reopened.add_direction(second) == "mine-2"
    assert reopened.add_direction(Direction("mine", vector(5))) == "mine"


def test_numbered_names_stay_names(session: Session) -> None:
    names = [session.add_direction(Direction("x" * 200, vector(seed))) for seed in range(3)]
    assert names == ["x" * 200, "x" * 198 + "-2", "x" * 198 + "-3"]
    for name in names:
        session.do(SetAmount(0, name, 1.0))


def test_undo_and_redo_reach_over_reopening(session: Session, engine: Engine, tmp_path: Path) -> None:
    first, second = Direction("mine", vector(1)), Direction("mine", vector(2))
    for direction in (first, second):
        session.do(SetAmount(0, session.add_direction(direction), 2.0))
        session.do(RemoveEdit(0, EditKey("direction", session.add_direction(direction), None)))
    session.undo()
    session.undo()
    reopened = Session.open(session.save(tmp_path / "a.ledit"), engine=engine)
    assert np.array_equal(drawn(reopened), np.asarray(reopened.render_face(0, edited=False)))
    reopened.undo()
    assert np.array_equal(drawn(reopened), moved(reopened, first, 2.0))
    reopened.redo()
    reopened.redo()
    assert np.array_equal(drawn(reopened), moved(reopened, second, 2.0))


def test_sessions_of_one_engine_do_not_see_each_others_directions(opened: Callable[[], Session]) -> None:
    one, two, three = opened(), opened(), opened()
    directions = Direction("mine", vector(1)), Direction("mine", vector(2))
    for session, direction in zip((one, two), directions, strict=True):
        assert session.add_direction(direction) == "mine"
    for session in (one, two, three):
        session.do(SetAmount(0, "mine", 2.0))
    for _ in range(2):
        for session, direction in zip((one, two), directions, strict=True):
            assert np.array_equal(drawn(session), moved(session, direction, 2.0))
        with pytest.raises(DirectionError, match="no direction 'mine'"):
            drawn(three)


def test_a_name_in_a_project_is_never_a_path(session: Session, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "grin.npy"
    np.save(path, numbers(0, 16))
    for name in (str(path), "grin.npy", "grin"):
        session.do(SetAmount(0, name, 2.0))
        reopened = Session.open(session.save(tmp_path / "a.ledit"), engine=engine)
        with pytest.raises(DirectionError, match="There is no direction"):
            drawn(reopened)
        session.undo()


def test_a_project_that_was_saved_without_its_direction_gets_it_back(session: Session) -> None:
    mine = Direction("mine", vector(1))
    session.do(SetAmount(0, "mine", 2.0))
    with pytest.raises(DirectionError):
        drawn(session)
    assert session.add_direction(mine) == "mine"
    assert np.array_equal(drawn(session), moved(session, mine, 2.0))


def test_what_does_not_fit_is_refused(session: Session) -> None:
    for wrong in (
        Direction("mine", vector(0, 18, 16)),
        Direction("mine", vector(0, 512)),
        Direction("mine", vector(0), (8,)),
        Direction("mine", vector(0) * float("nan")),
    ):
        with pytest.raises(DirectionError) as caught:
            session.add_direction(wrong)
        assert caught.value.hint
    assert not session.own_directions


def test_there_is_an_end_to_how_many_a_project_takes(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latentedit.session_directions.MAX_DIRECTIONS", 3)
    for seed in range(3):
        session.add_direction(Direction(f"mine {seed}", vector(seed)))
    with pytest.raises(UsageError, match="at most 3 directions"):
        session.add_direction(Direction("mine 3", vector(3)))
    assert session.add_direction(Direction("mine 2", vector(2))) == "mine 2"
    monkeypatch.setattr("latentedit.session_directions.MAX_DIRECTIONS", 9)
    monkeypatch.setattr("latentedit.session_directions.MAX_VECTOR_BYTES", 4 * 16 * 4)
    session.add_direction(Direction("mine 3", vector(3)))
    with pytest.raises(UsageError, match="together"):
        session.add_direction(Direction("mine 4", vector(4)))


def test_a_direction_binds_a_project_to_its_generator_before_a_face_is_projected(
    session: Session, engine: Engine, tmp_path: Path
) -> None:
    session.set_faces([session.face(0).face])
    name = session.add_direction(Direction("mine", vector(1)))
    assert session.to_project().generator is None
    session.do(SetAmount(0, name, 2.0))
    path = session.save(tmp_path / "a.ledit")
    reopened = Session.open(path, engine=engine, generator=ToyGenerator(seed=1))
    assert reopened.generator.spec.weights_hash == toy_spec().weights_hash
    assert_same(reopened.to_project(), session.to_project())


def test_new_faces_let_go_of_the_directions_of_a_generator_that_is_let_go(session: Session) -> None:
    session.add_direction(Direction("mine", vector(1)))
    faces = [session.face(0).face]
    session.set_faces(faces)
    assert not session.own_directions
    session.add_direction(Direction("mine", vector(1)))
    session.set_faces(faces)
    assert list(session.own_directions) == ["mine"]
