"""Settings are checked against all photographs and projects of a batch before the first is worked on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from toy_batch import CONFIG, SyntheticFaces, run, statuses, steps_of, write_photo

from latentedit.batch import BatchConfig, LocalEngine
from latentedit.directions import load_direction
from latentedit.edits import SetAmount
from latentedit.errors import LatentEditError, PhotoError, UsageError
from latentedit.generators.toy import ToyGenerator, toy_spec
from latentedit.project_file import load_project, save_project
from latentedit.requested_edits import Assignment
from latentedit.requested_masks import Masking
from latentedit.requested_mixes import Mix
from latentedit.session import Session

OWN = replace(CONFIG, edits=(Assignment("grin", 1.0),), mixes=())


@pytest.fixture
def mixed(folder: Path) -> Path:
    """With a project among the photographs that has a direction ``grin`` of its own."""
    run(folder, replace(CONFIG, keep_projects=True, mixes=()))
    session = Session.open(folder / "out" / "a.ledit", generator=ToyGenerator())
    np.save(folder / "grin.npy", np.random.default_rng(0).standard_normal(16).astype(np.float32))
    session.do(SetAmount(0, session.add_direction(load_direction(folder / "grin.npy", session.generator)), 1.0))
    session.save(folder / "in" / "p.ledit")
    return folder


def only_the_project(folder: Path) -> None:
    for path in (folder / "in").rglob("*.*"):
        if path.suffix != ".ledit":
            path.unlink()


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"edits": (Assignment("nobody", 1.0),)}, UsageError, "nobody"),
        ({"edits": (Assignment("grin", 1.0),)}, UsageError, "grin"),  # the photographs do not know it
        ({"mixes": (Mix("nobody.ledit", "all", 1.0),)}, UsageError, "nobody.ledit"),
        ({"mixes": (Mix("seed:1", "0-99", 1.0),)}, UsageError, "0-99"),
        ({"masking": Masking("brush:" + "0" * 64)}, UsageError, "mask"),
        ({"edits": (Assignment("there.npy", 1.0, "brush:" + "0" * 64),)}, UsageError, "mask"),
        ({"masking": Masking("no-mask.txt")}, PhotoError, "no-mask.txt"),
    ],
)
def test_what_does_not_fit_all_is_told_before_the_work(
    change: dict[str, object],
    error: type[LatentEditError],
    said: str,
    mixed: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    where = tmp_path_factory.mktemp("run")
    (mixed / "in").rename(where / "in")
    monkeypatch.chdir(where)
    np.save("there.npy", np.ones(16, np.float32))
    Path("no-mask.txt").write_text("text")
    monkeypatch.setattr("latentedit.loaded_generators.load_generator", lambda *_, **__: pytest.fail("weights were loaded"))
    with pytest.raises(error, match=said):
        run(where, replace(CONFIG, **change))  # type: ignore[arg-type]
    assert not (where / "out").exists()


def test_projects_are_checked_against_what_they_brought_along(mixed: Path) -> None:
    out = mixed / "out"
    out.rename(mixed / "before")
    only_the_project(mixed)
    assert statuses(run(mixed, OWN)) == {"p.ledit": "done"}


def test_a_project_that_lacks_what_others_have_is_named(mixed: Path) -> None:
    (mixed / "out").rename(mixed / "before")
    only_the_project(mixed)
    project = load_project(mixed / "in" / "p.ledit")
    save_project(
        mixed / "in" / "q.ledit", replace(project, directions=(), history=type(project.history)(project.state.for_faces(1)))
    )
    with pytest.raises(UsageError, match=r"q\.ledit: .*grin"):
        run(mixed, OWN)
    (mixed / "in" / "q.ledit").write_bytes(b"damaged")  # which is no fault of the settings
    assert statuses(run(mixed, OWN)) == {"p.ledit": "done", "q.ledit": "failed"}


def test_projects_need_no_other_generator_than_their_own(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mixed / "out").rename(mixed / "before")
    only_the_project(mixed)
    monkeypatch.setenv("LATENTEDIT_HOME", str(mixed / "home"))  # where there are no weights
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    assert BatchConfig().generator != toy_spec().name
    config = BatchConfig(edits=OWN.edits, mixes=(Mix("seed:1", "0-7", 1.0),))
    assert statuses(run(mixed, config, engine=LocalEngine(SyntheticFaces()))) == {"p.ledit": "done"}


@pytest.mark.parametrize("of_edit", [False, True])
def test_a_painted_mask_fits_photographs_of_its_size(of_edit: bool, folder: Path) -> None:
    paint = np.zeros((100, 100), np.uint8)
    paint[40:60, 40:60] = 255
    Image.fromarray(paint).save(folder / "mask.png")
    np.save(folder / "yaw.npy", np.random.default_rng(0).standard_normal(16).astype(np.float32))
    write_photo(folder / "in" / "b.jpg", side=90)
    mask, direction = str(folder / "mask.png"), str(folder / "yaw.npy")
    masked = {"edits": (Assignment(direction, 2.0, mask),), "mixes": ()} if of_edit else {"masking": Masking(mask)}
    steps = list(steps_of(folder, replace(CONFIG, format="png", **masked)))  # type: ignore[arg-type]
    records = {step.item.name: step.record for step in steps if step.record is not None}
    assert statuses(records) == {"a.png": "done", "b.jpg": "failed", "s/a.png": "done"}
    assert "mask.png has 100 x 100 pixels, the photograph 90 x 90" in records["b.jpg"].error
    assert "projecting" not in {step.phase for step in steps if step.item.name == "b.jpg"}
    moved = np.argwhere(shown(folder / "out" / "a.png") != shown(folder / "in" / "a.png"))[:, :2]
    # An edit's mask is laid over the drawing, a pixel of which is here two and a half of the photograph.
    assert len(moved) and moved.min() >= 40 - 8 * of_edit and moved.max() < 60 + 8 * of_edit


def test_only_the_mask_goes_back(folder: Path) -> None:
    results = {}
    for masking in (Masking(), Masking("face"), Masking("face", inverted=True), Masking("square", feather=0.4)):
        run(folder, replace(CONFIG, masking=masking), resume=True)
        results[masking] = shown(folder / "out" / "a.png")
        assert np.any(results[masking] != shown(folder / "in" / "a.png"))
    assert len({picture.tobytes() for picture in results.values()}) == len(results)


@pytest.mark.parametrize("mark", [True, False])
def test_results_are_marked_unless_it_is_not_wanted(mark: bool, folder: Path) -> None:
    for crop, face in ((False, "all"), (True, "largest")):
        run(folder, replace(CONFIG, mark_ai=mark, crop=crop, face=face), resume=True)
        assert (b"AlgorithmicMedia" in (folder / "out" / "b.jpg").read_bytes()) == mark
    config = replace(CONFIG, mark_ai=mark, format="bmp")
    records = run(folder, config, resume=True)
    assert all(len(record.notes) == mark for record in records.values())
    assert run(folder, config, resume=True) == records  # as the manifest has them


def shown(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))
