"""Spectral normalisation (Miyato et al., 2018): every layer is divided by its largest singular value, found by power iteration."""

from __future__ import annotations

from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

_KINDS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.Linear, nn.Embedding)


def add_spectral_norm(module: nn.Module, *, iterations: int = 1) -> None:
    """Normalise all convolutions, linear layers and embeddings in a module, in place, by torch's own parametrisation.

    A convolution's weight counts as a matrix ``[out, in · h · w]`` (section 2.1 and its appendix): its norm bounds that of the convolution up to a
    factor, it is not the same.

    Args:
        module: of any depth.
        iterations: power iterations of each forward pass in training; one is enough, since the weights move slowly (section 2.1).
    """
    for layer in module.modules():
        if isinstance(layer, _KINDS) and not hasattr(layer, "parametrizations"):
            spectral_norm(layer, n_power_iterations=iterations, dim=1 if isinstance(layer, nn.ConvTranspose2d) else 0)
