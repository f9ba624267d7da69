"""Whether derivatives of an image operation are right, up to the second."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def image(*shape: int, seed: int = 0) -> Tensor:
    """A double-precision image in [-1, 1]."""
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 2 - 1


def check_derivatives(operation: Callable[[Tensor], Tensor], start: Tensor) -> None:
    """By finite differences. Squared, so that the second derivative is not zero throughout."""
    start = start.detach().clone().requires_grad_()
    assert torch.autograd.gradcheck(operation, start)
    assert torch.autograd.gradgradcheck(lambda x: operation(x).square(), start)
