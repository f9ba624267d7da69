"""How long a projection takes until the drawing looks like the photograph: ours against StyleGAN2's projector, on the same generator.

    python benchmarks/projection.py [PHOTO] [--json] [--minutes 7]

All start from the mean latent, draw at full size where their method does, and are stopped when LPIPS (AlexNet, both images area-resized to
256 px) is at most 0.10. The clock runs only while a method works, not while its drawing is judged. StyleGAN2's projector follows its own
schedule of 1000 steps; it is given up after --minutes, and the ratio is then an upper bound (it had not arrived by then).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from measuring import Row, arguments, tell
from torch import Tensor

import latentedit
from latentedit.perceptual import Lpips, load_lpips
from latentedit.projection import ProjectionStep
from latentedit.projection.objective import WHOLE_PX, area_resize

GOAL = 0.10
PRESETS = ("fast", "balanced")
OURS_JUDGED_EVERY, PEER_JUDGED_EVERY = 2, 10


@dataclass(frozen=True)
class Arrival:
    """When a method first was near enough: seconds of its own work, steps, and the distance then (or when it was given up)."""

    seconds: float
    steps: int
    distance: float

    @property
    def arrived(self) -> bool:
        return self.distance <= GOAL


def time_to_goal(
    steps: Iterator[ProjectionStep],
    generator: latentedit.Generator,
    photograph: Tensor,
    lpips: Lpips,
    *,
    every: int,
    limit_s: float,
) -> Arrival:
    """Iterate until the goal, the end or the limit."""
    small = area_resize(photograph, WHOLE_PX)
    seconds, count, distance = 0.0, 0, float("inf")
    while seconds < limit_s:
        started = time.perf_counter()
        step = next(steps, None)
        seconds += time.perf_counter() - started
        if step is None:
            break
        count = step.step
        if count % every == 0 or count == step.num_steps:
            distance = judge(step, generator, small, lpips)
            if distance <= GOAL:
                break
    return Arrival(seconds, count, distance)


@torch.no_grad()
def judge(step: ProjectionStep, generator: latentedit.Generator, small: Tensor, lpips: Lpips) -> float:
    """LPIPS of the full drawing of what ``step`` has found."""
    from latentedit.generators.delta import apply_delta

    tuned = apply_delta(generator, step.weight_delta) if step.weight_delta else generator
    drawn = tuned.synthesis(step.w_plus, noise=step.noise).clamp(-1, 1)
    return float(lpips(area_resize(drawn, WHOLE_PX), small))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("photo", nargs="?", type=Path, default=Path(__file__).parents[1] / "examples" / "astronaut.png")
    parser.add_argument("--minutes", type=float, default=7.0, help="when to give StyleGAN2's projector up")
    options = parser.parse_args()
    generator = latentedit.load_generator("mobilestylegan-ffhq", options.device)
    face = latentedit.open_photo(options.photo).find_faces()[0]
    photograph = face.crop(generator.img_resolution).to(generator.device)
    lpips = load_lpips("alex", device=generator.device)
    theirs = time_to_goal(
        latentedit.project(generator, photograph, method="stylegan2", space="w", seed=0),
        generator, photograph, lpips, every=PEER_JUDGED_EVERY, limit_s=options.minutes * 60,
    )  # fmt: skip
    rows = []
    for preset in PRESETS:
        ours = time_to_goal(
            latentedit.project(generator, photograph, preset=preset, seed=0),
            generator, photograph, lpips, every=OURS_JUDGED_EVERY, limit_s=180,
        )  # fmt: skip
        rows.append(row(f"{options.photo.stem}, {preset}", ours, theirs))
    tell("projection", rows, device=options.device, packages=(), as_json=options.json)


def row(case: str, ours: Arrival, theirs: Arrival) -> Row:
    """The times side by side, with what both had reached by then."""
    note = f"ours {ours.steps} steps to {ours.distance:.3f}; peer {theirs.steps} steps to {theirs.distance:.3f}"
    if not theirs.arrived:
        note += ", not arrived: the ratio is an upper bound"
    if not ours.arrived:
        note += "; ours did not arrive"
    ratio = round(ours.seconds / theirs.seconds, 4)
    return Row(case, round(ours.seconds * 1000, 1), "StyleGAN2 projector", round(theirs.seconds * 1000, 1), ratio, note)


if __name__ == "__main__":
    main()
