"""Batches that take no time: small synthetic photographs, the toy generator, and a finder that knows where the faces are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from latentedit.batch import BatchConfig, BatchStep, LocalEngine, Record, Workbench, find_items, run_batch
from latentedit.faces import Face
from latentedit.images import Photo
from latentedit.requested_edits import Assignment
from latentedit.requested_mixes import Mix

SIDE = 100
NO_FACE_BELOW = 40
NAMES = ("a.png", "b.jpg", "s/a.png")
"""Of the photographs that tests begin with; two have one name in different folders."""
CONFIG = BatchConfig(mixes=(Mix("seed:5", "all", 1.0),), generator="toy", preset="fast", steps=2)


class SyntheticFaces(Workbench):
    """Sees one face in the middle of every photograph, in small ones none."""

    def find_faces(self, photo: Photo) -> list[Face]:
        """In place of the detectors, which need weights."""
        side = float(min(photo.size))
        if side < NO_FACE_BELOW:
            return []
        quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * 0.8 * side + 0.1 * side
        landmarks = np.random.default_rng(0).uniform(0.3 * side, 0.7 * side, (68, 2))
        return [Face(0, (20, 20, int(side) - 20, int(side) - 20), landmarks, quad, photo)]


def write_photo(path: Path, side: int = SIDE, **options: Any) -> Path:
    """A smooth picture whose colours depend on the name; in its own kind, with as many pixels as asked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[:side, :side] / side
    seed = np.random.default_rng(zlib.crc32(path.name.encode("utf-8", "surrogateescape")))
    a, b, c = seed.uniform(60, 190, 3)
    waves = 30 * np.sin(7 * x + seed.uniform(0, 6)) * np.cos(5 * y)
    pixels = np.stack([a + waves, b - waves, c + 40 * x * y], axis=2)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, **options)
    return path


def steps_of(folder: Path, config: BatchConfig = CONFIG, *, resume: bool = False, engine: Any = None) -> Iterator[BatchStep]:
    """A batch over ``folder/in`` into ``folder/out``."""
    items = find_items([folder / "in"], folder / "out", recursive=True)
    return run_batch(config, items, folder / "out", engine or LocalEngine(SyntheticFaces()), resume=resume)


def run(folder: Path, config: BatchConfig = CONFIG, **how: Any) -> dict[str, Record]:
    """The records of a whole batch, by item."""
    steps = list(steps_of(folder, config, **how))
    return {step.item.name: step.record for step in steps if step.record is not None}


def files_in(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too, by their paths; the manifest left out, which holds times."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != "manifest.jsonl"}


def other_edit(config: BatchConfig = CONFIG) -> BatchConfig:
    """The same projections, another result."""
    return replace(config, mixes=(Mix("seed:6", "all", 1.0),))


def unknown_edit(config: BatchConfig = CONFIG) -> BatchConfig:
    return replace(config, edits=(Assignment("no-such", 1.0),))


def statuses(records: dict[str, Record]) -> dict[str, str]:
    return {name: record.status for name, record in records.items()}


def edited(folder: Path, config: BatchConfig = CONFIG) -> set[str]:
    """The items that a resumed batch works on."""
    steps = list(steps_of(folder, config, resume=True))
    return {step.item.name for step in steps if step.phase == "started"}
