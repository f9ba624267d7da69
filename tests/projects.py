"""Projects to test with: small, complete, and repeatable."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentedit.edits import DirectionEdit, EditState, FaceEdits, History, SetAmount
from latentedit.face_latents import FaceLatents
from latentedit.own_direction import OwnDirection
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace, project_members, save_project

NUM_WS, W_DIM = 8, 16
GENERATOR = GeneratorIdentity("toy", "toy", "ab" * 32, NUM_WS, W_DIM, 32)


def numbers(seed: int, *shape: int, dtype: Any = np.float32) -> NDArray[Any]:
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def face(seed: int, latents: FaceLatents | None) -> ProjectFace:
    corner = 100.0 * seed
    square = np.array([[0, 0], [0, 64], [64, 64], [64, 0]]) + corner + 1 / 3
    return ProjectFace(
        box=(int(corner), int(corner), int(corner) + 50, int(corner) + 60),
        landmarks=numbers(seed, 68, 2, dtype=np.float64) * 10 + corner,
        quad=square,
        latents=latents,
        report={"preset": "fast", "seed": seed, "lpips_alex": 0.125, "nested": {"list": [1, None, "x"]}},
    )


def full_project(seed: int = 0) -> Project:
    """Three faces: one projected with everything, one with the least, one not at all; with edits and history."""
    whole = FaceLatents(
        numbers(seed, 1, NUM_WS, W_DIM),
        (numbers(seed + 1, 1, 1, 4, 4), numbers(seed + 2, 1, 1, 8, 8)),
        {"const": numbers(seed + 3, 1, 4, 4, 4, dtype=np.float16), "map1": numbers(seed + 4, 16, 16)},
    )
    least = FaceLatents(numbers(seed + 5, 1, NUM_WS, W_DIM), space="w")
    edits = FaceEdits((DirectionEdit("smile", 2.0, (1, 3)), DirectionEdit("age", -1.5, enabled=False)))
    history = History(EditState((edits, FaceEdits(), FaceEdits())))
    history = history.do(SetAmount(0, "smile", 1.0)).do(SetAmount(1, "yaw", 3.0)).do(SetAmount(2, "age", 1.0)).undo()
    return Project(
        photo_name="Ferien 2024 (1).JPG",
        photo_data=bytes(np.random.default_rng(seed).integers(0, 256, 5000, dtype=np.uint8)),
        generator=GENERATOR,
        faces=(face(0, whole), face(1, least), face(2, None)),
        history=history,
    )


def own_directions(seed: int = 0) -> tuple[OwnDirection, ...]:
    """One for all layers without a word about itself, and one for each layer with everything."""
    about = {"effect": "grinst", "provenance": "grin.npy", "licence": "CC0 \N{COPYRIGHT SIGN}", "region": "mouth"}
    return (
        OwnDirection("Augen öffnen", numbers(seed + 7, W_DIM)),
        OwnDirection("grin-2", numbers(seed + 6, NUM_WS, W_DIM), (1, 3), (-0.1, 2.5), **about),
    )


def project_with_directions(seed: int = 0) -> Project:
    """The full project with two directions of its own: one that its edits name, and one that only redo names."""
    project = full_project(seed)
    history = project.history.do(SetAmount(0, "Augen öffnen", 2.0)).do(SetAmount(1, "grin-2", -1.0)).undo()
    return replace(project, history=history, directions=own_directions(seed))


def bare_project() -> Project:
    """A photograph in which no face was looked for yet."""
    return Project("photo", b"bytes", None, (), History(EditState()))


def assert_same(a: Project, b: Project) -> None:
    assert (a.photo_name, a.photo_data, a.generator, a.history) == (b.photo_name, b.photo_data, b.generator, b.history)
    assert len(a.faces) == len(b.faces)
    for one, other in zip(a.faces, b.faces, strict=True):
        assert (one.box, dict(one.report)) == (other.box, dict(other.report))
        assert np.array_equal(one.landmarks, other.landmarks)
        assert np.array_equal(one.quad, other.quad)
        assert (one.latents is None) == (other.latents is None)
        if one.latents is not None and other.latents is not None:
            assert one.latents.key == other.latents.key
            assert one.latents.space == other.latents.space
    assert [direction.name for direction in a.directions] == [direction.name for direction in b.directions]
    for mine, theirs in zip(a.directions, b.directions, strict=True):
        assert mine.draws_as(theirs)
        assert about(mine) == about(theirs)


def about(direction: OwnDirection) -> tuple[object, ...]:
    return (direction.default_range, direction.effect, direction.provenance, direction.licence)


PROJECT = full_project()
MEMBERS = {member.name: member.data for member in project_members(PROJECT)}
WITH_DIRECTIONS = project_with_directions()
MEMBERS_WITH_DIRECTIONS = {member.name: member.data for member in project_members(WITH_DIRECTIONS)}
Members = dict[str, bytes]


def saved(project: Project, folder: Path) -> Path:
    path = folder / "project.ledit"
    save_project(path, project)
    return path


def zipped(path: Path, members: Members, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path
