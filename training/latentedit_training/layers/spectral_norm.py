"""Spectral normalisation (Miyato et al., 2018, arXiv:1802.05957, equation 8 and algorithm 1): each weight is divided by its largest singular value σ.

A kernel ``[O, I, k, k]`` is taken as the matrix ``[O, I k k]``, as the authors do; its σ is not the norm of the convolution, which may be up to k times as
large. A transposed convolution's kernel ``[I, O, k, k]`` is turned to ``[O, I k k]`` first.
σ is estimated by one power iteration each time that the module is used in training; the vectors are buffers, part of ``state_dict``.
"""

from __future__ import annotations

from torch import nn
from torch.nn.utils import parametrize
from torch.nn.utils.parametrizations import spectral_norm

from latentedit_training.layers.weight_layers import WeightLayer, weight_layers


def normalise_spectrally(
    module: nn.Module, *, iterations: int = 1, eps: float = 1e-12, except_in: tuple[type[nn.Module], ...] = ()
) -> int:
    """Make every convolution, linear layer and embedding of a module divide its weight by σ; those that do already are left alone.

    A weight of zeros has no σ and becomes NaN: initialise first, and except what starts at 0.

    Args:
        iterations: of the power method, each time that the module is used in training.
        eps: added to lengths that vectors are divided by.
        except_in: classes of modules whose layers stay as they are.

    Returns: how many layers were changed.
    """
    layers = [layer for layer in weight_layers(module, except_in) if not parametrize.is_parametrized(layer, "weight")]
    for layer in layers:
        spectral_norm(layer, n_power_iterations=iterations, eps=eps)
    return len(layers)


def normalised_layers(module: nn.Module) -> list[WeightLayer]:
    """The layers of a module whose weight is parametrised, in order."""
    return [layer for layer in weight_layers(module) if parametrize.is_parametrized(layer, "weight")]
