"""Precision and recall by nearest neighbours (Kynkäänniemi et al., 2019), and density and coverage (Naeem et al., 2020)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

_ENTRIES = 1 << 23
"""Distances held at once: 64 MiB, however many images there are."""
_TIE = 1 + 1e-9
"""Radii grow by so much: a neighbour that lies on its sphere's surface is in it, in whatever order a matrix product adds."""


@dataclass(frozen=True)
class Neighbourhood:
    """How two sets of images lie in each other.

    Attributes:
        precision: share of generated images within the manifold of real ones.
        recall: share of real images within the manifold of generated ones.
        density: how many real images' spheres hold a generated one, divided by k; may exceed 1.
        coverage: share of real images whose sphere holds a generated one.
    """

    precision: float
    recall: float
    density: float
    coverage: float


def neighbourhood(real: Tensor, fake: Tensor, *, k: int = 3) -> Neighbourhood:
    """The four figures.

    A set's manifold is made of spheres around its images, each as large as the distance to the k-th nearest other one (eq. 1 and 2).

    Args:
        real: features ``[N, F]``, N more than k.
        fake: features ``[M, F]``, M more than k.
        k: 3 in the first paper; the second has 5 for density and coverage.

    Raises:
        ValueError: there are not more images than k.
    """
    if min(len(real), len(fake)) <= k:
        raise ValueError(f"more than {k} images are needed in each set")
    middle = real.double().mean(0)  # distances are found by products, which lose digits where features lie far from 0
    real, fake = real.double() - middle, fake.double() - middle
    real_radii, fake_radii = radii(real, k) * _TIE, radii(fake, k) * _TIE
    in_real = torch.zeros(len(fake), dtype=torch.int64, device=real.device)
    covered = torch.zeros(len(real), dtype=torch.bool, device=real.device)
    in_fake = torch.zeros(len(real), dtype=torch.bool, device=real.device)
    for rows in _blocks(len(fake), len(real)):
        distances = torch.cdist(real, fake[rows])  # [N, block]
        inside = distances <= real_radii.unsqueeze(1)
        in_real[rows] = inside.sum(0)
        covered |= inside.any(1)
        in_fake |= (distances <= fake_radii[rows]).any(1)
    return Neighbourhood(
        precision=float((in_real > 0).double().mean()),
        recall=float(in_fake.double().mean()),
        density=float(in_real.double().mean() / k),
        coverage=float(covered.double().mean()),
    )


def radii(features: Tensor, k: int) -> Tensor:
    """The distance of each of ``[N, F]`` to its k-th nearest other one: ``[N]``."""
    nearest = []
    for rows in _blocks(len(features), len(features)):
        distances = torch.cdist(features[rows], features)  # [block, N]
        place = torch.arange(len(distances), device=features.device)
        distances[place, rows.start + place] = torch.inf  # each is no neighbour of its own, nor nearer to itself than its twins
        nearest.append(distances.kthvalue(k, dim=1).values)
    return torch.cat(nearest)


def _blocks(count: int, width: int) -> Iterator[slice]:
    """Rows that are looked at together, of a table of distances ``[count, width]``."""
    size = max(1, _ENTRIES // width)
    return (slice(start, min(start + size, count)) for start in range(0, count, size))
