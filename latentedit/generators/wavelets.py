"""The inverse 2-D Haar transform, by which MobileStyleGAN upsamples and draws."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def inverse_haar(coefficients: Tensor, *, gain: float = 0.5) -> Tensor:
    """One level of the inverse transform, [N, 4C, H, W] -> [N, C, 2H, 2W].

    The first C channels are the averages; channel ``C + 3c + k`` is the k-th detail (vertical, horizontal, diagonal) of channel c.
    Each output pixel is ``gain`` times the signed sum of its four coefficients; 0.5 makes the transform orthonormal, and 1 lets a caller who
    has halved the coefficients already (for free, in a weight) save a pass over the image.
    """
    n, channels, h, w = coefficients.shape
    c = channels // 4
    average = coefficients[:, :c]
    vertical, horizontal, diagonal = coefficients[:, c:].reshape(n, c, 3, h, w).unbind(dim=2)
    up, down = average + vertical, average - vertical
    same, cross = horizontal + diagonal, horizontal - diagonal
    corners = torch.stack((up + same, up - same, down + cross, down - cross), dim=2)  # [N, C, 4, H, W]
    image = F.pixel_shuffle(corners.reshape(n, 4 * c, h, w), 2)
    return image if gain == 1.0 else image * gain
