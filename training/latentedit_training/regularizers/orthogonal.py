"""Filters kept apart (Brock et al., 2019, BigGAN, eq. 3): ``Σ ‖Wᵀ W ⊙ (1 - I)‖²``, over the off-diagonal products only."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def orthogonal_penalty(module: nn.Module, *, except_in: tuple[type[nn.Module], ...] = ()) -> Tensor:
    """The squared products of different filters of all weights with two or more axes, summed: a scalar.

    Args:
        module: whose weights.
        except_in: classes of modules whose weights are no filters (the authors' code leaves BigGAN's shared embedding out).
    """
    left_out = {p for part in module.modules() if isinstance(part, except_in) for p in part.parameters()}
    sums: list[Tensor] = []
    for parameter in module.parameters():
        if parameter.dim() < 2 or parameter in left_out:
            continue
        rows = parameter.flatten(1)
        products = rows @ rows.T
        sums.append((products - torch.diag_embed(products.diagonal())).square().sum())
    return torch.stack(sums).sum()
