"""Are images clear, and of many kinds? (Inception Score; Salimans et al., 2016, section 4.)"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class InceptionScore:
    """Mean and deviation over parts of the set (divided by their number, as usual for this score)."""

    mean: float
    deviation: float


def inception_score(logits: Tensor, *, splits: int = 10) -> InceptionScore:
    """``exp E KL(p(y|x) ‖ p(y))``, computed on parts of the set.

    Args:
        logits: ``[N, K]`` of a classifier, in an order that has nothing to do with classes.
        splits: parts; 10 in the paper. Each part's own mean is its p(y), so that small parts score less.

    Raises:
        ValueError: there are fewer images than parts.
    """
    if len(logits) < splits:
        raise ValueError(f"{len(logits)} images cannot be cut into {splits} parts")
    log_p = torch.log_softmax(logits.double(), 1)
    scores = torch.stack([_score(part) for part in torch.tensor_split(log_p, splits)])
    return InceptionScore(float(scores.mean()), float(scores.std(unbiased=False)))


def _score(log_p: Tensor) -> Tensor:
    log_marginal = torch.logsumexp(log_p, 0) - torch.tensor(float(len(log_p)), dtype=log_p.dtype).log()
    return (log_p.exp() * (log_p - log_marginal)).sum(1).mean().exp()
