"""Point tracking (Pan et al., 2023, section 3.3): where the handles are after a step."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.dragging.sampling import sample, square


def track(features: Tensor, points: Tensor, template: Tensor, offsets: Tensor, *, radius: float, spacing: float) -> Tensor:
    """The place near each point whose surroundings are most like its template.

    The paper compares single features at whole pixels. Discs are steadier, and a parabola through the best place and its neighbours finds places in
    between.

    Args:
        features: [1, C, h, w].
        points: [K, 2], where the handles were, (x, y) on [0, 1]^2.
        template: [K, P, C], what was around them at the start.
        offsets: [P, 2] of the template's features.
        radius, spacing: of the square of places that are tried around each point.

    Returns: [K, 2].
    """
    tried = square(radius, spacing, features.device)
    found = [
        point + _lowest(_differences(features, point + tried, around, offsets), spacing)
        for point, around in zip(points, template, strict=True)
    ]
    return torch.stack(found)


def _differences(features: Tensor, places: Tensor, template: Tensor, offsets: Tensor) -> Tensor:
    """Mean squared difference [n, n] from the template [P, C] at the n x n places."""
    side = round(len(places) ** 0.5)
    around = sample(features, places[:, None] + offsets)  # [n * n, P, C]
    return (around - template).square().mean(dim=(1, 2)).view(side, side)


def _lowest(values: Tensor, spacing: float) -> Tensor:
    """The offset [2], (x, y), of the lowest of ``values`` [n, n] from their middle, between grid points by the parabolas through its neighbours."""
    n = len(values)
    row, column = divmod(int(values.argmin()), n)
    x, y = column - n // 2, row - n // 2
    return spacing * torch.tensor([x + _vertex(values[row], column), y + _vertex(values[:, column], row)], device=values.device)


def _vertex(line: Tensor, index: int) -> float:
    """How far the vertex of the parabola through ``line`` around its lowest value lies from ``index``; 0 at the ends."""
    if not 0 < index < len(line) - 1:
        return 0.0
    before, lowest, after = (float(value) for value in line[index - 1 : index + 2])
    bend = before - 2 * lowest + after
    return 0.5 * (before - after) / bend if bend > 0 else 0.0
