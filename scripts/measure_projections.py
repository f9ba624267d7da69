"""Project photographs with each preset and tell how good that is, as the Markdown tables of docs/results/projection.md.

    python scripts/measure_projections.py PHOTO... --presets fast balanced best

For every photograph: time, LPIPS, PSNR, identity, and editability: how much the directions smile and age at +2 change the projected face, as a
share of what they change on random faces of the generator (mouth geometry; expected age in years), and on those of 48 random faces that start
from nearly the same score ("alike": who smiles broadly already has little left to gain). Needs latentedit[discover].
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import statistics
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

import latentedit
from latentedit.assets import AssetStore
from latentedit.directions.scorers import AgeGenderScorer, LandmarkScorer, Scorer
from latentedit.generators import Generator
from latentedit.generators.delta import apply_delta
from latentedit.images import to_uint8
from latentedit.report import Judges, measure_quality

EDITS = ("smile", "age")
AMOUNT = 2.0
RANDOM_FACES = 48
ALIKE = 8
RANDOM_PSI = 0.8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="+", type=Path)
    parser.add_argument("--presets", nargs="+", default=["balanced"])
    parser.add_argument("--method", default="auto")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--out", type=Path, help="write the figures as JSON too")
    parser.add_argument("--projects", type=Path, help="keep every projection in this folder, as PHOTO-PRESET.ledit")
    arguments = parser.parse_args()
    generator = latentedit.load_generator("mobilestylegan-ffhq", arguments.device)
    judge = EditJudge(generator, AssetStore.default(), arguments.seed)
    judges = Judges.load(AssetStore.default(), generator.device)
    columns = (
        "photograph",
        "steps",
        "seconds",
        "LPIPS alex",
        "LPIPS vgg",
        "PSNR dB",
        "identity",
        *(column for name in EDITS for column in (name, f"{name} alike")),
    )
    documents = []
    for preset in arguments.presets:
        print(f"\n{preset}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
        rows = [measured(path, preset, generator, judge, judges, arguments) for path in arguments.photos]
        print(
            f"\n{preset}, seed {arguments.seed}, {arguments.device}, {datetime.date.today()}; median: {medians(rows)}", flush=True
        )
        documents.append({"preset": preset, "rows": rows})
    if arguments.out is not None:
        arguments.out.write_text(json.dumps({"random": judge.random, "presets": documents}, indent=1))


def measured(
    path: Path, preset: str, generator: Generator, judge: EditJudge, judges: Judges, arguments: argparse.Namespace
) -> dict[str, object]:
    """Project the largest face of one photograph and print its row."""
    session = latentedit.Session.open(path)
    face = session.find_faces()[0].face
    photograph = face.crop(generator.img_resolution).to(generator.device)
    began = time.perf_counter()
    steps = latentedit.project(
        generator, photograph, preset=preset, method=arguments.method, steps=arguments.steps, seed=arguments.seed
    )
    step = deque(steps, maxlen=1).pop()
    seconds = time.perf_counter() - began
    tuned = apply_delta(generator, step.weight_delta) if step.weight_delta else generator
    with torch.no_grad():
        quality = measure_quality(photograph, tuned.synthesis(step.w_plus, noise=step.noise), judges)
    row: dict[str, object] = {
        "photograph": path.stem,
        "steps": step.num_steps,
        "seconds": round(seconds, 1),
        "LPIPS alex": round(quality.lpips_alex, 3),
        "LPIPS vgg": round(quality.lpips_vgg, 3),
        "PSNR dB": round(quality.psnr_db, 1),
        "identity": round(quality.identity_distance, 2),
        **judge.shares(tuned, step.w_plus),
    }
    print(f"| {' | '.join(str(value) for value in row.values())} |", flush=True)
    if arguments.projects is not None:
        arguments.projects.mkdir(exist_ok=True)
        session.keep(0, step)
        session.save(arguments.projects / f"{path.stem}-{preset}.ledit")
    return row


def medians(rows: list[dict[str, object]]) -> str:
    """The median of every column of numbers and shares."""
    columns = [name for name in rows[0] if name != "photograph"]
    return ", ".join(f"{name} {statistics.median(number(row[name]) for row in rows):.3g}" for name in columns)


def number(value: object) -> float:
    """``0.05``, ``"64%"`` -> 0.05, 0.64."""
    text = str(value)
    return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


class EditJudge:
    """Measures what edits change in drawn faces, and how that compares with random faces of the generator."""

    def __init__(self, generator: Generator, store: AssetStore, seed: int) -> None:
        landmarks = store.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat")
        age, gender = (store.path("age-gender", f"{name}-v1.onnx") for name in ("age", "gender"))
        self.scorers = (LandmarkScorer(landmarks), AgeGenderScorer(age, gender, landmarks))
        self.directions = {name: latentedit.load_direction(name, generator=generator) for name in EDITS}
        self.random = self._random_changes(generator, seed)

    def shares(self, generator: Generator, w_plus: Tensor) -> dict[str, str]:
        """Per edit: its change of this face over the mean change of random faces, and over that of those that start alike."""
        columns = {}
        for name, (start, change) in self._changes(generator, w_plus).items():
            pairs = self.random[name]
            alike = sorted(pairs, key=lambda pair: abs(pair[0] - start))[:ALIKE]
            columns[name] = f"{change / mean(pairs):.0%}"
            columns[f"{name} alike"] = f"{change / mean(alike):.0%}"
        return columns

    def _changes(self, generator: Generator, w_plus: Tensor) -> dict[str, tuple[float, float]]:
        """Each edit's own score before, and by how much the edit raises it; NaN where no face is found."""
        before = self._scores(generator, w_plus)
        changes = {}
        for name, direction in self.directions.items():
            start = before.get(name, math.nan)
            changes[name] = (start, self._scores(generator, direction.apply(w_plus, AMOUNT)).get(name, math.nan) - start)
        return changes

    def _random_changes(self, generator: Generator, seed: int) -> dict[str, list[tuple[float, float]]]:
        random = torch.Generator().manual_seed(seed)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in EDITS}
        for _ in range(RANDOM_FACES):
            z = torch.randn(1, generator.z_dim, generator=random).to(generator.device)
            for name, pair in self._changes(generator, generator.mapping(z, truncation_psi=RANDOM_PSI)).items():
                if math.isfinite(pair[1]):
                    found[name].append(pair)
        return found

    @torch.no_grad()
    def _scores(self, generator: Generator, w_plus: Tensor) -> dict[str, float]:
        return six_views(generator.synthesis(w_plus), self.scorers)


SIDED = ("yaw", "gaze", "light_from_right", "roll")
"""Scores that a mirror turns round."""


def six_views(image: Tensor, scorers: Sequence[Scorer]) -> dict[str, float]:
    """Mean scores of an image [1, 3, R, R] over slightly different views: of one picture alone the judges may say another age by ten years
    when it moves by a pixel. Every second view is mirrored."""
    found: dict[str, list[float]] = {}
    for number, picture in enumerate(views(image)):
        for scorer in scorers:
            for name, value in scorer.score(picture).items():
                mirrored = number % 2 == 1 and name in SIDED
                found.setdefault(name, []).append(-value if mirrored else value)
    return {name: statistics.mean(values) for name, values in found.items()}


def views(image: Tensor) -> Iterator[NDArray[np.uint8]]:
    """The image [1, 3, R, R], moved and shrunk a little, each also mirrored: six pictures [R, R, 3]."""
    size = image.shape[-1]
    for dx, dy, scale in ((0, 0, 1.0), (7, -5, 0.96), (-5, 6, 0.92)):
        small = F.interpolate(image, size=(round(size * scale),) * 2, mode="bilinear", antialias=True)
        margin = size - small.shape[-1]
        before_x, before_y = (min(max(margin // 2 + shift, 0), margin) for shift in (dx, dy))
        padding = (before_x, margin - before_x, before_y, margin - before_y)
        moved = F.pad(small, padding, mode="replicate")
        yield to_uint8(moved)
        yield to_uint8(moved.flip(-1))


def mean(pairs: list[tuple[float, float]]) -> float:
    """Of the changes."""
    return statistics.mean(change for _, change in pairs)


if __name__ == "__main__":
    main()
