"""What the tests of commands that change a projected face share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from latentedit.cli.app import run
from latentedit.cli.projecting import opened
from latentedit.faces import Face
from latentedit.images import open_photo
from latentedit.project_file import load_project
from latentedit.session import Session

SIDE = 120


def vector(seed: int, *shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal(shape or (16,)).astype(np.float32)


def edit(*words: str) -> None:
    assert run(["edit", *words, "--device", "cpu"]) == 0


def project_without_detector(monkeypatch: pytest.MonkeyPatch, module: str) -> list[int]:
    """Let a command find the face of ``photo.png`` without a detector, and project it in two steps; the list tells the faces that it projects.

    Args:
        module: the command's, which names ``opened`` and ``run_projection``.
    """
    (stored,) = load_project("photo.ledit").faces
    done: list[int] = []

    def found(path: Path, *arguments: Any) -> Session:
        if path.suffix == ".ledit":
            return opened(path, *arguments)
        session = Session(open_photo(path), generator="toy", device="cpu")
        session.set_faces([Face(0, stored.box, stored.landmarks, stored.quad, session.photo)])
        return session

    def projected(session: Session, index: int, *arguments: object, **how: Any) -> None:
        done.append(index)
        for _ in session.project(index, preset="fast", steps=2):
            pass

    monkeypatch.setattr(f"{module}.opened", found)
    monkeypatch.setattr(f"{module}.run_projection", projected)
    return done
