"""Bilinear lookup that can be differentiated as often as wanted.

Torch has no second derivative of ``grid_sample``, which the gradient penalty of an augmented discriminator needs. Looking up is linear in the image, however:
its gradient is its transpose, which spreads numbers to where they would be looked up, and the transpose's gradient is looking up again.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor


def look_up(image: Tensor, places: Tensor) -> Tensor:
    """The image at places between its pixels: ``[N, C, h, w]``. Constant in the places; outside of the image lies its border.

    Args:
        image: ``[N, C, H, W]``, H and W at least 2.
        places: ``[N, h, w, 2]``, x and y in pixels, 0 being the middle of the first.
    """
    height, width = image.shape[2:]
    last = torch.tensor([width - 1, height - 1], dtype=places.dtype, device=places.device)
    result: Tensor = _LookUp.apply(image, (places / last * 2 - 1).detach())  # type: ignore[no-untyped-call]
    return result


def _sample(image: Tensor, grid: Tensor) -> Tensor:
    return F.grid_sample(image, grid, mode="bilinear", padding_mode="border", align_corners=True)


class _LookUp(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, image: Tensor, grid: Tensor) -> Tensor:
        ctx.save_for_backward(grid)
        ctx.size = image.shape[2:]
        return _sample(image, grid)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        (grid,) = ctx.saved_tensors
        return _Spread.apply(gradients[0], grid, ctx.size), None  # type: ignore[no-untyped-call]


class _Spread(torch.autograd.Function):
    """The transpose of looking up. Torch's own gradient, asked for by public means: its kernel's arguments have changed between versions."""

    @staticmethod
    def forward(ctx: Any, spread: Tensor, grid: Tensor, size: torch.Size) -> Tensor:
        ctx.save_for_backward(grid)
        with torch.enable_grad():
            image = spread.new_zeros(*spread.shape[:2], *size).requires_grad_()
            (gradient,) = torch.autograd.grad(_sample(image, grid), image, spread)
        return gradient

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (grid,) = ctx.saved_tensors
        return _LookUp.apply(gradients[0], grid), None, None  # type: ignore[no-untyped-call]
