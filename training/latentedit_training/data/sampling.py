"""In which order the examples come: endless, shuffled anew in every epoch, and known at every place without having been there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from latentedit.errors import UsageError

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 2**64 - 1


@dataclass(frozen=True)
class Order:
    """The k-th example of an endless sequence over ``n`` examples; each epoch, ``n`` places long, has every example once.

    It holds no state: a checkpoint needs nothing but the position, and a run that goes on sees what it would have seen. The numbers behind it
    are our own (see :func:`permutation`), so that another version of numpy or torch does not change the order of old runs.

    Args:
        n: how many examples there are, at least 1.
        seed: 0 to 2^64 - 1.

    Raises:
        UsageError: there are no examples, or the seed is outside.
    """

    n: int
    seed: int

    def __post_init__(self) -> None:
        if self.n < 1:
            raise UsageError("There are no images to learn from.", hint="Name a set with images.")
        if not 0 <= self.seed <= _MASK:
            raise UsageError(f"The seed {self.seed} is no number from 0 to 2^64 - 1.")

    def index(self, position: int) -> int:
        """Which example, in 0 to n - 1, stands at a position, from 0 on."""
        return self.take(position, 1)[0]

    def take(self, position: int, count: int) -> list[int]:
        """The examples at ``count`` positions from ``position`` on; they may reach into other epochs."""
        if position < 0 or count < 0:
            raise ValueError("positions and counts are not negative")
        found: list[int] = []
        while len(found) < count:
            epoch, place = divmod(position + len(found), self.n)
            taken = permutation(self.n, self.seed, epoch)[place : place + count - len(found)]
            found += taken.tolist()
        return found

    def shard(self, position: int, batch: int, rank: int = 0, world_size: int = 1) -> list[int]:
        """What one of several processes takes of the global batch that begins at a position.

        The shards of all ranks, one after the other, are the batch: with two processes a run sees the same images at each step as with one.

        Args:
            batch: examples of all processes together.
            rank: which process, from 0 to ``world_size`` - 1.

        Raises:
            UsageError: the batch cannot be shared out evenly.
        """
        if batch < 1 or batch % world_size:
            raise UsageError(
                f"A batch of {batch} cannot be shared by {world_size} processes.", hint=f"Choose a multiple of {world_size}."
            )
        if not 0 <= rank < world_size:
            raise ValueError(f"there is no rank {rank} of {world_size}")
        own = batch // world_size
        return self.take(position + rank * own, own)


@lru_cache(maxsize=4)
def permutation(n: int, seed: int, epoch: int) -> NDArray[np.int64]:
    """A permutation [n] of 0 to n - 1 for an epoch: the order of the examples' hashes. Read-only.

    The hash is the finaliser of splitmix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), a bijection of 64
    bits, so that no two examples have the same. It is kept for a few epochs, as neighbouring batches ask for the same one.
    """
    key = np.uint64(_mixed(_mixed(seed) + epoch * _GOLDEN & _MASK))
    order = np.argsort(hashes(np.arange(n, dtype=np.uint64), key), kind="stable")
    order.setflags(write=False)
    return order


def hashes(numbers: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    """The hashes [N] of numbers [N] < 2^64, all different where the numbers are; overflow is meant."""
    with np.errstate(over="ignore"):
        x = (numbers + np.uint64(1)) * np.uint64(_GOLDEN) + key
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def seed_of(seed: int, *numbers: int) -> int:
    """A seed in 0 to 2^63 - 1 for one part of seeded work: for the example of a number, for its n-th trial..."""
    mixed = _mixed(seed)
    for number in numbers:
        mixed = _mixed(mixed + number * _GOLDEN & _MASK)
    return mixed >> 1


def _mixed(number: int) -> int:
    return int(hashes(np.array([number & _MASK], dtype=np.uint64), np.uint64(0))[0])
