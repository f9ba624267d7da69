"""The generator matches what the discriminator sees on the average (Salimans et al., 2016, section 3.1)."""

from __future__ import annotations

from typing import Literal

from torch import Tensor


def feature_matching_loss(
    real_features: Tensor, fake_features: Tensor, *, norm: Literal["squared", "absolute"] = "squared"
) -> Tensor:
    """``‖E f(x) - E f(G(z))‖²`` of features ``[N, F]`` and ``[M, F]``, divided by F, a scalar.

    Args:
        real_features: of real images, held constant.
        fake_features: of generated ones.
        norm: the paper's code squares the differences for MNIST and takes them absolutely for CIFAR-10 and SVHN.
    """
    difference = real_features.detach().mean(0) - fake_features.mean(0)
    return difference.square().mean() if norm == "squared" else difference.abs().mean()
