"""Random numbers that depend on a seed, a step and a purpose, and on nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import torch
from torch import Tensor


def seed_for(seed: int, *purpose: int | str) -> int:
    """A seed in 0 to 2⁶³ - 1 for one purpose: another one gets unrelated numbers."""
    told = "/".join(str(part) for part in (seed, *purpose))
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest(), "little") >> 1


@dataclass(frozen=True)
class Draws:
    """The random numbers of one turn.

    They are drawn on the CPU for the batch of all processes, of which each takes its part: neither the device nor the number of processes changes
    what is drawn, and a checkpoint need hold no state of a generator.

    Attributes:
        seed: of the turn.
        step: the game's, from 0.
        start: the first of this part's images, in the batch of all.
        stop: behind the last.
        batch_size: of all.
        device: where the numbers are wanted.
    """

    seed: int
    step: int
    start: int
    stop: int
    batch_size: int
    device: torch.device

    def generator(self, purpose: str) -> torch.Generator:
        """A generator on the CPU for one purpose."""
        return torch.Generator().manual_seed(seed_for(self.seed, purpose))

    def normal(self, purpose: str, *shape: int) -> Tensor:
        """Standard normal numbers ``[stop - start, *shape]``."""
        return self._part(torch.randn(self.batch_size, *shape, generator=self.generator(purpose)))

    def uniform(self, purpose: str, *shape: int) -> Tensor:
        """Numbers in 0 to 1, ``[stop - start, *shape]``."""
        return self._part(torch.rand(self.batch_size, *shape, generator=self.generator(purpose)))

    def integers(self, purpose: str, high: int) -> Tensor:
        """Whole numbers in 0 to ``high - 1``, ``[stop - start]``."""
        return self._part(torch.randint(high, (self.batch_size,), generator=self.generator(purpose)))

    def _part(self, drawn: Tensor) -> Tensor:
        return drawn[self.start : self.stop].to(self.device)
