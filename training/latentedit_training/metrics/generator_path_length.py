"""The perceptual path length of a generator (Karras et al., 2019, section 4.1): paths drawn by chance, in z or in w, and LPIPS between their pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.errors import UsageError
from latentedit.generators.base import Generator
from latentedit.perceptual.lpips import Lpips
from latentedit_training.metrics.path_length import Draw, PairDistance, path_lengths, perceptual_path_length

Sampling = Literal["full", "end"]
"""Anywhere on the path, or at its beginning: latents on a straight way between two w are none that the mapping gives, its ends are."""
_SIDE = 256
"""LPIPS sees images of this size; the authors average larger ones down to it."""


@dataclass(frozen=True)
class PathLengthStep:
    """How far a measurement is.

    Attributes:
        done: paths that are measured.
        total: of all.
        value: the figure, with the last step; None before.
    """

    done: int
    total: int
    value: float | None = None


def generator_path_length(
    generator: Generator,
    distance: PairDistance,
    *,
    space: Literal["z", "w"],
    sampling: Sampling,
    count: int,
    seed: int,
    batch_size: int = 8,
) -> Iterator[PathLengthStep]:
    """PPL of a generator of the editor, with its stored noise and without truncation.

    Args:
        generator: what draws; one without classes.
        distance: see :func:`lpips_of_pairs`.
        space: ``z`` goes along great circles, ``w`` straight between two mapped latents.
        sampling: where on the paths.
        count: paths; 100,000 in the paper's figures.
        seed: of the latents and places.
        batch_size: paths at once.

    Raises:
        UsageError: the generator wants classes, or there are no paths.
    """
    if generator.c_dim:
        raise UsageError("Path lengths are measured without classes.", hint="Measure a generator that takes none.")

    def from_z(z: Tensor) -> Tensor:
        return generator.synthesis(generator.mapping(z))

    def from_w(w_plus: Tensor) -> Tensor:
        return generator.synthesis(w_plus)

    draw, prepare = (from_z, _same) if space == "z" else (from_w, generator.mapping)
    yield from _measured(
        draw, prepare, generator.z_dim, generator.device, distance, space, sampling, count=count, seed=seed, batch_size=batch_size
    )


def module_path_length(
    draw: Draw,
    distance: PairDistance,
    *,
    z_dim: int,
    device: torch.device,
    sampling: Sampling,
    count: int,
    seed: int,
    batch_size: int = 8,
) -> Iterator[PathLengthStep]:
    """PPL in z of anything that draws images of normal latents ``[N, z_dim]``; arguments as of :func:`generator_path_length`.

    Raises:
        UsageError: there are no paths.
    """
    yield from _measured(draw, _same, z_dim, device, distance, "z", sampling, count=count, seed=seed, batch_size=batch_size)


def lpips_of_pairs(network: Lpips) -> PairDistance:
    """The distance ``[N]`` of images ``[N, C, H, W]`` in [-1, 1], as PPL has it: averaged down to 256 pixels, grey as colour, opacity left out."""

    def distance(a: Tensor, b: Tensor) -> Tensor:
        result: Tensor = network(_as_seen(a), _as_seen(b))
        return result

    return distance


def _as_seen(image: Tensor) -> Tensor:
    if image.shape[1] in (1, 2):
        image = image[:, :1].expand(-1, 3, -1, -1)
    factor = min(image.shape[2:]) // _SIDE
    return F.avg_pool2d(image[:, :3], factor) if factor > 1 else image[:, :3]


def _same(z: Tensor) -> Tensor:
    return z


@torch.no_grad()
def _batch(
    draw: Draw,
    prepare: Callable[[Tensor], Tensor],
    z: Tensor,
    t: Tensor,
    distance: PairDistance,
    space: Literal["z", "w"],
) -> Tensor:
    starts, ends = prepare(z).chunk(2)
    return path_lengths(draw, distance, starts, ends, t, space=space).cpu()


def _measured(
    draw: Draw,
    prepare: Callable[[Tensor], Tensor],
    z_dim: int,
    device: torch.device,
    distance: PairDistance,
    space: Literal["z", "w"],
    sampling: Sampling,
    *,
    count: int,
    seed: int,
    batch_size: int,
) -> Iterator[PathLengthStep]:
    if count < 1:
        raise UsageError("A path length needs one path at least.", hint="Give a larger count.")
    random = torch.Generator().manual_seed(seed)
    lengths: list[Tensor] = []
    for start in range(0, count, batch_size):
        size = min(batch_size, count - start)
        z = torch.randn(2 * size, z_dim, generator=random).to(device)
        t = torch.rand(size, generator=random) if sampling == "full" else torch.zeros(size)
        lengths.append(_batch(draw, prepare, z, t.to(device), distance, space))
        done = start + size
        value = perceptual_path_length(torch.cat(lengths)) if done == count else None
        yield PathLengthStep(done, count, value)
