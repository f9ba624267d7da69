"""The directions that a project brings along: which ones, exactly as they were, and nothing that does not fit."""

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from projects import (
    MEMBERS,
    MEMBERS_WITH_DIRECTIONS,
    NUM_WS,
    PROJECT,
    W_DIM,
    WITH_DIRECTIONS,
    Members,
    assert_same,
    bare_project,
    numbers,
    own_directions,
    saved,
    zipped,
)
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from latentedit.edits import EditState, History, ResetFace, SetAmount
from latentedit.errors import ProjectFileError
from latentedit.own_direction import MAX_DIRECTIONS
from latentedit.project_archive import MAX_DIRECTIONS_BYTES
from latentedit.project_file import Project, load_project, project_members, save_project

VECTORS = "directions.safetensors"


def members_of(project: Project) -> Members:
    return {member.name: member.data for member in project_members(project)}


def manifest_of(members: Members) -> Any:
    return json.loads(members["manifest.json"])


def with_manifest(**changes: Any) -> Members:
    return MEMBERS_WITH_DIRECTIONS | {"manifest.json": json.dumps(manifest_of(MEMBERS_WITH_DIRECTIONS) | changes).encode()}


def with_entry(index: int, **changes: Any) -> Members:
    """The project's members with entries of one direction changed, or taken out (None would be a value)."""
    entries = manifest_of(MEMBERS_WITH_DIRECTIONS)["directions"]
    entries[index] |= changes
    entries[index] = {key: value for key, value in entries[index].items() if value is not MISSING}
    return with_manifest(directions=entries)


MISSING = object()


def with_vectors(**vectors: np.ndarray[Any, Any] | None) -> Members:
    tensors = load_tensors(MEMBERS_WITH_DIRECTIONS[VECTORS])
    for name, array in vectors.items():
        tensors.pop(name.replace("_", "."), None)
        if array is not None:
            tensors[name.replace("_", ".")] = array
    return MEMBERS_WITH_DIRECTIONS | {VECTORS: save_tensors(tensors)}


def refused(path: Path, words: str) -> None:
    with pytest.raises(ProjectFileError, match=words) as caught:
        load_project(path)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_own_directions_come_back_as_they_were(tmp_path: Path) -> None:
    loaded = load_project(saved(WITH_DIRECTIONS, tmp_path))
    assert [direction.name for direction in loaded.directions] == ["Augen öffnen", "grin-2"]
    assert_same(loaded, WITH_DIRECTIONS)
    assert saved(loaded, tmp_path).read_bytes() == saved(WITH_DIRECTIONS, tmp_path).read_bytes()


def test_the_order_in_which_they_were_added_does_not_show(tmp_path: Path) -> None:
    turned = replace(WITH_DIRECTIONS, directions=WITH_DIRECTIONS.directions[::-1])
    assert members_of(turned) == MEMBERS_WITH_DIRECTIONS


def test_only_files_with_directions_are_of_the_newer_schema(tmp_path: Path) -> None:
    assert manifest_of(MEMBERS_WITH_DIRECTIONS)["schema"] == 2
    assert manifest_of(MEMBERS)["schema"] == 1
    unused = replace(PROJECT, directions=own_directions())
    assert members_of(unused) == MEMBERS
    assert load_project(saved(unused, tmp_path)).directions == ()


EDITED = History(EditState.for_faces(3)).do(SetAmount(0, "grin-2", 1.0))


@pytest.mark.parametrize(
    "history", [History(EDITED.present), EDITED.do(ResetFace(0)), EDITED.undo()], ids=["now", "undo", "redo"]
)
def test_directions_are_kept_for_the_edits_and_for_undo_and_redo(history: History, tmp_path: Path) -> None:
    loaded = load_project(saved(replace(WITH_DIRECTIONS, history=history), tmp_path))
    assert_same(loaded, replace(WITH_DIRECTIONS, history=history, directions=own_directions()[1:]))


def test_a_direction_of_the_part_of_history_that_did_not_fit_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latentedit.project_file.MAX_JSON_BYTES", 3000)
    history = EDITED.do(ResetFace(0))
    for index in range(40):
        history = history.do(SetAmount(0, f"edit {index % 3}", float(index)))
    assert load_project(saved(replace(WITH_DIRECTIONS, history=history), tmp_path)).directions == ()


def test_a_project_without_its_history_keeps_what_its_edits_name(tmp_path: Path) -> None:
    members = {name: data for name, data in MEMBERS_WITH_DIRECTIONS.items() if name != "history.json"}
    loaded = load_project(zipped(tmp_path / "x.ledit", members))
    assert_same(loaded, replace(WITH_DIRECTIONS, history=History(WITH_DIRECTIONS.state), directions=own_directions()[:1]))


def test_directions_that_could_not_be_read_again_are_not_written(tmp_path: Path) -> None:
    wide = replace(own_directions()[0], vector=numbers(0, W_DIM + 1))
    named = replace(bare_project(), faces=WITH_DIRECTIONS.faces[2:], directions=own_directions())
    named = replace(named, history=History(EditState.for_faces(1)).do(SetAmount(0, "grin-2", 1.0)))
    for project in (named, replace(WITH_DIRECTIONS, directions=(wide,))):
        with pytest.raises(ValueError, match="does not fit the generator"):
            save_project(tmp_path / "x.ledit", project)
    assert not list(tmp_path.iterdir())


NOT_A_NUMBER = numbers(0, W_DIM)
NOT_A_NUMBER[0] = np.nan


@pytest.mark.parametrize(
    "members",
    [
        with_vectors(vector_0=numbers(0, W_DIM + 1)),
        with_vectors(vector_0=numbers(0, NUM_WS + 1, W_DIM)),
        with_vectors(vector_0=numbers(0, 1, W_DIM)),
        with_vectors(vector_0=numbers(0, 1, NUM_WS, W_DIM)),
        with_vectors(vector_0=numbers(0)),
        with_vectors(vector_0=numbers(0, 0)),
        with_vectors(vector_0=numbers(0, W_DIM, dtype=np.float16)),
        with_vectors(vector_0=numbers(0, W_DIM, dtype=np.float64)),
        with_vectors(vector_0=NOT_A_NUMBER),
        with_vectors(vector_0=None),
        with_vectors(vector_2=numbers(0, W_DIM)),
        with_vectors(vector_01=numbers(0, W_DIM)),
        with_vectors(unheard_of=numbers(0, W_DIM)),
        MEMBERS_WITH_DIRECTIONS | {VECTORS: b""},
        MEMBERS_WITH_DIRECTIONS | {VECTORS: struct.pack("<Q", 2**63) + b"{}"},
        MEMBERS_WITH_DIRECTIONS | {VECTORS: struct.pack("<Q", 2) + b"{}"},
        with_manifest(directions=[]),
        with_manifest(directions={}),
        with_manifest(directions=None),
        with_entry(0, name=""),
        with_entry(0, name="a\nb"),
        with_entry(0, name="x" * 201),
        with_entry(0, name=7),
        with_entry(0, name="grin-2"),
        with_entry(0, layers=[]),
        with_entry(0, layers=[NUM_WS]),
        with_entry(0, layers=[-1]),
        with_entry(0, layers=[0] * 2000),
        with_entry(0, layers=1),
        with_entry(0, range=[1.0, 1.0]),
        with_entry(0, range=[2.0, 1.0]),
        with_entry(0, range=[1.0]),
        with_entry(0, range=[0.0, 10**400]),
        with_entry(0, range=None),
        with_entry(0, effect=None),
        with_entry(0, provenance="x" * 4_001),
        with_entry(0, licence="\ud800"),
        with_entry(0, licence=MISSING),
        with_entry(0, path="/home/me/grin.npy"),
    ],
)
def test_manipulated_directions_are_refused(members: Members, tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", members), "directions")


def test_too_many_or_too_large_directions_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ledit"
    count = MAX_DIRECTIONS + 1
    entries = [{**manifest_of(MEMBERS_WITH_DIRECTIONS)["directions"][0], "name": str(index)} for index in range(count)]
    vectors = save_tensors({f"vector.{index}": numbers(0, W_DIM) for index in range(count)})
    refused(zipped(path, with_manifest(directions=entries) | {VECTORS: vectors}), "more than 256")
    refused(zipped(path, MEMBERS_WITH_DIRECTIONS | {VECTORS: bytes(MAX_DIRECTIONS_BYTES + 1)}), "too large")


def test_directions_belong_to_a_generator_and_to_the_newer_schema(tmp_path: Path) -> None:
    path = tmp_path / "x.ledit"
    refused(zipped(path, MEMBERS | {VECTORS: MEMBERS_WITH_DIRECTIONS[VECTORS]}), "unexpected member 'directions")
    refused(zipped(path, with_manifest(schema=1)), "unknown entry 'directions'")
    refused(zipped(path, {key: data for key, data in MEMBERS_WITH_DIRECTIONS.items() if key != VECTORS}), "is missing")
    faces = [{**face, "latents": None} for face in manifest_of(MEMBERS)["faces"]]
    refused(zipped(path, with_manifest(generator=None, faces=faces)), "directions belong to no generator")
    plain = {**manifest_of(MEMBERS), "schema": 2}
    refused(zipped(path, MEMBERS | {"manifest.json": json.dumps(plain).encode()}), "lacks 'directions'")


def test_every_truncation_is_refused(tmp_path: Path) -> None:
    path = saved(WITH_DIRECTIONS, tmp_path)
    data = path.read_bytes()
    for length in range(0, len(data), 97):
        path.write_bytes(data[:length])
        refused(path, r"\w")
