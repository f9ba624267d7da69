"""Sessions to test with: a small photograph with two faces, which the toy generator draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from latentedit.directions import Direction
from latentedit.engine import Engine
from latentedit.errors import DirectionError
from latentedit.faces import Face
from latentedit.generators import GeneratorSpec
from latentedit.session import Session

WIDTH, HEIGHT = 320, 240
FACES = ((20.0, 20.0), (180.0, 100.0))
"""Left and top of the faces' squares."""
SIDE_PX = 100.0


def toy_engine() -> Engine:
    """Knows two directions of the toy generator, which are opposite."""
    vector = torch.randn(16, generator=torch.Generator().manual_seed(0))
    shipped = {"smile": Direction("smile", vector), "age": Direction("age", -vector)}

    def resolve(name: str, spec: GeneratorSpec) -> Direction:
        if name not in shipped:
            raise DirectionError(f"There is no direction {name!r}.")
        return shipped[name]

    return Engine(resolve_direction=resolve)


def write_photo(path: Path) -> Path:
    """Soft blobs of colour, so that resampling changes little."""
    pixels = np.random.default_rng(0).integers(0, 256, (HEIGHT // 8, WIDTH // 8, 3), dtype=np.uint8)
    Image.fromarray(pixels).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(path)
    return path


def face_at(session: Session, index: int, left: float, top: float, side: float = SIDE_PX) -> Face:
    quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * side + [left, top]
    box = (int(left + 20), int(top + 20), int(left + side - 20), int(top + side - 20))
    landmarks = np.random.default_rng(index).uniform(0.25, 0.75, (68, 2)) * side + [left, top]
    return Face(index, box, landmarks, quad, session.photo)


def toy_session(photo: Path, engine: Engine | None = None, *, projected: bool = True) -> Session:
    """A session on a photograph of :func:`write_photo`."""
    session = Session.open(photo, engine=engine or toy_engine(), generator="toy")
    session.set_faces([face_at(session, index, *place) for index, place in enumerate(FACES)])
    if projected:
        for index in range(len(FACES)):
            list(session.project(index, steps=4, seed=index))
    return session
