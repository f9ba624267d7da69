"""How far a direction moves a generator's styles, against how far random latents' styles differ.

Lengths in W tell little: a generator heeds some of its dimensions a thousand times as much as others. Styles are what it draws with.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents

LATENTS = 1000
STILL = 1e-12
"""Shifts below this are none."""


@dataclass(frozen=True, eq=False)
class SteeredLayer:
    """One style of a generator: its index, the matrix [C, w_dim] of the channels that it steers, and their deviations [C] over random latents."""

    index: int
    matrix: Tensor
    deviations: Tensor


@dataclass(frozen=True)
class Shift:
    """How far an amount of 1 moves the styles.

    Attributes:
        whole: root mean square over the layers of the length of a layer's shift, in the length of its deviations.
        channel: the largest shift of any channel, in its deviations.
    """

    whole: float
    channel: float


@dataclass(frozen=True, eq=False)
class StyleSpread:
    """How the styles of a generator differ over random latents."""

    shape: tuple[int, int]
    layers: tuple[SteeredLayer, ...]
    w_deviation: float

    @classmethod
    @torch.no_grad()
    def of(cls, generator: Generator, seed: int = 0) -> StyleSpread:
        """Measured on :data:`LATENTS` random latents; none is drawn."""
        w = random_latents(generator, LATENTS, torch.Generator().manual_seed(seed))[:, 0].cpu().float()
        matrices: dict[int, list[Tensor]] = {}
        for index, weight in generator.modulation_weights():
            matrices.setdefault(index, []).append(weight.detach().cpu().float())
        joined = {index: torch.cat(parts) for index, parts in sorted(matrices.items())}
        layers = tuple(SteeredLayer(index, matrix, (w @ matrix.T).std(dim=0)) for index, matrix in joined.items())
        return cls((generator.num_ws, generator.w_dim), layers, float(generator.w_std))

    def shift(self, direction: Direction) -> Shift:
        """How far the direction moves styles; by its lengths in W where it moves none that is known to steer anything."""
        moved = direction.apply(torch.zeros(1, *self.shape), 1.0)[0].cpu()
        shares, channels = [], []
        for layer in self.layers:
            change = layer.matrix @ moved[layer.index]
            shares.append(float(change.norm() / layer.deviations.norm().clamp_min(STILL)))
            channels.append(float((change.abs() / layer.deviations.clamp_min(STILL)).max()))
        if max(channels, default=0.0) < STILL:
            return Shift(float(moved.norm()) / (len(moved) ** 0.5 * self.w_deviation), 0.0)
        return Shift((sum(share**2 for share in shares) / len(shares)) ** 0.5, max(channels))
