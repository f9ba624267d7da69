"""Filtered upsampling as StyleGAN2 does it (Karras et al., 2020, arXiv:1912.04958, appendix B; the upfirdn operation of its code), in plain torch.

A filter is given by its taps along one axis, [T], in the order of correlation, scaled to a sum of 1; pictures are filtered along both axes. Depthwise
convolutions of features that lie channels-last in memory take a CPU a half to a fourth of the time (64 to 256 channels at 129 to 1025 px, two cores).
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

FACTOR = 2
BILINEAR = [0.125, 0.375, 0.375, 0.125]


def kernel(taps: Tensor, channels: int, gain: float = 1.0) -> Tensor:
    """The depthwise kernel [channels, 1, T, T] of a separable filter."""
    both = torch.outer(taps, taps) * gain
    return both.expand(channels, 1, *both.shape)


def blur_upsampled(x: Tensor, taps: Tensor) -> Tensor:
    """Filter what a transposed convolution of stride 2 with a 3x3 kernel made of [N, C, r, r]: [N, C, 2r + 1, 2r + 1] -> [N, C, 2r, 2r].

    The gain makes up for the zeros between which the convolution has put its input.
    """
    before, after = (len(taps) - 1) // 2, len(taps) // 2 - 1
    return depthwise(x, kernel(taps, x.shape[1], FACTOR**2), (before, after, before, after))


def upsample(x: Tensor, taps: Tensor) -> Tensor:
    """Double height and width: [N, C, h, w] -> [N, C, 2h, 2w], as zeros in between, then the filter with a gain of 4."""
    if x.device.type == "cpu" and not torch.compiler.is_compiling() and taps.tolist() == BILINEAR:
        # Those are the weights of bilinear interpolation, for which torch has a kernel; with zeros around, cut off again.
        return F.interpolate(F.pad(x, (1, 1, 1, 1)), scale_factor=FACTOR, mode="bilinear", align_corners=False)[:, :, 2:-2, 2:-2]
    n, c, h, w = x.shape
    before, after = (len(taps) + FACTOR - 1) // 2, (len(taps) - FACTOR) // 2
    spread = x.new_zeros(n, c, FACTOR * h, FACTOR * w)
    spread[:, :, ::FACTOR, ::FACTOR] = x
    return depthwise(spread, kernel(taps, c, FACTOR**2), (before, after, before, after))


def depthwise(x: Tensor, weight: Tensor, padding: tuple[int, int, int, int]) -> Tensor:
    """Correlate each channel of ``x`` [N, C, H, W] with its kernel [C, 1, T, U], with zeros ``padding`` (left, right, top, bottom) around.

    Differentiable in ``x``; the kernel is constant.
    """
    result: Tensor = _Depthwise.apply(x, weight, padding)  # type: ignore[no-untyped-call]
    return result


def _correlate(x: Tensor, weight: Tensor, padding: tuple[int, int, int, int]) -> Tensor:
    left, right, top, bottom = padding
    if min(padding) < 0 or left != right or top != bottom:
        x, left, top = F.pad(x, padding), 0, 0
    return F.conv2d(x, weight, padding=(top, left), groups=x.shape[1])


class _Depthwise(torch.autograd.Function):
    """Torch's own backward of a depthwise convolution prepares for a gradient of the kernel; this one is another forward."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, padding: tuple[int, int, int, int]) -> Tensor:
        ctx.save_for_backward(weight)
        ctx.padding = padding
        return _correlate(x, weight, padding)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (weight,) = ctx.saved_tensors
        left, right, top, bottom = ctx.padding
        height, width = weight.shape[2] - 1, weight.shape[3] - 1
        padding = (width - left, width - right, height - top, height - bottom)
        return depthwise(gradients[0], weight.flip((2, 3)), padding), None, None
