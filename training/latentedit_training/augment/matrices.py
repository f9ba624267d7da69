"""Matrices of which ADA composes a geometric and a colour transformation (Karras et al., 2020, arXiv:2006.06676, appendix B).

All take ``[N]`` numbers and give a matrix per number, ``[N, 3, 3]`` for places (x, y, 1) and ``[N, 4, 4]`` for colours (r, g, b, 1), of the numbers' type and
on their device. They act on columns: ``A @ B`` does B first.
"""

from __future__ import annotations

import torch
from torch import Tensor

LUMA_AXIS = (3**-0.5, 3**-0.5, 3**-0.5, 0.0)
"""The unit vector along which colours are grey."""


def identity(like: Tensor, size: int) -> Tensor:
    """``[N, size, size]``."""
    return torch.eye(size, dtype=like.dtype, device=like.device).repeat(len(like), 1, 1)


def scaling(x: Tensor, y: Tensor) -> Tensor:
    """Makes what is seen ``x`` times as wide and ``y`` times as high."""
    return torch.diag_embed(torch.stack([x, y, torch.ones_like(x)], dim=1))


def rotation(angle: Tensor) -> Tensor:
    """Turns by an angle in radians; counter-clockwise, as ``torch.rot90(image, 1, (2, 3))`` does, where y points down."""
    cos, sin, zero, one = angle.cos(), angle.sin(), torch.zeros_like(angle), torch.ones_like(angle)
    return torch.stack([cos, sin, zero, -sin, cos, zero, zero, zero, one], dim=1).view(-1, 3, 3)


def translation(x: Tensor, y: Tensor) -> Tensor:
    """Moves what is seen to the right by ``x`` and down by ``y``."""
    matrix = identity(x, 3)
    matrix[:, 0, 2], matrix[:, 1, 2] = x, y
    return matrix


def brightening(amount: Tensor) -> Tensor:
    """Adds so much to red, green and blue."""
    matrix = identity(amount, 4)
    matrix[:, :3, 3] = amount[:, None]
    return matrix


def contrasting(factor: Tensor) -> Tensor:
    """Multiplies red, green and blue, about 0: middle grey."""
    return torch.diag_embed(torch.stack([factor, factor, factor, torch.ones_like(factor)], dim=1))


def luma_flip(flipped: Tensor) -> Tensor:
    """Mirrors colours at the plane of zero luma where ``flipped`` is 1, which exchanges dark and bright and keeps hue; a Householder matrix I - 2vvᵀ."""
    return identity(flipped, 4) - 2 * flipped[:, None, None] * _along_luma(flipped)


def hue_rotation(angle: Tensor) -> Tensor:
    """Turns colours about the luma axis by an angle in radians (Rodrigues' formula)."""
    v = torch.tensor(LUMA_AXIS, dtype=angle.dtype, device=angle.device)
    x, y, z, zero = v[0], v[1], v[2], v[3]
    crossing = torch.stack([zero, -z, y, zero, z, zero, -x, zero, -y, x, zero, zero, zero, zero, zero, zero]).view(4, 4)
    homogeneous = torch.diag(torch.tensor([0.0, 0.0, 0.0, 1.0], dtype=angle.dtype, device=angle.device))
    along = _along_luma(angle)
    across = identity(angle, 4) - along - homogeneous
    return along + homogeneous + angle.cos()[:, None, None] * across + angle.sin()[:, None, None] * crossing


def saturating(factor: Tensor) -> Tensor:
    """Multiplies how far colours are from the luma axis."""
    along = _along_luma(factor)
    matrix = along + (identity(factor, 4) - along) * factor[:, None, None]
    matrix[:, 3, 3] = 1
    return matrix


def _along_luma(like: Tensor) -> Tensor:
    """vvᵀ: what a colour has along the luma axis."""
    v = torch.tensor(LUMA_AXIS, dtype=like.dtype, device=like.device)
    return torch.outer(v, v)
