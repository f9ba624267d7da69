"""Single channels of a generator's styles, and the moves in W+ that change one and no other.

A style layer computes its channels as ``A w + b`` from the latent that it reads. A move of one channel by 1 is the least-squares pre-image of a unit
vector under ``A``: exact where ``A`` has full row rank, so never where one style feeds more channels than w has dimensions. Such channels are
left out (see :attr:`StyleLayer.reachable`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.generators.base import Generator

TOLERANCE = 1e-4
"""Of what the other channels move, and of what is lacking in the channel itself, when one is moved by 1."""


@dataclass(frozen=True, eq=False)
class StyleLayer:
    """All channels that one style steers.

    Attributes:
        index: of the style.
        matrix: [C, w_dim], the modulation matrices of all layers that read the style.
        moves: [C, w_dim]; row c moves channel c by 1.
        reachable: [C] bool; whether the row moves channel c alone.
    """

    index: int
    matrix: Tensor
    moves: Tensor
    reachable: Tensor

    @classmethod
    def of(cls, index: int, matrix: Tensor) -> StyleLayer:
        """The layer of a matrix [C, w_dim]."""
        exact = matrix.double()
        moves = torch.linalg.pinv(exact).T.float()
        error = exact.float() @ moves.T - torch.eye(len(matrix))
        return cls(index, matrix, moves, error.abs().amax(dim=0) < TOLERANCE)


def style_layers(generator: Generator, indices: Iterable[int] | None = None) -> list[StyleLayer]:
    """The layers of all styles that steer anything, or of some, ascending; on the CPU."""
    wanted = set(range(generator.num_ws) if indices is None else indices)
    matrices: dict[int, list[Tensor]] = {}
    for index, weight in generator.modulation_weights():
        if index in wanted:
            matrices.setdefault(index, []).append(weight.detach().cpu().float())
    return [StyleLayer.of(index, torch.cat(parts)) for index, parts in sorted(matrices.items())]


def channel_move(layer: StyleLayer, channel: int, amount: float, num_ws: int) -> Tensor:
    """The direction [num_ws, w_dim] that moves one channel by ``amount``."""
    vector = torch.zeros(num_ws, layer.matrix.shape[1])
    vector[layer.index] = amount * layer.moves[channel]
    return vector
