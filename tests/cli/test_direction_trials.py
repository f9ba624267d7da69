"""Directions tried on a face of one's own, on the seeded toy generator."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from latentedit.alignment import crop_quad
from latentedit.captioned_grid import CAPTION_PX
from latentedit.cli.app import run
from latentedit.direction_trials import PICTURE_PX, Trial, amounts_over, trial_sheet, try_directions
from latentedit.directions import load_direction
from latentedit.edits import Compositing, DirectionEdit, EditMask, PutEdit, SetCompositing
from latentedit.errors import NoFaceError, UsageError
from latentedit.images import open_photo
from latentedit.session import Session


@pytest.fixture
def session(folder: Path) -> Session:
    return Session.open("photo.ledit", device="cpu")


@pytest.mark.parametrize("span", [(-3.0, 3.0), (-1.0, 4.0), (0.0, 2.0), (1.0, 2.0), (-2.0, 0.0)])
@pytest.mark.parametrize("count", [2, 3, 4, 5, 9])
def test_amounts_go_from_one_end_of_the_range_to_the_other(span: tuple[float, float], count: int) -> None:
    amounts = amounts_over(span, count)
    assert (amounts[0], amounts[-1], len(amounts)) == (*span, count)
    assert all(one < other for one, other in pairwise(amounts))
    if span[0] < 0 < span[1] and count % 2:
        assert amounts[count // 2] == 0


def test_each_picture_is_the_face_with_that_amount_on_top_of_its_edits(session: Session) -> None:
    session.do(PutEdit(0, DirectionEdit("there/grin.pt", 1.0, enabled=False)))
    before = session.history
    trials = list(try_directions(session, 0, ["there/smile.npy", "there/grin.pt"], amounts=3, size=64))
    assert session.history == before
    assert [(trial.number, trial.num_trials, trial.name, trial.amount) for trial in trials] == [
        (row * 3 + column, 6, name, amount)
        for row, name in enumerate(("smile", "grin"))
        for column, amount in enumerate((-5.0, 0.0, 5.0))
    ]
    face = session.face(0).face
    unchanged = crop_quad(face.photo.rgb_uint8, face.quad, 64)
    for trial in trials:
        assert trial.picture.shape == (64, 64, 3)
        assert np.array_equal(trial.picture, unchanged) == (trial.amount == 0)


@pytest.mark.parametrize("mode", ["residual", "seamless", "replace"])
def test_a_trial_shows_what_the_edit_makes_of_the_photograph(session: Session, mode: str) -> None:
    session.do(SetCompositing(0, Compositing(mode)))  # type: ignore[arg-type]
    face = session.face(0).face
    size = round(face.side_px)
    trials = list(try_directions(session, 0, ["there/smile.npy"], amounts=3, size=size))
    session.do(PutEdit(0, DirectionEdit(trials[-1].name, trials[-1].amount)))
    exported = crop_quad(session.render_uint8(), face.quad, size).astype(int)
    apart = [np.abs(exported - trial.picture).mean() for trial in trials]
    assert apart[-1] < 0.6 * min(apart[:-1])  # the preview is coarser


def test_an_edit_that_stands_there_gets_the_amount_and_keeps_its_mask(session: Session) -> None:
    name = session.add_direction(load_direction("there/smile.npy", session.generator))
    session.do(PutEdit(0, DirectionEdit(name, 2.0, mask=EditMask("mouth"))))
    only_mouth = [trial.picture for trial in try_directions(session, 0, [name], amounts=2, size=100)]
    session.do(PutEdit(0, DirectionEdit(name, 1.0, mask=EditMask("eyes"), instance=1)))
    with_eyes = [trial.picture for trial in try_directions(session, 0, [name], amounts=2, size=100)]
    session.undo()
    session.undo()
    everywhere = [trial.picture for trial in try_directions(session, 0, [name], amounts=2, size=100)]
    changed = [(pictures[0] != pictures[1]).any(axis=2).mean() for pictures in (only_mouth, with_eyes, everywhere)]
    assert 0 < changed[0] < changed[2] and 0 < changed[1] < changed[2]


@pytest.mark.usefixtures("toy_ships_smile")
def test_without_names_those_that_ship_are_tried(session: Session) -> None:
    trials = list(try_directions(session, 0, amounts=2, size=32))
    assert [(trial.name, trial.amount) for trial in trials] == [("smile", -4.0), ("smile", 4.0)]


def test_nothing_is_drawn_that_nobody_looks_at(session: Session) -> None:
    steps = try_directions(session, 0, ["there/smile.npy", "there/grin.pt"], size=32)
    assert next(steps).number == 0
    steps.close()  # type: ignore[attr-defined]
    assert session.state.face(0).edits == ()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"names": [], "amounts": 3}, "No direction ships"),
        ({"names": ["there/smile.npy"], "amounts": 1}, "2 to 99 amounts"),
        ({"names": ["there/smile.npy"], "face_index": 1}, "no face 1"),
    ],
)
def test_what_cannot_be_tried_is_refused(session: Session, arguments: dict[str, object], error: str) -> None:
    with pytest.raises((UsageError, NoFaceError), match=error):
        list(try_directions(session, **{"face_index": 0, **arguments}))  # type: ignore[arg-type]


def test_the_sheet_has_a_row_for_each_direction() -> None:
    pictures = [np.full((32, 32, 3), 20 * number, np.uint8) for number in range(6)]
    trials = [Trial(number, 6, "ab"[number // 3], float(number), picture) for number, picture in enumerate(pictures)]
    sheet = trial_sheet(trials)
    assert sheet.shape == (2 * (32 + CAPTION_PX), 96, 3)
    for trial in trials:
        row, column = divmod(trial.number, 3)
        top, left = row * (32 + CAPTION_PX) + CAPTION_PX, column * 32
        assert (sheet[top : top + 32, left : left + 32] == trial.picture).all()


def test_a_sheet_is_written_for_a_project_and_a_photograph_beside_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("photo.ledit").read_bytes()
    how = ["there/smile.npy", "--amounts", "3", "--device", "cpu", "--json"]
    for source, output in (("photo.ledit", "a.png"), ("photo.png", "b.png")):
        capsys.readouterr()
        assert run(["directions", "try", source, *how, "--generator", "toy", "-o", output]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == {"input": source, "output": output, "face": 0, "directions": {"smile": [-5.0, 0.0, 5.0]}}
    assert np.array_equal(*(open_photo(name).rgb_uint8 for name in ("a.png", "b.png")))
    assert open_photo("a.png").size == (3 * PICTURE_PX, PICTURE_PX + CAPTION_PX)
    assert b"DigitalSourceType" in Path("a.png").read_bytes()
    assert Path("photo.ledit").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["photo.ledit", "-o", "sheet.png", "nothing"], 2, "nothing"),
        (["photo.ledit", "-o", "sheet.doc"], 2, "sheet.doc"),
        (["photo.ledit", "-o", "photo.png"], 2, "would overwrite the photograph"),
        (["photo.ledit", "there/smile.npy", "-o", "there/smile.npy"], 2, "smile.npy"),
        (["photo.ledit", "-o", "sheet.png", "--face", "all"], 2, "one face"),
        (["photo.ledit", "-o", "sheet.png", "--amounts", "1"], 2, "amounts"),
        (["other.png", "-o", "sheet.png"], 2, "not projected yet"),
        (["missing.png", "-o", "sheet.png"], 3, "missing.png"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(
    words: list[str], code: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other.png").write_bytes(Path("photo.png").read_bytes())
    before = sorted(folder.iterdir())
    assert run(["directions", "try", *words, "--device", "cpu"]) == code
    assert told in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before
