"""The numbers that generators draw from."""

from __future__ import annotations

from typing import Literal

from torch import Tensor

from latentedit_training.draws import Draws

Prior = Literal["normal", "uniform", "unit"]


def latents(prior: Prior, draws: Draws, purpose: str, z_dim: int) -> Tensor:
    """``[N, z_dim]``: standard normal, uniform in -1 to 1, or (``unit``) uniform in 0 to 1."""
    if prior == "normal":
        return draws.normal(purpose, z_dim)
    z = draws.uniform(purpose, z_dim)
    return z if prior == "unit" else 2 * z - 1
