"""What a stopped projection of several faces keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latentedit.assets import AssetStore
from latentedit.cli.projecting import run_projection
from latentedit.faces import Face
from latentedit.images import open_photo
from latentedit.kept_projection import forget_progress
from latentedit.projection import ProjectionStep
from latentedit.session import Session

STEPS = 12


class Stopped(Exception):
    """What stands for a kill."""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(0).integers(0, 255, (80, 120, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "two.png")
    return tmp_path / "two.png"


def session_of(path: Path) -> Session:
    """A session with two faces that the toy generator projects."""
    opened = open_photo(path)
    session = Session(opened, generator="toy", device="cpu")
    corners = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    faces = [Face(i, (0, 0, 9, 9), np.zeros((68, 2)), corners * 40.0 + [40 * i + 5, 5], opened) for i in range(2)]
    session.set_faces(faces)
    return session


def project(session: Session, index: int, target: Path) -> None:
    run_projection(
        session, index, target, preset="fast", method="auto", space="w_plus", steps=STEPS, seed=0, store=AssetStore.default()
    )


def test_a_finished_face_is_not_projected_again(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = photo.with_suffix(".ledit")
    whole = session_of(photo)
    for index in range(2):
        project(whole, index, target)
    forget_progress(target)

    steps: list[tuple[int, int]] = []
    unwatched = Session.project

    def watched(self: Session, index: int = 0, **how: Any) -> Iterator[ProjectionStep]:
        for step in unwatched(self, index, **how):
            steps.append((index, step.step))
            yield step
            if (index, step.step) == stop:
                raise Stopped

    monkeypatch.setattr(Session, "project", watched)
    stop = (1, STEPS - 1)
    first = session_of(photo)
    project(first, 0, target)
    with pytest.raises(Stopped):
        project(first, 1, target)
    steps.clear()
    stop = (-1, -1)
    again = session_of(photo)
    for index in range(2):
        project(again, index, target)
    assert [step for step in steps if step[0] == 0] == [(0, STEPS)]
    for index in range(2):
        assert np.array_equal(again.face(index).projected().w_plus, whole.face(index).projected().w_plus)
    forget_progress(target)
    assert [path.name for path in photo.parent.iterdir()] == ["two.png"]
