"""Self-normalising networks (Klambauer et al., 2017, arXiv:1706.02515): SELU needs weights of mean 0 and variance 1 / fan-in (section 2, "initialization").

Then mean 0 and variance 1 are a fixed point that activations return to, layer after layer, without a normalisation.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from latentedit_training.layers.weight_layers import initialise


def lecun_normal_(weight: Tensor, random: torch.Generator | None = None) -> Tensor:
    """Fill a weight ``[O, I, ...]`` with N(0, 1 / fan-in), in place; ``random`` makes it repeatable."""
    return nn.init.normal_(weight, std=1 / math.sqrt(weight[0].numel()), generator=random)


def initialise_for_selu(module: nn.Module, random: torch.Generator | None = None) -> None:
    """Draw the weights of all convolutions and linear layers of a module anew, and set biases to 0.

    The fan-in of a transposed convolution is not that of its weight's first axis; networks of SELU here have none.
    """
    initialise(module, lambda weight: lecun_normal_(weight, random))
