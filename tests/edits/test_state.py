import math
import subprocess
import sys

import pytest
from hypothesis import given

from latentedit.edits import Compositing, DirectionEdit, EditState, FaceEdits
from latentedit.errors import UsageError

from .strategies import FACES, STATES


@given(STATES)
def test_states_are_hashable_and_equal_to_their_copies(state: EditState) -> None:
    copy = EditState(tuple(FaceEdits(f.edits, f.compositing, f.truncation_psi, f.noise_mode) for f in state.faces))
    assert copy == state
    assert hash(copy) == hash(state)


def test_layers_are_kept_in_one_order() -> None:
    assert DirectionEdit("smile", 1, (3, 1, 3)) == DirectionEdit("smile", 1, (1, 3))
    assert hash(DirectionEdit("smile", 1)) == hash(DirectionEdit("smile", 1.0))


@given(FACES)
def test_what_is_drawn_depends_on_active_edits_only(face: FaceEdits) -> None:
    drawn = face.drawn()
    assert drawn.drawn() == drawn
    assert all(edit.active for edit in drawn.edits)
    idle = FaceEdits(
        (*face.edits, DirectionEdit("never used", 0.0)),
        Compositing("replace"),
        face.truncation_psi,
        face.noise_mode,
    )
    assert idle.drawn() == drawn


def test_a_face_is_drawn_as_projected_until_something_changes_it() -> None:
    assert not FaceEdits().changes_drawing
    assert not FaceEdits((DirectionEdit("smile", 2, enabled=False),), Compositing("replace")).changes_drawing
    assert FaceEdits((DirectionEdit("smile", 2),)).changes_drawing
    assert FaceEdits(truncation_psi=0.5).changes_drawing
    assert FaceEdits(noise_mode="none").changes_drawing


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf, 1000.5])
def test_amounts_that_cannot_be_drawn_are_refused(amount: float) -> None:
    with pytest.raises(UsageError, match="smile"):
        DirectionEdit("smile", amount)


@pytest.mark.parametrize("layers", [(), (-1,), (1024,)])
def test_layers_that_cannot_exist_are_refused(layers: tuple[int, ...]) -> None:
    with pytest.raises(UsageError):
        DirectionEdit("smile", 1.0, layers)


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 201, "\ud800"])
def test_names_that_cannot_be_shown_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        DirectionEdit(name, 1.0)


def test_an_edit_stands_once_in_a_stack() -> None:
    FaceEdits((DirectionEdit("smile", 1.0), DirectionEdit("smile", 1.0, (1,))))
    with pytest.raises(UsageError):
        FaceEdits((DirectionEdit("smile", 1.0), DirectionEdit("smile", 2.0)))


def test_other_values_out_of_range_are_refused() -> None:
    for make in (
        lambda: Compositing("blur"),  # type: ignore[arg-type]
        lambda: Compositing(feather=-0.1),
        lambda: Compositing(feather=math.nan),
        lambda: FaceEdits(truncation_psi=-1),
        lambda: FaceEdits(noise_mode="loud"),  # type: ignore[arg-type]
        lambda: EditState(schema=99),
    ):
        with pytest.raises(UsageError):
            make()


def test_a_face_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="no face 2"):
        EditState.for_faces(2).face(2)
    with pytest.raises(UsageError):
        EditState().with_face(-1, FaceEdits())


def test_importing_edits_imports_neither_torch_nor_numpy() -> None:
    code = "import sys, latentedit.edits; print({'torch', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
