"""Directions in closed form from the weights alone (Shen & Zhou, 2021, arXiv:2007.06600, SeFa)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def factorise(modulation_weights: Sequence[Tensor], count: int) -> tuple[Tensor, Tensor]:
    """The latent directions that change the styles most.

    Args:
        modulation_weights: the style layers' matrices [C_i, w_dim], of the layers that the direction shall move.
        count: how many directions.

    Returns: unit directions [count, w_dim], strongest first, and their eigenvalues [count]. Each matrix's columns are scaled to unit length, as
        in the paper's code, so that no layer dominates by the size of its weights alone. The sign of a direction is arbitrary; it is chosen so that the
        largest component is positive.
    """
    weights = torch.cat([w / w.norm(dim=0, keepdim=True).clamp_min(1e-12) for w in modulation_weights])
    values, vectors = torch.linalg.eigh((weights.T @ weights).double())
    order = values.argsort(descending=True)[:count]
    directions = vectors[:, order].T
    largest = directions.gather(1, directions.abs().argmax(dim=1, keepdim=True))
    return (directions * largest.sign()).float(), values[order].float()
