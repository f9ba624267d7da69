"""BEGAN: an autoencoder as discriminator, and a balance between the two (Berthelot et al., 2017).

The discriminator gives its reconstruction of an image; what it reconstructs well looks real to it.
"""

from __future__ import annotations

from torch import Tensor


def reconstruction_error(image: Tensor, reconstruction: Tensor, *, power: float = 1.0) -> Tensor:
    """``|v - D(v)|^η`` (section 3.1), its mean over the pixels of each image: ``[N]`` of images ``[N, C, H, W]``."""
    return (image - reconstruction).abs().pow(power).flatten(1).mean(1)


def discriminator_loss(real_error: Tensor, fake_error: Tensor, k: Tensor) -> Tensor:
    """``L(x) - k L(G(z))`` (section 3.4) of errors ``[N]`` and ``[M]`` and the scalar k, a scalar."""
    return real_error.mean() - k * fake_error.mean()


def generator_loss(fake_error: Tensor) -> Tensor:
    """``L(G(z))`` of errors ``[M]``, a scalar."""
    return fake_error.mean()


def next_k(k: Tensor, real_error: Tensor, fake_error: Tensor, *, gamma: float, rate: float) -> Tensor:
    """``k + λ (γ L(x) - L(G(z)))`` within 0 to 1, a scalar: proportional control towards ``E L(G(z)) = γ E L(x)``.

    Args:
        k: how much the discriminator minds generated images, a scalar.
        real_error: ``[N]``.
        fake_error: ``[M]``.
        gamma: the diversity ratio γ, 0 to 1: lower gives better and fewer kinds of images.
        rate: λ.
    """
    return (k + rate * (gamma * real_error.mean() - fake_error.mean())).clamp(0, 1).detach()


def convergence_measure(real_error: Tensor, fake_error: Tensor, *, gamma: float) -> Tensor:
    """``M = L(x) + |γ L(x) - L(G(z))|`` (section 3.4.1), a scalar that falls as training goes well."""
    real = real_error.mean()
    return real + (gamma * real - fake_error.mean()).abs()
