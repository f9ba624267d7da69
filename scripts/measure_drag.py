"""Drag mouth corners and tell where they really went, as the Markdown tables of docs/results/drag.md.

    python scripts/measure_drag.py --seeds 12 --cases shipped published --keep eyes brows nose
    python scripts/measure_drag.py --projects obama.ledit astronaut.ledit
    python scripts/measure_drag.py --cost

On every face each mouth corner is dragged up and outward, 20 px at 1024. The tracker of a drag says itself where a corner is; the judge here does
not know it: dlib's landmarks of the drawn pictures, before and after, fitted in the same box. Its own noise is told by the same measure between two
drawings that differ in their noise maps alone. "Others" are the landmarks of jaw, brows, nose and eyes.
"""

from __future__ import annotations

import argparse
import datetime
import json
import statistics
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

import latentedit
from latentedit.detection_views import Detection, Scales
from latentedit.dragging import PUBLISHED, DragConfig, drag
from latentedit.dragging.drag import feature_resolution
from latentedit.edits import Region
from latentedit.engine import Engine
from latentedit.faces import load_detector
from latentedit.generators import Generator
from latentedit.generators.prior import random_face
from latentedit.identity import identity_distance
from latentedit.images import to_image, to_uint8
from latentedit.latents import COARSE_MAX_PX
from latentedit.regions import FaceRegions
from latentedit.session_drag import kept_mask

Array = NDArray[np.float64]
FAR_PX = 20.0
SQUARE_PX = 1024
LEFT_CORNER, RIGHT_CORNER = 48, 54
OTHERS = [*range(5), *range(12, 48)]
CASES = {
    "shipped": DragConfig(),
    "published": PUBLISHED,
    "published at 64 px": replace(PUBLISHED, feature_px=64),
    "current features": replace(DragConfig(), reference="current"),
    "single places": replace(DragConfig(), match_radius=0.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=12, help="how many random faces")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--projects", nargs="*", type=Path, default=[], help="projected faces instead of random ones")
    parser.add_argument("--cases", nargs="+", default=["shipped"], choices=CASES)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=NUMBER", help="change a setting of every case")
    parser.add_argument("--keep", nargs="*", default=[], help="parts of the face that are to stay")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--cost", action="store_true", help="tell what a step costs instead")
    parser.add_argument("--verbose", action="store_true", help="tell every drag")
    parser.add_argument("--out", type=Path, help="write the figures as JSON too")
    arguments = parser.parse_args()
    engine = Engine(arguments.device)
    generator = engine.generator("mobilestylegan-ffhq")
    cases = {name: changed(CASES[name], arguments.set) for name in arguments.cases}
    if arguments.cost:
        for name, config in cases.items():
            tell_cost(name, generator, config, arguments.first_seed)
        return
    judge = Judge()
    starts = list(projected(engine, arguments.projects) if arguments.projects else random_faces(generator, arguments))
    print(f"the judge's own noise: {statistics.median(noise for start in starts for noise in judge.noise(start)):.1f} px\n")
    print(
        "| case | drags | arrived | moved up | moved out | off | others | identity | steps | seconds (most) |\n"
        + "|---" * 10
        + "|"
    )
    documents = {}
    for name, config in cases.items():
        rows = [row for start in starts for row in dragged(start, config, judge, arguments.keep, arguments.verbose)]
        print(summary(name, rows), flush=True)
        documents[name] = [vars(row) for row in rows]
    print(f"\nfirst seed {arguments.first_seed}, {arguments.device}, {torch.get_num_threads()} threads, {datetime.date.today()}")
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(documents, indent=1))


@dataclass(frozen=True, eq=False)
class Start:
    """A face to drag: what draws it, and its latent."""

    name: str
    generator: Generator
    w_plus: Tensor
    noise: list[Tensor] | None = None

    @torch.no_grad()
    def draw(self, w_plus: Tensor | None = None, noise: list[Tensor] | None = None) -> NDArray[np.uint8]:
        return to_uint8(self.generator.synthesis(self.w_plus if w_plus is None else w_plus, noise=noise or self.noise))


@dataclass(frozen=True)
class Row:
    """One drag: where the judge saw the corner go (px along and off the wanted way), and what else changed."""

    face: str
    corner: int
    way: str
    left_px: float
    along_px: float
    off_px: float
    others_px: float
    identity: float
    steps: int
    seconds: float


class Judge:
    """dlib's landmarks of drawn faces."""

    def __init__(self) -> None:
        self.detector = load_detector()

    def landmarks(self, picture: NDArray[np.uint8], where: Detection | None = None) -> tuple[Array, Detection]:
        """[68, 2] in px, continuous from the outer edge, and the place from which they were fitted."""
        scales = Scales(picture)
        where = where or self.detector.detect(scales)[0]
        return self.detector.landmarks(scales, where) + 0.5, where

    def noise(self, start: Start) -> Iterator[float]:
        """How far it sees the mouth's corners move when only the fine noise changes."""
        random = torch.Generator().manual_seed(0)
        maps = start.noise or start.generator.noise_buffers()
        other = [
            stored
            if stored.shape[-1] <= 4 * COARSE_MAX_PX
            else torch.randn(stored.shape, generator=random).to(stored) * stored.std()
            for stored in maps
        ]
        before, where = self.landmarks(start.draw())
        after, _ = self.landmarks(start.draw(noise=other), where)
        yield from np.hypot(*(after - before)[[LEFT_CORNER, RIGHT_CORNER]].T).tolist()


def random_faces(generator: Generator, arguments: argparse.Namespace) -> Iterator[Start]:
    for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
        yield Start(f"seed {seed}", generator, random_face(generator, seed, truncation_psi=0.7))


def projected(engine: Engine, paths: Sequence[Path]) -> Iterator[Start]:
    for path in paths:
        session = latentedit.Session.open(path, engine=engine)
        generator, noise = engine.drawn_with(session.generator, session.face(0).projected())
        yield Start(path.stem, generator, session.edited_latent(0), noise)


def dragged(start: Start, config: DragConfig, judge: Judge, keep: Sequence[str], verbose: bool) -> Iterator[Row]:
    """Both corners of one face, each up and outward."""
    picture = start.draw()
    before, where = judge.landmarks(picture)
    mask = kept_mask(cast("Sequence[Region]", keep), FaceRegions(before / SQUARE_PX, partial(resized, picture)))
    for corner, outward in ((LEFT_CORNER, -1.0), (RIGHT_CORNER, 1.0)):
        for way, unit in (("up", np.array([0.0, -1.0])), ("out", np.array([outward, 0.0]))):
            ends = torch.tensor(np.stack([before[corner], before[corner] + FAR_PX * unit]) / SQUARE_PX, dtype=torch.float32)
            began = time.perf_counter()
            steps = drag(
                start.generator,
                start.w_plus,
                ends[:1],
                ends[1:],
                keep=None if mask is None else torch.from_numpy(mask),
                config=config,
                noise=start.noise,
            )
            last = deque(steps, maxlen=1).pop()
            seconds = time.perf_counter() - began
            after = start.draw(last.w_plus)
            moved = judge.landmarks(after, where)[0] - before
            along = float(moved[corner] @ unit)
            row = Row(
                start.name,
                corner,
                way,
                last.distances_px[0],
                along,
                float(np.hypot(*(moved[corner] - FAR_PX * unit))),
                float(np.hypot(*moved[OTHERS].T).mean()),
                float(identity_distance(to_image(picture), to_image(after))),
                last.step,
                seconds,
            )
            if verbose:
                print(" ", " ".join(f"{f.name} {getattr(row, f.name)}" for f in fields(row)), flush=True)
            yield row


def resized(picture: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """The picture [R, R, 3] at another size."""
    return np.asarray(Image.fromarray(picture).resize((size, size), Image.Resampling.BOX))


def summary(name: str, rows: Sequence[Row]) -> str:
    """One line of the table: medians."""

    def median(key: str, way: str = "") -> float:
        return statistics.median(getattr(row, key) for row in rows if way in ("", row.way))

    arrived = sum(row.left_px <= 3 for row in rows)
    cells = (
        name,
        len(rows),
        f"{arrived / len(rows):.0%}",
        *(f"{median('along_px', way):.1f}" for way in ("up", "out")),
        *(f"{median(key):.1f}" for key in ("off_px", "others_px")),
        f"{median('identity'):.2f}",
        f"{median('steps'):.0f}",
        f"{median('seconds'):.1f} ({max(row.seconds for row in rows):.1f})",
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def tell_cost(name: str, generator: Generator, config: DragConfig, seed: int) -> None:
    """A step's time against its floor, features forward and backward, taken in turn: medians of twenty."""
    w_plus = random_face(generator, seed, truncation_psi=0.7)
    resolution = feature_resolution(generator, config.feature_px)
    floor_ms, step_ms = [], []
    steps = drag(generator, w_plus, [(0.4, 0.7)], [(0.2, 0.5)], config=config)
    for _ in range(20):
        began = time.perf_counter()
        next(steps)
        step_ms.append((time.perf_counter() - began) * 1000)
        moved = w_plus.clone().requires_grad_(True)
        began = time.perf_counter()
        generator.features(moved, resolution).mean().backward()  # type: ignore[no-untyped-call]
        floor_ms.append((time.perf_counter() - began) * 1000)
    step, floor = statistics.median(step_ms[1:]), statistics.median(floor_ms[1:])
    print(f"{name}: a step {step:.0f} ms, its floor {floor:.0f} ms, ratio {step / floor:.2f}", flush=True)


def changed(config: DragConfig, settings: Sequence[str]) -> DragConfig:
    """``["learning_rate=0.01"]`` -> the configuration with that rate; ``layers=0-11`` names layers."""
    for setting in settings:
        name, _, text = setting.partition("=")
        if name == "layers":
            first, last = (int(part) for part in text.split("-"))
            config = replace(config, layers=tuple(range(first, last + 1)))
        else:
            config = replace(config, **{name: type(getattr(config, name))(float(text))})
    return config


if __name__ == "__main__":
    main()
