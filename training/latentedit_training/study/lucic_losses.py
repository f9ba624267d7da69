"""The losses that Lucic et al. (2018) compare, as settings of one recipe: the defaults of each loss's own paper, and the ranges of the random search."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class LossSettings:
    """A loss of the study.

    Attributes:
        title: as tables call it.
        settings: ``KEY=VALUE`` over the recipe ``lucic``; the defaults that the loss's paper proposes.
        in_paper: whether the paper's table has it.
        critic_turns: of each step, by default.
    """

    title: str
    settings: tuple[str, ...]
    in_paper: bool = True
    critic_turns: int = 1


_NO_BATCH_NORM = "game.discriminator.batch_norm=false"
_BEGAN = (
    "game={name='began', gamma=0.5, rate=0.001, generator={name='infogan'}, discriminator={name='infogan-autoencoder'}}",
    "optimizers.g.lr=1e-4",
    "optimizers.d.lr=1e-4",
)

LUCIC_LOSSES: Mapping[str, LossSettings] = MappingProxyType(
    {
        "mm": LossSettings("MM GAN", ("game.loss=minimax",)),
        "ns": LossSettings("NS GAN", ("game.loss=non-saturating",)),
        "lsgan": LossSettings("LSGAN", ("game.loss=least-squares",)),
        "wgan": LossSettings(
            "WGAN",
            (
                "game.loss=wasserstein",
                "game.clip=0.01",
                "game.discriminator_turns=5",
                *(f"optimizers.{name}.{setting}" for name in "gd" for setting in ("name=rmsprop", "lr=5e-5", "beta2=0.99")),
            ),
            critic_turns=5,
        ),
        "wgan-gp": LossSettings(
            "WGAN GP",
            (
                "game.loss=wasserstein",
                "game.penalties=[{name='wgan-gp', weight=10.0}]",
                "game.discriminator_turns=5",
                _NO_BATCH_NORM,
                *(f"optimizers.{name}.{setting}" for name in "gd" for setting in ("lr=1e-4", "beta2=0.9")),
            ),
            critic_turns=5,
        ),
        "dragan": LossSettings(
            "DRAGAN",
            (
                "game.loss=non-saturating",
                "game.penalties=[{name='dragan', weight=10.0}]",
                _NO_BATCH_NORM,
                "optimizers.g.lr=1e-4",
                "optimizers.d.lr=1e-4",
            ),
        ),
        "began": LossSettings("BEGAN", _BEGAN),
        "hinge": LossSettings("hinge", ("game.loss=hinge",), in_paper=False),
        "ns-sn": LossSettings(
            "NS + SN", ("game.loss=non-saturating", "game.discriminator.spectral=true", _NO_BATCH_NORM), in_paper=False
        ),
        "ns-attention": LossSettings(
            "NS + attention", ("game.loss=non-saturating", "game.discriminator.attention=true"), in_paper=False
        ),
    }
)


def searched_settings(loss: str, draw: int, *, seed: int) -> list[str]:
    """Settings of one draw of the random search, from the paper's wide ranges (its table 3): β₁ in 0 to 1, the learning rate in 1e-5 to 1e-2, one or five
    critic turns, batch normalisation or not, clipping in 1e-3 to 1, λ of penalties in 0.1 to 100, of BEGAN in 1e-4 to 1e-2 and its γ in 0 to 1.

    Args:
        loss: a key of :data:`LUCIC_LOSSES`.
        draw: the number of the draw.
        seed: of the search.
    """
    chance = random.Random(f"{seed}/{loss}/{draw}")

    def between(low: float, high: float) -> float:
        return math.exp(chance.uniform(math.log(low), math.log(high)))

    lr, beta1 = between(1e-5, 1e-2), chance.uniform(0, 0.999)
    settings = [f"optimizers.{name}.{setting}" for name in "gd" for setting in (f"lr={lr:.6g}", f"beta1={beta1:.4g}")]
    turns, batch_norm = chance.choice((1, 5)), chance.choice(("true", "false"))
    clip, weight, rate, gamma = between(1e-3, 1), between(0.1, 100), between(1e-4, 1e-2), chance.uniform(0, 1)
    if loss == "began":
        return [*settings, f"game.rate={rate:.6g}", f"game.gamma={gamma:.4g}"]
    settings += [f"game.discriminator_turns={turns}", f"game.discriminator.batch_norm={batch_norm}"]
    if loss == "wgan":
        settings.append(f"game.clip={clip:.6g}")
    if loss in ("wgan-gp", "dragan"):
        settings.append(f"game.penalties.0.weight={weight:.6g}")
    return settings
