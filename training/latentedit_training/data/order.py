"""In what order images are learnt: each once in an epoch, shuffled anew for each."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from latentedit_training.draws import seed_for


class Order:
    """An endless sequence of places in a set of ``size`` images: a permutation for each epoch. It remembers nothing: a position is all that a
    checkpoint holds.

    Args:
        size: of the set, at least 1.
        seed: of the shuffling.
    """

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed
        self._permutation = lru_cache(maxsize=2)(self._permute)

    def take(self, position: int, count: int) -> list[int]:
        """The places from ``position`` on, ``count`` of them."""
        taken: list[int] = []
        while len(taken) < count:
            epoch, within = divmod(position + len(taken), self.size)
            taken += self._permutation(epoch)[within : within + count - len(taken)].tolist()
        return taken

    def _permute(self, epoch: int) -> Tensor:
        return torch.randperm(self.size, generator=torch.Generator().manual_seed(seed_for(self.seed, "order", epoch)))
