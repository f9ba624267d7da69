"""Frequency bands amplified and weakened (Karras et al., 2020, arXiv:2006.06676, appendix B, "Image-space filtering").

Symlet 2's low pass H splits what an image has into halves that sum to it: L = H(z)H(1/z)/2 below half the highest frequency, and 1 - L above. The lower half
is split again, by the same filter for twice as long waves, and once more.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit_training.augment.mirroring import extended
from latentedit_training.augment.wavelets import symlet

BAND_EDGES = (1 / 8, 1 / 4, 1 / 2, 1.0)
"""Where the bands end, in shares of the highest frequency."""


@cache
def band_filters() -> NDArray[np.float64]:
    """A symmetric filter per band, lowest band first: ``[4, 43]``; their sum is 1 in the middle and 0 elsewhere."""
    taps = np.array(symlet(2))
    low = np.convolve(taps, taps[::-1]) / 2
    high = _delta(len(low)) - low
    bands, below = [], np.ones(1)
    for level in range(len(BAND_EDGES) - 1):
        bands.append(np.convolve(below, _spread(high, 2**level)))
        below = np.convolve(below, _spread(low, 2**level))
    bands.append(below)
    return np.stack([np.pad(band, (len(below) - len(band)) // 2) for band in reversed(bands)])


def amplify_bands(image: Tensor, gains: Tensor) -> Tensor:
    """Each image filtered along both axes, its mirror image lying around it: ``[N, C, H, W]``.

    Args:
        image: ``[N, C, H, W]``.
        gains: ``[N, 4]``, by what each band is multiplied, lowest first; on any device. Ones keep the image.
    """
    n, channels, height, _ = image.shape
    filters = (gains.double() @ torch.from_numpy(band_filters()).to(gains.device)).to(image)
    reach = filters.shape[1] // 2
    # Each image has its own filter: images and channels become the groups of one convolution.
    kernel = filters.repeat_interleave(channels, dim=0)[:, None]
    across = extended(image, reach, reach, 3).reshape(1, n * channels, height, -1)
    along = F.conv2d(across, kernel[:, :, None, :], groups=n * channels)
    down = extended(along, reach, reach, 2)
    return F.conv2d(down, kernel[:, :, :, None], groups=n * channels).reshape(image.shape)


def _delta(length: int) -> NDArray[np.float64]:
    return np.eye(1, length, length // 2)[0]


def _spread(taps: NDArray[np.float64], factor: int) -> NDArray[np.float64]:
    """The filter for waves ``factor`` times as long: zeros between its taps."""
    spread = np.zeros((len(taps) - 1) * factor + 1)
    spread[::factor] = taps
    return spread
