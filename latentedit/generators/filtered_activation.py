"""StyleGAN3's nonlinearity without aliasing (Karras et al., 2021, arXiv:2106.12423, section 3.1): upsample, leaky ReLU and clamp, downsample.

A pointwise nonlinearity makes frequencies that the samples cannot hold; so it acts at a higher rate, and a low-pass filter follows. Along an axis,

    zeros between the samples and ``padding`` around them -> up_taps -> leaky ReLU, clamp -> down_taps -> every ``down``-th sample

Here no zeros are put in between, and nothing is computed that is thrown away: upsampling is a depthwise *transposed* convolution, which gives each phase
of the result its own taps, and downsampling a depthwise convolution with a stride. Filters that are products of an axis each go along one axis at a time,
the many samples of the high rate along their rows. Features lie channels-last in memory, for which those convolutions are faster on a CPU (see resampling).

At the high rate there are four times as many samples as come in, or sixteen times, where a layer also doubles the resolution. They are not kept: bands
of rows are upsampled, activated and downsampled one after the other, and backward, which has kept the input alone, draws each band anew. With
``u = up(y)``, ``z = clamp(leaky(u))`` and ``out = down(z)``, a gradient ``g`` of ``out`` goes back by the transposed filters, of which each is of the other's kind:

    d y = up^T(leaky'(u) * inside(u) * down^T(g))

where ``z`` tells both factors: it has the sign of ``u``, and lies at a bound where ``u`` was clamped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

BAND_NUMBERS = 1 << 24
"""How many numbers of the high rate (64 MiB) there are at a time on a CPU. Smaller bands would draw more rows twice, since
neighbours share some; larger ones would need more memory."""

Pair = tuple[int, int]
"""Of rows, and of columns."""


@dataclass(frozen=True)
class FilteredActivation:
    """What :func:`filtered_leaky_relu` does beside filtering.

    Attributes:
        up, down: factors of the sampling rate, from the input to the nonlinearity, and from there to the output.
        padding: how many samples of zero are added before and behind at the high rate, along both axes; negative where samples are cut off.
        slope: of the leaky ReLU.
        clamp: the nonlinearity's result is kept within plus and minus this; None for no bounds.
    """

    up: int
    down: int
    padding: Pair
    slope: float = 0.2
    clamp: float | None = None

    def high_size(self, size: int, up_taps: int) -> int:
        """How many samples of the high rate there are for ``size`` that come in."""
        return size * self.up + sum(self.padding) - up_taps + 1

    def out_size(self, size: int, up_taps: int, down_taps: int) -> int:
        """How many samples come out for ``size`` that come in."""
        return (self.high_size(size, up_taps) - down_taps) // self.down + 1


def filtered_leaky_relu(y: Tensor, up_taps: Tensor, down_filter: Tensor, activation: FilteredActivation) -> Tensor:
    """Upsample, activate, downsample.

    Args:
        y: features [N, C, H, W].
        up_taps: [T], the impulse response of the upsampling filter along an axis; includes the factor that makes up for the zeros.
        down_filter: of the filter that follows, in the order of correlation: its taps along an axis [D], or a kernel [D, D] that is no product of
            two such ("radial" filters are alike in all directions).

    Returns: [N, C, h, w], see :meth:`FilteredActivation.out_size`. Differentiable in ``y``; filters are constant.
    """
    if not (torch.is_grad_enabled() and y.requires_grad):
        return _forward(y, up_taps, down_filter, activation)
    result: Tensor = _FilteredLeakyReLU.apply(y, up_taps, down_filter, activation)  # type: ignore[no-untyped-call]
    return result


def needed(size: int, up_taps: int, down_taps: int, activation: FilteredActivation) -> int:
    """How many of the outermost of ``size`` samples can be left out on both sides, since no sample that comes out sees them."""
    first, end = _touched(
        _high_rows(0, activation.out_size(size, up_taps, down_taps), down_taps, activation), size, up_taps, activation
    )
    return min(first, size - end)


def _forward(y: Tensor, up_taps: Tensor, down_filter: Tensor, activation: FilteredActivation) -> Tensor:
    taps, down_taps = len(up_taps), len(down_filter)
    height, width = (activation.out_size(size, taps, down_taps) for size in y.shape[2:])
    high_width = (width - 1) * activation.down + down_taps
    parts = []
    for first, end in _bands(height, activation.down * high_width, y):
        z = _activated(y, _high_rows(first, end, down_taps, activation), high_width, up_taps, activation)
        parts.append(_filter_down(z, down_filter, activation.down, (0, 0), (end - first, width)))
    return parts[0] if len(parts) == 1 else torch.cat(parts, dim=2)


def _backward(g: Tensor, y: Tensor, up_taps: Tensor, down_filter: Tensor, activation: FilteredActivation) -> Tensor:
    (height, width), taps, down_taps = y.shape[2:], len(up_taps), len(down_filter)
    lead = _lead(taps, activation)
    high_height, high_width = ((size - 1) * activation.down + down_taps for size in g.shape[2:])
    parts = []
    for first, end in _bands(height, activation.up * high_width, y):
        # The rows of the high rate that these rows of the input have gone into.
        rows = _within(activation.up * first - lead, activation.up * (end - 1) + taps - lead, high_height)
        z = _activated(y, rows, high_width, up_taps, activation)
        # Rows of the output that those have gone into.
        low, high = _within(-(-(rows[0] - down_taps + 1) // activation.down), (rows[1] - 1) // activation.down + 1, g.shape[2])
        start = (rows[0] - activation.down * low, 0)
        h = _filter_up(g[:, :, low:high], down_filter, activation.down, start, (rows[1] - rows[0], high_width))
        torch.ops.aten.leaky_relu_backward.grad_input(h, z, activation.slope, True, grad_input=h)
        if activation.clamp is not None:
            torch.ops.aten.hardtanh_backward.grad_input(h, z, -activation.clamp, activation.clamp, grad_input=h)
        ahead = rows[0] + lead - activation.up * first
        parts.append(_filter_down(h, up_taps, activation.up, (ahead, lead), (end - first, width)))
    return parts[0] if len(parts) == 1 else torch.cat(parts, dim=2)


class _FilteredLeakyReLU(torch.autograd.Function):
    """See the top of this file."""

    @staticmethod
    def forward(ctx: Any, y: Tensor, up_taps: Tensor, down_filter: Tensor, activation: FilteredActivation) -> Tensor:
        ctx.save_for_backward(y, up_taps, down_filter)
        ctx.activation = activation
        return _forward(y, up_taps, down_filter, activation)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:
        y, up_taps, down_filter = ctx.saved_tensors
        # Whoever cut or padded the result may have handed its gradient back in another order of memory.
        g = gradients[0].contiguous(memory_format=torch.channels_last)
        return _backward(g, y, up_taps, down_filter, ctx.activation), None, None, None


def _activated(y: Tensor, rows: Pair, width: int, up_taps: Tensor, activation: FilteredActivation) -> Tensor:
    """These rows of the upsampled, activated features, [N, C, rows, width]."""
    first, end = _touched(rows, y.shape[2], len(up_taps), activation)
    lead = _lead(len(up_taps), activation)
    start = (rows[0] + lead - activation.up * first, lead)
    u = _filter_up(y[:, :, first:end], up_taps, activation.up, start, (rows[1] - rows[0], width))
    z = F.leaky_relu_(u, activation.slope)
    return z if activation.clamp is None else z.clamp_(-activation.clamp, activation.clamp)


def _lead(up_taps: int, activation: FilteredActivation) -> int:
    """How many of the samples that a whole convolution gives lie before the first one that is wanted."""
    return up_taps - 1 - activation.padding[0]


def _high_rows(first: int, end: int, down_taps: int, activation: FilteredActivation) -> Pair:
    """The rows of the high rate that the output's rows ``first`` to ``end`` see."""
    return first * activation.down, (end - 1) * activation.down + down_taps


def _touched(rows: Pair, size: int, up_taps: int, activation: FilteredActivation) -> Pair:
    """The input's rows that these rows of the high rate see."""
    lead = _lead(up_taps, activation)
    return _within(-(-(rows[0] + lead - up_taps + 1) // activation.up), (rows[1] - 1 + lead) // activation.up + 1, size)


def _within(first: int, end: int, size: int) -> Pair:
    """A range cut to [0, size), with one element at the least."""
    first = min(max(first, 0), size - 1)
    return first, max(min(end, size), first + 1)


def _bands(rows: int, numbers_per_row: int, y: Tensor) -> Iterator[Pair]:
    """Ranges of rows that are done at a time; all at once on a graphics card, which is fast when it has much to do."""
    step = rows
    if y.device.type == "cpu":
        count = -(-rows * numbers_per_row * y.shape[0] * y.shape[1] // BAND_NUMBERS)
        step = -(-rows // max(count, 1))
    return ((first, min(first + step, rows)) for first in range(0, rows, step))


def _filter_up(x: Tensor, taps: Tensor, factor: int, start: Pair, size: Pair) -> Tensor:
    """The samples from ``start`` on, ``size`` of them, of ``x`` with zeros in between, convolved with taps [T] along both axes, or a kernel [T, T]."""
    if taps.ndim == 2:
        return _spread(x, taps, (factor, factor), start, size)
    # Columns first: the longer they are, the more rows there would be to filter.
    x = _spread(x, taps[:, None], (factor, 1), (start[0], 0), (size[0], x.shape[3]))
    return _spread(x, taps[None], (1, factor), (0, start[1]), size)


def _filter_down(x: Tensor, taps: Tensor, factor: int, ahead: Pair, size: Pair) -> Tensor:
    """Every ``factor``-th sample of ``x``, with ``ahead`` zeros before it, correlated with taps [T] along both axes, or a kernel [T, T]."""
    if taps.ndim == 2:
        return _gather(x, taps, (factor, factor), ahead, size)
    x = _gather(x, taps[None], (1, factor), (0, ahead[1]), (x.shape[2], size[1]))
    return _gather(x, taps[:, None], (factor, 1), (ahead[0], 0), size)


def _spread(x: Tensor, kernel: Tensor, stride: Pair, start: Pair, size: Pair) -> Tensor:
    """A window of the transposed depthwise convolution."""
    whole = [(n - 1) * s + k for n, s, k in zip(x.shape[2:], stride, kernel.shape, strict=True)]
    cut = tuple(max(0, min(a, n - a - m)) for n, a, m in zip(whole, start, size, strict=True))
    y = F.conv_transpose2d(x, _depthwise(kernel, x), stride=stride, padding=cut, groups=x.shape[1])
    return _window(y, (start[0] - cut[0], start[1] - cut[1]), size)


def _gather(x: Tensor, kernel: Tensor, stride: Pair, ahead: Pair, size: Pair) -> Tensor:
    """A depthwise convolution of a window; the transpose of :func:`_spread`."""
    seen = [(n - 1) * s + k for n, s, k in zip(size, stride, kernel.shape, strict=True)]
    pad = tuple(max(0, min(a, n - a - m)) for n, a, m in zip(seen, ahead, x.shape[2:], strict=True))
    x = _window(x, (pad[0] - ahead[0], pad[1] - ahead[1]), (seen[0] - 2 * pad[0], seen[1] - 2 * pad[1]))
    return F.conv2d(x, _depthwise(kernel, x), stride=stride, padding=pad, groups=x.shape[1])


def _depthwise(kernel: Tensor, x: Tensor) -> Tensor:
    return kernel.expand(x.shape[1], 1, *kernel.shape)


def _window(x: Tensor, start: Pair, size: Pair) -> Tensor:
    """``x`` from ``start`` on, with zeros where it has no samples."""
    before = [min(m, max(0, -a)) for a, m in zip(start, size, strict=True)]
    behind = [min(m, max(0, a + m - n)) for a, m, n in zip(start, size, x.shape[2:], strict=True)]
    (top, left), (bottom, right) = ([max(0, a) for a in start], [max(0, a + m) for a, m in zip(start, size, strict=True)])
    x = x[:, :, top:bottom, left:right]
    return F.pad(x, (before[1], behind[1], before[0], behind[0])) if any(before) or any(behind) else x
