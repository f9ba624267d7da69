"""What lies beyond an image's border: its mirror image, without the border's own pixels, however far away (numpy's and torch's ``reflect``)."""

from __future__ import annotations

import torch
from torch import Tensor


def period(size: int) -> int:
    """After how many pixels an image that is mirrored at both ends repeats itself."""
    return max(2 * (size - 1), 1)


def mirrored(index: Tensor, size: int) -> Tensor:
    """The pixel in 0 to ``size - 1`` that is seen at each whole-numbered place, which may lie anywhere."""
    within = index.remainder(period(size))
    return torch.minimum(within, period(size) - within) if size > 1 else within


def extended(image: Tensor, before: int, after: int, axis: int) -> Tensor:
    """An image with so many mirrored pixels before and after it along one axis."""
    size = image.shape[axis]
    places = torch.arange(-before, size + after, device=image.device)
    return image.index_select(axis, mirrored(places, size))
