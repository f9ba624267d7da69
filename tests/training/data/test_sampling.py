from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.errors import UsageError
from latentedit_training.data.sampling import Order, permutation, seed_of

sizes = st.integers(1, 200)
seeds = st.integers(0, 2**64 - 1)


@given(sizes, seeds, st.integers(0, 1000))
def test_each_epoch_has_every_example_once(n: int, seed: int, epoch: int) -> None:
    assert sorted(Order(n, seed).take(epoch * n, n)) == list(range(n))


@given(sizes, seeds, st.integers(0, 10_000), st.integers(0, 500))
def test_a_place_has_the_same_example_however_it_is_asked_for(n: int, seed: int, position: int, count: int) -> None:
    order = Order(n, seed)
    assert order.take(position, count) == [order.index(position + k) for k in range(count)]


@given(sizes, seeds, st.integers(0, 10_000), st.integers(1, 8), st.integers(1, 20))
def test_shards_tile_the_global_batch(n: int, seed: int, position: int, world_size: int, each: int) -> None:
    order, batch = Order(n, seed), world_size * each
    shards = [order.shard(position, batch, rank, world_size) for rank in range(world_size)]
    assert [len(shard) for shard in shards] == [each] * world_size
    assert [index for shard in shards for index in shard] == order.take(position, batch) == order.shard(position, batch)


def test_epochs_and_seeds_shuffle_differently() -> None:
    a = Order(50, 1)
    orders = [a.take(0, 50), a.take(50, 50), Order(50, 2).take(0, 50), Order(50, 2**63).take(0, 50)]
    assert len({tuple(order) for order in orders}) == len(orders)


def test_the_order_of_old_runs_stays() -> None:
    # Whoever changes the numbers behind the order changes what runs that go on see.
    assert Order(8, 0).take(0, 16) == [7, 4, 5, 3, 1, 2, 0, 6, 7, 2, 5, 4, 6, 0, 3, 1]


def test_all_permutations_are_about_equally_likely() -> None:
    counts = np.unique([permutation.__wrapped__(4, seed, 0) for seed in range(4800)], axis=0, return_counts=True)[1]
    assert len(counts) == 24
    chi_square = float(((counts - 200) ** 2 / 200).sum())
    assert chi_square < 49.7  # 23 degrees of freedom: exceeded once in a thousand


def test_seeds_of_parts_differ() -> None:
    found = {seed_of(seed, number, attempt) for seed in range(5) for number in range(50) for attempt in range(5)}
    assert len(found) == 5 * 50 * 5 and all(0 <= seed < 2**63 for seed in found)


@pytest.mark.parametrize(("n", "seed"), [(0, 0), (3, -1), (3, 2**64)])
def test_orders_that_cannot_be(n: int, seed: int) -> None:
    with pytest.raises(UsageError):
        Order(n, seed)


def test_batches_that_cannot_be_shared() -> None:
    with pytest.raises(UsageError, match="cannot be shared by 3"):
        Order(10, 0).shard(0, 8, 0, 3)
    with pytest.raises(ValueError, match="no rank"):
        Order(10, 0).shard(0, 8, 2, 2)
