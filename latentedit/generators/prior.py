"""Random latents: what a generator was trained to draw from."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.generators.base import Generator


def random_face(generator: Generator, seed: int, *, truncation_psi: float = 1.0) -> Tensor:
    """The latent [1, num_ws, w_dim] of a seed; drawn on the CPU, so that a seed is the same face on every device."""
    z = torch.randn(1, generator.z_dim, generator=torch.Generator().manual_seed(seed)).to(generator.device)
    return generator.mapping(z, truncation_psi=truncation_psi)
