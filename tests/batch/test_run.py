"""Batches with the toy generator: what is done, and what stops what."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from toy_batch import (
    CONFIG,
    NAMES,
    SyntheticFaces,
    edited,
    files_in,
    other_edit,
    run,
    statuses,
    steps_of,
    unknown_edit,
    write_photo,
)

import latentedit.kept_projection
from latentedit.batch import BatchConfig, BatchStep, LocalEngine, find_items, read_manifest, run_batch
from latentedit.edits import SetMix
from latentedit.errors import AssetUnreachableError, InputError, LatentEditError, ResourceError, StorageError, UsageError
from latentedit.faces import Face
from latentedit.images import Photo
from latentedit.project_file import load_project
from latentedit.requested_masks import Masking
from latentedit.session import Session


def phases(steps: list[BatchStep], name: str) -> set[str]:
    return {step.phase for step in steps if step.item.name == name}


def pixels(path: Path) -> Any:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def test_every_photograph_is_edited_into_a_file_of_its_own(folder: Path) -> None:
    before = files_in(folder / "in")
    records = run(folder)
    assert statuses(records) == dict.fromkeys(NAMES, "done")
    assert sorted(files_in(folder / "out")) == sorted(NAMES)
    assert files_in(folder / "in") == before
    for name in NAMES:
        assert records[name].sha256 == hashlib.sha256(before[name]).hexdigest()
        assert np.abs(pixels(folder / "out" / name) - pixels(folder / "in" / name)).max() > 20
        assert [face["steps"] for face in records[name].faces] == [CONFIG.steps]
    assert read_manifest(folder / "out" / "manifest.jsonl") == records


def test_it_does_what_a_session_does(folder: Path) -> None:
    run(folder, replace(CONFIG, format="png"))
    session = Session.open(folder / "in" / "b.jpg", generator="toy", device="cpu")
    session.set_faces(SyntheticFaces().find_faces(session.photo))
    for _ in session.project(0, preset="fast", steps=CONFIG.steps):
        pass
    session.do(SetMix(0, "seed:5", 1.0, None))
    assert np.array_equal(pixels(folder / "out" / "b.png"), np.asarray(session.render()))


def test_one_that_fails_stops_none_of_the_others(folder: Path) -> None:
    bad = {
        "0.jpg": b"text, not an image",
        "c.png": b"",
        "d.jpg": (folder / "in" / "b.jpg").read_bytes()[:300],
        "e.ledit": b"PK\3\4",
    }
    for name, data in bad.items():
        (folder / "in" / name).write_bytes(data)
    write_photo(folder / "in" / "small.png", side=30)
    (folder / "in" / "gone.png").symlink_to(folder / "in" / "small.png")
    items = find_items([folder / "in", folder / "in" / "missing.png"], folder / "out", recursive=True)
    (folder / "in" / "gone.png").unlink()  # while the batch is under way, so to speak
    steps = list(run_batch(CONFIG, items, folder / "out", LocalEngine(SyntheticFaces())))
    records = {step.item.name: step.record for step in steps if step.record is not None}
    assert {name for name, record in records.items() if record.status == "done"} == set(NAMES)
    failed = [record for record in records.values() if record.status == "failed"]
    assert {record.item for record in failed} == {*bad, "small.png", "missing.png", "gone.png"}
    for record in failed:
        assert record.error and record.hint and not record.bug, record
    assert sorted(set(files_in(folder / "out")) - {".latentedit-batch/lock"}) == sorted(NAMES)


def test_names_that_lead_nowhere_stop_none_of_the_others(folder: Path) -> None:
    (folder / "in" / "loop.png").symlink_to("loop.png")
    long = "x" * 300
    named = [f"{long}.png", f"{long}.ledit", f"{long}/y.png", "s/loop.ledit"]
    (folder / "in" / "s" / "loop.ledit").symlink_to("loop.ledit")
    items = find_items([folder / "in", *(folder / "in" / name for name in named)], folder / "out", recursive=True)
    steps = list(run_batch(CONFIG, items, folder / "out", LocalEngine(SyntheticFaces())))
    records = {step.item.name: step.record for step in steps if step.record is not None}
    assert {name for name, record in records.items() if record.status == "done"} == set(NAMES)
    for name in named:
        assert records[name].status == "failed" and records[name].hint and not records[name].bug


def test_a_bug_is_told_as_one_and_stops_none_of_the_others(folder: Path) -> None:
    class Wrong(SyntheticFaces):
        def find_faces(self, photo: Photo) -> list[Face]:
            if photo.name == "b.jpg":
                raise ZeroDivisionError("oh")
            return super().find_faces(photo)

    records = run(folder, engine=LocalEngine(Wrong()))
    assert statuses(records) == {"a.png": "done", "b.jpg": "failed", "s/a.png": "done"}
    assert records["b.jpg"].bug and records["b.jpg"].error == "ZeroDivisionError: oh"


@pytest.mark.parametrize("error", [AssetUnreachableError("no network"), "full"])
def test_what_all_would_fail_by_stops_the_batch(folder: Path, error: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: Any, **options: Any) -> None:
        raise StorageError("There is no room.") from OSError(28, "No space left on device")

    class Lacking(SyntheticFaces):
        def find_faces(self, photo: Photo) -> list[Face]:
            if photo.name == "b.jpg" and isinstance(error, LatentEditError):
                raise error
            return super().find_faces(photo)

    if error == "full":
        monkeypatch.setattr("latentedit.images.write_edited", full)
    done = []
    with pytest.raises((AssetUnreachableError, StorageError)):
        for step in steps_of(folder, engine=LocalEngine(Lacking())):
            done += [step.record] if step.record else []
    assert done[-1].status == "failed" and len(done) < len(NAMES)
    monkeypatch.undo()
    assert set(statuses(run(folder, resume=True)).values()) == {"done"}


# Projects


def test_kept_projects_spare_projecting_again(folder: Path) -> None:
    config = replace(CONFIG, keep_projects=True)
    records = run(folder, config)
    assert records["s/a.png"].project == "s/a.ledit"
    for name in NAMES:
        (edit,) = load_project(folder / "out" / records[name].project).state.faces[0].edits
        assert edit.label == "mix seed:5"
    steps = list(steps_of(folder, other_edit(config), resume=True))
    for name in NAMES:
        assert phases(steps, name) == {"started", "reading", "drawing", "writing", "ended"}
        history = load_project(folder / "out" / records[name].project).history
        assert [edit.label for edit in history.present.faces[0].edits] == ["mix seed:6"] and len(history.past) == 1
    steps = list(steps_of(folder, replace(other_edit(config), seed=1), resume=True))
    assert all("projecting" in phases(steps, name) for name in NAMES)


def test_a_kept_project_of_another_photograph_is_not_taken_for_this_ones(folder: Path) -> None:
    config = replace(CONFIG, keep_projects=True)
    run(folder, config)
    write_photo(folder / "in" / "b.jpg", side=90)
    steps = list(steps_of(folder, config, resume=True))
    assert "projecting" in phases(steps, "b.jpg")
    (folder / "out" / "a.ledit").write_bytes(b"damaged")
    steps = list(steps_of(folder, other_edit(config), resume=True))
    assert "projecting" in phases(steps, "a.png") and "projecting" not in phases(steps, "s/a.png")


def test_projects_are_drawn_with_their_own_edits_and_the_batchs(folder: Path) -> None:
    run(folder, replace(CONFIG, keep_projects=True))
    (folder / "again" / "in").mkdir(parents=True)
    (folder / "out" / "a.ledit").rename(folder / "again" / "in" / "a.ledit")
    steps = list(steps_of(folder / "again", BatchConfig(generator="toy")))
    assert phases(steps, "a.ledit") == {"started", "reading", "drawing", "writing", "ended"}
    assert (folder / "again" / "out" / "a.png").read_bytes() == (folder / "out" / "a.png").read_bytes()
    run(folder / "again", BatchConfig(generator="toy", mode="replace"), resume=True)
    assert (folder / "again" / "out" / "a.png").read_bytes() != (folder / "out" / "a.png").read_bytes()


def test_a_crop_is_of_the_generators_size(folder: Path) -> None:
    run(folder, replace(CONFIG, crop=True, face="largest", mode="replace", format="png"))
    assert pixels(folder / "out" / "b.png").shape == (32, 32, 3)


# Cancelling


def test_a_projection_that_was_cancelled_goes_on_where_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latentedit.kept_projection, "SAVE_EVERY_S", 0.0)
    config = replace(CONFIG, steps=8)
    run(folder, config)
    undisturbed = files_in(folder / "out")
    shutil.rmtree(folder / "out")

    def stop_at(steps: Iterator[BatchStep], name: str, number: int) -> None:
        with closing(steps):  # type: ignore[type-var]
            for step in steps:
                if (step.item.name, step.step) == (name, number):
                    return
        raise AssertionError("that step never came")

    stop_at(steps_of(folder, config), "b.jpg", 5)
    assert set(files_in(folder / "out")) > {"a.png", ".latentedit-batch/lock"}
    stop_at(steps_of(folder, config, resume=True), "b.jpg", 7)
    again = list(steps_of(folder, config, resume=True))
    assert [step.step for step in again if step.item.name == "b.jpg" and step.phase == "projecting"] == [7, 8]
    assert phases(again, "a.png") == {"unchanged"}
    assert files_in(folder / "out") == undisturbed


def test_an_item_that_was_begun_with_other_settings_is_not_taken_for_done(folder: Path) -> None:
    """Its result may be the newer one already: a kill may come between writing and telling."""
    run(folder)
    first = files_in(folder / "out")
    with closing(steps_of(folder, other_edit(), resume=True)) as steps:  # type: ignore[type-var]
        for step in steps:
            if step.item.name == "b.jpg" and step.phase == "ended":
                break
    with (folder / "out" / "manifest.jsonl").open("rb+") as file:
        last = file.read().splitlines(keepends=True)[-1]
        assert b'"done"' in last
        file.seek(-len(last), 2)
        file.truncate()
    run(folder, resume=True)
    assert files_in(folder / "out") == first


# What is refused


def test_a_folder_with_other_files_is_left_alone(folder: Path) -> None:
    write_photo(folder / "out" / "mine.png")
    for resume in (False, True):
        with pytest.raises(UsageError, match="holds no batch") as caught:
            run(folder, resume=resume)
        assert caught.value.hint
    assert list(files_in(folder / "out")) == ["mine.png"]


def test_another_batch_is_gone_on_with_only_when_asked(folder: Path) -> None:
    run(folder)
    with pytest.raises(UsageError, match="holds a batch") as caught:
        run(folder, other_edit())
    assert "--resume" in caught.value.hint


def test_a_batch_in_which_nothing_was_begun_is_none(folder: Path) -> None:
    class Unreachable(LocalEngine):
        def run(self, jobs: Any) -> Any:
            raise ResourceError("no cluster")
            yield

    with pytest.raises(ResourceError):
        run(folder, engine=Unreachable(SyntheticFaces()))
    assert set(statuses(run(folder, other_edit())).values()) == {"done"}


def test_two_batches_at_once_keep_out_of_each_others_way(folder: Path) -> None:
    first = steps_of(folder)
    next(first)
    with pytest.raises(StorageError, match="Another batch is at work"):
        run(folder, resume=True)
    rest = list(first)
    assert sum(step.record is not None for step in rest) == len(NAMES)
    assert edited(folder) == set()


def test_results_among_the_photographs_are_refused(folder: Path) -> None:
    before = files_in(folder)
    items = find_items([folder / "in"], folder / "in")
    with pytest.raises(UsageError, match="would overwrite"):
        list(run_batch(CONFIG, items, folder / "in", LocalEngine(SyntheticFaces())))
    assert files_in(folder) == before


@pytest.mark.parametrize(
    ("config", "error"),
    [
        (unknown_edit(), UsageError),
        (replace(CONFIG, generator="no-such"), UsageError),
        (replace(CONFIG, preset="quick"), UsageError),
        (replace(CONFIG, steps=0), UsageError),
        (replace(CONFIG, mixes=(replace(CONFIG.mixes[0], layers="99"),)), UsageError),
        (replace(CONFIG, mixes=(replace(CONFIG.mixes[0], source="nobody.ledit"),)), UsageError),
        (BatchConfig(generator="toy"), UsageError),
    ],
)
def test_settings_that_fit_nothing_are_refused_before_the_work(folder: Path, config: BatchConfig, error: Any) -> None:
    with pytest.raises(error) as caught:
        run(folder, config)
    assert caught.value.hint or config.steps == 0
    assert not (folder / "out").exists()


def test_no_photographs(folder: Path) -> None:
    with pytest.raises(InputError, match="no photograph"):
        list(run_batch(CONFIG, [], folder / "out", LocalEngine(SyntheticFaces())))


class Untouched(SyntheticFaces):
    """Fails when it is asked for a face."""

    def find_faces(self, photo: Photo) -> list[Face]:
        raise AssertionError("nobody asked for faces")


@pytest.mark.parametrize("asked", [{}, {"masking": Masking("hair")}])
def test_photographs_beside_projects_come_out_as_they_went_in_where_nothing_is_asked_for(
    folder: Path, asked: dict[str, Any]
) -> None:
    made = run(folder, replace(CONFIG, keep_projects=True))
    (folder / "in" / "edited.ledit").write_bytes((folder / "out" / made["b.jpg"].project).read_bytes())
    shutil.rmtree(folder / "out")
    write_photo(folder / "in" / "without-a-face.png", 30)
    config = BatchConfig(generator="toy", **asked)
    records = run(folder, config, engine=LocalEngine(Untouched()))
    photographs = [*NAMES, "without-a-face.png"]
    assert statuses(records) == dict.fromkeys([*photographs, "edited.ledit"], "done")
    for name in photographs:
        assert (folder / "out" / name).read_bytes() == (folder / "in" / name).read_bytes()
        assert records[name].faces == () and records[name].sha256
    assert len(records["edited.ledit"].faces) == 1
    again = list(steps_of(folder, config, engine=LocalEngine(Untouched()), resume=True))
    assert [phases(again, name) for name in photographs] == [{"unchanged"}] * len(photographs)


def test_another_kind_of_file_alone_needs_no_projection(folder: Path) -> None:
    records = run(folder, BatchConfig(generator="toy", format="bmp"), engine=LocalEngine(Untouched()))
    assert statuses(records) == dict.fromkeys(NAMES, "done")
    for name in NAMES:
        assert np.array_equal(pixels(folder / "out" / Path(records[name].output)), pixels(folder / "in" / name))
        assert records[name].notes == ()


@pytest.mark.parametrize("asked", [{"mode": "replace"}, {"keep_projects": True}, {"crop": True, "face": "largest"}])
def test_what_needs_a_face_is_still_projected(folder: Path, asked: dict[str, Any]) -> None:
    records = run(folder, BatchConfig(generator="toy", preset="fast", steps=2, **asked))
    assert {len(record.faces) for record in records.values()} == {1}


def test_a_bench_draws_with_the_engine_that_it_was_given(folder: Path) -> None:
    first = SyntheticFaces()
    assert SyntheticFaces(engine=first.engine).engine is first.engine
    assert SyntheticFaces(engine=first.engine).store is first.store
