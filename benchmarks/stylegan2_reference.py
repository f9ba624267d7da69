"""StyleGAN2's synthesis in the published way, as the yardstick: each sample's style multiplied into kernels of its own, one grouped convolution for the
batch, filters as depthwise convolutions with the kernel of both axes, noise, bias, leaky ReLU and gain one after another. It draws with the weights of
a generator of ours.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.generators.stylegan2 import Block, StyledConvolution, StyleGAN2, ToImage


def modulated(x: Tensor, style: Tensor, weight: Tensor, *, demodulate: bool, up: bool = False) -> Tensor:
    """One kernel for each sample, and the batch as groups."""
    n, o, i, k = len(x), *weight.shape[:2], weight.shape[2]
    kernels = weight[None] * style[:, None, :, None, None]
    if demodulate:
        kernels = kernels * torch.rsqrt(kernels.square().sum(dim=(2, 3, 4), keepdim=True) + 1e-8)
    grouped = x.reshape(1, n * i, *x.shape[2:])
    if up:
        y = F.conv_transpose2d(grouped, kernels.transpose(1, 2).reshape(n * i, o, k, k), stride=2, groups=n)
    else:
        y = F.conv2d(grouped, kernels.reshape(n * o, i, k, k), padding=k // 2, groups=n)
    return y.reshape(n, o, *y.shape[2:])


def filtered(x: Tensor, taps: Tensor, padding: tuple[int, int]) -> Tensor:
    """A filter of gain 4 with so many zeros before and behind."""
    both = (4 * torch.outer(taps, taps)).repeat(x.shape[1], 1, 1, 1)
    return F.conv2d(F.pad(x, (*padding, *padding)), both, groups=x.shape[1])


def upsampled(x: Tensor, taps: Tensor) -> Tensor:
    n, c, h, w = x.shape
    spread = F.pad(x.reshape(n, c, h, 1, w, 1), (0, 1, 0, 0, 0, 1)).reshape(n, c, 2 * h, 2 * w)
    return filtered(spread, taps, (2, 1))


def styled(layer: StyledConvolution, x: Tensor, w: Tensor) -> Tensor:
    up = layer.taps is not None
    weight = layer.weight.transpose(0, 1) if up else layer.weight
    y = modulated(x, layer.affine(w), weight, demodulate=True, up=up)
    if layer.taps is not None:
        y = filtered(y, layer.taps, (1, 1))
    y = y + layer.noise * layer.noise_strength + layer.bias[:, None, None]
    return F.leaky_relu(y, 0.2) * math.sqrt(2)


def to_image(layer: ToImage, x: Tensor, w: Tensor) -> Tensor:
    return modulated(x, layer.affine(w), layer.weight, demodulate=False) + layer.bias[:, None, None]


def reference_synthesis(generator: StyleGAN2, w_plus: Tensor) -> Tensor:
    """``w_plus`` [N, num_ws, w_dim] -> image [N, 3, R, R]."""
    x = image = None
    for index, block in enumerate(generator.blocks):
        assert isinstance(block, Block) and block.to_image is not None
        if x is None:
            x = styled(block.conv1, block.const.repeat(len(w_plus), 1, 1, 1), w_plus[:, 0])
        else:
            x = styled(block.conv1, styled(block.conv0, x, w_plus[:, 2 * index - 1]), w_plus[:, 2 * index])
        more = to_image(block.to_image, x, w_plus[:, 2 * index + 1])
        image = more if image is None else upsampled(image, block.taps) + more  # type: ignore[arg-type]
    assert image is not None
    return image
