"""The nonlinearities that StyleGAN's configurations name, each with the gain that keeps a unit variance (as in NVIDIA's ``bias_act``)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Activation:
    """A nonlinearity.

    Attributes:
        function: of any tensor.
        gain: what its result is multiplied by.
        slope: of negative values, where it is linear on either side of zero: it commutes with positive factors then; None otherwise.
    """

    function: Callable[[Tensor], Tensor]
    gain: float
    slope: float | None = None


def _leaky(slope: float, gain: float) -> Activation:
    return Activation(lambda x: F.leaky_relu(x, slope), gain, slope)


ACTIVATIONS: Mapping[str, Activation] = {
    "linear": Activation(lambda x: x, 1.0, 1.0),
    "relu": _leaky(0.0, math.sqrt(2)),
    "lrelu": _leaky(0.2, math.sqrt(2)),
    "tanh": Activation(torch.tanh, 1.0),
    "sigmoid": Activation(torch.sigmoid, 1.0),
    "elu": Activation(F.elu, 1.0),
    "selu": Activation(F.selu, 1.0),
    "softplus": Activation(F.softplus, 1.0),
    "swish": Activation(F.silu, math.sqrt(2)),
}
