"""Averages of weights: what is drawn with, while the weights themselves go on swinging (Karras et al., 2018, section on generator averaging)."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn


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
