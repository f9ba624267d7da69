"""Motion supervision (Pan et al., 2023, section 3.2): what a step is to make of the features."""

from __future__ import annotations

from torch import Tensor

from latentedit.dragging.sampling import sample


def motion_loss(features: Tensor, points: Tensor, shifts: Tensor, offsets: Tensor, reference: Tensor) -> Tensor:
    """How far the features around the shifted points are from those that are to come there (eq. 1, first term), summed over the points.

    Args:
        features: [1, C, h, w].
        points: [K, 2], (x, y) on [0, 1]^2.
        shifts: [K, 2], how far each is to go.
        offsets: [P, 2] of the disc around each.
        reference: [K, P, C], what is to come there; no gradient flows into it.
    """
    places = (points + shifts)[:, None] + offsets
    return (sample(features, places) - reference.detach()).abs().mean(dim=(1, 2)).sum()


def kept_loss(features: Tensor, start: Tensor, keep: Tensor) -> Tensor:
    """Mean change of ``features`` [1, C, h, w] since the ``start`` where ``keep`` [1, 1, h, w] in [0, 1] says that there should be none (eq. 1,
    second term; the paper's mean is over the whole map, so that a small part weighs little)."""
    change = (features - start).abs() * keep
    return change.sum() / (keep.sum() * features.shape[1]).clamp_min(1e-6)
