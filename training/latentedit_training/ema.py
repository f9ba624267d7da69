"""Averages of weights: what is drawn with, while the weights themselves go on swinging (Karras et al., 2018, section on generator averaging)."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from latentedit.errors import CheckpointError, UsageError


def beta_at(images_seen: float, batch_size: int, *, half_life_images: float, ramp: float | None) -> float:
    """How much of the average stays in one step of ``batch_size`` images: ``0.5 ** (batch / half_life)``.

    Args:
        images_seen: so far.
        batch_size: images of a step.
        half_life_images: after which a weight counts half.
        ramp: at most this share of the images seen so far is the half-life; None for no ramp (as in StyleGAN2-ADA).
    """
    if ramp is not None:
        half_life_images = min(half_life_images, images_seen * ramp)
    return 0.5 ** (batch_size / max(half_life_images, 1e-8))


class Average:
    """The average of a module's weights.

    Args:
        module: what is averaged.

    Attributes:
        network: a copy of the module that computes as in use, and in which nothing learns.
    """

    def __init__(self, module: nn.Module) -> None:
        self.network = copy.deepcopy(module).eval().requires_grad_(False)
        self._pasts: list[Tensor] = list(self.network.parameters())
        self._nows: list[Tensor] = list(module.parameters())
        self._buffers = list(zip(self.network.buffers(), module.buffers(), strict=True))

    @torch.no_grad()
    def update(self, beta: float) -> None:
        """Move the parameters' averages towards the parameters, of which ``1 - beta`` counts; the copy's buffers become the module's."""
        torch._foreach_lerp_(self._pasts, self._nows, 1 - beta)
        for past, now in self._buffers:
            past.copy_(now)


class Ema:
    """An average that knows how fast it follows.

    Args:
        module: what is averaged.
        half_life_images: after so many images a weight counts half, whatever the batches are (StyleGAN2-ADA); or
        beta: this much of the average stays in each step (Salimans et al., 2016: 1 - 1e-4). One of the two, not both.
        ramp: at most this share of the images seen so far is the half-life; None for no ramp.

    Raises:
        UsageError: neither a half-life nor a beta is told, or both, or a ramp with a beta; or a number is out of range.
    """

    def __init__(
        self, module: nn.Module, *, half_life_images: float | None = None, beta: float | None = None, ramp: float | None = None
    ) -> None:
        if (half_life_images is None) == (beta is None):
            raise UsageError("An average follows by a half-life or by a beta.", hint="Tell one of half_life_images and beta.")
        if beta is not None and (ramp is not None or not 0 <= beta <= 1):
            raise UsageError(f"A beta of {beta:g} with a ramp of {ramp} cannot be.", hint="Beta is 0 to 1, and has no ramp.")
        if half_life_images is not None and (half_life_images <= 0 or (ramp is not None and ramp <= 0)):
            raise UsageError("Half-life and ramp are above 0.", hint="Use beta=0 for no average.")
        self.half_life_images, self.beta, self.ramp = half_life_images, beta, ramp
        self._average = Average(module)

    @property
    def network(self) -> nn.Module:
        """The averaged copy; it computes as in use, and nothing in it learns."""
        return self._average.network

    def beta_at(self, images_seen: float, batch_size: int) -> float:
        """How much of the average stays in a step of ``batch_size`` images, after ``images_seen``."""
        if self.half_life_images is None:
            assert self.beta is not None
            return self.beta
        return beta_at(images_seen, batch_size, half_life_images=self.half_life_images, ramp=self.ramp)

    def update(self, images_seen: float, batch_size: int) -> None:
        """Follow the module, after a step of ``batch_size`` images of the ``images_seen``."""
        self._average.update(self.beta_at(images_seen, batch_size))

    def start(self) -> None:
        """Begin with the module as it is."""
        self._average.update(0.0)

    def state_dict(self) -> dict[str, Tensor]:
        """The copy's parameters and buffers, by their names in the module."""
        return dict(self.network.state_dict())

    def load_state_dict(self, state: Mapping[str, Tensor]) -> None:
        """Take up an average.

        Raises:
            CheckpointError: names or shapes are not the module's.
        """
        own = self.network.state_dict()
        wrong = sorted(own.keys() ^ state.keys()) or [name for name, value in own.items() if value.shape != state[name].shape]
        if wrong:
            raise CheckpointError(
                f"The average's {wrong[0]} does not fit the network.", hint="Take the average of this very network."
            )
        self.network.load_state_dict(dict(state))
