"""Random latents: what a generator was trained to draw from."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit.generators.base import Generator


def random_latents(
    generator: Generator, count: int, random: torch.Generator, *, truncation_psi: float = 1.0, label: int | None = None
) -> Tensor:
    """Latents [count, num_ws, w_dim]; drawn on the CPU, so that they are the same on every device.

    Args:
        random: where the numbers come from.
        label: which class a conditional generator draws; any, alike often, when None.

    Raises:
        UsageError: there is no such class.
    """
    z = torch.randn(count, generator.z_dim, generator=random).to(generator.device)
    if label is not None and not 0 <= label < generator.c_dim:
        classes = f"classes 0 to {generator.c_dim - 1}" if generator.c_dim else "no classes"
        raise UsageError(f"There is no class {label}.", hint=f"This generator has {classes}.")
    if not generator.c_dim:
        return generator.mapping(z, truncation_psi=truncation_psi)
    chosen = torch.randint(generator.c_dim, (count,), generator=random) if label is None else torch.full((count,), label)
    labels = torch.nn.functional.one_hot(chosen, generator.c_dim).float().to(generator.device)
    return generator.mapping(z, labels, truncation_psi=truncation_psi)


def random_face(generator: Generator, seed: int, *, truncation_psi: float = 1.0, label: int | None = None) -> Tensor:
    """The latent [1, num_ws, w_dim] of a seed, as :func:`random_latents`; without a label the seed chooses the class."""
    random = torch.Generator().manual_seed(seed)
    return random_latents(generator, 1, random, truncation_psi=truncation_psi, label=label)
