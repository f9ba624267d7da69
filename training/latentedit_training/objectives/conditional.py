"""Losses of labels: one class of many (AC-GAN), or many attributes at once (Jin et al.)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def class_loss(label_logits: Tensor, c: Tensor) -> Tensor:
    """``-E log p(c | x)`` (Odena et al., 2017, eq. 3) of logits ``[N, c_dim]`` and one-hot classes ``[N, c_dim]``, a scalar."""
    return F.cross_entropy(label_logits, c)


def attribute_loss(label_logits: Tensor, c: Tensor) -> Tensor:
    """Binary cross-entropy of each attribute (Jin et al., 2017, eq. 2 and 5), summed over attributes and averaged over images.

    Args:
        label_logits: ``[N, c_dim]``.
        c: ``[N, c_dim]``, each 0 to 1, independently of the others.
    """
    return F.binary_cross_entropy_with_logits(label_logits, c, reduction="none").sum(1).mean()
