"""Random latents: what a generator was trained to draw from."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit.generators.base import Generator


def random_face(generator: Generator, seed: int, *, truncation_psi: float = 1.0, label: int | None = None) -> Tensor:
    """The latent [1, num_ws, w_dim] of a seed; drawn on the CPU, so that a seed is the same face on every device.

    Args:
        label: which class a conditional generator draws; one that the seed chooses when None.

    Raises:
        UsageError: there is no such class.
    """
    random = torch.Generator().manual_seed(seed)
    z = torch.randn(1, generator.z_dim, generator=random).to(generator.device)
    if label is not None and not 0 <= label < generator.c_dim:
        classes = f"classes 0 to {generator.c_dim - 1}" if generator.c_dim else "no classes"
        raise UsageError(f"There is no class {label}.", hint=f"This generator has {classes}.")
    c = None
    if generator.c_dim:
        chosen = int(torch.randint(generator.c_dim, (), generator=random)) if label is None else label
        c = torch.nn.functional.one_hot(torch.tensor([chosen]), generator.c_dim).float().to(generator.device)
    return generator.mapping(z, c, truncation_psi=truncation_psi)
