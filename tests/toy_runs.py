"""Small runs for tests: networks of a few weights on images of a few pixels."""

from __future__ import annotations

from typing import Any

import torch

from latentedit_training.config import TrainConfig
from latentedit_training.config_text import config_from_tree, overridden
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import Labels

SIDE = 8


def toy_images(count: int = 40, *, channels: int = 1, seed: int = 0) -> ArrayImages:
    """Squares of two brightnesses, of two classes, which a tiny network can tell apart."""
    generator = torch.Generator().manual_seed(seed)
    classes = torch.arange(count) % 2
    image = torch.rand(count, channels, SIDE, SIDE, generator=generator) * 60
    image[:, :, 2:6, 2:6] += 60 + 120 * classes.view(-1, 1, 1, 1)
    return ArrayImages(image.to(torch.uint8), Labels("class", ("dark", "bright"), classes))


def toy_config(*overrides: str, game: str = "adversarial") -> TrainConfig:
    """A run of a few steps; overrides as on the command line."""
    return config_from_tree(overridden(toy_tree(game), overrides))


def toy_tree(game: str = "adversarial") -> dict[str, Any]:
    """The settings of :func:`toy_config`."""
    mlp: dict[str, Any] = {"name": "mlp", "width": 6}
    games: dict[str, dict[str, Any]] = {
        "adversarial": {"generator": {**mlp, "z_dim": 4}, "discriminator": {**mlp, "dropout": 0.2}},
        "began": {
            "generator": {"name": "infogan", "z_dim": 4, "width": 2},
            "discriminator": {"name": "infogan-autoencoder", "width": 2},
        },
        "semi-supervised": {
            "generator": {"name": "salimans-mnist", "z_dim": 4, "width": 6},
            "classifier": {"name": "salimans-mnist", "widths": [8, 6]},
            "labelled": 4,
        },
    }
    return {
        "title": "toy",
        "source": "tests",
        "steps": 6,
        "batch_size": 8,
        "images": {"resolution": SIDE, "channels": 1, "flip": True, "labels": "class" if game == "semi-supervised" else "none"},
        "game": {"name": game, **games[game]},
        "optimizers": {"g": {"lr": 0.01}, "d": {"lr": 0.01, "decay_from": 0.5}},
        "ema": {"half_life_kimg": 0.02, "networks": ["g", "d"]},
        "log": {"losses": 1, "grid": 3, "checkpoint": 2, "samples": 4},
    }


GAMES = ("adversarial", "began", "semi-supervised")
"""What tests run over, by name."""
VARIANTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("adversarial", ()),
    ("adversarial", ("game.loss=wasserstein", "game.clip=0.05", "game.discriminator_turns=2", "optimizers.d.name=rmsprop")),
    ("adversarial", ("game.loss=wasserstein", "game.penalties=[{name='wgan-gp'}]")),
    ("adversarial", ("game.penalties=[{name='dragan', weight=1.0}]", "game.real_label=0.9")),
    ("adversarial", ("game.loss=relativistic", "game.penalties=[{name='r1', every=2}, {name='r2'}]")),
    ("adversarial", ("game.historical_averaging=0.1", "game.orthogonal=0.001", "game.feature_matching=1.0", "accumulate=2")),
    ("adversarial", ("game.loss=hinge", "game.generator_batch=2", "game.prior=uniform", "optimizers.g.name=sgd")),
    ("adversarial", ("images.labels=class", "game.matching_only=true", "game.feature_matching=1.0")),
    (
        "adversarial",
        (
            "game.augment={name='ada', preset='bgcfnc', p=0.5, adaptive={speed_kimg=0.05, every=2}}",
            "game.penalties=[{name='r1', every=2}]",
        ),
    ),
    (
        "adversarial",
        (
            "game.generator={name='stylegan2', z_dim=4, w_dim=4, mapping_layers=1, channel_base=64, channel_max=6}",
            "game.discriminator={name='stylegan2', channel_base=64, channel_max=6, group_size=0}",
            "game.penalties=[{name='r1', weight=1.0, every=2}]",
            "game.path_length={every=2}",
        ),
    ),
    ("began", ()),
    ("semi-supervised", ()),
    ("semi-supervised", ("game.alone=true", "game.norm=absolute")),
)
"""Games with settings, one for each part of the loop that has a state or a branch of its own."""
