"""Parameters held near their own past (Salimans et al., 2016, section 3.3): ``‖θ - (1/t) Σ θ[i]‖²``."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor


def historical_penalty(parameters: Iterable[Tensor], averages: Iterable[Tensor]) -> Tensor:
    """The squared distance of parameters from their averages, a scalar."""
    return torch.stack([(now - past.detach()).square().sum() for now, past in zip(parameters, averages, strict=True)]).sum()


@torch.no_grad()
def update_averages(parameters: Iterable[Tensor], averages: Iterable[Tensor], count: int) -> None:
    """Take parameters into the averages of ``count`` earlier values, in place."""
    for now, past in zip(parameters, averages, strict=True):
        past.lerp_(now, 1 / (count + 1))
