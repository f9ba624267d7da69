"""Transformations that only move pixels about: mirroring, quarter turns, whole-pixel translations (Karras et al., 2020, arXiv:2006.06676, appendix B)."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit_training.augment.mirroring import mirrored


def blit(image: Tensor, flipped: Tensor, quarter_turns: Tensor, shift: Tensor) -> Tensor:
    """Each image mirrored, then turned, then moved; its mirror image comes in where it moves away. Exact, and differentiable.

    Args:
        image: ``[N, C, H, W]``.
        flipped: ``[N]`` bool: left and right exchanged.
        quarter_turns: ``[N]`` int64 in 0 to 3, counter-clockwise as in ``torch.rot90``. An image that is not square has only half turns: of 3 quarters it makes
            2, of one none, so that each stays as likely.
        shift: ``[N, 2]``, to the right and down, in shares of width and height; rounded to whole pixels.
    """
    n, channels, height, width = image.shape
    device = image.device
    flipped, quarter_turns = flipped.to(device)[:, None, None], quarter_turns.to(device)[:, None, None]
    # Rounded on the CPU where they are drawn: one device must not round otherwise than another.
    pixels = (shift * torch.tensor([width, height], dtype=shift.dtype, device=shift.device)).round().long().to(device)
    x = mirrored(torch.arange(width, device=device) - pixels[:, 0, None], width)[:, None, :].expand(n, height, width)
    y = mirrored(torch.arange(height, device=device) - pixels[:, 1, None], height)[:, :, None].expand(n, height, width)
    x, y = _before_turning(x, y, quarter_turns, height, width)
    x = torch.where(flipped, width - 1 - x, x)
    index = (y * width + x).view(n, 1, -1).expand(n, channels, -1)
    return image.flatten(2).gather(2, index).view_as(image)


def _before_turning(x: Tensor, y: Tensor, quarter_turns: Tensor, height: int, width: int) -> tuple[Tensor, Tensor]:
    """Where the pixels were that are at x and y after so many quarter turns."""
    if height != width:
        quarter_turns = quarter_turns // 2 * 2
    half = quarter_turns >= 2
    x, y = torch.where(half, width - 1 - x, x), torch.where(half, height - 1 - y, y)
    quarter = quarter_turns % 2 == 1
    return torch.where(quarter, width - 1 - y, x), torch.where(quarter, x, y)
