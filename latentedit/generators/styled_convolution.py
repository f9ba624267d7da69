"""StyleGAN2's modulated convolution (Karras et al., 2020, arXiv:1912.04958, section 2.2), with noise, bias and leaky ReLU, for drawing and for projection.

The published way multiplies the kernel by each sample's style and convolves sample by sample. Here the factors are applied where fewer numbers are: to the
features, or, for one sample and features that are larger than the kernel, to the kernel, which costs the features no pass at all.

Backward wants the gradients of features and style alone, since weights are frozen: autograd's own way through a modulated kernel computes the gradient of
that kernel, as dear as the convolution itself, only to sum it up. The sums can be had from what the layer has drawn. With
``y = conv(x * style) * scale + bias + noise`` and ``out = leaky(y)``, for a gradient ``g`` of ``out`` and ``h = g * leaky'(y)``:

    d scale = sum(h * (y - bias - noise)) / scale = (sum(g * out) - bias * sum(h) - sum(h * noise)) / scale
    d style = sum(x * p)      with p = conv^T(h * scale)
    d x     = p * style

where ``h * y = g * out`` because the leaky ReLU is linear on either side of zero.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.generators.resampling import blur_upsampled, depthwise, kernel


def demodulation(style: Tensor, energy: Tensor, eps: float = 1e-8) -> Tensor:
    """What each output channel is multiplied by, so that it has unit variance where the input has: [N, O] for ``style`` [N, I] (equation 3).

    Args:
        energy: the kernels' squares summed over their places, [I, O].
    """
    return torch.rsqrt(style.square() @ energy + eps)


def styled_convolution(
    x: Tensor,
    style: Tensor,
    scale: Tensor,
    weight: Tensor,
    bias: Tensor,
    noise: Tensor | None,
    *,
    slope: float,
    taps: Tensor | None = None,
    padding: int | None = None,
) -> Tensor:
    """``leaky(conv(x * style, weight) * scale + bias + noise)``.

    Args:
        x: features [N, I, r, r].
        style: [N, I].
        scale: [N, O], not 0.
        weight: [O, I, k, k], k odd; with ``taps`` [I, O, 3, 3], as torch takes it.
        bias: [O].
        noise: [1 or N, 1, R, R] or None.
        slope: of the leaky ReLU, 1 for none.
        taps: when given, the convolution doubles height and width: it is transposed, with a stride of 2, and filtered
            (see :func:`latentedit.generators.resampling.blur_upsampled`).
        padding: zeros around the features, without ``taps``; None for as many as keep their size.

    Returns: [N, O, R, R], R = r, or 2r with ``taps``, or r + 2 padding - k + 1.
    """
    around = weight.shape[2] // 2 if padding is None else padding
    if weight.requires_grad or bias.requires_grad or not torch.is_grad_enabled():
        return _plain(x, style, scale, weight, bias, noise, slope, taps, around)
    result: Tensor = _StyledConvolution.apply(x, style, scale, weight, bias, noise, slope, taps, around)  # type: ignore[no-untyped-call]
    return result


def _plain(
    x: Tensor,
    style: Tensor,
    scale: Tensor,
    weight: Tensor,
    bias: Tensor,
    noise: Tensor | None,
    slope: float,
    taps: Tensor | None,
    padding: int,
) -> Tensor:
    y = _convolve(x, style, scale, weight, bias, taps, padding)
    if noise is not None:
        y = y + noise if noise.requires_grad else y.add_(noise)
    return y if slope == 1 else F.leaky_relu_(y, slope)


def _convolve(x: Tensor, style: Tensor, scale: Tensor, weight: Tensor, bias: Tensor, taps: Tensor | None, padding: int) -> Tensor:
    """``conv(x * style, weight) * scale + bias``."""
    if len(x) == 1 and x.numel() > weight.numel():
        if taps is None:
            own = weight * (scale[0, :, None] * style[0])[:, :, None, None]
            return F.conv2d(x, own, bias, padding=padding)
        own = weight * (style[0, :, None] * scale[0])[:, :, None, None]
        return _blur(F.conv_transpose2d(x, own, stride=2), taps, bias)
    x = x * style[:, :, None, None]
    y = F.conv2d(x, weight, padding=padding) if taps is None else blur_upsampled(F.conv_transpose2d(x, weight, stride=2), taps)
    return torch.addcmul(bias[:, None, None], y, scale[:, :, None, None])


def _blur(y: Tensor, taps: Tensor, bias: Tensor) -> Tensor:
    """As :func:`blur_upsampled`, and the bias in the same pass."""
    before, after = (len(taps) - 1) // 2, len(taps) // 2 - 1
    if bias.requires_grad or before != after:
        return blur_upsampled(y, taps) + bias[:, None, None]
    return F.conv2d(y, kernel(taps, y.shape[1], 4.0), bias, padding=before, groups=y.shape[1])


class _StyledConvolution(torch.autograd.Function):
    """Gradients of features, style, scale and noise; see the top of this file."""

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        style: Tensor,
        scale: Tensor,
        weight: Tensor,
        bias: Tensor,
        noise: Tensor | None,
        slope: float,
        taps: Tensor | None,
        padding: int,
    ) -> Tensor:
        out = _plain(x, style, scale, weight, bias, None if noise is None else noise.detach(), slope, taps, padding)
        ctx.save_for_backward(x, style, scale, weight, bias, noise, taps, out)
        ctx.slope, ctx.padding = slope, padding
        return out

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, style, scale, weight, bias, noise, taps, out = ctx.saved_tensors
        g, h = gradients[0], gradients[0]
        if ctx.slope != 1:
            h = torch.ops.aten.leaky_relu_backward(g, out, ctx.slope, True)
        scale_gradient = noise_gradient = None
        if ctx.needs_input_grad[2]:
            drawn = (g * out).sum(dim=(2, 3)) - bias * h.sum(dim=(2, 3))
            if noise is not None:
                drawn = drawn - (h * noise).sum(dim=(2, 3))
            scale_gradient = drawn / scale
        if noise is not None and ctx.needs_input_grad[5]:
            noise_gradient = h.sum(dim=1, keepdim=True).sum_to_size(noise.shape)
        if len(h) == 1 and h.numel() > weight.numel():
            weight = weight * (scale[0, :, None, None, None] if taps is None else scale[0, :, None, None])
        else:
            h = h * scale[:, :, None, None]
        pulled = _pull_back(h, weight, taps, ctx.padding)
        style_gradient = (pulled * x).sum(dim=(2, 3)) if ctx.needs_input_grad[1] else None
        input_gradient = pulled.mul_(style[:, :, None, None]) if ctx.needs_input_grad[0] else None
        return input_gradient, style_gradient, scale_gradient, None, None, noise_gradient, None, None, None


def _pull_back(h: Tensor, weight: Tensor, taps: Tensor | None, padding: int) -> Tensor:
    """The transpose of the convolution, and of the filter behind it."""
    if taps is None and weight.shape[2] == 1 and padding == 0:
        return F.conv2d(h, weight.transpose(0, 1))
    if taps is None:
        return F.conv_transpose2d(h, weight, padding=padding)
    before, after = (len(taps) - 1) // 2, len(taps) // 2 - 1
    behind = len(taps) - 1
    beyond = (behind - before, behind - after, behind - before, behind - after)
    unfiltered = depthwise(h, kernel(taps, h.shape[1], 4.0).flip((2, 3)), beyond)
    return F.conv2d(unfiltered, weight, stride=2)
