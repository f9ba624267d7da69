"""Convolutions of features that are much smaller than their kernels, as products of matrices.

oneDNN, which torch asks on a CPU, brings a kernel into an order of its own at every call. At 8 px a kernel of 512 x 512 x 3 x 3 numbers is 72 times the
features, and ordering it takes several times as long as the arithmetic (measured: 10 ms against 1.5 ms).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

SMALL_PX = 8


def is_small(x: Tensor) -> bool:
    """Whether features [N, C, H, W] are convolved faster here."""
    return x.device.type == "cpu" and x.shape[2] * x.shape[3] <= SMALL_PX**2


def convolve(x: Tensor, weight: Tensor, bias: Tensor | None = None, *, stride: int = 1, padding: int = 0) -> Tensor:
    """As :func:`torch.nn.functional.conv2d`."""
    height, width = ((side + 2 * padding - weight.shape[2]) // stride + 1 for side in x.shape[2:])
    if x.device.type != "cpu" or height * width > SMALL_PX**2:
        return F.conv2d(_channels_last(x), weight, bias, stride=stride, padding=padding)
    columns = F.unfold(x, weight.shape[2:], padding=padding, stride=stride)
    y = torch.matmul(weight.flatten(1), columns).reshape(len(x), -1, height, width)
    return y if bias is None else y + bias[:, None, None]


def convolve_transposed(x: Tensor, weight: Tensor, *, stride: int = 1, padding: int = 0) -> Tensor:
    """As :func:`torch.nn.functional.conv_transpose2d`, ``weight`` [I, O, k, k]."""
    if not is_small(x):
        return F.conv_transpose2d(_channels_last(x), weight, stride=stride, padding=padding)
    height, width = ((side - 1) * stride - 2 * padding + weight.shape[2] for side in x.shape[2:])
    columns = torch.matmul(weight.flatten(1).T, x.flatten(2))
    return F.fold(columns, (height, width), weight.shape[2:], padding=padding, stride=stride)


def _channels_last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last)
