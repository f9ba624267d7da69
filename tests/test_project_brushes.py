"""The painted masks that a project brings along: which ones, exactly as they were, and nothing else."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from projects import PROJECT, WITH_DIRECTIONS, Members, saved, zipped

from latentedit.brush import Brush
from latentedit.edits import (
    Compositing,
    DirectionEdit,
    EditMask,
    EditState,
    FaceEdits,
    History,
    ResetFace,
    SetCompositing,
)
from latentedit.errors import ProjectFileError, UsageError
from latentedit.project_brushes import with_brush
from latentedit.project_file import Project, load_project, project_members, save_project

STROKE, DOT, UNUSED = (Brush(np.random.default_rng(seed).integers(0, 256, (24, 24), dtype=np.uint8)) for seed in range(3))
EDIT = DirectionEdit("smile", 1.0, mask=EditMask(STROKE.region))
STATE = EditState((FaceEdits((EDIT,)), FaceEdits(), FaceEdits()))
PAINTED = replace(
    PROJECT,
    history=History(STATE).do(SetCompositing(1, Compositing(region=DOT.region, inverted=True))).do(ResetFace(1)),
    brushes=(UNUSED, DOT, STROKE),
)


def members_of(project: Project) -> Members:
    return {member.name: member.data for member in project_members(project)}


MEMBERS = members_of(PAINTED)
NAMED = replace(PAINTED, brushes=(DOT, replace(STROKE, called="left eye.png")))
MEMBERS_WITH_NAMES = members_of(NAMED)
HASH = STROKE.region.removeprefix("brush:")


def path_of(brush: Brush) -> str:
    return f"masks/{brush.region.removeprefix('brush:')}.png"


def with_manifest(**changes: Any) -> Members:
    return MEMBERS | {"manifest.json": json.dumps(json.loads(MEMBERS["manifest.json"]) | changes).encode()}


def png(pixels: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", **options)
    return buffer.getvalue()


def refused(path: Path, words: str) -> None:
    with pytest.raises(ProjectFileError, match=words) as caught:
        load_project(path)
    assert caught.value.hint and "\n" not in str(caught.value)


def test_painted_masks_come_back_for_the_edits_and_for_undo(tmp_path: Path) -> None:
    loaded = load_project(saved(PAINTED, tmp_path))
    assert loaded.history == PAINTED.history
    assert [brush.region for brush in loaded.brushes] == sorted([DOT.region, STROKE.region])
    for brush in loaded.brushes:
        wanted = STROKE if brush.region == STROKE.region else DOT
        assert np.array_equal(brush.pixels, wanted.pixels)
    assert saved(loaded, tmp_path).read_bytes() == saved(PAINTED, tmp_path).read_bytes()


def test_only_files_with_masks_are_of_the_newest_schema() -> None:
    def schema(project: Project) -> int:
        return int(json.loads(members_of(project)["manifest.json"])["schema"])

    assert schema(replace(PROJECT, brushes=(UNUSED,))) == 1
    assert schema(WITH_DIRECTIONS) == 2
    assert schema(PAINTED) == 3
    assert schema(NAMED) == 4
    assert members_of(replace(PAINTED, brushes=(replace(UNUSED, called="x.png"), DOT, STROKE))) == MEMBERS
    assert members_of(replace(PROJECT, brushes=(UNUSED,))) == members_of(PROJECT)


def test_names_of_masks_come_back(tmp_path: Path) -> None:
    loaded = load_project(saved(NAMED, tmp_path))
    assert {brush.region: brush.called for brush in loaded.brushes} == {DOT.region: "", STROKE.region: "left eye.png"}
    assert loaded.history == PAINTED.history
    assert saved(loaded, tmp_path).read_bytes() == saved(NAMED, tmp_path).read_bytes()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mask_names": {}}, "mask_names"),
        ({"mask_names": {UNUSED.region.removeprefix("brush:"): "x"}}, "not there"),
        ({"mask_names": {HASH: ""}}, "calls a mask"),
        ({"mask_names": {HASH: "hair"}}, "calls a mask"),
        ({"mask_names": {HASH: "brush:x"}}, "calls a mask"),
        ({"mask_names": {HASH: "a\nb"}}, "calls a mask"),
        ({"mask_names": {HASH: "x" * 201}}, "longer"),
        ({"mask_names": {HASH: 1}}, "not a text"),
        ({"mask_names": [HASH]}, "not an object"),
        ({"schema": 3}, "unknown entry 'mask_names'"),
        ({"schema": 5}, "newest known"),
    ],
)
def test_manipulated_names_are_refused(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    manifest = json.loads(MEMBERS_WITH_NAMES["manifest.json"]) | changes
    refused(zipped(tmp_path / "x.ledit", MEMBERS_WITH_NAMES | {"manifest.json": json.dumps(manifest).encode()}), words)


def test_a_mask_keeps_its_name_until_it_gets_another() -> None:
    brushes = {STROKE.region: replace(STROKE, called="a.png")}
    assert with_brush(brushes, STROKE, History(STATE))[STROKE.region].called == "a.png"
    assert with_brush(brushes, replace(STROKE, called="b.png"), History(STATE))[STROKE.region].called == "b.png"


def test_masks_and_directions_go_together(tmp_path: Path) -> None:
    state = WITH_DIRECTIONS.state
    both = replace(
        WITH_DIRECTIONS,
        history=History(state).do(SetCompositing(0, Compositing(region=DOT.region))),
        brushes=(DOT,),
    )
    loaded = load_project(saved(both, tmp_path))
    assert loaded.directions and [brush.region for brush in loaded.brushes] == [DOT.region]


def test_a_mask_that_is_missing_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not painted"):
        save_project(tmp_path / "x.ledit", replace(PAINTED, brushes=(STROKE,)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (MEMBERS | {path_of(STROKE): b""}, "masks/"),
        (MEMBERS | {path_of(STROKE): MEMBERS[path_of(STROKE)][:60]}, "masks/"),
        (MEMBERS | {path_of(STROKE): MEMBERS[path_of(DOT)]}, "not what its name says"),
        (MEMBERS | {path_of(STROKE): png(np.zeros((24, 24, 3), np.uint8))}, "not a grey square"),
        (MEMBERS | {path_of(STROKE): png(np.zeros((24, 24), np.uint16))}, "not a grey square"),
        (MEMBERS | {path_of(STROKE): png(np.zeros((24, 25), np.uint8))}, "not a grey square"),
        (MEMBERS | {path_of(STROKE): png(np.zeros((2000, 2000), np.uint8))}, "not a grey square"),
        (MEMBERS | {path_of(STROKE): png(np.zeros((4, 4), np.uint8))}, "cannot be read"),
        (MEMBERS | {path_of(STROKE): bytes(3 * 2**20)}, "too large"),
        (MEMBERS | {path_of(UNUSED): png(UNUSED.pixels)}, "unexpected member"),
        (MEMBERS | {"masks/me.png": png(UNUSED.pixels)}, "unexpected member"),
        ({name: data for name, data in MEMBERS.items() if name != path_of(DOT)}, "is missing"),
        (with_manifest(masks=[]), "mask"),
        (with_manifest(masks=["../../etc/passwd"]), "mask"),
        (with_manifest(masks=[STROKE.region.removeprefix("brush:")] * 2), "twice"),
        (with_manifest(masks=[7]), "masks"),
        (with_manifest(masks=None), "masks"),
        (with_manifest(schema=1), "unknown entry 'masks'"),
        (with_manifest(schema=2), "lacks 'directions'"),
    ],
)
def test_manipulated_masks_are_refused(members: Members, words: str, tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", members), words)


def test_a_mask_that_only_the_manifest_dropped_is_missed(tmp_path: Path) -> None:
    names = [DOT.region.removeprefix("brush:")]
    members = {name: data for name, data in with_manifest(masks=names).items() if name != path_of(STROKE)}
    refused(zipped(tmp_path / "x.ledit", members), "that its edits name is missing")


def test_a_session_forgets_unused_masks_before_it_refuses_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latentedit.project_brushes.MAX_BRUSHES", 2)
    known = with_brush(with_brush({}, UNUSED, PAINTED.history), STROKE, PAINTED.history)
    known = with_brush(known, DOT, PAINTED.history)
    assert set(known) == {STROKE.region, DOT.region}
    with pytest.raises(UsageError, match="at most 2"):
        with_brush(known, UNUSED, PAINTED.history)
