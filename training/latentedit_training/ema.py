"""Averages of weights: what is drawn with, while the weights themselves go on swinging (Karras et al., 2018, section on generator averaging)."""

from __future__ import annotations

import copy

import torch
from torch import nn


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


def averaged_copy(module: nn.Module) -> nn.Module:
    """A copy for averages: it computes as in use, and nothing learns in it."""
    return copy.deepcopy(module).eval().requires_grad_(False)


@torch.no_grad()
def update_average(average: nn.Module, module: nn.Module, beta: float) -> None:
    """Move an average's parameters towards a module's; its buffers become the module's."""
    torch._foreach_lerp_(list(average.parameters()), list(module.parameters()), 1 - beta)
    for past, now in zip(average.buffers(), module.buffers(), strict=True):
        past.copy_(now)
