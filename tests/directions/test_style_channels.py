"""One style channel moves, and no other."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from latentedit.assets import AssetStore
from latentedit.directions.style_channels import TOLERANCE, StyleLayer, channel_move, style_layers
from latentedit.generators import Generator, load_generator
from latentedit.generators.prior import random_face
from latentedit.generators.toy import ToyGenerator


@settings(max_examples=40)
@given(st.integers(1, 24), st.integers(1, 24), st.integers(0, 2**32))
def test_a_channel_is_reachable_where_the_rows_are_independent(channels: int, size: int, seed: int) -> None:
    matrix = torch.randn(channels, size, generator=torch.Generator().manual_seed(seed))
    layer = StyleLayer.of(0, matrix)
    moved = matrix @ layer.moves[layer.reachable].T  # [C, reachable]
    assert torch.allclose(moved, torch.eye(channels)[:, layer.reachable], atol=TOLERANCE)
    if channels > size:
        assert not layer.reachable.all()
    elif torch.linalg.cond(matrix.double()) < 1e3:
        assert layer.reachable.all()


def test_a_repeated_channel_cannot_be_moved_alone() -> None:
    matrix = torch.eye(4)
    matrix[3] = matrix[0]
    assert StyleLayer.of(0, matrix).reachable.tolist() == [False, True, True, False]


def check_channels(generator: Generator, every: int) -> int:
    """Move some channels of every layer as an edit does; returns how many."""
    moved = 0
    w_plus = random_face(generator, 1)
    for layer in style_layers(generator):
        styles = w_plus[:, layer.index] @ layer.matrix.T
        deviation = float(styles.std())
        for channel in layer.reachable.nonzero()[:, 0].tolist()[::every]:
            vector = channel_move(layer, channel, deviation, generator.num_ws)
            after = w_plus + 5.0 * vector
            others = [index for index in range(generator.num_ws) if index != layer.index]
            assert torch.equal(after[:, others], w_plus[:, others])
            change = (
                after[:, layer.index].double() @ layer.matrix.double().T
                - w_plus[:, layer.index].double() @ layer.matrix.double().T
            )[0]
            change /= 5.0 * deviation
            assert float(change[channel]) == pytest.approx(1.0, abs=1e-3)
            change[channel] = 0
            assert float(change.abs().max()) < 1e-3
            moved += 1
    return moved


def test_the_toys_channels_move_alone(toy: ToyGenerator) -> None:
    assert check_channels(toy, 1) > 40


@pytest.mark.assets
@pytest.mark.slow
def test_mobilestylegans_channels_move_alone(fetched: AssetStore) -> None:
    generator = load_generator("mobilestylegan-ffhq", store=fetched)
    layers = {layer.index: layer for layer in style_layers(generator)}
    # A block's first style feeds 640 channels from 512 dimensions up to 128 px: none of them can be moved alone.
    assert [index for index, layer in layers.items() if not layer.reachable.any()] == [1, 4, 7, 10, 13]
    assert all(layer.reachable.all() for index, layer in layers.items() if index not in (1, 4, 7, 10, 13))
    assert check_channels(generator, 64) > 30
