"""BEGAN: a generator against an autoencoder (Berthelot et al., 2017)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit_training.draws import Draws
from latentedit_training.games.base import Batch, LabelSpace, Outcome, RememberingNothing, Stream, Turn
from latentedit_training.games.prior import Prior, latents
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.registry import AnyAutoencoder, AnyGenerator
from latentedit_training.objectives import boundary_equilibrium as began
from latentedit_training.strictness import STRICT


@dataclass(frozen=True, config=STRICT)
class BoundaryEquilibriumConfig:
    """The game of a generator and an autoencoder.

    Attributes:
        generator: a network and its options.
        discriminator: an autoencoder and its options.
        prior: what the generator draws from.
        gamma: γ, the error of generated images that is aimed at, in errors of real ones.
        rate: λ, how fast k answers.
        power: η of the reconstruction error.
    """

    generator: AnyGenerator
    discriminator: AnyAutoencoder
    name: Literal["began"] = "began"
    prior: Prior = "uniform"
    gamma: Annotated[float, Field(ge=0, le=1)] = 0.5
    rate: Annotated[float, Field(gt=0, le=1)] = 0.001
    power: Annotated[float, Field(ge=1, le=2)] = 1.0

    def set_up(self, image: ImageShape, labels: LabelSpace) -> BoundaryEquilibriumGame:
        """See :class:`latentedit_training.games.base.GameConfig`."""
        return BoundaryEquilibriumGame(self, image)


class BoundaryEquilibriumGame(RememberingNothing):
    """``g`` draws, ``d`` reconstructs. Memory: k."""

    def __init__(self, config: BoundaryEquilibriumConfig, image: ImageShape) -> None:
        self.config = config
        self.g = config.generator.build(image, 0)
        self.d = config.discriminator.build(image, 0)
        self.networks: Mapping[str, nn.Module] = {"g": self.g, "d": self.d}
        self.memory = {"k": torch.zeros(())}
        self.z_dim: int = config.generator.z_dim

    def turns(self, step: int) -> tuple[Turn, ...]:
        """The discriminator's, then the generator's."""
        return Turn("d", ("real",)), Turn("g")

    def play(self, turn: Turn, batches: Mapping[Stream, Batch], draws: Draws) -> Outcome:
        """See :class:`latentedit_training.games.base.Game`."""
        config = self.config
        z = self.latents(draws, "z")
        if turn.network == "g":
            fake = self.g(z, None)
            return Outcome({"g": began.generator_loss(began.reconstruction_error(fake, self.d(fake), power=config.power))})
        with torch.no_grad():
            fake = self.g(z, None)
        real = batches["real"].image
        real_error = began.reconstruction_error(real, self.d(real), power=config.power)
        fake_error = began.reconstruction_error(fake, self.d(fake), power=config.power)
        k = self.memory["k"].to(real.device)
        figures = {
            "k": k,
            "real error": real_error.detach().mean(),
            "fake error": fake_error.detach().mean(),
            "convergence": began.convergence_measure(real_error.detach(), fake_error.detach(), gamma=config.gamma),
        }
        return Outcome({"d": began.discriminator_loss(real_error, fake_error, k)}, figures)

    def moved(self, turn: Turn, figures: Mapping[str, Tensor], batch_size: int) -> None:
        """k answers to the balance."""
        if turn.network == "d":
            real, fake = figures["real error"], figures["fake error"]
            k = self.memory["k"].to(real.device)
            self.memory["k"] = began.next_k(k, real, fake, gamma=self.config.gamma, rate=self.config.rate)

    def latents(self, draws: Draws, purpose: str) -> Tensor:
        """See :class:`latentedit_training.games.base.Game`."""
        return latents(self.config.prior, draws, purpose, self.z_dim)
