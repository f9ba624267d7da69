"""The truncation trick (BigGAN: Brock et al., 2019, arXiv:1809.11096, section 3.1): latents that stay near the middle draw better and less varied images."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from latentedit.errors import UsageError


def truncated_latents(count: int, z_dim: int, threshold: float, random: torch.Generator) -> Tensor:
    """Latents ``[count, z_dim]`` of N(0, 1), given that no number lies further than ``threshold`` from 0.

    The paper draws numbers again until they lie within; this is the same distribution, by the inverse of its cumulative one.

    Args:
        random: on the CPU, where the latents are, too.

    Raises:
        UsageError: the threshold is not above 0.
    """
    if not threshold > 0:
        raise UsageError(f"latents cannot lie within {threshold} of 0", hint="choose a threshold above 0, for example 0.5")
    # Uniform between Φ(-t) and Φ(t); in double precision, in which neither end is 0 or 1 for thresholds that matter.
    inside = math.erf(threshold / math.sqrt(2))
    uniform = torch.rand(count, z_dim, generator=random, dtype=torch.float64)
    latents = torch.special.ndtri((1 + (2 * uniform - 1) * inside) / 2)
    # ndtri(0) is minus infinity, which rand can ask for, once in 2^53 numbers.
    return latents.clamp(-min(threshold, 9.0), min(threshold, 9.0)).float()
