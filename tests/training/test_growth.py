"""ProGAN in the loop: networks grow with the images that they have seen, and a checkpoint knows how far they are."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import torch
from toy_runs import toy_images, toy_tree

from latentedit_training.checkpoint import put_checkpoint, take_checkpoint
from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_tree
from latentedit_training.training import Training

CPU = torch.device("cpu")


def growing() -> TrainConfig:
    """Images of 8 px in two stages: 16 images at 4 px, 16 of fading, then the whole."""
    tree: dict[str, Any] = toy_tree()
    small = {"name": "progan", "channel_base": 32, "channel_max": 8}
    tree["game"] |= {
        "generator": {**small, "z_dim": 4},
        "discriminator": small,
        "loss": "wasserstein",
        "penalties": [{"name": "wgan-gp"}],
        "growth": {"fade_kimg": 0.016, "hold_kimg": 0.016},
    }
    return config_from_tree(tree)


def test_networks_grow_with_what_they_have_seen() -> None:
    training = Training(growing(), toy_images(), device=CPU)
    found = []
    for _ in training.steps():
        g, d = training.game.networks["g"], training.game.networks["d"]
        assert torch.equal(g.growth, d.growth) and torch.equal(training.averages["g"].network.growth, g.growth)
        found.append(tuple(g.growth.tolist()))
    assert found == [(0, 1), (1, 0), (1, 0.5), (1, 1), (1, 1), (1, 1)]


def test_a_checkpoint_knows_how_far_they_are() -> None:
    training = Training(growing(), toy_images(), device=CPU)
    list(itertools.islice(training.steps(), 3))
    checkpoint = copy.deepcopy(take_checkpoint(training))
    other = Training(growing(), toy_images(), device=CPU)
    put_checkpoint(checkpoint, other)
    list(training.steps())
    list(other.steps())
    one, two = take_checkpoint(training).tensors, take_checkpoint(other).tensors
    assert [name for name, value in one.items() if not torch.equal(value, two[name])] == []
