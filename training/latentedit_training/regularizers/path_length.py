"""Steps of equal length in W change the image equally (Karras et al., 2020, "Analyzing and improving", section 3.2 and appendix B)."""

from __future__ import annotations

import math

import torch
from torch import Tensor


def path_lengths(image: Tensor, w_plus: Tensor, noise: Tensor) -> Tensor:
    """``‖Jᵀ y‖₂`` of each image, ``[N]``, differentiable: how much the image answers to its latent in a random direction.

    Args:
        image: ``[N, C, H, W]``, drawn from ``w_plus``.
        w_plus: ``[N, num_ws, w_dim]``, requiring gradients. Of its layers the mean squared length is taken.
        noise: y ``[N, C, H, W]``, standard normal.
    """
    scale = 1 / math.sqrt(image.shape[-2] * image.shape[-1])
    (gradients,) = torch.autograd.grad((image * noise * scale).sum(), w_plus, create_graph=True)
    return gradients.square().sum(2).mean(1).sqrt()


def path_length_penalty(lengths: Tensor, mean: Tensor) -> Tensor:
    """``(‖Jᵀ y‖₂ - a)²`` (eq. 4): ``[N]`` of lengths ``[N]`` and their moving mean, a scalar."""
    return (lengths - mean).square()


def next_mean(mean: Tensor, lengths: Tensor, *, decay: float = 0.01) -> Tensor:
    """The moving mean a of lengths ``[N]``, a scalar, held constant."""
    return mean.lerp(lengths.detach().mean(), decay)
