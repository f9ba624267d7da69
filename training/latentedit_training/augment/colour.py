"""A linear transformation of an image's colours (Karras et al., 2020, arXiv:2006.06676, appendix B, "Color transformations")."""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.errors import UsageError


def transform_colours(image: Tensor, matrix: Tensor) -> Tensor:
    """Each image's colours transformed by its matrix: ``[N, C, H, W]``.

    Args:
        image: ``[N, 3, H, W]``, or ``[N, 1, H, W]`` for grey, which is transformed as the colour of that grey and then averaged over red, green and blue.
        matrix: ``[N, 4, 4]``, on any device; see :mod:`latentedit_training.augment.matrices`.

    Raises:
        UsageError: the images have neither 1 channel nor 3.
    """
    n, channels = image.shape[:2]
    if channels not in (1, 3):
        raise UsageError(
            f"Colours of images with {channels} channels cannot be augmented.",
            hint="Use grey or RGB images, or an augmentation without colours: blit, bg.",
        )
    matrix = matrix.to(image)
    linear, offset = matrix[:, :3, :3], matrix[:, :3, 3, None]
    if channels == 1:
        linear, offset = linear.sum(dim=2, keepdim=True).mean(dim=1, keepdim=True), offset.mean(dim=1, keepdim=True)
    # As a sum of products, not bmm: reduced precision of matrix products on a GPU would be seen.
    flat = image.reshape(n, channels, -1)
    mixed = torch.stack([(linear[:, row, :, None] * flat).sum(dim=1) for row in range(channels)], dim=1)
    return (mixed + offset).reshape(image.shape)
