"""The two-player losses by name, in one shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from torch import Tensor

from latentedit_training.objectives import hinge, least_squares, minimax, relativistic, wasserstein

AdversarialName = Literal["minimax", "non-saturating", "least-squares", "wasserstein", "hinge", "relativistic"]


@dataclass(frozen=True)
class AdversarialLoss:
    """A two-player loss.

    Attributes:
        discriminator: of the logits of real ``[N]`` and generated ``[N]`` images, a scalar.
        generator: of the same; most need no real ones.
        paper: where it comes from.
        compares: whether the generator's loss needs real logits.
    """

    discriminator: Callable[[Tensor, Tensor], Tensor]
    generator: Callable[[Tensor, Tensor], Tensor]
    paper: str
    compares: bool = False


ADVERSARIAL_LOSSES: Mapping[AdversarialName, AdversarialLoss] = MappingProxyType(
    {
        "minimax": AdversarialLoss(
            minimax.discriminator_loss,
            lambda real, fake: minimax.saturating_generator_loss(fake),
            "Goodfellow et al., 2014, eq. 1",
        ),
        "non-saturating": AdversarialLoss(
            minimax.discriminator_loss,
            lambda real, fake: minimax.non_saturating_generator_loss(fake),
            "Goodfellow et al., 2014, section 3",
        ),
        "least-squares": AdversarialLoss(
            least_squares.discriminator_loss,
            lambda real, fake: least_squares.generator_loss(fake),
            "Mao et al., 2017, eq. 9",
        ),
        "wasserstein": AdversarialLoss(
            wasserstein.critic_loss, lambda real, fake: wasserstein.generator_loss(fake), "Arjovsky et al., 2017, eq. 2"
        ),
        "hinge": AdversarialLoss(
            hinge.discriminator_loss, lambda real, fake: hinge.generator_loss(fake), "Miyato et al., 2018, eq. 16 and 17"
        ),
        "relativistic": AdversarialLoss(
            relativistic.discriminator_loss, relativistic.generator_loss, "Huang et al., 2024, eq. 2", compares=True
        ),
    }
)
