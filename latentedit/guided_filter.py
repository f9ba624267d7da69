"""The guided filter with a colour guide: smooths a mask, and lets its edges follow those of the picture (He et al., 2010, section 3.4)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def guided_filter(guide: Array, masks: Array, radius: int, epsilon: float) -> Array:
    """Masks [H, W, M] that are locally linear in the guide [H, W, 3].

    Args:
        radius: of the windows, which have (2 radius + 1)^2 pixels.
        epsilon: variance of the guide below which it counts as flat.
    """
    mean_guide, mean_masks = box_mean(guide, radius), box_mean(masks, radius)
    covariance = box_mean(guide[..., :, None] * masks[..., None, :], radius) - mean_guide[..., :, None] * mean_masks[..., None, :]
    variance = box_mean(guide[..., :, None] * guide[..., None, :], radius) - mean_guide[..., :, None] * mean_guide[..., None, :]
    slope = np.linalg.solve(variance + epsilon * np.eye(3), covariance)
    offset = mean_masks - np.einsum("...cm,...c->...m", slope, mean_guide)
    return np.asarray(np.einsum("...cm,...c->...m", box_mean(slope, radius), guide) + box_mean(offset, radius))


def box_mean(values: NDArray[Any], radius: int) -> Array:
    """The mean of [H, W, ...] over windows of (2 radius + 1)^2, edges repeated."""
    size = 2 * radius + 1
    borders = [(radius + 1, radius)] * 2 + [(0, 0)] * (values.ndim - 2)
    sums = np.pad(values, borders, "edge").cumsum(axis=0).cumsum(axis=1)
    # The table's first row and column stand for the empty sum: only differences are used.
    return np.asarray((sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]) / size**2)
