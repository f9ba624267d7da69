"""From face to face: a path through latents, drawn frame by frame, as an iterator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit import latents as arithmetic
from latentedit.errors import UsageError
from latentedit.generators import Generator
from latentedit.generators.delta import apply_delta
from latentedit.images import require_finite, to_uint8

PathKind = Literal["spline", "slerp"]


@dataclass(frozen=True, eq=False)
class Station:
    """A face that the path leads through: its latent [1, num_ws, w_dim], what tuning adds to the generator's weights there, and its noise maps (the
    generator's when None)."""

    w_plus: Tensor
    weight_delta: dict[str, Tensor]
    noise: Sequence[Tensor] | None = None


@dataclass(frozen=True, eq=False)
class Frame:
    """One drawn frame: its number from 1 of ``total``, and its pixels [H, W, 3]."""

    number: int
    total: int
    rgb_uint8: NDArray[np.uint8]


def positions(stations: int, frames: int, *, loop: bool) -> list[float]:
    """Where on the path every frame lies: station k at k. A loop ends one frame before it would begin again.

    Raises:
        UsageError: fewer than two stations or frames.
    """
    if stations < 2 or frames < 2:
        raise UsageError("A film needs two faces and two frames at the least.")
    if loop:
        return [stations * i / frames for i in range(frames)]
    return [(stations - 1) * i / (frames - 1) for i in range(frames)]


def point_on_path(points: Sequence[Tensor], position: float, kind: PathKind, *, loop: bool, centre: Tensor) -> Tensor:
    """The latent at ``position`` on the path through ``points`` (each [1, num_ws, w_dim]), which passes point k at k.

    Args:
        kind: ``spline``: a Catmull-Rom spline (Catmull & Rom, 1974), without corners at the stations; ``slerp``: arcs around ``centre``.
        centre: [w_dim], the average latent.

    Raises:
        UsageError: there is no such kind of path.
    """
    if kind not in get_args(PathKind):
        raise UsageError(f"There is no path {kind}.", hint=f"Choose {' or '.join(get_args(PathKind))}.")
    count = len(points)
    segments = count if loop else count - 1
    start = min(int(position), segments - 1)
    t = position - start

    def point(index: int) -> Tensor:
        if loop:
            return points[index % count]
        if 0 <= index < count:
            return points[index]
        # Beyond an end the path goes on straight.
        return 2 * points[0] - points[1] if index < 0 else 2 * points[-1] - points[-2]

    a, b = point(start), point(start + 1)
    if t == 0:
        return a
    if kind == "slerp":
        return arithmetic.slerp(a, b, t, centre)
    before, after = point(start - 1), point(start + 2)
    return 0.5 * (
        2 * a + (b - before) * t + (2 * before - 5 * a + 4 * b - after) * t**2 + (3 * a - before - 3 * b + after) * t**3
    )


@torch.no_grad()
def film(
    generator: Generator, stations: Sequence[Station], *, frames: int, size: int, kind: PathKind = "spline", loop: bool = False
) -> Iterator[Frame]:
    """Draw the path through the stations; at a station the frame is that face exactly. To cancel, stop iterating.

    Args:
        size: side of the frames in pixels, at most the generator's.

    Raises:
        UsageError: too few faces or frames, a size that the generator does not draw, or a path too far from all faces.
    """
    if not 16 <= size <= generator.img_resolution:
        raise UsageError(f"Frames are 16 to {generator.img_resolution} pixels wide, not {size}.")
    points = [station.w_plus for station in stations]
    for number, position in enumerate(positions(len(stations), frames, loop=loop), start=1):
        w_plus = point_on_path(points, position, kind, loop=loop, centre=generator.w_avg)
        noise = _noise(generator, stations, position)
        image = require_finite(_tuned(generator, stations, position).synthesis(w_plus, noise=noise))
        if size < image.shape[-1]:
            image = F.interpolate(image, size=(size, size), mode="area")
        yield Frame(number, frames, to_uint8(image))


def _tuned(generator: Generator, stations: Sequence[Station], position: float) -> Generator:
    """The generator between two stations' tunings, in proportion."""
    delta: dict[str, Tensor] = {}
    for station, weight in _between(stations, position):
        for name, difference in station.weight_delta.items() if weight else ():
            part = weight * difference.float()
            delta[name] = delta[name] + part if name in delta else part
    return apply_delta(generator, delta) if delta else generator


def _noise(generator: Generator, stations: Sequence[Station], position: float) -> list[Tensor] | None:
    """The noise maps between two stations', in proportion; None where both have the generator's."""
    weighted = [(station.noise, weight) for station, weight in _between(stations, position) if weight]
    if all(noise is None for noise, _ in weighted):
        return None
    maps = [[weight * part for part in noise or generator.noise_buffers()] for noise, weight in weighted]
    return [torch.stack(parts).sum(dim=0) for parts in zip(*maps, strict=True)]


def _between(stations: Sequence[Station], position: float) -> tuple[tuple[Station, float], tuple[Station, float]]:
    """The stations before and after a position, and their shares."""
    start = int(position)
    t = position - start
    return (stations[start % len(stations)], 1 - t), (stations[(start + 1) % len(stations)], t)
