"""How a critic's answer changes with the image: what all gradient penalties are made of."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

Critic = Callable[[Tensor], Tensor]
"""Images ``[N, C, H, W]`` to scores ``[N]``."""


def input_gradients(critic: Critic, image: Tensor) -> Tensor:
    """The gradient of each image's score by that image, ``[N, C, H, W]``, differentiable by the critic's parameters.

    All scores are summed first: an image's score does not depend on the others of its batch, so that the sum's gradient holds each one's own. (Batch
    normalisation breaks this, which is why critics under a penalty have none.)
    """
    image = image.detach().requires_grad_(True)
    with torch.enable_grad():
        scores = critic(image)
        (gradients,) = torch.autograd.grad(scores.sum(), image, create_graph=True)
    return gradients


def squared_norms(gradients: Tensor) -> Tensor:
    """The squared length of each image's gradient, over all channels and pixels: ``[N]`` of ``[N, ...]``.

    Per image: the length over a whole batch, or over the channels of one pixel, is another and wrong thing that several frameworks compute.
    """
    return gradients.flatten(1).square().sum(1)


def norms(gradients: Tensor, *, epsilon: float = 1e-12) -> Tensor:
    """The length of each image's gradient: ``[N]`` of ``[N, ...]``. ε keeps the root's own gradient finite at 0."""
    return torch.sqrt(squared_norms(gradients) + epsilon)
