"""Structural similarity at several sizes (MS-SSIM; Wang et al., 2003), and how much alike a generator's images are by it (Odena et al., 2017, section 4.2)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
SMALLEST_SIDE = 11
"""Pixels: that of the window."""
_PIXELS_AT_ONCE = 1 << 22
_SIGMA = 1.5


def ms_ssim(a: Tensor, b: Tensor, *, value_range: float = 1.0) -> Tensor:
    """Similarity of images in pairs, 0 to 1: ``[N]`` of ``[N, C, H, W]``.

    Images too small for five halvings (below 176 pixels) are compared at fewer sizes, whose weights are scaled up to a sum of 1; such figures do not
    compare with those of larger ones.

    Args:
        a: images; black is 0. (Luminance is compared by products, which another zero would change.)
        b: images of the same shape.
        value_range: what white is.

    Raises:
        ValueError: a side is below 11 pixels.
    """
    scales = 0
    side = min(a.shape[2:])
    while scales < len(WEIGHTS) and side >= SMALLEST_SIDE:
        scales, side = scales + 1, side // 2
    if scales == 0:
        raise ValueError(f"images need {SMALLEST_SIDE} pixels at least")
    weights = [weight / sum(WEIGHTS[:scales]) for weight in WEIGHTS[:scales]]
    result = torch.ones(len(a), dtype=a.dtype, device=a.device)
    for index, weight in enumerate(weights):
        similarity, structure = _ssim(a, b, value_range)
        result = result * F.relu(similarity if index == scales - 1 else structure) ** weight
        a, b = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2)
    return result


def mean_similarity(image: Tensor, *, pairs: int, seed: int) -> float:
    """The mean MS-SSIM of random pairs of different images of ``[N, C, H, W]``, uint8 or in [-1, 1], N at least 2: high where all look alike.

    Raises:
        ValueError: there are fewer than two images, or a side is below 11 pixels.
    """
    if len(image) < 2:
        raise ValueError("a pair is of two images")
    random = torch.Generator().manual_seed(seed)
    first = torch.randint(len(image), (pairs,), generator=random)
    second = (first + torch.randint(1, len(image), (pairs,), generator=random)) % len(image)
    at_once = max(1, _PIXELS_AT_ONCE // image[0].numel())
    values = [
        ms_ssim(_from_black(image[i]), _from_black(image[j]))
        for i, j in zip(torch.split(first, at_once), torch.split(second, at_once), strict=True)
    ]
    return float(torch.cat(values).double().mean())


def _from_black(image: Tensor) -> Tensor:
    """In 0 to 1."""
    return image.float() / 255 if image.dtype == torch.uint8 else (image + 1) / 2


def _ssim(a: Tensor, b: Tensor, value_range: float) -> tuple[Tensor, Tensor]:
    """Similarity, and its part without luminance, each averaged over places and channels: ``[N]``."""
    c1, c2 = (0.01 * value_range) ** 2, (0.03 * value_range) ** 2
    mean_a, mean_b = _blurred(a), _blurred(b)
    var_a, var_b = _blurred(a * a) - mean_a**2, _blurred(b * b) - mean_b**2
    covariance = _blurred(a * b) - mean_a * mean_b
    structure = (2 * covariance + c2) / (var_a + var_b + c2)
    luminance = (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1)
    return (luminance * structure).flatten(1).mean(1), structure.flatten(1).mean(1)


def _blurred(x: Tensor) -> Tensor:
    """Gaussian means over windows of 11 x 11 that lie wholly in the image."""
    at = torch.arange(SMALLEST_SIDE, dtype=x.dtype, device=x.device) - SMALLEST_SIDE // 2
    line = torch.exp(-(at**2) / (2 * _SIGMA**2))
    line = line / line.sum()
    channels = x.shape[1]
    column = line.view(1, 1, -1, 1).expand(channels, 1, -1, 1)
    row = line.view(1, 1, 1, -1).expand(channels, 1, 1, -1)
    return F.conv2d(F.conv2d(x, column, groups=channels), row, groups=channels)
