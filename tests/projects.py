"""Projects to test with: small, complete, and repeatable."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentedit.edits import DirectionEdit, EditState, FaceEdits, History, SetAmount
from latentedit.face_latents import FaceLatents
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


PROJECT = full_project()
MEMBERS = {member.name: member.data for member in project_members(PROJECT)}
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
