"""Perceptual path length (Karras et al., 2019, section 4.1): how far images jump while their latents move a little."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import torch
from torch import Tensor

Draw = Callable[[Tensor], Tensor]
"""Latents ``[N, ...]`` to images ``[N, C, H, W]`` in [-1, 1]."""
PairDistance = Callable[[Tensor, Tensor], Tensor]
"""The distance ``[N]`` of images in pairs."""
EPSILON = 1e-4


def slerp(a: Tensor, b: Tensor, t: Tensor) -> Tensor:
    """Points on the great circles between directions ``[N, z_dim]``, at ``t`` ``[N]`` in 0 to 1: ``[N, z_dim]`` of unit length."""
    a, b = a / a.norm(dim=1, keepdim=True), b / b.norm(dim=1, keepdim=True)
    cosine = (a * b).sum(1, keepdim=True).clamp(-1, 1)
    angle = t.unsqueeze(1) * cosine.arccos()
    across = b - cosine * a
    across = across / across.norm(dim=1, keepdim=True).clamp(min=1e-12)
    return a * angle.cos() + across * angle.sin()


def path_lengths(
    draw: Draw,
    distance: PairDistance,
    starts: Tensor,
    ends: Tensor,
    t: Tensor,
    *,
    space: Literal["z", "w"],
    epsilon: float = EPSILON,
) -> Tensor:
    """``d(G(x(t)), G(x(t + ε))) / ε²`` of each path: ``[N]``.

    Args:
        draw: what draws; a generator's mapping included for ``z``, its synthesis alone for ``w``.
        distance: LPIPS in the paper, a squared distance: hence ε².
        starts: ``[N, ...]``.
        ends: of the same shape.
        t: ``[N]``: where on the path; uniform in 0 to 1 ("full"), or 0 ("end").
        space: ``z`` goes along great circles, and through latents of the length that normal ones have; ``w`` straight.
        epsilon: the step.
    """
    later = t + epsilon
    if space == "z":
        length = math.sqrt(starts.shape[1])
        pair = [slerp(starts, ends, at) * length for at in (t, later)]
    else:
        shape = (-1, *[1] * (starts.dim() - 1))
        pair = [starts + (ends - starts) * at.view(shape) for at in (t, later)]
    return distance(draw(pair[0]), draw(pair[1])) / epsilon**2


def perceptual_path_length(lengths: Tensor, *, cut: float = 0.01) -> float:
    """The mean of lengths ``[N]`` without the lowest and highest hundredth, as the authors' code takes it."""
    low = torch.quantile(lengths.double(), cut, interpolation="lower")
    high = torch.quantile(lengths.double(), 1 - cut, interpolation="higher")
    kept = lengths[(lengths >= low) & (lengths <= high)]
    return float(kept.double().mean())
