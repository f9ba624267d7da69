"""Gradient penalties as a configuration names them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor

from latentedit_training.draws import Draws
from latentedit_training.regularizers.gradient_penalties import dragan, drift, wgan_gp, zero_centred
from latentedit_training.regularizers.input_gradients import Critic
from latentedit_training.strictness import STRICT


@dataclass(frozen=True, config=STRICT)
class PenaltyConfig:
    """A penalty on the discriminator's gradient.

    Attributes:
        name: ``wgan-gp``, ``dragan``, ``r1``, ``r2``, or ``drift``, which is on the judgements of real images themselves.
        weight: λ of the first two, γ of the next (half of which is in their formula), ε of drift.
        every: steps between two computations, each of which counts as many times (lazy regularisation; Karras et al., 2020, appendix B).
        spread: DRAGAN's noise, in deviations of the batch.
    """

    name: Literal["wgan-gp", "dragan", "r1", "r2", "drift"]
    weight: Annotated[float, Field(ge=0)] = 10.0
    every: Annotated[int, Field(ge=1)] = 1
    spread: Annotated[float, Field(gt=0)] = 0.5

    def due(self, step: int) -> bool:
        """Whether it is computed in this step."""
        return step % self.every == 0

    def penalty(self, critic: Critic, real: Tensor, fake: Tensor, draws: Draws) -> Tensor:
        """The weighted mean over images ``[N, C, H, W]``, a scalar."""
        if self.name == "wgan-gp":
            each = wgan_gp(critic, real, fake, draws.uniform("wgan-gp"))
        elif self.name == "dragan":
            noise = draws.uniform("dragan noise", *real.shape[1:])
            each = dragan(critic, real, draws.uniform("dragan"), noise, spread=self.spread)
        elif self.name == "drift":
            each = drift(critic, real)
        else:
            each = zero_centred(critic, real if self.name == "r1" else fake)
        return self.weight * self.every * each.mean()
