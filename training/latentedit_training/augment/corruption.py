"""Noise over an image, and a rectangle cut out of it (Karras et al., 2020, arXiv:2006.06676, appendix B, "Image-space corruptions")."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit_training.augment.selection import per_image


def add_noise(image: Tensor, deviation: Tensor, seed: Tensor) -> Tensor:
    """Each image with normal noise of its deviation: ``[N, C, H, W]``.

    Args:
        image: ``[N, C, H, W]``.
        deviation: ``[N]``.
        seed: ``[N]`` int64 on the CPU, at least 0: an image's noise depends on its own seed, not on the device nor on the rest of the batch.
    """
    noise = torch.stack([torch.randn(image.shape[1:], generator=torch.Generator().manual_seed(s)) for s in seed.tolist()])
    return image + noise.to(image) * per_image(deviation, image)


def cut_out(image: Tensor, size: Tensor, centre: Tensor) -> Tensor:
    """Each image with a rectangle of middle grey (0): ``[N, C, H, W]``.

    Args:
        image: ``[N, C, H, W]`` in [-1, 1].
        size: ``[N]``, the rectangle's sides in shares of height and width; 0 for none.
        centre: ``[N, 2]``, x and y in shares of width and height; the rectangle may reach beyond the border.
    """
    height, width = image.shape[2:]
    size, centre = size.double(), centre.double()  # whether a pixel is inside must not depend on the images' type
    inside_x = ((_middles(width) - centre[:, 0, None]).abs() < size[:, None] / 2).to(image.device)
    inside_y = ((_middles(height) - centre[:, 1, None]).abs() < size[:, None] / 2).to(image.device)
    return image.masked_fill(inside_y[:, None, :, None] & inside_x[:, None, None, :], 0)


def _middles(size: int) -> Tensor:
    """Where pixels have their middles, in shares of the side."""
    return (torch.arange(size, dtype=torch.float64) + 0.5) / size
