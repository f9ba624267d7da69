"""A classifier as discriminator: K classes and one for what is generated (Salimans et al., 2016, section 5).

K + 1 outputs are one too many: a softmax does not change when the same is added to all. With the last logit fixed at 0, the probability of being real is
``D(x) = Z / (Z + 1)`` with ``Z = Σ exp(l_k)``, so that ``log Z`` takes the place of a discriminator's logit.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def real_logits(class_logits: Tensor) -> Tensor:
    """``log Z`` ``[N]`` of class logits ``[N, K]``: the logit of being real."""
    return torch.logsumexp(class_logits, dim=1)


def supervised_loss(class_logits: Tensor, classes: Tensor) -> Tensor:
    """``-E log p(y | x, y ≤ K)`` of logits ``[N, K]`` and classes ``[N]`` int64, a scalar: the cross-entropy among real classes."""
    return F.cross_entropy(class_logits, classes)


def unsupervised_loss(unlabelled_logits: Tensor, fake_logits: Tensor) -> Tensor:
    """``-½ E log D(x) - ½ E log(1 - D(G(z)))`` of class logits ``[N, K]`` and ``[M, K]``, a scalar.

    The paper has no factor ½; its code has, and its results were made with it.
    """
    return 0.5 * F.softplus(-real_logits(unlabelled_logits)).mean() + 0.5 * F.softplus(real_logits(fake_logits)).mean()
