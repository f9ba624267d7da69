"""Penalties on a critic's gradient: WGAN-GP, DRAGAN, R1 and R2. All give ``[N]``, unweighted but for the factor that is part of their formula."""

from __future__ import annotations

from torch import Tensor

from latentedit_training.regularizers.input_gradients import Critic, input_gradients, norms, squared_norms


def interpolated(real: Tensor, fake: Tensor, share: Tensor) -> Tensor:
    """Points between pairs of images ``[N, C, H, W]``: ``x̂ = ε x + (1 - ε) G(z)`` with ε ``[N]`` in 0 to 1, one for each pair."""
    share = share.view(-1, *[1] * (real.dim() - 1))
    return share * real + (1 - share) * fake


def wgan_gp(critic: Critic, real: Tensor, fake: Tensor, share: Tensor, *, target: float = 1.0) -> Tensor:
    """``(‖∇ D(x̂)‖₂ - 1)²`` (Gulrajani et al., 2017, eq. 3): ``[N]``.

    Args:
        critic: images to scores.
        real: ``[N, C, H, W]``.
        fake: ``[N, C, H, W]``.
        share: ε ``[N]``, uniform in 0 to 1.
        target: the length that a gradient shall have.
    """
    return (norms(input_gradients(critic, interpolated(real, fake, share))) - target).square()


def perturbed(real: Tensor, share: Tensor, noise: Tensor, *, spread: float = 0.5) -> Tensor:
    """Points around real images (Kodali et al., 2017, algorithm 1): ``x + α · spread · std(x) · u``.

    Args:
        real: ``[N, C, H, W]``; the deviation is over all numbers of the batch.
        share: α ``[N]``, uniform in 0 to 1. (The paper's code has one for each image; its algorithm, none.)
        noise: u ``[N, C, H, W]``, uniform in 0 to 1.
        spread: of the noise, in deviations.
    """
    return real + share.view(-1, *[1] * (real.dim() - 1)) * spread * real.std() * noise


def dragan(critic: Critic, real: Tensor, share: Tensor, noise: Tensor, *, spread: float = 0.5, target: float = 1.0) -> Tensor:
    """``(‖∇ D(x + δ)‖₂ - k)²`` around real images (Kodali et al., 2017, section 2.3): ``[N]``. Arguments as in :func:`perturbed`; ``target`` is k."""
    return (norms(input_gradients(critic, perturbed(real, share, noise, spread=spread))) - target).square()


def zero_centred(critic: Critic, image: Tensor) -> Tensor:
    """``½ ‖∇ D(x)‖²``: ``[N]``. On real images R1, on generated ones R2 (Mescheder et al., 2018, eq. 9 and 10)."""
    return 0.5 * squared_norms(input_gradients(critic, image))


def drift(critic: Critic, real: Tensor) -> Tensor:
    """``D(x)²``: ``[N]`` (Karras et al., 2018, appendix A.1). Keeps the level of a Wasserstein critic, which its loss leaves free, from wandering off."""
    return critic(real).square()
