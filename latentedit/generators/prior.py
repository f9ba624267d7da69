"""Random latents: what a generator was trained to draw from."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit.generators.base import Generator, GeneratorSpec

STYLEGAN1_CUTOFF = 8
"""Of NVIDIA's first StyleGAN, up to 32 px: what is finer keeps its variety."""


def random_latents(
    generator: Generator,
    count: int,
    random: torch.Generator,
    *,
    truncation_psi: float = 1.0,
    truncation_cutoff: int | None = None,
    label: int | None = None,
) -> Tensor:
    """Latents [count, num_ws, w_dim]; drawn on the CPU, so that they are the same on every device.

    Args:
        random: where the numbers come from.
        truncation_psi, truncation_cutoff: as those of :meth:`latentedit.generators.base.Generator.mapping`.
        label: which class a conditional generator draws; any, alike often, when None.

    Raises:
        UsageError: there is no such class, or there are not as many layers as ``truncation_cutoff``.
    """
    z = torch.randn(count, generator.z_dim, generator=random).to(generator.device)
    if label is not None and not 0 <= label < generator.c_dim:
        classes = f"classes 0 to {generator.c_dim - 1}" if generator.c_dim else "no classes"
        raise UsageError(f"There is no class {label}.", hint=f"This generator has {classes}.")
    if not generator.c_dim:
        return generator.mapping(z, None, truncation_psi, truncation_cutoff)
    chosen = torch.randint(generator.c_dim, (count,), generator=random) if label is None else torch.full((count,), label)
    labels = torch.nn.functional.one_hot(chosen, generator.c_dim).float().to(generator.device)
    return generator.mapping(z, labels, truncation_psi, truncation_cutoff)


def random_face(
    generator: Generator,
    seed: int,
    *,
    truncation_psi: float = 1.0,
    truncation_cutoff: int | None = None,
    label: int | None = None,
) -> Tensor:
    """The latent [1, num_ws, w_dim] of a seed, as :func:`random_latents`; without a label the seed chooses the class."""
    random = torch.Generator().manual_seed(seed)
    return random_latents(generator, 1, random, truncation_psi=truncation_psi, truncation_cutoff=truncation_cutoff, label=label)


def usual_cutoff(spec: GeneratorSpec) -> int | None:
    """In how many layers the original program of an architecture truncates when it is not told; None for all."""
    return min(STYLEGAN1_CUTOFF, spec.num_ws) if spec.architecture == "stylegan1" else None
