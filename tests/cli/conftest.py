"""A folder with a projected photograph, for the commands that change it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.generators.toy import toy_spec
from latentedit.images import open_photo
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace, save_project
from latentedit.session import Session

from .editing import SIDE, vector


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands run: with ``photo.ledit``, whose one face is projected, and direction files in ``there``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    Image.fromarray(np.full((SIDE, SIDE, 3), 120, np.uint8)).save(tmp_path / "photo.png")
    photo = open_photo(tmp_path / "photo.png")
    quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * 100.0 + 10
    landmarks = np.random.default_rng(0).uniform(30, 90, (68, 2))
    face = ProjectFace((30, 30, 90, 90), landmarks, quad, FaceLatents(vector(0, 1, 8, 16)))
    session = Session(photo)
    session.set_faces([Face(0, face.box, landmarks, quad, photo)])
    project = Project(photo.name, photo.data, GeneratorIdentity.of(toy_spec()), (face,), session.history)
    save_project(tmp_path / "photo.ledit", project)
    (tmp_path / "there").mkdir()
    np.save(tmp_path / "there" / "smile.npy", vector(1))
    torch.save(torch.tensor(vector(2, 8, 16)), tmp_path / "there" / "grin.pt")
    return tmp_path


@pytest.fixture
def toy_ships_smile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack for the toy generator, with another ``smile`` than the file's."""
    about = {"layers": None, "range": [-4, 4], "effect": "smiles", "provenance": "made up", "licence": "MIT"}
    pack = tmp_path / "pack.safetensors"
    save_file({"smile": torch.tensor(vector(3))}, pack, {"directions": json.dumps({"smile": about})})
    monkeypatch.setattr("latentedit.directions.pack.pack_path", lambda name: pack)
