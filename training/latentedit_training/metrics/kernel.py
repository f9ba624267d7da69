"""The kernel distance of two sets of features (KID; Bińkowski et al., 2018, section 4): without bias, also for few images."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class KernelDistance:
    """The mean over subsets, and their deviation (divided by their number); None where all subsets would be the same, so that one was computed."""

    mean: float
    deviation: float | None


def polynomial_kernel(x: Tensor, y: Tensor) -> Tensor:
    """``(x·y / F + 1)³``: ``[N, M]`` of ``[N, F]`` and ``[M, F]``."""
    return (x @ y.T / x.shape[1] + 1) ** 3


def squared_discrepancy(real: Tensor, fake: Tensor) -> Tensor:
    """The unbiased estimate of the squared maximum mean discrepancy (eq. 4 of Gretton et al., 2012), a scalar, of features ``[N, F]`` and ``[M, F]``."""
    n, m = len(real), len(fake)
    of_real, of_fake = polynomial_kernel(real, real), polynomial_kernel(fake, fake)
    within = (of_real.sum() - of_real.trace()) / (n * (n - 1)) + (of_fake.sum() - of_fake.trace()) / (m * (m - 1))
    return within - 2 * polynomial_kernel(real, fake).mean()


def kernel_distance(real: Tensor, fake: Tensor, *, seed: int, subsets: int = 100, subset_size: int = 1000) -> KernelDistance:
    """KID.

    Args:
        real: ``[N, F]``.
        fake: ``[M, F]``.
        seed: of the choice of subsets.
        subsets: how many.
        subset_size: images of each from each set; as many as there are where there are fewer.
    """
    size = min(subset_size, len(real), len(fake))
    if size == max(len(real), len(fake)):
        return KernelDistance(float(squared_discrepancy(real.double().cpu(), fake.double().cpu())), None)
    random = torch.Generator().manual_seed(seed)
    one, other = real.double().cpu(), fake.double().cpu()
    values = torch.stack(
        [
            squared_discrepancy(
                one[torch.randperm(len(one), generator=random)[:size]], other[torch.randperm(len(other), generator=random)[:size]]
            )
            for _ in range(subsets)
        ]
    )
    return KernelDistance(float(values.mean()), float(values.std(unbiased=False)))
