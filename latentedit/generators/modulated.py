"""A depthwise convolution whose input channels are scaled by a style, without a pass over the features for the scaling.

``conv(x * style, weight)`` equals ``conv(x, weight * style)`` for a depthwise kernel, so forward scales nine numbers a channel instead of a
picture. Backward needs only ``x``: with ``g`` the gradient pulled back through the unscaled kernel, the gradient of ``x`` is
``g * style`` and that of the style is ``sum(g * x)``; autograd's own way through ``weight * style`` would compute a depthwise weight
gradient, which is the slow path of CPU convolutions.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor


def modulated_depthwise(x: Tensor, style: Tensor, weight: Tensor) -> Tensor:
    """``conv2d(x * style, weight, padding=1, groups=C)``.

    Args:
        x: features [N, C, H, W].
        style: one factor per sample and channel [N, C].
        weight: kernels [C, 1, 3, 3]; differentiated by the ordinary path when it requires a gradient (weight tuning).
    """
    if weight.requires_grad:
        return F.conv2d(x * style[:, :, None, None], weight, padding=1, groups=x.shape[1])
    result: Tensor = _ModulatedDepthwise.apply(x, style, weight)  # type: ignore[no-untyped-call]
    return result


def _fold_batch(x: Tensor, weight: Tensor) -> Tensor:
    """Depthwise convolution with kernels of its own for every sample: ``weight`` [N, C, 3, 3]."""
    n, c, h, w = x.shape
    return F.conv2d(x.reshape(1, n * c, h, w), weight.reshape(n * c, 1, 3, 3), padding=1, groups=n * c).view(n, c, h, w)


class _ModulatedDepthwise(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, style: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, style, weight)
        return _fold_batch(x, weight.squeeze(1)[None] * style[:, :, None, None])

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None, None]:
        x, style, weight = ctx.saved_tensors
        # The transpose of a 3x3 correlation with padding 1 is the correlation with the flipped kernel.
        pulled = F.conv2d(gradients[0], weight.flip((2, 3)), padding=1, groups=x.shape[1])
        style_gradient = torch.einsum("nchw,nchw->nc", pulled, x) if ctx.needs_input_grad[1] else None
        input_gradient = pulled.mul_(style[:, :, None, None]) if ctx.needs_input_grad[0] else None
        return input_gradient, style_gradient, None
